"""Smooth outlines through points: Catmull-Rom curves, written as short SVG paths."""

from math import hypot

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Units = NDArray[np.int64]

UNITS_A_CM = 4
"""A quarter of a centimetre is less than a pixel on a phone and writes as a whole number."""

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
    points = anchors.tolist()
    handles = _handles(points, closed)
    numbers = list(handles[0])
    for at in range(len(points) if closed else len(points) - 1):
        (x, y), (dx, dy) = points[at], handles[(at + 1) % len(points)]
        end_x, end_y = points[(at + 1) % len(points)]
        numbers += (end_x - dx - x, end_y - dy - y, end_x - x, end_y - y)
    written = f"M{joined(points[0])}c{joined(numbers[:6])}"
    if len(numbers) > 6:
        written += f"s{joined(numbers[6:])}"
    return written + "z" if closed else written


def joined(numbers: list[int]) -> str:
    """Return whole numbers with no more between them than a path needs."""
    return " ".join(map(str, numbers)).replace(" -", "-")


def _handles(points: list[list[int]], closed: bool) -> list[tuple[int, int]]:
    """Return the way from each anchor to its handle ahead.

    In plain numbers: an outline has a dozen anchors, and arrays that small cost more than they
    save.
    """
    found = []
    last = len(points) - 1
    for at, (x, y) in enumerate(points):
        ends = not closed and at in (0, last)
        before_x, before_y = points[at - 1] if at or closed else (x, y)
        after_x, after_y = points[(at + 1) % (last + 1)] if at < last or closed else (x, y)
        dx, dy = (after_x - before_x) / 6, (after_y - before_y) / 6
        length = hypot(dx, dy)
        if length and not ends:
            # Where a long piece meets a short one a plain Catmull-Rom curve makes a loop.
            near = min(hypot(x - before_x, y - before_y), hypot(after_x - x, after_y - y))
            shorter = min(1.0, _SOFT * near / length)
            dx, dy = dx * shorter, dy * shorter
        found.append((round(dx), round(dy)))
    return found
