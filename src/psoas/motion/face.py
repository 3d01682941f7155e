"""The head: a calm profile, and a plain front, with short hair and an ear."""

import numpy as np
from numpy.typing import NDArray

from psoas.motion.kinematics import Posture

Points = NDArray[np.float64]

# Origin at the joint of head and neck, y up, x to the front (profile) or to the side (front).
_PROFILE = {
    "face": (
        (2.0, 19.4),
        (6.6, 18.3),
        (8.7, 15.6),
        (9.2, 12.6),
        (9.1, 10.9),
        (8.5, 9.5),
        (9.4, 7.9),
        (10.7, 5.9),
        (10.5, 4.9),
        (9.0, 4.3),
        (9.4, 3.1),
        (8.8, 2.3),
        (9.0, 1.2),
        (8.2, 0.2),
        (8.2, -1.3),
        (6.8, -2.2),
        (3.6, -1.3),
        (0.4, 0.8),
        (-1.4, 4.6),
        (-4.8, 6.0),
        (-5.6, 12.0),
        (-2.0, 18.0),
    ),
    "hair": (
        (8.2, 17.4),
        (6.8, 20.0),
        (3.2, 21.6),
        (-1.6, 21.5),
        (-6.2, 19.6),
        (-9.2, 15.6),
        (-9.8, 10.6),
        (-8.5, 5.8),
        (-6.4, 2.2),
        (-4.7, 1.2),
        (-3.2, 3.4),
        (-2.2, 6.8),
        (-1.0, 9.9),
        (0.8, 9.6),
        (1.7, 7.6),
        (2.5, 9.8),
        (3.0, 13.2),
        (5.0, 15.8),
    ),
    "ear": ((-1.5, 8.0), (0.0, 9.5), (1.4, 8.2), (0.7, 6.2), (-0.6, 4.9), (-1.3, 6.0)),
}
_FRONT = {
    "face": (
        (0.0, 20.0),
        (5.6, 17.6),
        (7.3, 12.6),
        (7.0, 7.2),
        (5.4, 1.6),
        (2.6, -1.6),
        (0.0, -2.3),
        (-2.6, -1.6),
        (-5.4, 1.6),
        (-7.0, 7.2),
        (-7.3, 12.6),
        (-5.6, 17.6),
    ),
    "hair": (
        (0.0, 22.2),
        (5.2, 20.8),
        (8.2, 16.4),
        (8.3, 11.2),
        (7.2, 8.6),
        (6.6, 12.4),
        (4.6, 15.6),
        (0.0, 17.2),
        (-4.6, 15.6),
        (-6.6, 12.4),
        (-7.2, 8.6),
        (-8.3, 11.2),
        (-8.2, 16.4),
        (-5.2, 20.8),
    ),
    "ears": (
        (6.9, 10.4),
        (8.3, 10.2),
        (7.9, 6.6),
        (6.7, 5.8),
        (-6.7, 5.8),
        (-7.9, 6.6),
        (-8.3, 10.2),
        (-6.9, 10.4),
    ),
}


_OUTLINES = {
    profile: {name: np.array(points) for name, points in shapes.items()}
    for profile, shapes in ((True, _PROFILE), (False, _FRONT))
}


def parts(profile: bool) -> tuple[str, ...]:
    """Return the parts of a head in the order they are painted."""
    return ("face", "hair", "ear") if profile else ("ears", "face", "hair")


def part(posture: Posture, name: str, profile: bool) -> Points:
    """Return the outline of a part of the head, (n, 3) in the room."""
    local = _OUTLINES[profile][name]
    head = posture.frames["head"]
    across = head[:, 0] if profile else head[:, 2]
    return np.asarray(posture.joints["skull"] + local[:, :1] * across + local[:, 1:] * head[:, 1])
