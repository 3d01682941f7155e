"""The figure of an exercise as SVG: joint angles in, a person out.

Nothing but shapes: the caller says what is seen. Looks come from classes (``figure.css``) or, for a
picture that stands alone, from a ``style`` element.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from itertools import groupby
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from psoas.content.exercise import Exercise
from psoas.motion import arrow, props, theme
from psoas.motion.kinematics import Posture
from psoas.motion.outline import UNITS_A_CM, path, units
from psoas.motion.scene import Piece, Scene, outlines, scene
from psoas.motion.solving import between, settle

Points = NDArray[np.float64]
Side = Literal["right", "left"]
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
    """

    exercise: Exercise
    scene: Scene
    box: Box
    furniture: props.Furniture
    ghost: str
    arrow: str
    shadow: tuple[float, float]


def still(
    exercise: Exercise,
    *,
    at: float | Literal["start", "end"] = "start",
    side: Side = "right",
    ghost: bool = False,
    theme: theme.Theme | None = None,
    prefix: str = "f",
    label: str = "",
) -> str:
    """Return one picture.

    Args:
        exercise: With a figure.
        at: Where in the movement: 0 or "start", to 1 or "end".
        side: The worked side; the left is the mirror picture.
        ghost: Whether the end position stands behind as a flat shape, with an arrow.
        theme: None for a page that loads ``figure.css``; else the colours are inside.
        prefix: Begins every id, so that two pictures may stand on one page.
        label: What a screen reader says; without it the picture is hidden from it.

    Raises:
        NothingToDraw: The exercise has no figure.
        ValueError: ``at`` lies outside 0 to 1.
    """
    share = {"start": 0.0, "end": 1.0}.get(at, at) if isinstance(at, str) else at
    if not isinstance(share, float | int) or not 0 <= share <= 1:
        raise ValueError(f"at is {at!r}; it goes from 0 (start) to 1 (end)")
    drawing = drawing_of(exercise)
    body = painted(drawing, outlines(drawing.scene, posture_at(exercise, share)), prefix)
    return _framed(drawing, body, side, ghost and share < 1, theme, prefix, label)


def frames(
    exercise: Exercise, side: Side = "right", count: int = 9, theme: theme.Theme | None = None
) -> list[str]:
    """Return pictures from the start to the end of the movement.

    Args:
        exercise: With a figure.
        side: The worked side.
        count: How many, at least 1; one is the start.
        theme: As for `still`.

    Raises:
        NothingToDraw: The exercise has no figure.
        ValueError: ``count`` is below 1.
    """
    if count < 1:
        raise ValueError(f"{count} frames; ask for at least 1")
    steps = np.linspace(0, 1, count) if count > 1 else np.zeros(1)
    return [still(exercise, at=float(at), side=side, theme=theme) for at in steps]


def viewbox(exercise: Exercise, side: Side = "right") -> tuple[int, int, int, int]:
    """Return left, upper edge, width and height of an exercise's pictures, in drawing units."""
    left, low, right, high = drawing_of(exercise).box
    edges = (-right, -left) if side == "left" else (left, right)
    return (
        round(edges[0] * UNITS_A_CM),
        round(-high * UNITS_A_CM),
        round((right - left) * UNITS_A_CM),
        round((high - low) * UNITS_A_CM),
    )


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
    things = props.furniture(keys[0].props, painted_scene.camera, around)
    return Drawing(
        exercise=exercise,
        scene=painted_scene,
        box=_box(around, things.bounds, pointing),
        furniture=things,
        ghost=_ghost(painted_scene, all_outlines[0], all_outlines[len(keys) - 1]) if moves else "",
        arrow=arrow.path(pointing),
        shadow=shadow,
    )


def elements(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return which pieces are one path: the fibres of a muscle; everything else by itself."""
    return [
        list(group)
        for _key, group in groupby(pieces, key=lambda piece: piece.name if piece.closed else "")
    ]


def painted(drawing: Drawing, found: Mapping[str, Points], prefix: str) -> str:
    """Return the body's paths, from the farthest to the nearest, in a group of their own."""
    parts = []
    for group in elements(drawing.scene.pieces):
        d = "".join(path(units(found[piece.name]), piece.closed) for piece in group)
        blur = f' filter="url(#{prefix}b)"' if group[0].paint == "w" else ""
        parts.append(f'<path class="{group[0].paint}" d="{d}"{blur}/>')
    return f"<g>{''.join(parts)}</g>"


def _framed(
    drawing: Drawing,
    body: str,
    side: Side,
    ghost: bool,
    theme_name: theme.Theme | None,
    prefix: str,
    label: str,
) -> str:
    box = viewbox(drawing.exercise, side)
    named = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    colours = f"<style>{theme.style(theme_name)}</style>" if theme_name else ""
    alone = ' xmlns="http://www.w3.org/2000/svg"' if theme_name else ""
    mirror = ' transform="scale(-1 1)"' if side == "left" else ""
    shade = f'<path class="g" d="{drawing.ghost}"/>' if ghost and drawing.ghost else ""
    pointing = f'<path class="k" d="{drawing.arrow}"/>' if ghost and drawing.arrow else ""
    return (
        f'<svg{alone} class="fig" viewBox="{" ".join(map(str, box))}" '
        f"{named}>{colours}{_blur(drawing, prefix)}<g{mirror}>{_floor(drawing)}"
        f"{drawing.furniture.behind}{shade}{body}{drawing.furniture.before}{pointing}</g></svg>"
    )


def _blur(drawing: Drawing, prefix: str) -> str:
    """Return the softness of the glow, with room around it."""
    if not any(piece.paint == "w" for piece in drawing.scene.pieces):
        return ""
    return (
        f'<filter id="{prefix}b" x="-2" y="-1" width="5" height="3">'
        '<feGaussianBlur stdDeviation="14"/></filter>'
    )


def _floor(drawing: Drawing) -> str:
    left, _low, right, _high = drawing.box
    if any(prop in drawing.furniture.behind for prop in ('class="q"',)):
        return ""
    middle, half = sum(drawing.shadow) / 2, (drawing.shadow[1] - drawing.shadow[0]) / 2
    numbers = [round(number * UNITS_A_CM) for number in (middle, 0.7, max(half, 8.0), 1.0)]
    shadow = '<ellipse class="y" cx="{}" cy="{}" rx="{}" ry="{}"/>'.format(*numbers)
    return props.rect("f", left + 1.5, -1.6, right - 1.5, 0, 0.8) + shadow


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
    return left - short, min(float(low[1]), -1.6) - 1.4, right + short, float(high[1]) + _MARGIN
