"""The fast fit: the same model for many people at once, one kind of carry-over each.

A working fit gives residuals, the residuals say which carry-over and white share are likeliest,
and one final fit is made with those.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from psoas.diary.answers.carrying import decays, leave_residuals, likeliest
from psoas.diary.answers.compiled import compiled
from psoas.diary.answers.exact import GRID, LEAST, LEAST_FREEDOM, PRIORS, SPENT
from psoas.diary.answers.gathering import centre, gather, middles, varies
from psoas.diary.answers.kernel import (
    FIXED,
    FREE,
    LANES,
    ROUND,
    TINY,
    eliminate,
    hold,
    padded,
    products,
    solve,
    whiten,
)
from psoas.diary.answers.unshrinking import mixed, sharpened, unshrink

Array = NDArray[np.float64]
Small = NDArray[np.float32]
Counts = NDArray[np.int32]

# A prior variance this much less likely (in log) than the best is not looked into.
UNLIKELY = 7.0


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
        np.repeat(PRIORS[:, None], 2 * count, axis=1),
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
    longest, side = 1, padded(width, LANES)
    for b in range(people):
        longest = max(longest, starts[b + 1] - starts[b])
    all_rows = np.empty((longest, width), np.float32)
    all_at = np.empty(longest, np.int64)
    left = np.empty(longest)
    middle = np.empty(count, np.float32)
    white = np.empty((side, padded(longest, ROUND)), np.float32)
    sums = np.empty((side, side), np.float32)
    work = np.empty((len(priors) + 1, side, side), np.float32)
    powers = decays(grid)
    for b in range(people):
        first, last = starts[b], starts[b + 1]
        n = gather(day[first:last], pain[first:last], values[first:last], all_rows, all_at)
        recorded[b] = n
        if n == 0:
            out[1, b] = np.inf
            continue
        rows, at = all_rows[:n], all_at[:n]
        middles(values[first:last], middle)
        centre(rows, at, middle, days[:, b])
        if n < LEAST or not varies(rows[:, width - 1]):
            out[1, b] = np.inf
            continue
        leave_residuals(rows, at, white, sums, left)
        best = likeliest(left[:n], at, grid, powers)
        whiten(rows, at, grid[best, 0], grid[best, 1], white)
        products(white, padded(n, ROUND), sums)
        _read_off(sums, n, width, priors, work, out[:, b])


@compiled
def _read_off(sums: Small, n: int, width: int, priors: Array, work: Small, out: Small) -> None:
    """Read estimates, errors and spreads off the products of whitened rows."""
    hold(sums)
    eliminate(sums, 0, FIXED, width)
    first = _mix(sums, n, width, priors, work)
    estimate, error, spread = _mix(
        sums, n, width, sharpened(first[0], first[1], first[2]).reshape(1, -1), work
    )
    for k in range(len(estimate)):
        out[0, k], out[1, k], out[2, k] = estimate[k], error[k], spread[k]


@compiled
def _mix(sums: Small, n: int, width: int, priors: Array, work: Small) -> tuple[Array, Array, Array]:
    """Fit under every row of ``priors`` (D, 2K), and mix the fits that are likely."""
    points, wanted = priors.shape
    freedom = max(n - FREE - 1.0, 1.0)
    volume, rest, joint = np.empty(points), np.empty(points), np.empty(points)
    for d in range(points):
        for i in range(FIXED, width):
            work[d, i] = sums[i]
        for k in range(wanted):
            work[d, FIXED + k, FIXED + k] += np.float32(1.0 / priors[d, k])
        volume[d] = eliminate(work[d], FIXED, width - 1, width)
        rest[d] = max(float(work[d, width - 1, width - 1]), TINY)
        joint[d] = -0.5 * (freedom * np.log(rest[d]) + volume[d] + np.log(priors[d]).sum())
    estimate, variance = np.empty(wanted, np.float32), np.empty(wanted, np.float32)
    heights = np.full((points, wanted), -np.inf)
    means, errors = np.zeros((points, wanted)), np.zeros((points, wanted))
    spreads = np.zeros((points, wanted))
    for d in range(points):
        if joint[d] < joint.max() - UNLIKELY:
            continue
        solve(work[d], FIXED, width - 1, work[-1], estimate, variance)
        unshrink(
            estimate,
            variance,
            rest[d],
            freedom,
            priors[d],
            heights[d],
            means[d],
            errors[d],
            spreads[d],
        )
        heights[d] -= 0.5 * volume[d]
    return mixed(heights, means, errors, spreads)
