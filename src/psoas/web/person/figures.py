"""Figures on a page: a still that stands in it, and where its movement is fetched from."""

import hashlib
import json
from functools import lru_cache

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from psoas.content.exercise import Exercise
from psoas.content.exercises import exercise as named
from psoas.motion import figure

# Each side of each exercise, with and without its end position, and room to spare.
_KEPT = 256


def still(exercise: Exercise, side: figure.Side = "right", *, ghost: bool = False) -> SafeString:
    """The drawing as it stands inline; empty where there is nothing to draw."""
    return _still(exercise.slug, side, ghost) if exercise.figure else SafeString("")


def address(exercise: Exercise, side: figure.Side) -> str:
    """Where the movement is; empty where nothing moves."""
    if exercise.figure is None or len(exercise.figure.keyframes) < 2:
        return ""
    return reverse(
        "move-figure",
        args=[exercise.code.lower(), side],
        query={"v": version(exercise, side)},
    )


def moving(exercise: Exercise, side: figure.Side) -> str:
    return _moving(exercise.slug, side)


def version(exercise: Exercise, side: figure.Side) -> str:
    """The content's hash, so that what a browser kept is never an older movement."""
    return hashlib.sha256(_moving(exercise.slug, side).encode()).hexdigest()[:16]


@lru_cache(maxsize=_KEPT)
def _still(slug: str, side: figure.Side, ghost: bool) -> SafeString:
    # Drawn by ourselves from angles: nobody's words are in it.
    found = named(slug)
    prefix = f"{found.code.lower()}{side[0]}"
    return mark_safe(figure.still(found, side=side, ghost=ghost, prefix=prefix))


@lru_cache(maxsize=_KEPT)
def _moving(slug: str, side: figure.Side) -> str:
    return json.dumps(figure.animation(named(slug), side), separators=(",", ":"))
