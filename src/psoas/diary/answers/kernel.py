"""The compiled heart: whitening, sums of products, elimination.

Rows are days, columns lie side by side in memory, so that each inner loop runs over columns and
the machine takes several at once. The same functions serve one diary (float64) and a million
(float32).
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
# 0.09 residual variances.
FIXED = 8
FREE = 2
WEEKDAY_PRECISION = 1 / 0.09


@compiled
def whiten(rows: Numbers, at: Days, carry: float, own: float, white: Numbers) -> float:
    """Whiten every column of ``rows`` by the scalar Kalman filter of AR(1) plus white noise.

    Over a gap of g days the carried part decays by carry**g, so missing days are exact.

    Args:
        rows: shape (n, P).
        at: shape (n,), day numbers, rising.
        carry: Correlation from one day to the next, 0 to below 1.
        own: White share of the variance, 0 to 1.
        white: shape (n, P), written to.

    Returns:
        log determinant of the correlation matrix.
    """
    n, width = rows.shape
    state = np.zeros(width, rows.dtype)
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
            white[i, c] = miss * scale
            state[c] = before + gain * miss
        logs += np.log(total)
        doubt = doubt * own / total
    return logs


@compiled
def products(white: Numbers, sums: Numbers) -> None:
    """Fill the upper triangle of ``sums`` (P, P) with white.T @ white, four days at a time."""
    n, width = white.shape
    sums[:] = 0.0
    whole = n - n % 4
    for t in range(0, whole, 4):
        for i in range(width):
            a, b, c, d = white[t, i], white[t + 1, i], white[t + 2, i], white[t + 3, i]
            for j in range(i, width):
                sums[i, j] += (
                    a * white[t, j]
                    + b * white[t + 1, j]
                    + c * white[t + 2, j]
                    + d * white[t + 3, j]
                )
    for t in range(whole, n):
        for i in range(width):
            a = white[t, i]
            for j in range(i, width):
                sums[i, j] += a * white[t, j]


@compiled
def eliminate(m: Numbers, first: int, last: int) -> float:
    """Turn rows ``first`` to ``last`` of the upper triangle ``m`` into their Cholesky rows.

    What is left to the right of and below them becomes the Schur complement.

    Returns:
        log determinant of the eliminated block.
    """
    width = m.shape[0]
    logs = 0.0
    for k in range(first, last):
        pivot = max(m[k, k], TINY)
        logs += np.log(pivot)
        scale = m.dtype.type(1.0 / np.sqrt(pivot))
        for j in range(k, width):
            m[k, j] *= scale
        for i in range(k + 1, width):
            factor = m[k, i]
            for j in range(i, width):
                m[i, j] -= factor * m[k, j]
    return logs


@compiled
def solve(m: Numbers, first: int, inverse: Numbers, estimate: Numbers, variance: Numbers) -> None:
    """Read coefficients and the diagonal of the inverse off the Cholesky rows of ``m``.

    Args:
        m: shape (P, P), eliminated from ``first`` to P - 1; its last column is the outcome.
        first: The first coefficient wanted; all after it are wanted too.
        inverse: shape (P, P), room to work in.
        estimate: shape (P - 1 - first,), written to.
        variance: shape (P - 1 - first,), written to: diagonal of the inverse.
    """
    last = m.shape[0] - 1
    for i in range(last - 1, first - 1, -1):
        for j in range(i, last):
            inverse[i, j] = 0.0
        for k in range(i + 1, last):
            factor = m[i, k]
            for j in range(k, last):
                inverse[i, j] -= factor * inverse[k, j]
        scale = m.dtype.type(1.0) / m[i, i]
        inverse[i, i] = m.dtype.type(1.0)
        total = m.dtype.type(0.0)
        square = m.dtype.type(0.0)
        for j in range(i, last):
            inverse[i, j] *= scale
            total += inverse[i, j] * m[j, last]
            square += inverse[i, j] * inverse[i, j]
        estimate[i - first] = total
        variance[i - first] = square
