"""From estimates under a prior to estimates under none, inside compiled code."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from psoas.diary.answers.compiled import compiled
from psoas.diary.answers.kernel import TINY

Array = NDArray[np.float64]

# What is believed of the other triggers once they have been looked at: one in twenty does
# something (variance 0.4 residual variances), the others next to nothing.
DOING, SOMETHING, NOTHING = 0.05, 0.4, 0.003


@compiled
def unshrink(
    estimate: Any,
    variance: Any,
    rest: float,
    freedom: float,
    priors: Array,
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
        priors: shape (m,), prior variance of each effect, in residual variances.
        heights: shape (m,), written to: log likelihood, but for the determinants.
        means: shape (m,), written to: unshrunk estimates.
        errors: shape (m,), written to: squared standard errors.
        spreads: shape (m,), written to: residual variances.
    """
    volume = np.log(priors).sum()
    for k in range(len(estimate)):
        precision = 1.0 / priors[k]
        own = max(1.0 / variance[k] - precision, TINY)
        mean = estimate[k] / variance[k] / own
        left = max(rest - mean * mean * own * precision / (own + precision), TINY)
        means[k] = mean
        spreads[k] = left / freedom
        errors[k] = left / freedom / own
        heights[k] = -0.5 * (
            freedom * np.log(left) + np.log(own * variance[k]) + volume - np.log(priors[k])
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


@compiled
def sharpened(estimate: Array, error: Array, spread: Array) -> Array:
    """Return a prior variance for each trigger, from what a first fit showed of it.

    Most triggers do nothing, and fitting all of them freely blurs the few that do something. A
    trigger that showed nothing is held near zero while others are looked at; one that showed
    something keeps its room. Its own prior is divided out again, so no trigger's estimate is
    shrunk by this.

    Args:
        estimate: shape (m,), unshrunk.
        error: shape (m,), standard errors.
        spread: shape (m,), residual standard deviations.

    Returns:
        shape (m,), in residual variances.

    Source: George and McCulloch, JASA 88 (1993) 881-889 (two normal priors, one narrow).
    """
    prior = np.empty(len(estimate))
    for k in range(len(estimate)):
        doubt = error[k] ** 2
        wide = doubt + SOMETHING * spread[k] ** 2
        narrow = doubt + NOTHING * spread[k] ** 2
        gain = 0.5 * (np.log(narrow / wide) + estimate[k] ** 2 * (1.0 / narrow - 1.0 / wide))
        odds = DOING / (1.0 - DOING) * np.exp(min(gain, 50.0))
        chance = odds / (1.0 + odds)
        prior[k] = chance * SOMETHING + (1.0 - chance) * NOTHING
    return prior
