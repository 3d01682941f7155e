"""Regression that knows that today's pain carries over into tomorrow's."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

# Carry-over from one day to the next, and the share of the spread that is each day's own.
_GRID = np.array(
    [(0.0, 0.0)]
    + [
        (carry, own)
        for carry in (0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.995)
        for own in (0.0, 0.25, 0.5, 0.75)
    ]
)
_FLOOR = 1e-12


@dataclass(frozen=True)
class Fit:
    """Coefficients of a regression with carried-over noise.

    Attributes:
        estimate: shape (p,).
        covariance: shape (p, p), with the doubt about the carry-over in it.
        freedom: Degrees of freedom for a t interval.
        weights: shape (G,), how likely each point of the carry-over grid is.
        spread: shape (G,), noise variance at each point.
    """

    estimate: Array
    covariance: Array
    freedom: float
    weights: Array
    spread: Array

    def contrast(self, direction: Array) -> tuple[float, float]:
        """Return estimate and standard error of ``direction @ coefficients``."""
        variance = float(direction @ self.covariance @ direction)
        return float(direction @ self.estimate), max(variance, 0.0) ** 0.5


def fit(outcome: Array, design: Array, at: NDArray[np.int64], known: Fit | None = None) -> Fit:
    """Fit outcome = design @ coefficients + carried-over noise + each day's own noise.

    The noise is an AR(1) process plus white noise. Outcome and design are whitened together by a
    scalar Kalman filter over the recorded days, in which the state decays over a gap of g days by
    carry**g, so missing days are treated exactly. The grid of (carry-over, own share) is weighted
    by the restricted likelihood instead of picking its best point: picking would make intervals
    too narrow in short diaries.

    Args:
        outcome: shape (n,), recorded days only.
        design: shape (n, p), full rank, p < n.
        at: shape (n,), day numbers, rising.
        known: An earlier fit whose noise is taken over, for a short window of the same diary.

    Source: Durbin and Koopman 2012, chapter 4.11 (missing) and 6.2 (regression); restricted
    likelihood: D. A. Harville, JASA 72 (1977) 320-338.
    """
    white, logs = _whiten(np.column_stack([outcome, design]), at)
    y, x = white[:, :, 0], white[:, :, 1:]
    information = np.einsum("gni,gnj->gij", x, x)
    inverse = np.linalg.inv(information)
    estimates = np.einsum("gij,gnj,gn->gi", inverse, x, y)
    rest = y - np.einsum("gni,gi->gn", x, estimates)
    freedom = float(len(outcome) - design.shape[1])
    if known is None:
        spread = (rest**2).sum(axis=1) / freedom + _FLOOR
        height = -0.5 * (freedom * np.log(spread) + logs + np.linalg.slogdet(information)[1])
        weights = np.exp(height - height.max())
        weights /= weights.sum()
    else:
        spread, weights, freedom = known.spread, known.weights, known.freedom
    mean = weights @ estimates
    apart = estimates - mean
    covariance = np.einsum("g,gij->ij", weights * spread, inverse)
    covariance += np.einsum("g,gi,gj->ij", weights, apart, apart)
    return Fit(mean, covariance, freedom, weights, spread)


def _whiten(columns: Array, at: NDArray[np.int64]) -> tuple[Array, Array]:
    carry, own = _GRID[:, 0], _GRID[:, 1]
    count, width = columns.shape
    white = np.empty((len(_GRID), count, width))
    state = np.zeros((len(_GRID), width))
    doubt = 1.0 - own
    logs = np.zeros(len(_GRID))
    for i in range(count):
        if i:
            kept = carry ** float(at[i] - at[i - 1])
            state *= kept[:, None]
            doubt = kept * kept * doubt + (1.0 - kept * kept) * (1.0 - own)
        total = doubt + own + _FLOOR
        miss = columns[i] - state
        white[:, i] = miss / np.sqrt(total)[:, None]
        logs += np.log(total)
        gain = doubt / total
        state += gain[:, None] * miss
        doubt = doubt * (1.0 - gain)
    return white, logs
