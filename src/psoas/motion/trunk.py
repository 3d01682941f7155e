"""The trunk as rounded bodies along the solved spine: leggings, top and neck."""

import numpy as np
from numpy.typing import NDArray

from psoas.motion.kinematics import Posture
from psoas.motion.loft import Loft

Points = NDArray[np.float64]

SPINE = 43.5
"""From the middle of the hips to the middle of the shoulders, cm."""

# Height above the hips, then the radii to the front, to the back and to each side.
_HIPS = (
    (-7.0, 6.4, 8.2, 12.6),
    (-2.0, 8.6, 10.8, 17.0),
    (3.5, 8.8, 10.0, 16.6),
    (9.0, 8.6, 8.8, 14.6),
)
_TOP = (
    (4.6, 9.0, 9.9, 16.5),
    (6.6, 8.9, 9.3, 15.9),
    (13.0, 8.4, 7.5, 13.1),
    (19.5, 8.5, 7.2, 12.5),
    (26.5, 9.2, 8.4, 13.9),
    (33.5, 9.7, 9.6, 15.3),
    (39.5, 8.7, 9.8, 15.9),
    (43.6, 7.0, 8.7, 15.6),
    (46.6, 5.5, 7.2, 12.6),
    (48.6, 4.6, 5.6, 8.4),
    (49.6, 4.1, 4.7, 6.0),
)


def hips(posture: Posture) -> Loft:
    """Return the pelvis in its leggings."""
    return _loft(posture, np.array(_HIPS), (3.0, 0.6))


def top(posture: Posture) -> Loft:
    """Return the trunk from its hem to the collar."""
    return _loft(posture, np.array(_TOP), (0.3, 0.2))


def neck(posture: Posture) -> Loft:
    """Return the neck from inside the collar to inside the head."""
    low, _front, _right = along(posture, np.array([46.0, 50.5]))
    skull, head = posture.joints["skull"], posture.frames["head"]
    upper = skull + np.array([[0.0, 1.0, 0.0], [0.2, 6.0, 0.0]]) @ head.T
    chest = posture.frames["chest"]
    front = np.stack((chest[:, 0], chest[:, 0], head[:, 0], head[:, 0]))
    right = np.stack((chest[:, 2], chest[:, 2], head[:, 2], head[:, 2]))
    radii = np.array(
        [[4.5, 5.4, 6.6, 6.6], [4.1, 4.7, 5.6, 5.6], [3.8, 4.4, 5.0, 5.0], [4.0, 4.6, 4.9, 4.9]]
    )
    return Loft(np.concatenate((low, upper)), front, right, radii, (1.5, 1.5))


def along(posture: Posture, heights: Points) -> tuple[Points, Points, Points]:
    """Return centre, front and right of the trunk at heights above the hips, each (n, 3)."""
    last = len(posture.spine) - 1
    place = np.clip(heights / SPINE, 0, 1) * last
    low = np.minimum(place.astype(int), last - 1)
    share = (place - low)[:, None]
    rise = np.empty_like(posture.spine)
    rise[1:-1] = posture.spine[2:] - posture.spine[:-2]
    rise[0], rise[-1] = rise[1], rise[-2]
    centres, front, up = (
        each[low] * (1 - share) + each[low + 1] * share
        for each in (posture.spine, posture.spine_front, rise)
    )
    pelvis, chest = posture.frames["pelvis"], posture.frames["chest"]
    centres = centres + np.minimum(heights, 0)[:, None] * pelvis[:, 1]
    centres += np.maximum(heights - SPINE, 0)[:, None] * chest[:, 1]
    front = front / np.sqrt(np.sum(front * front, axis=1, keepdims=True))
    right = np.cross(front, up)
    right /= np.maximum(np.sqrt(np.sum(right * right, axis=1, keepdims=True)), 1e-9)
    return centres, front, right


def _loft(posture: Posture, rows: Points, caps: tuple[float, float]) -> Loft:
    centres, front, right = along(posture, rows[:, 0])
    return Loft(centres, front, right, rows[:, [1, 2, 3, 3]], caps)
