"""In which order the lengths of all lines are added up: the model as arrays of indices."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from psoas.motion.muscle_paths import Point, While, model


@dataclass(frozen=True)
class Plan:
    """What is added to what.

    Attributes:
        points: Every point once.
        upper, lower: (segments,) where each straight piece begins and ends: rows of ``points``.
        starts: (paths,) the first segment of each path.
        full: (lines,) the path of each line with its conditional point.
        switches: Line, its path without the conditional point, and when that point counts.
    """

    points: tuple[Point, ...]
    upper: NDArray[np.intp]
    lower: NDArray[np.intp]
    starts: NDArray[np.intp]
    full: NDArray[np.intp]
    switches: tuple[tuple[int, int, While], ...]


@cache
def plan() -> Plan:
    """Lay the model's lines out as arrays, once."""
    rows: dict[Point, int] = {}
    upper: list[int] = []
    lower: list[int] = []
    starts: list[int] = []

    def path(points: tuple[Point, ...]) -> int:
        starts.append(len(upper))
        places = [rows.setdefault(point, len(rows)) for point in points]
        upper.extend(places[:-1])
        lower.extend(places[1:])
        return len(starts) - 1

    full: list[int] = []
    switches: list[tuple[int, int, While]] = []
    for number, line in enumerate(model().lines):
        full.append(path(line.points))
        if line.condition is not None:
            switches.append((number, path(line.without), line.condition))
    return Plan(
        points=tuple(rows),
        upper=np.array(upper, np.intp),
        lower=np.array(lower, np.intp),
        starts=np.array(starts, np.intp),
        full=np.array(full, np.intp),
        switches=tuple(switches),
    )
