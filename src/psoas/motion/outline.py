"""Smooth outlines through points: Catmull-Rom curves, written as short SVG paths."""

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Units = NDArray[np.int64]

UNITS_A_CM = 5
"""A fifth of a centimetre is less than a pixel on a phone and writes as a whole number."""

_SOFT = 0.4


def units(points: Points) -> Units:
    """Return points of the picture, (n, 2) in cm with y up, in whole drawing units with y down."""
    return np.rint(points * (UNITS_A_CM, -UNITS_A_CM)).astype(np.int64)


def path(anchors: Units, closed: bool = True) -> str:
    """Return the ``d`` of a smooth curve.

    The two handles at an anchor mirror each other, so all but the first piece are written with
    the short ``s``. ``figure.mjs`` does the same sum when it moves a figure.

    Args:
        anchors: (n, 2) in drawing units, n at least 3.
        closed: Whether the curve ends where it began.
    """
    handles = _handles(anchors, closed)
    ends = np.roll(anchors, -1, axis=0)
    arriving = np.roll(anchors - handles, -1, axis=0)
    last = len(anchors) if closed else len(anchors) - 1
    numbers = np.concatenate((arriving - anchors, ends - anchors), axis=1)[:last]
    first = [*handles[0].tolist(), *numbers[0].tolist()]
    rest = numbers[1:].ravel().tolist()
    start = anchors[0].tolist()
    written = f"M{joined(start)}c{joined(first)}"
    if rest:
        written += f"s{joined(rest)}"
    return written + "z" if closed else written


def joined(numbers: list[int]) -> str:
    """Return whole numbers with no more between them than a path needs."""
    parts = [str(numbers[0])]
    parts += [str(number) if number < 0 else f" {number}" for number in numbers[1:]]
    return "".join(parts)


def _handles(anchors: Units, closed: bool) -> Units:
    before, after = np.roll(anchors, 1, axis=0), np.roll(anchors, -1, axis=0)
    if not closed:
        before[0], after[-1] = anchors[0], anchors[-1]
    handles = (after - before) / 6
    # Where a long piece meets a short one a plain Catmull-Rom curve makes a loop.
    nearest = np.minimum(
        np.linalg.norm(anchors - before, axis=1), np.linalg.norm(after - anchors, axis=1)
    )
    length = np.linalg.norm(handles, axis=1)
    if not closed:
        nearest[[0, -1]] = length[[0, -1]] / _SOFT
    shorter = np.minimum(1.0, _SOFT * nearest / np.maximum(length, 1e-9))
    whole: Units = np.rint(handles * shorter[:, None]).astype(np.int64)
    return whole
