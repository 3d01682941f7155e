"""The model laid out as arrays, so that many positions are measured at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from psoas.motion.muscle_paths import Point, While, model

Floats = NDArray[np.float64]
Piece = tuple[Point, Point]


@dataclass(frozen=True)
class Plan:
    """What is added to what. Metres; the hip's centre is the middle of the pelvis' frame here.

    A path is the way of one line, with or without its conditional point; its straight pieces are
    those across the hip, then those across the knee, then those across both.

    Attributes:
        lines: How many; the first so many paths are theirs, with every point.
        fixed: (paths,) what of each path lies within one bone: it never changes.
        sums: (paths, pieces) which pieces make a path: 1 or 0.
        hip_fixed: (a,) of the square of a piece across the hip, what does not change.
        hip_turned: (a, 9) what of it goes with the nine numbers that turn the thigh.
        knee_from: (b, 3) the thigh's end of a piece across the knee.
        knee_to: (b,) its other end, a row of ``shank``.
        both_from: (c, 3) the pelvis' end of a piece across hip and knee.
        both_to: (c,) its other end, a row of ``shank``.
        shank: The shank's points.
        switches: Line, its path without the conditional point, and when that point counts.
    """

    lines: int
    fixed: Floats
    sums: Floats
    hip_fixed: Floats
    hip_turned: Floats
    knee_from: Floats
    knee_to: NDArray[np.intp]
    both_from: Floats
    both_to: NDArray[np.intp]
    shank: tuple[Point, ...]
    switches: tuple[tuple[int, int, While], ...]


@cache
def plan() -> Plan:
    """Lay the model's lines out as arrays, once."""
    lines = model().lines
    paths = [line.points for line in lines]
    switches = []
    for number, line in enumerate(lines):
        if line.condition is not None:
            switches.append((number, len(paths), line.condition))
            paths.append(line.without)
    pieces = list(dict.fromkeys(piece for path in paths for piece in _pieces(path)))
    hip = [piece for piece in pieces if _bodies(piece) == ("pelvis", "femur")]
    knee = [piece for piece in pieces if _bodies(piece) == ("femur", "tibia")]
    both = [piece for piece in pieces if _bodies(piece) == ("pelvis", "tibia")]
    place = {piece: at for at, piece in enumerate((*hip, *knee, *both))}
    sums = np.zeros((len(paths), len(place)))
    fixed = np.zeros(len(paths))
    for row, path in enumerate(paths):
        for piece in _pieces(path):
            if piece in place:
                sums[row, place[piece]] = 1.0
            else:
                fixed[row] += np.linalg.norm(_at(piece[1]) - _at(piece[0]))
    shank = tuple(dict.fromkeys(lower for _, lower in (*knee, *both)))
    uppers, lowers = (np.array([_at(piece[end]) for piece in hip]) for end in (0, 1))
    return Plan(
        lines=len(lines),
        fixed=fixed,
        sums=sums,
        hip_fixed=(uppers**2).sum(axis=1) + (lowers**2).sum(axis=1),
        hip_turned=-2.0 * np.einsum("sp,sf->spf", uppers, lowers).reshape(len(hip), 9),
        knee_from=_starts(knee),
        knee_to=np.array([shank.index(lower) for _, lower in knee], np.intp),
        both_from=_starts(both),
        both_to=np.array([shank.index(lower) for _, lower in both], np.intp),
        shank=shank,
        switches=tuple(switches),
    )


def _pieces(path: tuple[Point, ...]) -> Iterable[Piece]:
    return zip(path[:-1], path[1:], strict=True)


def _bodies(piece: Piece) -> tuple[str, str]:
    return piece[0].body, piece[1].body


def _starts(pieces: list[Piece]) -> Floats:
    return np.array([_at(upper) for upper, _ in pieces])


def _at(point: Point) -> Floats:
    """Return where a point is in its bone, the pelvis' taken from the centre of the hip."""
    middle = model().hip_centre if point.body == "pelvis" else (0.0, 0.0, 0.0)
    where: Floats = np.array(point.at, dtype=float) - np.array(middle, dtype=float)
    return where
