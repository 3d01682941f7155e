"""The compiled heart: whitening, sums of products, elimination.

The loops are laid out so that the machine takes eight numbers at once: whitening runs over columns
that lie side by side, sums of products over days that lie side by side (padded with zeros), and
elimination over a matrix whose side is a multiple of eight. The same functions serve one diary
(float64) and a million (float32).
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from psoas.diary.answers.compiled import compiled

# float64 or float32: each is compiled on its own.
Numbers = NDArray[np.floating[Any]]
Days = NDArray[np.int64]

TINY = 1e-12
# Fixed columns come first: level and trend (no prior), six weekdays with a prior variance of
# 0.09 residual variances, and the two of a yearly wave with one of 4.
FREE, SEASON, FIXED = 2, 8, 10
WEEKDAY_PRECISION, SEASON_PRECISION = 1 / 0.09, 1 / 4
# Of a shorter diary a yearly wave and a trend cannot be told apart.
SEASON_FROM, YEAR = 250, 365.25
# What the machine takes at once; days are padded further, to whole rounds of the inner loop.
LANES, ROUND = 8, 32


@compiled
def padded(length: int, to: int) -> int:
    """Return the next multiple of ``to``.

    Example:
        >>> padded(49, 8)
        56
    """
    return -(-length // to) * to


@compiled
def whiten(rows: Numbers, at: Days, carry: float, own: float, white: Numbers) -> float:
    """Whiten every column of ``rows`` by the scalar Kalman filter of AR(1) plus white noise.

    Over a gap of g days the carried part decays by carry**g, so missing days are exact.

    Args:
        rows: shape (n, P).
        at: shape (n,), day numbers, rising.
        carry: Correlation from one day to the next, 0 to below 1.
        own: White share of the variance, 0 to 1.
        white: shape (padded P, at least n), written to: the columns as rows, then zeros.

    Returns:
        log determinant of the correlation matrix.
    """
    n, width = rows.shape
    state = np.zeros(width, rows.dtype)
    line = np.empty(width, rows.dtype)
    doubt = 1.0 - own
    logs = 0.0
    for i in range(n):
        kept = rows.dtype.type(1.0)
        if i:
            decay = carry ** float(at[i] - at[i - 1])
            doubt = decay * decay * doubt + (1.0 - decay * decay) * (1.0 - own)
            kept = rows.dtype.type(decay)
        total = doubt + own + TINY
        scale = rows.dtype.type(1.0 / np.sqrt(total))
        gain = rows.dtype.type(doubt / total)
        for c in range(width):
            before = kept * state[c]
            miss = rows[i, c] - before
            line[c] = miss * scale
            state[c] = before + gain * miss
        for c in range(width):
            white[c, i] = line[c]
        logs += np.log(total)
        doubt = doubt * own / total
    white[:width, n:] = rows.dtype.type(0.0)
    white[width:] = rows.dtype.type(0.0)
    return logs


@compiled
def products(white: Numbers, days: int, sums: Numbers) -> None:
    """Fill the upper triangle of ``sums`` with the products of the rows of ``white``.

    Eight sums are kept at once, so that each number read is used several times.

    Args:
        white: shape (padded P, at least days).
        days: How many columns to sum over, a whole number of rounds.
        sums: shape (padded P, padded P), written to.
    """
    side = white.shape[0]
    for i in range(0, side, 2):
        for j in range(i // 4 * 4, side, 4):
            a = b = c = d = e = f = g = h = white.dtype.type(0.0)
            for t in range(days):
                x, y = white[i, t], white[i + 1, t]
                p, q, r, s = white[j, t], white[j + 1, t], white[j + 2, t], white[j + 3, t]
                a += x * p
                b += x * q
                c += x * r
                d += x * s
                e += y * p
                f += y * q
                g += y * r
                h += y * s
            sums[i, j], sums[i, j + 1], sums[i, j + 2], sums[i, j + 3] = a, b, c, d
            sums[i + 1, j], sums[i + 1, j + 1], sums[i + 1, j + 2], sums[i + 1, j + 3] = e, f, g, h


@compiled
def hold(sums: Numbers) -> None:
    """Add what is believed of weekdays and season to the products ``sums``."""
    for k in range(FREE, SEASON):
        sums[k, k] += sums.dtype.type(WEEKDAY_PRECISION)
    for k in range(SEASON, FIXED):
        sums[k, k] += sums.dtype.type(SEASON_PRECISION)


@compiled
def take_away(target: Numbers, factors: Numbers, others: Numbers, begin: int) -> None:
    """Subtract ``factors @ others`` from ``target``, from the block of column ``begin`` on.

    Args:
        target: shape (padded P,), written to.
        factors: shape (m,).
        others: shape (m, padded P).
        begin: The first column that matters.
    """
    count = len(factors)
    whole = count - count % 4
    for k in range(0, whole, 4):
        a, b, c, d = factors[k], factors[k + 1], factors[k + 2], factors[k + 3]
        for block in range(begin // LANES * LANES, len(target), LANES):
            for j in range(block, block + LANES):
                target[j] -= (
                    a * others[k, j]
                    + b * others[k + 1, j]
                    + c * others[k + 2, j]
                    + d * others[k + 3, j]
                )
    for k in range(whole, count):
        a = factors[k]
        for block in range(begin // LANES * LANES, len(target), LANES):
            for j in range(block, block + LANES):
                target[j] -= a * others[k, j]


@compiled
def eliminate(m: Numbers, first: int, last: int, width: int) -> float:
    """Turn rows ``first`` to ``last`` of the upper triangle ``m`` into their Cholesky rows.

    Rows from ``last`` to ``width`` become the Schur complement: what is left once those
    before them are fitted.

    Args:
        m: shape (padded P, padded P).
        first: First row.
        last: One past the last row that becomes a Cholesky row.
        width: One past the last row that is touched.

    Returns:
        log determinant of the eliminated block.
    """
    logs = 0.0
    for i in range(first, width):
        top = min(i, last)
        take_away(m[i], m[first:top, i], m[first:top], i)
        if i < last:
            pivot = max(m[i, i], TINY)
            logs += np.log(pivot)
            scale = m.dtype.type(1.0 / np.sqrt(pivot))
            for j in range(i, m.shape[1]):
                m[i, j] *= scale
    return logs


@compiled
def solve(
    m: Numbers, first: int, last: int, inverse: Numbers, estimate: Numbers, variance: Numbers
) -> None:
    """Read coefficients and the diagonal of the inverse off the Cholesky rows of ``m``.

    Args:
        m: shape (padded P, padded P), eliminated from ``first`` to ``last``; column ``last`` is
            the outcome.
        first: The first coefficient wanted.
        last: One past the last.
        inverse: shape (padded P, padded P), room to work in.
        estimate: shape (last - first,), written to.
        variance: shape (last - first,), written to: diagonal of the inverse.
    """
    for i in range(last - 1, first - 1, -1):
        inverse[i] = m.dtype.type(0.0)
        take_away(inverse[i], m[i, i + 1 : last], inverse[i + 1 : last], i)
        scale = m.dtype.type(1.0) / m[i, i]
        total = m.dtype.type(0.0)
        square = m.dtype.type(0.0)
        inverse[i, i] = m.dtype.type(1.0)
        for j in range(i, last):
            inverse[i, j] *= scale
            total += inverse[i, j] * m[j, last]
            square += inverse[i, j] * inverse[i, j]
        estimate[i - first] = total
        variance[i - first] = square
