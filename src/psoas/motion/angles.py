"""The angles of the joints, read off 33 points.

The same code reads a figure's solved points and, later, a camera's: what an exercise asks and what
was seen are compared in one measure. Solving moves authored angles a little, so a figure's own
angles are read back here too.

What points cannot tell is not in it: the tilt of the pelvis, the rounding of the back, and the
rotation of a limb whose knee or elbow is straight.
"""

import math
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from psoas.motion.body import LANDMARKS

Array = NDArray[np.float64]

_UP = np.array([0.0, 1.0, 0.0])
# Below this bend a limb is too straight for its rotation to be read off, as a sine: 12 degrees.
_STRAIGHT = 0.2


def measured(landmarks: Array, worked: Literal["right", "left"] = "right") -> dict[str, float]:
    """Return the angles of a body.

    Args:
        landmarks: (33, 3), in the order of ``body.LANDMARKS``, y up, in any one unit. Points that
            were not seen are nan.
        worked: Which side works.

    Returns:
        Degrees by name. For each of "worked" and "other": hip_flexion, hip_abduction, hip_rotation,
        knee_flexion, ankle, shoulder_flexion, shoulder_abduction, shoulder_rotation, elbow and
        shoulder_hip_knee (180: one line). Of the trunk: lean (forwards from the vertical) and
        side_lean (sideways from it, either way). nan where points that an angle needs are.

    Raises:
        ValueError: ``landmarks`` has another shape.
    """
    points = np.asarray(landmarks, dtype=float)
    if points.shape != (len(LANDMARKS), 3):
        raise ValueError(f"landmarks has shape {points.shape}; it must be ({len(LANDMARKS)}, 3)")
    at = {name: points[number] for number, name in enumerate(LANDMARKS)}
    found = _trunk(at)
    for side in ("right", "left"):
        name = "worked" if side == worked else "other"
        for joint, angle in (_leg(at, side) | _arm(at, side)).items():
            found[f"{name} {joint}"] = angle
    return found


def _trunk(at: dict[str, Array]) -> dict[str, float]:
    along = _middle(at, "shoulder") - _middle(at, "hip")
    across = at["right hip"] - at["left hip"]
    across = _unit(across - across @ _UP * _UP)
    forwards = np.cross(_UP, across)
    return {
        "lean": math.degrees(math.atan2(along @ forwards, along @ _UP)),
        "side_lean": abs(math.degrees(math.atan2(along @ across, abs(along @ _UP)))),
    }


def _leg(at: dict[str, Array], side: str) -> dict[str, float]:
    hip, knee, ankle = (at[f"{side} {name}"] for name in ("hip", "knee", "ankle"))
    flexion, abduction, rotation, bend = _limb(
        _frame(at, "hip"), knee - hip, ankle - knee, side, backwards=True
    )
    foot = _unit(at[f"{side} foot index"] - at[f"{side} heel"])
    # As seen from the side: shoulders are wider than hips, which is no bend.
    across = _frame(at, "hip")[:, 2]
    trunk, thigh = at[f"{side} shoulder"] - hip, knee - hip
    trunk, thigh = (part - part @ across * across for part in (trunk, thigh))
    return {
        "hip_flexion": flexion,
        "hip_abduction": abduction,
        "hip_rotation": rotation,
        "knee_flexion": bend,
        "ankle": math.degrees(math.asin(_clipped(float(foot @ _unit(knee - ankle))))),
        "shoulder_hip_knee": _between(trunk, thigh),
    }


def _arm(at: dict[str, Array], side: str) -> dict[str, float]:
    shoulder, elbow, wrist = (at[f"{side} {name}"] for name in ("shoulder", "elbow", "wrist"))
    flexion, abduction, rotation, bend = _limb(
        _frame(at, "shoulder"), elbow - shoulder, wrist - elbow, side, backwards=False
    )
    return {
        "shoulder_flexion": flexion,
        "shoulder_abduction": abduction,
        "shoulder_rotation": rotation,
        "elbow": bend,
    }


def _frame(at: dict[str, Array], joint: str) -> Array:
    """Return front, up and right of the trunk, as the columns; right runs through a pair."""
    right = _unit(at[f"right {joint}"] - at[f"left {joint}"])
    along = _middle(at, "shoulder") - _middle(at, "hip")
    up = _unit(along - along @ right * right)
    return np.stack([np.cross(up, right), up, right], axis=1)


def _limb(
    frame: Array, upper: Array, lower: Array, side: str, backwards: bool
) -> tuple[float, float, float, float]:
    """Return flexion, abduction, rotation and the bend of the hinge, degrees."""
    out = np.array([1.0, 1.0, 1.0 if side == "right" else -1.0])
    first, second = _unit(upper @ frame) * out, _unit(lower @ frame) * out
    flexion = math.atan2(first[0], -first[1])
    abduction = math.asin(_clipped(first[2]))
    # The lower part as it would be if the upper one hung straight down.
    cosine, sine = math.cos(flexion), math.sin(flexion)
    forward, up = cosine * second[0] + sine * second[1], cosine * second[1] - sine * second[0]
    aside = math.cos(abduction) * second[2] + math.sin(abduction) * up
    bend = _between(upper, lower)
    way = -1.0 if backwards else 1.0
    turned = math.atan2(way * aside, way * forward)
    straight = math.sin(math.radians(bend)) < _STRAIGHT
    return (
        math.degrees(flexion),
        math.degrees(abduction),
        math.nan if straight else math.degrees(turned),
        bend,
    )


def _middle(at: dict[str, Array], joint: str) -> Array:
    return np.asarray((at[f"right {joint}"] + at[f"left {joint}"]) / 2)


def _unit(vector: Array) -> Array:
    length = float(np.linalg.norm(vector))
    return np.asarray(vector / length if length > 0 else vector * math.nan)


def _between(one: Array, two: Array) -> float:
    """Return the angle between two directions, degrees."""
    return math.degrees(math.acos(_clipped(float(_unit(one) @ _unit(two)))))


def _clipped(value: float) -> float:
    return min(max(value, -1.0), 1.0) if math.isfinite(value) else math.nan
