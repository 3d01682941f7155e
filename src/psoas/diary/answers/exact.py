"""The exact fit: one person, every plausible kind of carry-over, weighed by the data."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from psoas.diary.answers.compiled import compiled
from psoas.diary.answers.design import Design
from psoas.diary.answers.kernel import (
    FIXED,
    FREE,
    LANES,
    ROUND,
    SEASON,
    SEASON_FROM,
    TINY,
    YEAR,
    eliminate,
    hold,
    padded,
    products,
    solve,
    whiten,
)
from psoas.diary.answers.unshrinking import mixed, sharpened, unshrink

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
    variance, so that forty of them can be fitted on three weeks; a second fit then holds those
    that showed nothing near zero. Carry-over, white share and prior variance lie on a grid
    weighted by the likelihood that remains when everything else is integrated out, and the spread
    of the estimates over the grid is part of the error.

    Source: Durbin and Koopman 2012, 4.11 (missing days) and 6.2 (regression); Gelman et al.,
    *Bayesian Data Analysis* 3, 14.2 and 15 (marginal likelihood of a normal linear model).
    """
    count = design.columns.shape[1] // 2
    n = len(design.outcome)
    freedom = max(n - SPENT, LEAST_FREEDOM)
    if not count or n < LEAST or np.ptp(design.outcome) == 0:
        nothing = np.full((2, count), np.inf)
        return Effects(np.zeros((2, count)), nothing, freedom, np.zeros((2, count)))
    estimate, error, spread = over_grid(rows_of(design), design.at, GRID, PRIORS)
    return Effects(
        estimate.reshape(2, count), error.reshape(2, count), freedom, spread.reshape(2, count)
    )


def rows_of(design: Design) -> Array:
    """Return level, trend, weekdays, season, the columns and the outcome side by side, (n, P)."""
    n = len(design.outcome)
    rows = np.zeros((n, FIXED + design.columns.shape[1] + 1))
    rows[:, 0] = 1.0
    rows[:, 1] = (design.at - design.at.mean()) / max(float(np.ptp(design.at)), 1.0)
    for day in range(6):
        rows[:, FREE + day] = (design.weekday == day) - 1 / 7
    if np.ptp(design.at) >= SEASON_FROM:
        turn = 2 * np.pi * design.at / YEAR
        rows[:, SEASON], rows[:, SEASON + 1] = np.sin(turn), np.cos(turn)
    rows[:, FIXED:-1] = design.columns
    rows[:, -1] = design.outcome - design.outcome.mean()
    return rows


def over_grid(
    rows: Array, at: NDArray[np.int64], grid: Array, priors: Array
) -> tuple[Array, Array, Array]:
    """Fit over a grid, then once more with the others held as the first fit showed them.

    Args:
        rows: What ``rows_of`` returned, (n, P).
        at: shape (n,), day numbers.
        grid: shape (G, 2), carry-over and white share.
        priors: shape (D,), prior variances of the first fit.

    Returns:
        Estimate, standard error and residual deviation of each column, shape (2K,).
    """
    n, width = rows.shape
    bases, logs = _bases(rows, at, grid)
    columns = width - 1 - FIXED
    first = _mix(bases, logs, n, width, np.repeat(priors[:, None], columns, axis=1))
    second: tuple[Array, Array, Array] = _mix(bases, logs, n, width, sharpened(*first)[None])
    return second


@compiled
def _bases(rows: Array, at: NDArray[np.int64], grid: Array) -> tuple[Array, Array]:
    """Return products of whitened rows, fixed columns eliminated, for every point of the grid."""
    n, width = rows.shape
    side, days = padded(width, LANES), padded(n, ROUND)
    white = np.empty((side, days))
    bases, logs = np.empty((len(grid), side, side)), np.empty(len(grid))
    for g in range(len(grid)):
        logs[g] = whiten(rows, at, grid[g, 0], grid[g, 1], white)
        products(white, days, bases[g])
        hold(bases[g])
        logs[g] += eliminate(bases[g], 0, FIXED, width)
    return bases, logs


@compiled
def _mix(
    bases: Array, logs: Array, n: int, width: int, priors: Array
) -> tuple[Array, Array, Array]:
    """Fit at every point of the grid under every row of ``priors`` (D, 2K), and mix the fits."""
    wanted, side = width - 1 - FIXED, bases.shape[1]
    points = len(bases) * len(priors)
    heights, means = np.empty((points, wanted)), np.empty((points, wanted))
    errors, spreads = np.empty((points, wanted)), np.empty((points, wanted))
    work, inverse = np.empty((side, side)), np.empty((side, side))
    estimate, variance = np.empty(wanted), np.empty(wanted)
    freedom = max(n - FREE - 1.0, 1.0)
    for g in range(len(bases)):
        for d in range(len(priors)):
            point = g * len(priors) + d
            work[:] = bases[g]
            for k in range(wanted):
                work[FIXED + k, FIXED + k] += 1.0 / priors[d, k]
            volume = logs[g] + eliminate(work, FIXED, width - 1, width)
            solve(work, FIXED, width - 1, inverse, estimate, variance)
            unshrink(
                estimate,
                variance,
                max(work[width - 1, width - 1], TINY),
                freedom,
                priors[d],
                heights[point],
                means[point],
                errors[point],
                spreads[point],
            )
            heights[point] -= 0.5 * volume
    return mixed(heights, means, errors, spreads)
