"""The exact fit: one person, every plausible kind of carry-over, weighed by the data."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from psoas.diary.answers.compiled import compiled
from psoas.diary.answers.design import Design
from psoas.diary.answers.kernel import (
    FIXED,
    FREE,
    LANES,
    ROUND,
    TINY,
    WEEKDAY_PRECISION,
    eliminate,
    padded,
    products,
    solve,
    whiten,
)

Array = NDArray[np.float64]

# Carry-over from one day to the next, and the white share of the variance.
GRID = np.array(
    [(0.0, 0.0)]
    + [(c, w) for c in (0.2, 0.4, 0.6, 0.75, 0.87, 0.95) for w in (0.0, 0.25, 0.5, 0.75)]
)
# Prior variances of a trigger's effect, in residual variances.
PRIORS = np.array([0.005, 0.05, 0.2])
SPENT = 10
LEAST_FREEDOM = 4.0
# Of fewer recorded days nothing is fitted.
LEAST = 4


@dataclass(frozen=True)
class Effects:
    """Unshrunk effects of K triggers, same day (row 0) and day before (row 1).

    Attributes:
        estimate: shape (2, K), points of pain.
        error: shape (2, K), standard errors; infinite where nothing can be said.
        freedom: Degrees of freedom.
        spread: shape (2, K), residual standard deviation beside each.
    """

    estimate: Array
    error: Array
    freedom: float
    spread: Array


def fit_exact(design: Design) -> Effects:
    """Fit every trigger and lag jointly, missing days exact.

    Each trigger in question has a flat prior; all others are random effects with a common prior
    variance, so that forty of them can be fitted on three weeks. Carry-over, white share and
    prior variance lie on a grid weighted by the likelihood that remains when everything else is
    integrated out, and the spread of the estimates over the grid is part of the error.

    Source: Durbin and Koopman 2012, 4.11 (missing days) and 6.2 (regression); Gelman et al.,
    *Bayesian Data Analysis* 3, 14.2 and 15 (marginal likelihood of a normal linear model).
    """
    count = design.columns.shape[1] // 2
    n = len(design.outcome)
    freedom = max(n - SPENT, LEAST_FREEDOM)
    if not count or n < LEAST or np.ptp(design.outcome) == 0:
        nothing = np.full((2, count), np.inf)
        return Effects(np.zeros((2, count)), nothing, freedom, np.zeros((2, count)))
    estimate, error, spread = _over_grid(rows_of(design), design.at, GRID, PRIORS)
    return Effects(
        estimate.reshape(2, count), error.reshape(2, count), freedom, spread.reshape(2, count)
    )


def rows_of(design: Design) -> Array:
    """Return level, trend, six weekdays, the columns and the outcome side by side, (n, P)."""
    n = len(design.outcome)
    rows = np.zeros((n, FIXED + design.columns.shape[1] + 1))
    rows[:, 0] = 1.0
    rows[:, 1] = (design.at - design.at.mean()) / max(float(np.ptp(design.at)), 1.0)
    for day in range(6):
        rows[:, FREE + day] = (design.weekday == day) - 1 / 7
    rows[:, FIXED:-1] = design.columns
    rows[:, -1] = design.outcome - design.outcome.mean()
    return rows


@compiled
def _over_grid(
    rows: Array, at: NDArray[np.int64], grid: Array, priors: Array
) -> tuple[Array, Array, Array]:
    n, width = rows.shape
    wanted = width - 1 - FIXED
    points = len(grid) * len(priors)
    heights = np.empty((points, wanted))
    means = np.empty((points, wanted))
    errors = np.empty((points, wanted))
    spreads = np.empty((points, wanted))
    side, days = padded(width, LANES), padded(n, ROUND)
    white = np.empty((side, days))
    base = np.empty((side, side))
    work = np.empty((side, side))
    inverse = np.empty((side, side))
    estimate = np.empty(wanted)
    variance = np.empty(wanted)
    freedom = max(n - FREE - 1.0, 1.0)
    for g in range(len(grid)):
        logs = whiten(rows, at, grid[g, 0], grid[g, 1], white)
        products(white, days, base)
        for k in range(FREE, FIXED):
            base[k, k] += WEEKDAY_PRECISION
        fixed = eliminate(base, 0, FIXED, width)
        for d in range(len(priors)):
            work[:] = base
            for k in range(FIXED, width - 1):
                work[k, k] += 1.0 / priors[d]
            random = eliminate(work, FIXED, width - 1, width)
            solve(work, FIXED, width - 1, inverse, estimate, variance)
            rest = max(work[width - 1, width - 1], TINY)
            point = g * len(priors) + d
            unshrink(
                estimate,
                variance,
                rest,
                freedom,
                priors[d],
                heights[point],
                means[point],
                errors[point],
                spreads[point],
            )
            heights[point] -= 0.5 * (logs + fixed + random)
    return mixed(heights, means, errors, spreads)


@compiled
def unshrink(
    estimate: Any,
    variance: Any,
    rest: float,
    freedom: float,
    prior: float,
    heights: Array,
    means: Array,
    errors: Array,
    spreads: Array,
) -> None:
    """Divide each trigger's own prior out again: from its estimate, its error and what is left.

    Args:
        estimate: shape (m,), under the prior.
        variance: shape (m,), diagonal of the inverse under the prior.
        rest: Sum of squares left under the prior.
        freedom: Degrees of freedom of what is left.
        prior: Prior variance of an effect, in residual variances.
        heights: shape (m,), written to: log likelihood, but for what all triggers share.
        means: shape (m,), written to: unshrunk estimates.
        errors: shape (m,), written to: squared standard errors.
        spreads: shape (m,), written to: residual variances.
    """
    precision = 1.0 / prior
    for k in range(len(estimate)):
        own = max(1.0 / variance[k] - precision, TINY)
        mean = estimate[k] / variance[k] / own
        left = max(rest - mean * mean * own * precision / (own + precision), TINY)
        means[k] = mean
        spreads[k] = left / freedom
        errors[k] = left / freedom / own
        heights[k] = -0.5 * (
            freedom * np.log(left) + np.log(own * variance[k]) + (len(estimate) - 1) * np.log(prior)
        )


@compiled
def mixed(
    heights: Array, means: Array, errors: Array, spreads: Array
) -> tuple[Array, Array, Array]:
    """Mix fits by how likely each is: shape (points, columns) in, (columns,) out.

    Args:
        heights: Log likelihoods; written over.
        means: Estimates.
        errors: Squared standard errors.
        spreads: Residual variances.

    Returns:
        Estimate, standard error (with the spread of the estimates in it), residual deviation.
    """
    points, wanted = heights.shape
    estimate = np.zeros(wanted)
    error = np.zeros(wanted)
    spread = np.zeros(wanted)
    for k in range(wanted):
        top = heights[:, k].max()
        total = 0.0
        for p in range(points):
            heights[p, k] = np.exp(heights[p, k] - top)
            total += heights[p, k]
        for p in range(points):
            estimate[k] += heights[p, k] / total * means[p, k]
            spread[k] += heights[p, k] / total * spreads[p, k]
        for p in range(points):
            apart = means[p, k] - estimate[k]
            error[k] += heights[p, k] / total * (errors[p, k] + apart * apart)
        error[k] = np.sqrt(error[k])
        spread[k] = np.sqrt(spread[k])
    return estimate, error, spread
