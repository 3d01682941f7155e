"""A figure that moves: its start as SVG, and where each anchor is on the way to the end.

``figure.mjs`` draws the curves through the anchors as ``outline.path`` does, so only anchors
travel: the first position whole, every further one as its difference from the one before.
"""

from typing import Any

import numpy as np

from psoas.content.exercise import Exercise
from psoas.motion.figure import Side, drawing_of, elements, posture_at, still
from psoas.motion.outline import units
from psoas.motion.scene import outlines

STEPS = 9
"""Positions that are sent; between two of them the anchors go straight."""


def animation(
    exercise: Exercise, side: Side = "right", *, prefix: str = "f", label: str = ""
) -> dict[str, Any]:
    """Return what a page needs to move a figure.

    Args:
        exercise: With a figure.
        side: The worked side; the left is the mirror picture.
        prefix: Begins every id in the SVG.
        label: What a screen reader says of the picture.

    Returns:
        ``svg``: the start with the ghost of the end. ``seconds``: of the movement one way.
        ``rows``: one for each path of the body, in order: a list of curves, each
        ``[closed, numbers, …]`` with the numbers x, y, x, y of the first position, then of each
        further position its differences; a curve that stays has only the first. Empty where
        nothing moves.

    Raises:
        NothingToDraw: The exercise has no figure.
    """
    drawing = drawing_of(exercise)
    figure = drawing.exercise.figure
    moves = figure is not None and len(figure.keyframes) > 1
    start = still(exercise, side=side, ghost=True, prefix=prefix, label=label)
    return {
        "svg": start,
        "seconds": float(figure.seconds) if figure is not None else 0.0,
        "rows": _rows(exercise) if moves else [],
    }


def _rows(exercise: Exercise) -> list[list[list[Any]]]:
    painted = drawing_of(exercise).scene
    positions = [
        {name: units(points) for name, points in outlines(painted, posture).items()}
        for posture in (posture_at(exercise, float(at)) for at in np.linspace(0, 1, STEPS))
    ]
    rows = []
    for group in elements(painted.pieces):
        curves = []
        for piece in group:
            ways = [position[piece.name].ravel() for position in positions]
            steps = [
                (after - before).tolist() for before, after in zip(ways, ways[1:], strict=False)
            ]
            moved = any(any(step) for step in steps)
            curves.append([int(piece.closed), ways[0].tolist(), *(steps if moved else [])])
        rows.append(curves)
    return rows
