"""The knee of the model: the shank turns about the thigh and slides on it as it bends.

From the published model gait2392; the knee by Yamaguchi & Zajac 1989, J Biomech 22:1. The credit
stands in ``gait2392.toml``.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Spline:
    """A cubic through points, as the model's own program (SIMM, OpenSim) draws it.

    Its third derivative at either end is that of the cubic through the four points there
    (Forsythe, Malcolm & Moler 1977): neither "natural" nor "not a knot", and no library here has
    it, so it is made here.

    Attributes:
        knots: (n,) where the pieces begin and end, rising.
        pieces: (4, n-1) coefficients of each piece, constant first, about its first knot; for k
            splines that share their knots (4, k, n-1).
    """

    knots: Floats
    pieces: Floats

    def __call__(self, at: ArrayLike) -> Floats:
        """Return the value at each of ``at`` (any shape), in the unit of the points.

        Splines that share their knots come first: (k, ...).
        """
        where = np.asarray(at, float)
        piece = np.clip(
            np.searchsorted(self.knots, where, side="right") - 1, 0, len(self.knots) - 2
        )
        past = where - self.knots[piece]
        c0, c1, c2, c3 = self.pieces[..., piece]
        return np.asarray(c0 + past * (c1 + past * (c2 + past * c3)))


def spline(knots: ArrayLike, values: ArrayLike) -> Spline:
    """Draw the cubic through points.

    Args:
        knots: (n,) where they lie, rising; at least four.
        values: (n,) how high.

    Returns:
        The spline. Beyond its ends it goes on as its outermost pieces do: keep within.

    Raises:
        ValueError: fewer than four points, or knots that do not rise.
    """
    x, y = np.asarray(knots, float), np.asarray(values, float)
    if x.shape != y.shape or len(x) < 4 or not np.all(np.diff(x) > 0):
        raise ValueError("a spline needs at least four points whose knots rise")
    n, gap = len(x), np.diff(x)
    slope = np.diff(y) / gap
    # A sixth of the second derivative at each knot: one equation each.
    lines, right = np.zeros((n, n)), np.zeros(n)
    for i in range(1, n - 1):
        lines[i, i - 1 : i + 2] = gap[i - 1], 2 * (gap[i - 1] + gap[i]), gap[i]
        right[i] = slope[i] - slope[i - 1]
    lines[0, :2] = -1, 1
    right[0] = gap[0] * _third(x[:4], y[:4])
    lines[-1, -2:] = -1, 1
    right[-1] = gap[-1] * _third(x[-4:], y[-4:])
    sixth = np.linalg.solve(lines, right)
    pieces = np.stack(
        [
            y[:-1],
            slope - gap * (sixth[1:] + 2 * sixth[:-1]),
            3 * sixth[:-1],
            np.diff(sixth) / gap,
        ]
    )
    return Spline(x, pieces)


def joined(*splines: Spline) -> Spline:
    """Let splines share their knots, so that a place has to be looked up only once.

    Args:
        splines: k of them, one value each.

    Returns:
        One spline of k values: the same curves, over the span that all of them have.
    """
    low = max(each.knots[0] for each in splines)
    high = min(each.knots[-1] for each in splines)
    every = np.unique(np.concatenate([each.knots for each in splines]))
    knots = every[(every >= low) & (every <= high)]
    rows = []
    for each in splines:
        piece = np.searchsorted(each.knots, knots[:-1], side="right") - 1
        past = knots[:-1] - each.knots[piece]
        c0, c1, c2, c3 = each.pieces[:, piece]
        value = c0 + past * (c1 + past * (c2 + past * c3))
        slope = c1 + past * (2 * c2 + 3 * past * c3)
        rows.append(np.stack([value, slope, c2 + 3 * past * c3, c3]))
    return Spline(knots, np.stack(rows, axis=1))


def _third(x: Floats, y: Floats) -> float:
    """Return the third divided difference of four points: the cubic's leading coefficient."""
    first = np.diff(y) / np.diff(x)
    second = np.diff(first) / (x[2:] - x[:-2])
    return float((second[1] - second[0]) / (x[3] - x[0]))
