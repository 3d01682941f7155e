"""Figures on a page: a still that stands in it, and where its movement is fetched from."""

import hashlib
import json
from functools import cache, lru_cache
from importlib import resources
from typing import Literal

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from psoas.content.exercise import Exercise
from psoas.motion import figure
from psoas.motion.figure import Side

End = Literal["start", "end"]
# Each side of each exercise, with and without its end position, and room to spare.
_KEPT = 256


def still(exercise: Exercise, side: Side = "right", *, ghost: bool = False) -> SafeString:
    """The drawing as it stands inline; empty where there is nothing to draw."""
    return _still(exercise, side, ghost) if exercise.figure else SafeString("")


def at(exercise: Exercise, side: Side, end: End, *, printed: bool = False) -> SafeString:
    """The start or the end; ``printed``: colours inside, and readable where there are none."""
    return _at(exercise, side, end, printed) if exercise.figure else SafeString("")


def is_upright(exercise: Exercise) -> bool:
    """Whether the picture is taller than wide."""
    _left, _upper, width, height = figure.viewbox(exercise)
    return height > width


def address(exercise: Exercise, side: Side) -> str:
    """Where the movement is; empty where nothing moves."""
    if exercise.figure is None or len(exercise.figure.keyframes) < 2:
        return ""
    return whole_address(exercise, side)


def whole_address(exercise: Exercise, side: Side) -> str:
    """Where the drawing is as numbers, whether it moves or not; empty where there is none."""
    if exercise.figure is None:
        return ""
    return reverse(
        "move-figure",
        args=[exercise.code.lower(), side],
        query={"v": version(exercise, side)},
    )


def moving(exercise: Exercise, side: Side) -> str:
    return _moving(exercise, side)


def version(exercise: Exercise, side: Side) -> str:
    """A hash of what it is drawn from, so that what a browser kept is never an older movement.

    Not of the drawing itself: a page that only names thirty movements would solve thirty bodies.
    """
    drawn_from = f"{exercise.figure!r}{exercise.targets}{exercise.side}{side}{_hand()}"
    return hashlib.sha256(drawn_from.encode()).hexdigest()[:16]


@cache
def _hand() -> str:
    """A hash of the code that draws."""
    files = sorted(
        (each for each in resources.files("psoas.motion").iterdir() if each.is_file()),
        key=lambda each: each.name,
    )
    return hashlib.sha256(b"".join(each.read_bytes() for each in files)).hexdigest()


# Kept by the whole exercise, not its slug: within a limit it is drawn otherwise.
@lru_cache(maxsize=_KEPT)
def _still(found: Exercise, side: Side, ghost: bool) -> SafeString:
    # Drawn by ourselves from angles: nobody's words are in it.
    return mark_safe(figure.still(found, side=side, ghost=ghost, prefix=_prefix(found, side)))


@lru_cache(maxsize=_KEPT)
def _at(found: Exercise, side: Side, end: End, printed: bool) -> SafeString:
    prefix = f"{_prefix(found, side)}{end[0]}"
    theme: Literal["print"] | None = "print" if printed else None
    return mark_safe(figure.still(found, at=end, side=side, theme=theme, prefix=prefix))


@lru_cache(maxsize=_KEPT)
def _moving(found: Exercise, side: Side) -> str:
    moves = figure.animation(found, side, prefix=_prefix(found, side))
    return json.dumps(moves, separators=(",", ":"))


def _prefix(exercise: Exercise, side: Side) -> str:
    # What begins the ids of a drawing: several stand on one page.
    return f"{exercise.code.lower()}{side[0]}"
