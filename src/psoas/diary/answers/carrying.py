"""How pain carries over, read off the residuals of a working fit, inside compiled code."""

import numpy as np
from numpy.typing import NDArray

from psoas.diary.answers.compiled import compiled
from psoas.diary.answers.kernel import (
    FIXED,
    FREE,
    ROUND,
    TINY,
    eliminate,
    hold,
    padded,
    products,
    whiten,
)

Array = NDArray[np.float64]
Small = NDArray[np.float32]

# What the working fit assumes before the residuals have spoken.
WORKING_CARRY, WORKING_OWN, WORKING_PRIOR = 0.5, 0.4, 0.05
# Gaps longer than this decay like this one: 0.95**64 is 4 in a hundred.
LONGEST = 64
# Logarithms are dear: this many factors are multiplied before one is taken.
TOGETHER = 12


@compiled
def decays(grid: Array) -> Array:
    """Return carry**gap for every gap up to the longest and every point of the grid."""
    powers = np.empty((LONGEST + 1, len(grid)))
    for g in range(len(grid)):
        for gap in range(LONGEST + 1):
            powers[gap, g] = grid[g, 0] ** gap
    return powers


@compiled
def leave_residuals(
    rows: Small, at: NDArray[np.int64], white: Small, sums: Small, left: Array
) -> None:
    """Write what a working fit leaves of the outcome, day by day.

    Args:
        rows: shape (n, P), the outcome last.
        at: shape (n,), day numbers.
        white: Room to whiten in.
        sums: Room for products.
        left: shape (n or more,), written to.
    """
    n, width = rows.shape
    whiten(rows, at, WORKING_CARRY, WORKING_OWN, white)
    products(white, padded(n, ROUND), sums)
    hold(sums)
    for k in range(FIXED, width - 1):
        sums[k, k] += np.float32(1.0 / WORKING_PRIOR)
    eliminate(sums, 0, width - 1, width)
    effect = np.empty(width, np.float32)
    for i in range(width - 2, -1, -1):
        rest = sums[i, width - 1]
        for k in range(i + 1, width - 1):
            rest -= sums[i, k] * effect[k]
        effect[i] = rest / sums[i, i]
    for i in range(n):
        fitted = np.float32(0.0)
        for c in range(width - 1):
            fitted += rows[i, c] * effect[c]
        left[i] = rows[i, width - 1] - fitted


@compiled
def likeliest(left: Array, at: NDArray[np.int64], grid: Array, powers: Array) -> int:
    """Return the point of the grid that residuals speak for most, all points side by side.

    Args:
        left: shape (n,), residuals.
        at: shape (n,), day numbers.
        grid: shape (G, 2), carry-over and white share.
        powers: What ``decays`` returned for the grid.
    """
    points, n = len(grid), len(left)
    state, logs, squares = np.zeros(points), np.zeros(points), np.zeros(points)
    product, doubt, own = np.ones(points), np.empty(points), np.empty(points)
    for g in range(points):
        own[g] = grid[g, 1]
        doubt[g] = 1.0 - own[g]
    for i in range(n):
        gap = min(at[i] - at[i - 1], LONGEST) if i else 0
        for g in range(points):
            kept = powers[gap, g]
            before = kept * kept * doubt[g] + (1.0 - kept * kept) * (1.0 - own[g])
            total = before + own[g] + TINY
            apart = left[i] - kept * state[g]
            squares[g] += apart * apart / total
            state[g] = kept * state[g] + before / total * apart
            doubt[g] = before * own[g] / total
            product[g] *= total
        if i % TOGETHER == TOGETHER - 1 or i == n - 1:
            for g in range(points):
                logs[g] += np.log(product[g])
                product[g] = 1.0
    return int(np.argmax(-0.5 * ((n - FREE) * np.log(squares + TINY) + logs)))
