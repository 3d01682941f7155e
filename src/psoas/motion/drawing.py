"""What stays the same in every picture of an exercise: its paths, box, things and ghost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from psoas.content.exercise import Exercise
from psoas.motion import arrow, props
from psoas.motion.kinematics import Posture
from psoas.motion.outline import path, units
from psoas.motion.scene import Scene, outlines, scene
from psoas.motion.solving import between, settle

Points = NDArray[np.float64]
Box = tuple[float, float, float, float]

_MARGIN = 5.0
_LEAST = 130.0
_GHOSTLY = frozenset("sStTlLhn")
_MOVED = 1.2


class NothingToDraw(ValueError):
    """An exercise that has no figure: it is read, or it is the person's own."""


@dataclass(frozen=True)
class Drawing:
    """All that stays the same in every picture of an exercise.

    Attributes:
        exercise: What is drawn.
        scene: Its paths and their order.
        box: Left, lower, right, upper edge of the picture, cm.
        furniture: The things in it.
        ghost: ``d`` of the end position as one area; empty where nothing moves.
        arrow: Where the one arrow goes, as its ``d``; empty for none.
        shadow: Left and right end of the shadow on the floor, cm.
        seconds: Of the movement one way.
        floor: Where the floor's line is, cm: from above it is under what is nearest.
    """

    exercise: Exercise
    scene: Scene
    box: Box
    furniture: props.Furniture
    ghost: str
    arrow: str
    shadow: tuple[float, float]
    floor: float
    seconds: float


def posture_at(exercise: Exercise, at: float) -> Posture:
    """Return the solved body somewhere in the movement, 0 to 1."""
    if exercise.figure is None:
        raise NothingToDraw(f"{exercise.slug} has no figure")
    return between(exercise.figure, at)


@lru_cache(maxsize=64)
def drawing_of(exercise: Exercise) -> Drawing:
    """Settle an exercise's picture.

    Raises:
        NothingToDraw: It has no figure.
    """
    figure = exercise.figure
    if figure is None:
        raise NothingToDraw(f"{exercise.slug} has no figure")
    keys = settle(figure)
    moves = len(keys) > 1
    seen = [between(figure, 0.5)] if moves else []
    # An exercise of one side works one muscle; of both sides both are shown where both are seen.
    painted_scene = scene(figure, (*keys, *seen), exercise.side == "both")
    all_outlines = [outlines(painted_scene, each) for each in (*keys, *seen)]
    points = np.concatenate([each for found in all_outlines for each in found.values()])
    around = (*points.min(axis=0).tolist(), *points.max(axis=0).tolist())
    shadow = (around[0] + 4.0, around[2] - 4.0)
    covered = [
        found[piece.name]
        for found in (all_outlines[0], all_outlines[len(keys) - 1])
        for piece in painted_scene.pieces
        if piece.paint in _GHOSTLY
    ]
    pointing = arrow.arrow(figure, keys, painted_scene.camera, covered)
    things = props.furniture(_first_and_last(keys), painted_scene.camera, around)
    return Drawing(
        exercise=exercise,
        scene=painted_scene,
        box=_box(around, things.bounds, pointing),
        furniture=things,
        ghost=_ghost(painted_scene, all_outlines[0], all_outlines[len(keys) - 1]) if moves else "",
        arrow=arrow.path(pointing),
        shadow=shadow,
        seconds=float(figure.seconds),
        floor=_floor(around, things.bounds) if figure.above else 0.0,
    )


def _floor(around: Box, things: Box | None) -> float:
    """Return how low the floor's line is, seen from above: under what is nearest."""
    return min(0.0, around[1] + 0.8, things[1] if things else 0.0)


def _first_and_last(keys: Sequence[Posture]) -> Posture:
    """Return the first position with the contacts of all: a thing may be lain on only later."""
    return replace(keys[0], contacts=tuple(met for each in keys for met in each.contacts))


def _ghost(painted_scene: Scene, start: Mapping[str, Points], found: Mapping[str, Points]) -> str:
    """Return the end position as one area: every outline the same way round.

    What has not moved is left out: the body itself stands before it.
    """
    written = []
    for piece in painted_scene.pieces:
        outline = found[piece.name]
        still_there = float(np.abs(outline - start[piece.name]).max()) < _MOVED
        if still_there or piece.paint not in _GHOSTLY or piece.name.endswith("thumb"):
            continue
        if _area(outline) < 0:
            outline = outline[::-1]
        written.append(path(units(outline)))
    return "".join(written)


def _area(outline: Points) -> float:
    x, y = outline.T
    return float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y))


def _box(around: Box, things: Box | None, pointing: Points | None) -> Box:
    boxes = [around]
    if things:
        boxes.append(things)
    if pointing is not None:
        boxes.append((*pointing.min(axis=0).tolist(), *pointing.max(axis=0).tolist()))
    low, high = np.min(boxes, axis=0)[:2], np.max(boxes, axis=0)[2:]
    left, right = float(low[0]) - _MARGIN, float(high[0]) + _MARGIN
    short = max(0.0, _LEAST - (right - left)) / 2
    floor = min(float(low[1]), 0.0) - 3.0
    return left - short, floor, right + short, float(high[1]) + _MARGIN
