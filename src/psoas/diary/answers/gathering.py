"""One person's recorded days as rows of the design, inside compiled code."""

import numpy as np
from numpy.typing import NDArray

from psoas.diary.answers.compiled import compiled
from psoas.diary.answers.kernel import FIXED, FREE, SEASON, SEASON_FROM, YEAR

Small = NDArray[np.float32]
Counts = NDArray[np.int32]


@compiled
def gather(day: Counts, pain: Small, values: Small, rows: Small, at: NDArray[np.int64]) -> int:
    """Lay recorded days out: level, trend and season (still empty), weekdays, columns, outcome.

    Args:
        day: shape (T,), day numbers, rising.
        pain: shape (T,), NaN where not recorded.
        values: shape (T, K), NaN where unknown.
        rows: shape (T or more, FIXED + 2K + 1), written to.
        at: shape (T or more,), written to.

    Returns:
        How many days are recorded.
    """
    count = values.shape[1]
    n = 0
    for t in range(len(day)):
        if np.isnan(pain[t]):
            continue
        at[n] = day[t]
        rows[n, 0] = np.float32(1.0)
        _weekday(rows[n], (day[t] + 3) % 7)
        for k in range(count):
            rows[n, FIXED + k] = values[t, k]
        before = t > 0 and day[t - 1] == day[t] - 1
        for k in range(count):
            rows[n, FIXED + count + k] = values[t - 1, k] if before else np.float32(np.nan)
        rows[n, FIXED + 2 * count] = pain[t]
        n += 1
    return n


@compiled
def _weekday(row: Small, weekday: int) -> None:
    for j in range(6):
        row[FREE + j] = np.float32(-1.0 / 7.0)
    if weekday < 6:
        row[FREE + weekday] += np.float32(1.0)


@compiled
def centre(rows: Small, at: NDArray[np.int64], middle: Small, days: Counts) -> None:
    """Centre every column on its known days, set unknown to 0, and lay trend and season.

    Args:
        rows: shape (n, FIXED + 2K + 1), changed in place.
        at: shape (n,), day numbers.
        middle: shape (K,), above which a day counts as with the trigger.
        days: shape (2, 2K), written to: known days with and without.
    """
    n, width = rows.shape
    total = np.zeros(width, np.float32)
    known = np.zeros(width, np.float32)
    ahead = np.zeros(width, np.float32)
    above = np.zeros(width, np.float32)
    for k in range(len(middle)):
        above[FIXED + k] = middle[k]
        above[FIXED + len(middle) + k] = middle[k]
    for i in range(n):
        for c in range(FIXED, width):
            x = rows[i, c]
            there = not np.isnan(x)
            total[c] += x if there else np.float32(0.0)
            known[c] += np.float32(1.0) if there else np.float32(0.0)
            ahead[c] += np.float32(1.0) if x > above[c] else np.float32(0.0)
    for c in range(FIXED, width):
        total[c] /= max(known[c], np.float32(1.0))
    for k in range(width - 1 - FIXED):
        days[0, k] = np.int32(ahead[FIXED + k])
        days[1, k] = np.int32(known[FIXED + k] - ahead[FIXED + k])
    half = 0.0
    for i in range(n):
        half += at[i] / n
    length = max(float(at[n - 1] - at[0]), 1.0)
    for i in range(n):
        rows[i, 1] = np.float32((at[i] - half) / length)
        turn = 2.0 * np.pi * at[i] / YEAR if length >= SEASON_FROM else 0.0
        rows[i, SEASON] = np.float32(np.sin(turn)) if length >= SEASON_FROM else np.float32(0.0)
        rows[i, SEASON + 1] = np.float32(np.cos(turn)) if length >= SEASON_FROM else np.float32(0.0)
        for c in range(FIXED, width):
            x = rows[i, c]
            rows[i, c] = np.float32(0.0) if np.isnan(x) else x - total[c]


@compiled
def varies(column: Small) -> bool:
    """Return whether a column holds two different numbers."""
    return bool(column.min() != column.max())


@compiled
def middles(values: Small, middle: Small) -> None:
    """Fill what counts as "with": half for yes and no, the person's own mean for numbers.

    Args:
        values: shape (T, K), NaN where unknown.
        middle: shape (K,), written to.
    """
    for k in range(values.shape[1]):
        total, known, graded = 0.0, 0.0, False
        for t in range(len(values)):
            x = values[t, k]
            if not np.isnan(x):
                total += x
                known += 1.0
                graded |= x != 0.0 and x != 1.0
        middle[k] = np.float32(total / known) if graded else np.float32(0.5)
