"""The fast fit: the same model for many people at once, one kind of carry-over each.

A working fit gives residuals, the residuals say which carry-over and white share are likeliest,
and one final fit is made with those.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from psoas.diary.answers.compiled import compiled
from psoas.diary.answers.exact import GRID, LEAST_FREEDOM, PRIORS, SPENT, mixed
from psoas.diary.answers.kernel import (
    FIXED,
    FREE,
    TINY,
    WEEKDAY_PRECISION,
    eliminate,
    products,
    solve,
    whiten,
)

Array = NDArray[np.float64]
Small = NDArray[np.float32]
Counts = NDArray[np.int32]

# What the working fit assumes before the residuals have spoken.
WORKING_CARRY, WORKING_OWN, WORKING_PRIOR = 0.5, 0.4, 0.05
# Gaps longer than this decay like this one: 0.95**64 is 4 in a hundred.
LONGEST = 64
# Logarithms are dear: this many factors are multiplied before one is taken.
TOGETHER = 12


@dataclass(frozen=True)
class Many:
    """Unshrunk effects of K triggers for B people; axis 1 is same day, day before.

    Attributes:
        estimate: shape (B, 2, K), points of pain.
        error: shape (B, 2, K), standard errors; infinite where nothing can be said.
        freedom: shape (B,), degrees of freedom.
        spread: shape (B, 2, K), residual standard deviation beside each.
        days_with: shape (B, 2, K), recorded days known to be with the trigger.
        days_without: shape (B, 2, K).
        recorded: shape (B,), days with pain.
    """

    estimate: Array
    error: Array
    freedom: Array
    spread: Array
    days_with: Counts
    days_without: Counts
    recorded: Counts


def fit_many(day: NDArray[np.int32], pain: Small, values: Small, starts: NDArray[np.int64]) -> Many:
    """Fit every trigger and lag of many people.

    Args:
        day: shape (N,), day numbers, rising within a person (0 = Thursday 1 January 1970).
        pain: shape (N,), 0 to 10; NaN where not recorded.
        values: shape (N, K), each column 0 to 1; NaN where unknown.
        starts: shape (B + 1,), where each person's rows begin, and the end.

    Raises:
        ValueError: The shapes disagree.
    """
    people, count = len(starts) - 1, values.shape[1]
    if not len(day) == len(pain) == len(values) == starts[-1]:
        raise ValueError("day, pain and values need one row each, and starts must end with them")
    out = np.zeros((3, people, 2 * count), np.float32)
    days = np.zeros((2, people, 2 * count), np.int32)
    recorded = np.zeros(people, np.int32)
    _fit_all(
        np.ascontiguousarray(day, np.int32),
        np.ascontiguousarray(pain, np.float32),
        np.ascontiguousarray(values, np.float32),
        np.ascontiguousarray(starts, np.int64),
        GRID,
        PRIORS,
        out,
        days,
        recorded,
    )
    shape = (people, 2, count)
    estimate, error, spread = (each.reshape(shape).astype(np.float64) for each in out)
    return Many(
        estimate,
        error,
        np.maximum(recorded - SPENT, LEAST_FREEDOM).astype(np.float64),
        spread,
        days[0].reshape(shape),
        days[1].reshape(shape),
        recorded,
    )


@compiled
def _fit_all(
    day: Counts,
    pain: Small,
    values: Small,
    starts: NDArray[np.int64],
    grid: Array,
    priors: Array,
    out: Small,
    days: Counts,
    recorded: Counts,
) -> None:
    people, count = len(starts) - 1, values.shape[1]
    width = FIXED + 2 * count + 1
    longest = 1
    for b in range(people):
        longest = max(longest, starts[b + 1] - starts[b])
    rows = np.empty((longest, width), np.float32)
    white = np.empty((longest, width), np.float32)
    at = np.empty(longest, np.int64)
    sums = np.empty((width, width), np.float32)
    work = np.empty((width, width), np.float32)
    inverse = np.empty((width, width), np.float32)
    powers = np.empty((LONGEST + 1, len(grid)), np.float64)
    for g in range(len(grid)):
        for gap in range(LONGEST + 1):
            powers[gap, g] = grid[g, 0] ** gap
    for b in range(people):
        first, last = starts[b], starts[b + 1]
        n = _gather(day, pain, values, first, last, rows, at, days[:, b])
        recorded[b] = n
        if n < 4 or not _varies(rows, n, width - 1):
            out[1, b] = np.inf
            continue
        carry, own = _likeliest(rows[:n], at[:n], white[:n], sums, work, inverse, grid, powers)
        _final(rows[:n], at[:n], white[:n], sums, work, inverse, carry, own, priors, out[:, b])


@compiled
def _varies(rows: Small, n: int, column: int) -> bool:
    for i in range(1, n):
        if rows[i, column] != rows[0, column]:
            return True
    return False


@compiled
def _gather(
    day: Counts,
    pain: Small,
    values: Small,
    first: int,
    last: int,
    rows: Small,
    at: NDArray[np.int64],
    days: Counts,
) -> int:
    """Lay one person's recorded days out as rows of the design; return how many they are."""
    count = values.shape[1]
    width = FIXED + 2 * count + 1
    n = 0
    for t in range(first, last):
        if np.isnan(pain[t]):
            continue
        at[n] = day[t]
        for j in range(FIXED):
            rows[n, j] = np.float32(0.0)
        rows[n, 0] = np.float32(1.0)
        weekday = (day[t] + 3) % 7
        for j in range(6):
            rows[n, FREE + j] = np.float32(-1.0 / 7.0)
        if weekday < 6:
            rows[n, FREE + weekday] += np.float32(1.0)
        for k in range(count):
            rows[n, FIXED + k] = values[t, k]
        if t > first and day[t - 1] == day[t] - 1:
            for k in range(count):
                rows[n, FIXED + count + k] = values[t - 1, k]
        else:
            for k in range(count):
                rows[n, FIXED + count + k] = np.float32(np.nan)
        rows[n, width - 1] = pain[t]
        n += 1
    if n:
        _centre(rows, at, n, count, days)
    return n


@compiled
def _centre(rows: Small, at: NDArray[np.int64], n: int, count: int, days: Counts) -> None:
    width = FIXED + 2 * count + 1
    total = np.zeros(width, np.float32)
    known = np.zeros(width, np.float32)
    ahead = np.zeros(width, np.float32)
    for i in range(n):
        for c in range(FIXED, width):
            x = rows[i, c]
            there = x == x
            total[c] += x if there else np.float32(0.0)
            known[c] += np.float32(1.0) if there else np.float32(0.0)
            ahead[c] += np.float32(1.0) if x > np.float32(0.5) else np.float32(0.0)
    for c in range(FIXED, width):
        total[c] /= max(known[c], np.float32(1.0))
    for k in range(2 * count):
        days[0, k] = np.int32(ahead[FIXED + k])
        days[1, k] = np.int32(known[FIXED + k] - ahead[FIXED + k])
    middle = 0.0
    for i in range(n):
        middle += at[i]
    middle /= n
    length = max(float(at[n - 1] - at[0]), 1.0)
    for i in range(n):
        rows[i, 1] = np.float32((at[i] - middle) / length)
        for c in range(FIXED, width):
            x = rows[i, c]
            rows[i, c] = x - total[c] if x == x else np.float32(0.0)


@compiled
def _likeliest(
    rows: Small,
    at: NDArray[np.int64],
    white: Small,
    sums: Small,
    work: Small,
    inverse: Small,
    grid: Array,
    powers: Array,
) -> tuple[float, float]:
    """Return the carry-over and white share that the residuals of a working fit speak for."""
    n, width = rows.shape
    whiten(rows, at, WORKING_CARRY, WORKING_OWN, white)
    products(white, sums)
    for k in range(FREE, FIXED):
        sums[k, k] += np.float32(WEEKDAY_PRECISION)
    for k in range(FIXED, width - 1):
        sums[k, k] += np.float32(1.0 / WORKING_PRIOR)
    eliminate(sums, 0, width - 1)
    effect = inverse[0]
    for i in range(width - 2, -1, -1):
        rest = sums[i, width - 1]
        for k in range(i + 1, width - 1):
            rest -= sums[i, k] * effect[k]
        effect[i] = rest / sums[i, i]
    points = len(grid)
    state = np.zeros(points)
    doubt = np.empty(points)
    product = np.ones(points)
    logs = np.zeros(points)
    squares = np.zeros(points)
    for g in range(points):
        doubt[g] = 1.0 - grid[g, 1]
    for i in range(n):
        miss = rows[i, width - 1]
        for c in range(width - 1):
            miss -= rows[i, c] * effect[c]
        gap = min(at[i] - at[i - 1], LONGEST) if i else 0
        for g in range(points):
            kept = powers[gap, g]
            own = grid[g, 1]
            before = kept * kept * doubt[g] + (1.0 - kept * kept) * (1.0 - own)
            total = before + own + TINY
            gain = before / total
            apart = miss - kept * state[g]
            squares[g] += apart * apart / total
            state[g] = kept * state[g] + gain * apart
            doubt[g] = before * own / total
            product[g] *= total
        if i % TOGETHER == TOGETHER - 1 or i == n - 1:
            for g in range(points):
                logs[g] += np.log(product[g])
                product[g] = 1.0
    best = 0
    height = -np.inf
    for g in range(points):
        this = -0.5 * ((n - FREE) * np.log(max(squares[g], TINY)) + logs[g])
        if this > height:
            height, best = this, g
    return grid[best, 0], grid[best, 1]


@compiled
def _final(
    rows: Small,
    at: NDArray[np.int64],
    white: Small,
    sums: Small,
    work: Small,
    inverse: Small,
    carry: float,
    own_share: float,
    priors: Array,
    out: Small,
) -> None:
    n, width = rows.shape
    wanted = width - 1 - FIXED
    whiten(rows, at, carry, own_share, white)
    products(white, sums)
    for k in range(FREE, FIXED):
        sums[k, k] += np.float32(WEEKDAY_PRECISION)
    eliminate(sums, 0, FIXED)
    freedom = max(n - FREE - 1.0, 1.0)
    estimate = np.empty(wanted, np.float32)
    variance = np.empty(wanted, np.float32)
    heights = np.empty((len(priors), wanted))
    means = np.empty((len(priors), wanted))
    errors = np.empty((len(priors), wanted))
    spreads = np.empty((len(priors), wanted))
    for d in range(len(priors)):
        precision = 1.0 / priors[d]
        for i in range(FIXED, width):
            for j in range(i, width):
                work[i, j] = sums[i, j]
        for k in range(FIXED, width - 1):
            work[k, k] += np.float32(precision)
        random = eliminate(work, FIXED, width - 1)
        solve(work, FIXED, inverse, estimate, variance)
        rest = max(float(work[width - 1, width - 1]), TINY)
        for k in range(wanted):
            own = max(1.0 / variance[k] - precision, TINY)
            mean = estimate[k] / variance[k] / own
            left = max(rest - mean * mean * own * precision / (own + precision), TINY)
            means[d, k] = mean
            spreads[d, k] = left / freedom
            errors[d, k] = left / freedom / own
            heights[d, k] = -0.5 * (
                freedom * np.log(left)
                + random
                + np.log(own * variance[k])
                + (wanted - 1) * np.log(priors[d])
            )
    each, error, spread = mixed(heights, means, errors, spreads)
    for k in range(wanted):
        out[0, k] = each[k]
        out[1, k] = error[k]
        out[2, k] = spread[k]
