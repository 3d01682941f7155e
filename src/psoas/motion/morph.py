"""Where each anchor of a moving figure is on the way from the start to the end.

``figure.mjs`` draws the curves through the anchors as ``outline.path`` does, so only anchors
travel: the first position whole, every further one as its difference from the one before.
"""

from functools import lru_cache
from typing import Any

import numpy as np

from psoas.content.exercise import Exercise
from psoas.motion.drawing import drawing_of, posture_at
from psoas.motion.outline import units
from psoas.motion.scene import elements, outlines

STEPS = 9
"""Positions that are sent; between two of them the anchors go straight."""


@lru_cache(maxsize=64)
def rows(exercise: Exercise) -> list[list[list[Any]]]:
    """Return the anchors of each path of the body, in the order they are painted.

    Args:
        exercise: With a figure that moves.

    Returns:
        For each path a list of curves, each ``[closed, numbers, ...]``: x, y, x, y of the first
        position, then of each further position its differences; a curve that stays where it is
        has only the first.
    """
    painted = drawing_of(exercise).scene
    positions = [
        {name: units(points) for name, points in outlines(painted, posture).items()}
        for posture in (posture_at(exercise, float(at)) for at in np.linspace(0, 1, STEPS))
    ]
    found = []
    for group in elements(painted.pieces):
        curves = []
        for piece in group:
            ways = [position[piece.name].ravel() for position in positions]
            steps = [
                (after - before).tolist() for before, after in zip(ways, ways[1:], strict=False)
            ]
            moved = any(any(step) for step in steps)
            curves.append([int(piece.closed), ways[0].tolist(), *(steps if moved else [])])
        found.append(curves)
    return found
