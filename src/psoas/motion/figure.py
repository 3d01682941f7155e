"""The figure of an exercise as SVG: joint angles in, a person out.

Nothing but shapes: the caller says what is seen. Looks come from classes (``figure.css``) or, for a
picture that stands alone, from a ``style`` element.
"""

from collections.abc import Mapping
from html import escape
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from psoas.content.exercise import Exercise
from psoas.motion import morph, props
from psoas.motion.drawing import Drawing, NothingToDraw, drawing_of, posture_at
from psoas.motion.outline import UNITS_A_CM, path, units
from psoas.motion.scene import elements, outlines
from psoas.motion.theme import Theme, style

__all__ = ["NothingToDraw", "Side", "animation", "frames", "still", "viewbox"]

Points = NDArray[np.float64]
Side = Literal["right", "left"]


def still(
    exercise: Exercise,
    *,
    at: float | Literal["start", "end"] = "start",
    side: Side = "right",
    ghost: bool = False,
    theme: Theme | None = None,
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
    exercise: Exercise, side: Side = "right", count: int = 9, theme: Theme | None = None
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
        ``rows``: as `morph.rows` makes them, one for each path of the body in their order; empty
        where nothing moves.

    Raises:
        NothingToDraw: The exercise has no figure.
    """
    drawing = drawing_of(exercise)
    return {
        "svg": still(exercise, side=side, ghost=True, prefix=prefix, label=label),
        "seconds": drawing.seconds,
        "rows": morph.rows(exercise) if drawing.ghost else [],
    }


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


def painted(drawing: Drawing, found: Mapping[str, Points], prefix: str) -> str:
    """Return the body's paths, from the farthest to the nearest, in a group of their own."""
    parts = []
    # A muscle and its glow are one outline.
    written = {id(points): "" for points in found.values()}
    for group in elements(drawing.scene.pieces):
        for piece in group:
            points = found[piece.name]
            written[id(points)] = written[id(points)] or path(units(points), piece.closed)
        d = "".join(written[id(found[piece.name])] for piece in group)
        blur = f' filter="url(#{prefix}b)"' if group[0].paint == "w" else ""
        parts.append(f'<path class="{group[0].paint}" d="{d}"{blur}/>')
    return f"<g>{''.join(parts)}</g>"


def _framed(
    drawing: Drawing,
    body: str,
    side: Side,
    ghost: bool,
    theme_name: Theme | None,
    prefix: str,
    label: str,
) -> str:
    box = viewbox(drawing.exercise, side)
    named = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    colours = f"<style>{style(theme_name)}</style>" if theme_name else ""
    mirror = ' transform="scale(-1 1)"' if side == "left" else ""
    shade = f'<path class="g" d="{drawing.ghost}"/>' if ghost and drawing.ghost else ""
    pointing = f'<path class="k" d="{drawing.arrow}"/>' if ghost and drawing.arrow else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="fig" viewBox="{" ".join(map(str, box))}" '
        f"{named}>{colours}{_blur(drawing, prefix)}<g{mirror}>{_floor(drawing)}"
        f"{drawing.furniture.behind}{shade}{body}{drawing.furniture.before}{pointing}</g></svg>"
    )


def _blur(drawing: Drawing, prefix: str) -> str:
    """Return the softness of the glow, with room around it."""
    if not any(piece.paint == "w" for piece in drawing.scene.pieces):
        return ""
    return (
        f'<filter id="{prefix}b" x="-2" y="-1" width="5" height="3">'
        '<feGaussianBlur stdDeviation="11"/></filter>'
    )


def _floor(drawing: Drawing) -> str:
    """Return the floor: a line under everything; none under water or a mat seen from above."""
    things = drawing.furniture.behind + drawing.furniture.before
    if 'class="q"' in things or '<path class="a"' in things:
        return ""
    left, _low, right, _high = drawing.box
    ends = drawing.shadow
    middle, half = sum(ends) / 2, max((ends[1] - ends[0]) / 2, 8.0)
    numbers = [round(each * UNITS_A_CM) for each in (middle, 0.7 - drawing.floor, half, 1.0)]
    shadow = '<ellipse class="y" cx="{}" cy="{}" rx="{}" ry="{}"/>'.format(*numbers)
    low = drawing.floor - 1.6
    return props.rect("f", left + 1.5, low, right - 1.5, drawing.floor, 0.8) + shadow
