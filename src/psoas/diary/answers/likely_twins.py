"""Which of many people may have columns that cannot be told apart, found quickly."""

import numpy as np
from numpy.typing import NDArray

from psoas.diary.answers.compiled import compiled

Small = NDArray[np.float32]

# Looked at exactly are only people with two columns that agree, or disagree, on all but so few
# of their days; twins are at most one day in two thousand apart.
_APART = 1 / 1000
_LEAST_SHARED = 5


@compiled
def extremes(values: Small, starts: NDArray[np.int64], least: Small, most: Small) -> None:
    """Fill each person's smallest and largest number of every column.

    Args:
        values: shape (N, K), NaN where unknown.
        starts: shape (B + 1,), where each person's rows begin, and the end.
        least: shape (B, K), written to; infinite where nothing is known.
        most: shape (B, K), written to; minus infinity where nothing is known.
    """
    least[:] = np.inf
    most[:] = -np.inf
    for b in range(len(starts) - 1):
        for t in range(starts[b], starts[b + 1]):
            for k in range(values.shape[1]):
                x = values[t, k]
                least[b, k] = x if x < least[b, k] else least[b, k]
                most[b, k] = x if x > most[b, k] else most[b, k]


@compiled
def between(
    values: Small, starts: NDArray[np.int64], least: Small, most: Small, inside: NDArray[np.bool_]
) -> None:
    """Set for each person and column whether a number lies between the smallest and the largest.

    Args:
        values: shape (N, K), NaN where unknown.
        starts: shape (B + 1,), where each person's rows begin, and the end.
        least: shape (B, K).
        most: shape (B, K).
        inside: shape (B, K), written to.
    """
    inside[:] = False
    for b in range(len(starts) - 1):
        for k in range(values.shape[1]):
            # Yes and no, as nearly every column is, needs no second look.
            if least[b, k] == 0.0 and most[b, k] == 1.0:
                continue
            for t in range(starts[b], starts[b + 1]):
                x = values[t, k]
                inside[b, k] |= x > least[b, k] and x < most[b, k]


@compiled
def may_have_twins(values: Small, starts: NDArray[np.int64], may: NDArray[np.bool_]) -> None:
    """Set the flag of each person who may have two columns that cannot be told apart.

    Where the flag is not set there surely are none; where it is, ``design.one_each`` decides. Most
    pairs of columns part within a few days, so that a person costs a few microseconds.

    Args:
        values: shape (N, K), each column 0 to 1; NaN where unknown.
        starts: shape (B + 1,), where each person's rows begin, and the end.
        may: shape (B,), written to.
    """
    count = values.shape[1]
    graded = np.empty(count, np.bool_)
    for b in range(len(starts) - 1):
        mine = values[starts[b] : starts[b + 1]]
        may[b] = False
        _find_numbers(mine, graded)
        for j in range(count):
            for k in range(j + 1, count):
                if may[b]:
                    break
                if graded[j] or graded[k]:
                    may[b] = _along_a_line(mine, j, k)
                else:
                    may[b] = _close(mine, j, k)


@compiled
def _find_numbers(mine: Small, graded: NDArray[np.bool_]) -> None:
    graded[:] = False
    for t in range(len(mine)):
        for k in range(mine.shape[1]):
            x = mine[t, k]
            graded[k] |= not (np.isnan(x) or x == np.float32(0.0) or x == np.float32(1.0))


@compiled
def _close(mine: Small, j: int, k: int) -> bool:
    allowed = len(mine) * _APART
    same = 0
    other = 0
    ones = 0
    for t in range(len(mine)):
        x = mine[t, j]
        y = mine[t, k]
        if np.isnan(x) or np.isnan(y):
            continue
        ones += x > 0.5
        if x == y:
            same += 1
        else:
            other += 1
        if same > allowed and other > allowed:
            return False
    return same + other >= _LEAST_SHARED and 0 < ones < same + other


@compiled
def _along_a_line(mine: Small, j: int, k: int) -> bool:
    n, x1, y1, xx, yy, xy = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    for t in range(len(mine)):
        x = float(mine[t, j])
        y = float(mine[t, k])
        if np.isnan(x) or np.isnan(y):
            continue
        n += 1.0
        x1 += x
        y1 += y
        xx += x * x
        yy += y * y
        xy += x * y
    if n < _LEAST_SHARED:
        return False
    across = (xx - x1 * x1 / n) * (yy - y1 * y1 / n)
    along = xy - x1 * y1 / n
    return across > 0.0 and along * along >= 0.99 * across
