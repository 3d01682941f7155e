"""The difference between two arms by generalised least squares, for many schedules at once.

With trend and level taken out under a fixed working correlation, the estimate of a schedule ``a``
is ``a'My / a'Ma``: linear in the outcome ``y``, so that thousands of schedules cost one product.
"""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
# Pain today resembles pain yesterday. The share and the decay are fixed beforehand and never
# fitted: the test holds whatever they are, they only make it sharper.
CARRIED, DECAY = 0.6, 0.6


def working_correlation(day: NDArray[np.int64]) -> Array:
    """Return 0.6·0.6^lag + 0.4·[lag = 0] between days, shape (n, n)."""
    lag = np.abs(day[:, None] - day[None, :])
    found: Array = CARRIED * DECAY ** lag.astype(np.float64) + (1 - CARRIED) * (lag == 0)
    return found


class Contrast:
    """The estimate of any schedule on given days.

    Args:
        day: shape (n,), increasing day numbers, at least three.
    """

    def __init__(self, day: NDArray[np.int64]) -> None:
        line = (day - day.mean()) / max(float(np.ptp(day)), 1.0)
        nuisance = np.column_stack([np.ones(len(day)), line])
        weight = np.linalg.inv(working_correlation(day))
        across = weight @ nuisance
        self._left: Array = weight - across @ np.linalg.solve(nuisance.T @ across, across.T)

    def estimates(self, arms: Array, outcome: Array) -> Array:
        """Return the estimate of each schedule on each outcome, shape (S,) or (S, R).

        Args:
            arms: shape (S, n), 0 or 1, neither arm empty.
            outcome: shape (n,), or (n, R) for many outcomes at once.
        """
        # Centred first: a level of a thousand must not eat the digits of a difference of one.
        weights = arms @ self._left
        weights /= np.sum(weights * arms, axis=1, keepdims=True)
        found: Array = weights @ (outcome - outcome.mean(axis=0))
        return found

    def own(self, arms: Array, outcome: Array) -> Array:
        """Return the estimate of each schedule on its own outcome, shape (R,).

        Args:
            arms: shape (R, n).
            outcome: shape (R, n).
        """
        weights = arms @ self._left
        centred = outcome - outcome.mean(axis=1, keepdims=True)
        found: Array = np.sum(weights * centred, axis=1) / np.sum(weights * arms, axis=1)
        return found
