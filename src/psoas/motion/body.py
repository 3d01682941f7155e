"""The body that every figure is: its lengths, its flesh, its landmarks and how far its joints go.

One adult of middle size for everybody: a figure shows a position, not a person. Lengths and the
outlines' radii are in cm and our own drawing's (side view); what lies across (hips, shoulders, half
widths) is chosen to go with them.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from psoas.content.keyframe import LIMITS as AUTHORED_LIMITS

THIGH = 42.0
SHANK = 41.0
TRUNK = 43.5
UPPER_ARM = 27.0
FOREARM = 24.5
HAND = 17.5
HIP = 8.5
SHOULDER = 16.5

# Of the neck and head in the outline's own frame: x forward, y up from the middle of the hips.
SKULL_BASE = 56.0
HEAD_MIDDLE = (-0.6, 65.8)
HEAD_HALF = (9.6, 10.6, 7.6)

# The foot from the ankle: (forward, up). Sole at −7, where the outline is.
SOLE = -7.0
HEEL = (-4.0, SOLE)
BALL = (11.5, SOLE)
TOE = (18.0, -6.6)
INSTEP = (7.5, 1.4)
FOOT_HALF = 3.4
HAND_HALF = 1.7
PALM = 8.5

# Share of the length, radius towards the front, radius towards the back.
LIMBS: Mapping[str, NDArray[np.float64]] = {
    "thigh": np.array(
        [[0, 9.2, 9.6], [0.2, 9.6, 9.4], [0.45, 8.9, 8.4], [0.75, 6.9, 6.4], [1, 5.6, 5.4]]
    ),
    "shank": np.array(
        [
            [0, 5.5, 5.4],
            [0.16, 5.2, 6.6],
            [0.32, 4.8, 7.2],
            [0.6, 3.9, 5.2],
            [0.85, 3.1, 3.6],
            [1, 3.2, 3.5],
        ]
    ),
    "upper arm": np.array([[0, 5.4, 5.2], [0.2, 5.1, 5], [0.55, 4.2, 4.3], [1, 3.5, 3.5]]),
    "forearm": np.array([[0, 3.5, 3.5], [0.22, 3.7, 3.6], [0.6, 2.9, 2.9], [1, 2.1, 2.2]]),
}
# A limb is a little narrower across than from front to back.
ACROSS = 0.87

# Of the trunk: height above the middle of the hips, outline at the back, at the front, half width.
TRUNK_FLESH = np.array(
    [
        [-1.0, -11.2, 9.2, 16.5],
        [6.0, -9.4, 8.8, 15.5],
        [13.0, -7.2, 8.2, 14.0],
        [20.0, -7.0, 8.5, 14.0],
        [28.0, -8.6, 9.4, 15.0],
        [36.0, -9.9, 9.4, 16.5],
        [43.0, -9.0, 7.4, 18.0],
    ]
)
# The seat as an ellipsoid: its middle (forward, up) and half axes (forward, up, across).
SEAT = (-1.0, -0.8)
SEAT_HALF = (10.2, 9.6, 16.5)

LANDMARKS = (
    "nose",
    "left eye inner",
    "left eye",
    "left eye outer",
    "right eye inner",
    "right eye",
    "right eye outer",
    "left ear",
    "right ear",
    "mouth left",
    "mouth right",
    "left shoulder",
    "right shoulder",
    "left elbow",
    "right elbow",
    "left wrist",
    "right wrist",
    "left pinky",
    "right pinky",
    "left index",
    "right index",
    "left thumb",
    "right thumb",
    "left hip",
    "right hip",
    "left knee",
    "right knee",
    "left ankle",
    "right ankle",
    "left heel",
    "right heel",
    "left foot index",
    "right foot index",
)

# Of the face in the outline's frame: forward, up, to the person's right.
FACE: Mapping[str, tuple[float, float, float]] = {
    "nose": (10.9, 61.6, 0.0),
    "left eye inner": (8.4, 66.4, -1.8),
    "left eye": (8.0, 66.5, -3.2),
    "left eye outer": (7.2, 66.4, -4.6),
    "right eye inner": (8.4, 66.4, 1.8),
    "right eye": (8.0, 66.5, 3.2),
    "right eye outer": (7.2, 66.4, 4.6),
    "left ear": (-1.0, 64.5, -7.4),
    "right ear": (-1.0, 64.5, 7.4),
    "mouth left": (8.6, 58.6, -2.4),
    "mouth right": (8.6, 58.6, 2.4),
}

# What a file may say, and what solving sets by itself: toes that bend on the floor, a wrist that
# lets a hand lie flat or close round a shin, shoulders that a reach pulls along.
LIMITS: Mapping[str, tuple[float, float]] = {
    **AUTHORED_LIMITS,
    "toes": (-5, 75),
    "wrist": (-90, 85),
    "deviation": (-40, 40),
    "head_tilt": (-45, 45),
}


def radius(limb: str, share: float, towards: int) -> float:
    """Return how thick the flesh over a limb is.

    Args:
        limb: ``"thigh"``, ``"shank"``, ``"upper arm"`` or ``"forearm"``.
        share: How far down the limb, 0 to 1.
        towards: 1 its front, 2 its back, 0 across.

    Returns:
        cm from the line between the joints to the outline.

    Raises:
        KeyError: there is no such limb.
    """
    table = LIMBS[limb]
    if towards:
        return float(np.interp(share, table[:, 0], table[:, towards]))
    return float(ACROSS * np.interp(share, table[:, 0], table[:, 1:].mean(axis=1)))
