"""The working muscle: a soft shape from its origin to its insertion, with three fibres.

Where a muscle lies is drawn, not measured: what it does is worked out in ``muscle_lengths``.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from psoas.motion.camera import Camera
from psoas.motion.kinematics import Posture
from psoas.motion.trunk import along

Points = NDArray[np.float64]
Line = tuple[tuple[str, float, float, float], ...]

# Where a muscle runs: the segment, then cm forwards, upwards and outwards. Trunk: from the middle
# of the hips along the spine; pelvis and thigh: from the hip joint; shank: from the knee. The
# last number is half the breadth.
MUSCLES: Mapping[str, tuple[Line, float]] = {
    "psoas": (
        (
            ("trunk", -0.6, 20.0, 4.0),
            ("trunk", 2.2, 11.0, 6.0),
            ("pelvis", 4.6, 2.5, -1.0),
            ("thigh", 3.6, -6.0, -0.5),
            ("thigh", 1.0, -13.0, 0.0),
        ),
        3.1,
    ),
    "iliacus": (
        (
            ("pelvis", -3.5, 10.5, 1.0),
            ("pelvis", 2.0, 7.5, 1.0),
            ("pelvis", 5.0, 1.0, 0.0),
            ("thigh", 1.4, -11.0, -0.5),
        ),
        3.2,
    ),
    "rectus-femoris": (
        (
            ("pelvis", 4.2, 2.5, 1.0),
            ("thigh", 5.2, -8.0, 0.5),
            ("thigh", 5.0, -22.0, 0.0),
            ("thigh", 3.8, -38.0, 0.0),
        ),
        3.0,
    ),
    "quadriceps": (
        (
            ("thigh", 4.0, -3.0, 3.0),
            ("thigh", 4.6, -16.0, 4.0),
            ("thigh", 3.6, -30.0, 3.0),
            ("thigh", 3.0, -39.0, 0.0),
        ),
        3.7,
    ),
    "tfl": (
        (
            ("pelvis", 4.5, 8.0, 5.0),
            ("thigh", 4.0, -6.0, 7.4),
            ("thigh", 2.0, -18.0, 7.0),
            ("thigh", 0.0, -34.0, 5.0),
        ),
        2.3,
    ),
    "adductors": (
        (
            ("pelvis", 3.0, -6.0, -6.5),
            ("thigh", 2.5, -14.0, -5.0),
            ("thigh", 1.0, -24.0, -4.2),
            ("thigh", 0.5, -33.0, -3.6),
        ),
        3.2,
    ),
    "hamstrings": (
        (
            ("pelvis", -5.5, -5.0, -1.0),
            ("thigh", -4.9, -14.0, 0.0),
            ("thigh", -4.2, -27.0, 0.0),
            ("shank", -2.6, -2.0, 0.0),
        ),
        3.0,
    ),
    "gluteus-maximus": (
        (
            ("pelvis", -6.6, 8.0, 0.0),
            ("pelvis", -7.0, 2.5, 3.0),
            ("thigh", -5.4, -5.0, 5.0),
            ("thigh", -2.6, -13.0, 5.5),
        ),
        3.9,
    ),
    "gluteus-medius": (
        (
            ("pelvis", -1.5, 11.0, 4.5),
            ("pelvis", -1.2, 6.0, 6.6),
            ("pelvis", -0.6, 1.0, 7.0),
            ("thigh", 0.0, -3.5, 7.2),
        ),
        4.0,
    ),
    "piriformis": (
        (
            ("pelvis", -8.4, 5.0, -3.0),
            ("pelvis", -6.0, 3.6, 2.0),
            ("pelvis", -3.0, 2.0, 6.0),
            ("thigh", 0.5, -0.5, 7.0),
        ),
        2.2,
    ),
    "deep-rotators": (
        (
            ("pelvis", -8.0, 1.0, -4.0),
            ("pelvis", -6.0, 0.2, 1.0),
            ("thigh", -3.5, -1.0, 5.0),
            ("thigh", 0.0, -2.5, 7.0),
        ),
        2.6,
    ),
    "calf": (
        (
            ("thigh", -3.4, -40.0, 0.0),
            ("shank", -4.0, -8.0, 0.0),
            ("shank", -3.8, -17.0, 0.0),
            ("shank", -2.4, -32.0, 0.0),
        ),
        2.9,
    ),
    "abdominals": (
        (
            ("trunk", 6.0, 3.0, 3.0),
            ("trunk", 6.0, 13.0, 4.0),
            ("trunk", 6.0, 22.0, 4.0),
            ("trunk", 6.4, 30.0, 3.0),
        ),
        2.5,
    ),
    "back": (
        (
            ("trunk", -6.4, 4.0, 3.0),
            ("trunk", -4.8, 13.0, 3.0),
            ("trunk", -4.8, 22.0, 3.0),
            ("trunk", -6.4, 34.0, 3.0),
        ),
        2.2,
    ),
}  # fmt: skip

# From the front these cannot be seen.
BEHIND = frozenset(("gluteus-maximus", "piriformis", "deep-rotators", "hamstrings", "calf", "back"))

_STATIONS = 7
# A muscle that is seen end on is small, not broad.
_SLIM = 0.24
_BELLY = np.array([0.4, 0.72, 0.94, 1.0, 0.94, 0.72, 0.4])
_FIBRES = (-0.5, 0.0, 0.5)


def muscle(posture: Posture, slug: str, side: str, camera: Camera) -> tuple[Points, list[Points]]:
    """Return a muscle's outline and its three fibres in the picture.

    Args:
        posture: A solved body.
        slug: One of `MUSCLES`.
        side: "worked" or "other".
        camera: Where it is seen from.

    Returns:
        A closed outline (n, 2) and open lines (m, 2), cm.
    """
    line, half = MUSCLES[slug]
    middle = _evenly(camera.flat(np.stack([_point(posture, side, *at) for at in line])))
    length = float(np.linalg.norm(np.diff(middle, axis=0), axis=1).sum())
    half = min(half, _SLIM * length)
    along_it = np.gradient(middle, axis=0)
    along_it /= np.maximum(np.linalg.norm(along_it, axis=1, keepdims=True), 1e-9)
    across = np.stack((-along_it[:, 1], along_it[:, 0]), axis=1) * (_BELLY * half)[:, None]
    start, end = middle[0] - along_it[0] * 1.3, middle[-1] + along_it[-1] * 1.3
    outline = np.concatenate((start[None], middle + across, end[None], (middle - across)[::-1]))
    return outline, [(middle + across * share)[[1, 2, 4, 5]] for share in _FIBRES]


def _point(
    posture: Posture, side: str, segment: str, front: float, up: float, out: float
) -> Points:
    away = 1.0 if side == "worked" else -1.0
    if segment == "trunk":
        centre, forwards, right = along(posture, np.array([up]))
        return np.asarray(centre[0] + front * forwards[0] + out * away * right[0])
    frame = posture.frames["pelvis" if segment == "pelvis" else f"{side} {segment}"]
    joint = posture.joints[f"{side} {'knee' if segment == 'shank' else 'hip'}"]
    return np.asarray(joint + frame @ np.array([front, up, out * away]))


def _evenly(line: Points) -> Points:
    """Return a smooth line through a few points, with stations at even distances."""
    before = np.concatenate((2 * line[:1] - line[1:2], line, 2 * line[-1:] - line[-2:-1]))
    t = np.linspace(0, 1, 8, endpoint=False)[:, None]
    pieces = []
    for at in range(len(line) - 1):
        a, b, c, d = before[at : at + 4]
        pieces.append(
            0.5
            * (
                2 * b
                + (c - a) * t
                + (2 * a - 5 * b + 4 * c - d) * t**2
                + (3 * b - a - 3 * c + d) * t**3
            )
        )
    fine = np.concatenate((*pieces, line[-1:]))
    walked = np.concatenate(([0.0], np.cumsum(np.linalg.norm(np.diff(fine, axis=0), axis=1))))
    at_even = np.linspace(0, walked[-1], _STATIONS)
    return np.stack([np.interp(at_even, walked, fine[:, k]) for k in range(2)], axis=1)
