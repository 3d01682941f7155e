"""Evidence: from estimates and their errors to e-values, intervals and claims.

Everything works elementwise on arrays of one shape (or what broadcasts to it), so that one person
and a million use the same lines.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

# The share of false claims that e-values may reach, and BH over a year of answer days.
FALSE_SHARE = 0.10
YEAR_BUDGET = 0.05
# An interval keeps every value that an e-value of 20 does not speak against: 95%, on any day.
AGAINST = 20.0
PRIOR = 0.15
LEAST_SLAB = 0.3**0.5
# Evidence beyond this changes no decision, and stays a finite number in a file.
MOST = 1e12
# Sums in another order differ in their last digits.
_NEARLY = 1 - 1e-12


def e_values(estimate: ArrayLike, error: ArrayLike, freedom: ArrayLike, spread: ArrayLike) -> Array:
    """Return the e-value of each estimate against "no effect".

    A t-type Bayes factor of a normal slab against zero: under no effect its expectation is 1 at
    whatever day one looks, so evidence may be read every day.

    Args:
        estimate: Points of pain.
        error: Its standard error; infinite where nothing is known.
        freedom: Degrees of freedom.
        spread: Residual standard deviation, which the slab takes over (at least √0.3).

    Returns:
        Numbers above 0, at most 1e12.

    Example:
        >>> e_values([0.0, 1.0], [0.2, 0.2], 60, 1.0).round(1).tolist()
        [0.2, 4961.2]
    """
    t = np.asarray(estimate, float) / np.asarray(error, float)
    ratio = (np.maximum(np.asarray(spread, float), LEAST_SLAB) / np.asarray(error, float)) ** 2
    nu = np.asarray(freedom, float)
    log_e = -0.5 * np.log1p(ratio) + 0.5 * (nu + 1) * (
        np.log1p(t * t / nu) - np.log1p(t * t / nu / (1 + ratio))
    )
    return np.asarray(np.exp(np.minimum(log_e, np.log(MOST))))


def anytime_half_width(error: ArrayLike, freedom: ArrayLike, spread: ArrayLike) -> Array:
    """Return half the width of the interval that stays right though one looks every day.

    The interval keeps each β whose e-value against β is below 20; the inversion has a closed
    form. Infinite where the data cannot speak against any β yet.

    Args:
        error: Standard errors.
        freedom: Degrees of freedom.
        spread: Residual standard deviation.
    """
    error = np.asarray(error, float)
    nu = np.asarray(freedom, float)
    ratio = (np.maximum(np.asarray(spread, float), LEAST_SLAB) / error) ** 2
    grown = np.exp((2 * np.log(AGAINST) + np.log1p(ratio)) / (nu + 1))
    rest = 1 - grown / (1 + ratio)
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.sqrt(nu * (grown - 1) / rest)
        return np.asarray(np.where(rest > 0, t * error, np.inf))


def posterior(e: ArrayLike) -> Array:
    """Return the probability of an effect, from 0.15 before the data.

    Example:
        >>> posterior([1.0, 100.0]).round(2).tolist()
        [0.15, 0.95]
    """
    weight = PRIOR * np.asarray(e, float)
    return np.asarray(weight / (weight + 1 - PRIOR))


def p_values(estimate: ArrayLike, error: ArrayLike, freedom: ArrayLike) -> Array:
    """Return two-sided p-values of Student's t."""
    t = np.abs(np.asarray(estimate, float) / np.asarray(error, float))
    return np.asarray(2 * special.stdtr(np.asarray(freedom, float), -t))


def t_half_width(error: ArrayLike, freedom: ArrayLike, doubt: float) -> Array:
    """Return half the width of a t interval of level ``1 - doubt`` (doubt between 0 and 1)."""
    quantile = special.stdtrit(np.asarray(freedom, float), 1 - doubt / 2)
    return np.asarray(quantile * np.asarray(error, float))


def any_day_claims(e: Array) -> Mask:
    """Return which of a family may be claimed on any day.

    What closed e-BH claims, and has an e-value of 20 by itself: with few triggers a family asks
    for less, and a claim must not be weaker than the interval beside it, which leaves out zero
    from 20 on.

    Args:
        e: shape (..., m), one family in the last axis; a member that is not tested is NaN.

    Example:
        >>> any_day_claims(np.array([[16.0], [24.0]])).tolist()
        [[False], [True]]
    """
    return closed_e_bh(e) & (np.nan_to_num(e) >= AGAINST)


def closed_e_bh(e: Array, share: float = FALSE_SHARE) -> Mask:
    """Return which of a family are claimed, false claims being at most ``share`` on average.

    The closure of e-BH: the largest r is taken for which every set S of the family has a mean
    e-value of at least |S ∩ R| / (share · r), R being the r largest. It claims all that e-BH
    claims and sometimes one more, at the same guarantee, however the e-values depend on each
    other.

    Args:
        e: shape (..., m), one family in the last axis; a member that is not tested is NaN.
        share: Between 0 and 1.

    Source: Wang and Ramdas, JRSS B 84 (2022) 822-852 (e-BH); Xu, Solari, Fischer, de Heide,
    Ramdas and Goeman, "Bringing closure to false discovery rate control" (2025).

    Example:
        >>> closed_e_bh(np.array([100.0, 0.5, 15.0, 0.2])).tolist()
        [True, False, True, False]
    """
    if not e.size:
        return np.zeros(e.shape, bool)
    rows = e.reshape(-1, e.shape[-1])
    claimed = np.zeros(rows.shape, bool)
    # Even alone and first of its family, less than 1/share claims nothing: most people end here.
    at = np.flatnonzero(np.fmax.reduce(rows, axis=1, initial=0.0) >= 1 / share)
    order = np.argsort(-rows[at], axis=1, kind="stable")
    falling = np.take_along_axis(rows[at], order, axis=1)
    ranks = np.arange(rows.shape[1])
    mine = np.zeros(falling.shape, bool)
    count = _closed_counts(falling, share)[:, None]
    np.put_along_axis(mine, order, ranks < count, axis=1)
    claimed[at] = mine
    return claimed.reshape(e.shape)


def _closed_counts(falling: Array, share: float) -> NDArray[np.int64]:
    """Return how many are claimed of each family, one a row, falling, what is not tested last."""
    tested = np.sum(~np.isnan(falling), axis=1)
    # totals[:, k]: the k largest together.
    totals = np.cumsum(np.nan_to_num(falling), axis=1)
    totals = np.concatenate([np.zeros((len(falling), 1)), totals], axis=1)
    everything = totals[:, -1]
    counts = np.zeros(len(falling), np.int64)
    for r in range(falling.shape[1], 0, -1):
        # Two sets rule most families out: R itself, and the least of R with all that is not in R.
        weak = everything - totals[:, r - 1]
        at = np.flatnonzero(
            (counts == 0)
            & (tested >= r)
            & (totals[:, r] >= r / share * _NEARLY)
            & (weak * r * share >= (1 + tested - r) * _NEARLY)
        )
        if len(at):
            counts[at[_closed(totals[at], tested[at], r, share)]] = r
    return counts


def _closed(totals: Array, tested: NDArray[np.int64], r: int, share: float) -> Mask:
    """Return where every set speaks for the r largest."""
    every = np.ones(len(totals), bool)
    # The hardest set takes the a smallest of R and the b smallest of the others.
    others = totals.shape[1] - 1 - r
    b = np.minimum(np.arange(others + 1), (tested - r)[:, None])
    outside = np.take_along_axis(totals, tested[:, None], axis=1) - np.take_along_axis(
        totals, tested[:, None] - b, axis=1
    )
    for a in range(1, r + 1):
        inside = totals[:, r] - totals[:, r - a]
        mean = (inside[:, None] + outside) / (a + b)
        every &= (mean >= a / (share * r) * _NEARLY).all(axis=1)
    return every


def benjamini_hochberg(p: Array, share: float) -> Mask:
    """Return which p-values of a family are claimed at false discovery rate ``share``.

    Args:
        p: shape (..., m); a member that is not tested is NaN.
        share: Between 0 and 1.

    Example:
        >>> benjamini_hochberg(np.array([0.001, 0.2, np.nan, 0.02]), 0.05).tolist()
        [True, False, False, True]
    """
    order = np.argsort(p, axis=-1, kind="stable")
    rising = np.take_along_axis(p, order, axis=-1)
    tested = np.sum(~np.isnan(p), axis=-1, keepdims=True)
    rank = np.arange(1, p.shape[-1] + 1)
    below = rising * tested <= share * rank
    last = np.where(below, rank, 0).max(axis=-1, keepdims=True, initial=0)
    claimed = np.zeros(p.shape, bool)
    np.put_along_axis(claimed, order, rank <= last, axis=-1)
    return claimed
