"""Arms, legs, hands and feet as rounded bodies on the solved joints."""

import numpy as np
from numpy.typing import NDArray

from psoas.motion.kinematics import Posture
from psoas.motion.loft import Loft

Points = NDArray[np.float64]

# Share of the length from the upper joint, then the radii to the front, back, outside and inside.
_THIGH = (
    (0.0, 8.4, 9.4, 8.4, 7.0),
    (0.22, 9.3, 9.3, 8.6, 7.6),
    (0.47, 8.6, 8.3, 7.7, 6.9),
    (0.75, 6.9, 6.5, 6.0, 5.8),
    (1.0, 5.6, 5.5, 5.1, 5.1),
)
_SHANK = (
    (0.0, 5.4, 5.4, 5.0, 5.0),
    (0.18, 5.1, 6.7, 5.4, 5.5),
    (0.36, 4.7, 7.1, 5.6, 5.5),
    (0.62, 3.9, 5.2, 4.4, 4.4),
    (0.97, 3.2, 3.6, 3.2, 3.3),
)
_UPPER_ARM = (
    (0.0, 5.2, 5.2, 4.4, 4.4),
    (0.25, 5.0, 5.0, 4.7, 4.6),
    (0.6, 4.3, 4.3, 4.1, 4.1),
    (1.0, 3.8, 3.8, 3.7, 3.7),
)
_FOREARM = (
    (0.0, 3.4, 3.4, 3.4, 3.4),
    (0.25, 3.7, 3.6, 3.6, 3.6),
    (0.62, 3.0, 3.0, 2.8, 2.8),
    (1.0, 2.4, 2.4, 1.9, 1.9),
)
_BONES = {
    "thigh": ("hip", "knee", np.array(_THIGH), (7.0, 5.4)),
    "shank": ("knee", "ankle", np.array(_SHANK), (5.2, 1.4)),
    "upper arm": ("shoulder", "elbow", np.array(_UPPER_ARM), (4.2, 3.6)),
    "forearm": ("elbow", "wrist", np.array(_FOREARM), (3.2, 1.6)),
}

# Of the hand from wrist to finger tips: half the breadth, thickness to the back and to the palm.
_HAND = ((2.4, 1.8, 1.8), (3.5, 1.9, 2.1), (3.9, 1.6, 1.7), (3.4, 1.3, 1.4), (2.1, 0.9, 1.0))
_HAND_RADII = np.array(_HAND)[:, [0, 0, 1, 2]]
_CURL = 0.9

# Of the foot, origin at the ankle, x to the toes: a profile, and sections from heel to toes
# (x, y, half the height, half the breadth).
_FOOT = np.array(
    [
        (-4.9, -1.6),
        (-3.7, 2.2),
        (0.2, 3.4),
        (4.0, 1.6),
        (8.4, -1.6),
        (12.8, -3.7),
        (16.9, -4.9),
        (18.5, -6.1),
        (16.6, -7.0),
        (11.5, -6.9),
        (5.0, -6.3),
        (-0.6, -6.8),
        (-4.4, -6.8),
        (-5.7, -4.6),
    ]
)
_FOOT_SECTIONS = np.array(
    [
        (-2.6, -3.9, 3.0, 3.0),
        (1.5, -2.4, 4.4, 3.5),
        (6.5, -3.9, 3.0, 4.1),
        (12.0, -5.2, 1.7, 4.7),
        (16.6, -5.8, 1.1, 3.6),
    ]
)


def limb(posture: Posture, side: str, bone: str) -> Loft:
    """Return a thigh, shank, upper arm or forearm of a side, "worked" or "other"."""
    above, below, rows, caps = _BONES[bone]
    start, end = posture.joints[f"{side} {above}"], posture.joints[f"{side} {below}"]
    frame = posture.frames[f"{side} {bone}"]
    return Loft(
        centres=start + rows[:, :1] * (end - start),
        front=np.broadcast_to(frame[:, 0], (len(rows), 3)),
        right=np.broadcast_to(frame[:, 2] * _outwards(side), (len(rows), 3)),
        radii=rows[:, 1:],
        caps=caps,
    )


def hand(posture: Posture, side: str, holds: bool) -> Loft:
    """Return a hand from the wrist to the finger tips; the fingers are bent where it holds."""
    wrist, palm = posture.joints[f"{side} wrist"], posture.joints[f"{side} palm"]
    frame = posture.frames[f"{side} hand"]
    out = frame[:, 2] * _outwards(side)
    bends = np.array([0.45, 1.0]) * (_CURL if holds else 0.18)
    length = np.linalg.norm(posture.joints[f"{side} fingers"] - palm) / 2
    reach = -np.cos(bends)[:, None] * frame[:, 1] - np.sin(bends)[:, None] * out
    knuckles = palm + length * reach[0]
    centres = np.stack((wrist, (wrist + palm) / 2, palm, knuckles, knuckles + length * reach[1]))
    return Loft(
        centres,
        np.broadcast_to(frame[:, 0], (5, 3)),
        np.broadcast_to(out, (5, 3)),
        _HAND_RADII,
        (1.4, 1.2),
    )


def thumb(posture: Posture, side: str) -> Loft:
    """Return the thumb, in front of the palm."""
    wrist, frame = posture.joints[f"{side} wrist"], posture.frames[f"{side} hand"]
    before, down, palm = frame[:, 0], -frame[:, 1], -frame[:, 2] * _outwards(side)
    centres = np.stack(
        [
            wrist + before * a + down * b + palm * c
            for a, b, c in ((1.4, 2.6, 0.5), (3.5, 5.4, 1.3), (4.4, 8.6, 1.8))
        ]
    )
    return Loft(
        centres,
        np.broadcast_to(frame[:, 0], (3, 3)),
        np.broadcast_to(frame[:, 2], (3, 3)),
        np.array([[1.5] * 4, [1.3] * 4, [0.9] * 4]),
        (1.0, 0.9),
    )


def foot_profile(posture: Posture, side: str) -> Points:
    """Return the outline of a foot seen from its side, (14, 3) in the room."""
    local = _bent(posture, side, _FOOT)
    return _placed(posture, side, local)


def foot(posture: Posture, side: str) -> Loft:
    """Return a foot as a rounded body, for every other view."""
    local = _bent(posture, side, _FOOT_SECTIONS[:, :2])
    frame = posture.frames[f"{side} foot"]
    height, breadth = _FOOT_SECTIONS[:, 2], _FOOT_SECTIONS[:, 3]
    return Loft(
        _placed(posture, side, local),
        np.broadcast_to(frame[:, 1], (5, 3)),
        np.broadcast_to(frame[:, 2] * _outwards(side), (5, 3)),
        np.stack((height, height, breadth, breadth), axis=1),
        (2.4, 1.2),
    )


def _bent(posture: Posture, side: str, local: Points) -> Points:
    """Bend the toes at the ball, as the solved toes are."""
    ankle, frame = posture.joints[f"{side} ankle"], posture.frames[f"{side} foot"]
    ball = (posture.joints[f"{side} ball"] - ankle) @ frame
    toe = (posture.joints[f"{side} toe"] - ankle) @ frame
    bend = np.arctan2(toe[1] - ball[1], toe[0] - ball[0])
    if bend < 0.05:
        return local
    pivot = np.array((ball[0] - 1.0, ball[1] + 1.0))
    share = np.clip((local[:, 0] - pivot[0] + 2.0) / 4.0, 0, 1)
    angle = bend * share
    x, y = (local - pivot).T
    turned = np.stack(
        (np.cos(angle) * x - np.sin(angle) * y, np.sin(angle) * x + np.cos(angle) * y)
    )
    return np.asarray(pivot + turned.T)


def _placed(posture: Posture, side: str, local: Points) -> Points:
    frame = posture.frames[f"{side} foot"]
    return np.asarray(posture.joints[f"{side} ankle"] + local @ frame[:, :2].T)


def _outwards(side: str) -> float:
    """A section's right is the outside of the body: of the left limbs that is their left."""
    return 1.0 if side == "worked" else -1.0
