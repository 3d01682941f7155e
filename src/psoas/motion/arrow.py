"""The one arrow: which way the movement goes, beside the figure and never on it."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from psoas.content.keyframe import Figure
from psoas.motion.camera import Camera
from psoas.motion.kinematics import Posture
from psoas.motion.outline import joined, units

Points = NDArray[np.float64]

_LENGTH = 15.0
_BARB = 4.6
_LEAST_WAY = 2.5
_ROOM = 4.0
_JOINTS = {
    "head": "head",
    "upper back": "neck",
    "chest": "neck",
    "belly": "pelvis",
    "pelvis": "pelvis",
    "hip": "hip",
    "shoulder": "shoulder",
    "elbow": "elbow",
    "hand": "palm",
    "knee": "knee",
    "shank": "ankle",
    "ankle": "ankle",
    "heel": "heel",
    "toes": "toe",
    "foot": "ankle",
    "thigh": "knee",
}
# Along the movement and aside of it, cm: tried from the nearest to the farthest.
_TRIED = sorted(
    ((ahead, aside) for ahead in range(4, 61, 4) for aside in range(-48, 49, 4)),
    key=lambda place: place[0] + 1.1 * abs(place[1]),
)


def arrow(
    figure: Figure, keys: Sequence[Posture], seen: Camera, covered: Sequence[Points]
) -> Points | None:
    """Return tail, tip and the two barbs of the arrow, (4, 2) cm; None where nothing points.

    Args:
        figure: Says which part it starts at.
        keys: The solved positions.
        seen: The camera.
        covered: Outlines it must not lie on, (n, 2) each.
    """
    if not figure.arrow or len(keys) < 2:
        return None
    joint = _joint(figure.arrow)
    start, end = (seen.flat(each.joints[joint]) for each in (keys[0], keys[-1]))
    way = end - start
    far = float(np.linalg.norm(way))
    if far < _LEAST_WAY:
        return None
    way /= far
    tail = _free(end, way, covered)
    tip = tail + way * _LENGTH
    aside = np.array((-way[1], way[0]))
    back = tip - way * _BARB
    return np.stack((tail, tip, back + aside * _BARB, back - aside * _BARB))


def path(points: Points | None) -> str:
    """Return the ``d`` of an arrow; empty for none."""
    if points is None:
        return ""
    tail, tip, one, other = (each.tolist() for each in units(points))
    return f"M{joined(tail)}L{joined(tip)}M{joined(one)}L{joined(tip)}L{joined(other)}"


def _free(end: Points, way: Points, covered: Sequence[Points]) -> Points:
    """Return the nearest place where the arrow has room, above the floor."""
    aside = np.array((-way[1], way[0]))
    reach = np.array([-_ROOM, 0.3 * _LENGTH, 0.6 * _LENGTH, _LENGTH + _ROOM])
    spread = np.array([-_BARB - 1.0, 0.0, _BARB + 1.0])
    shape = (reach[:, None, None] * way + spread[None, :, None] * aside).reshape(-1, 2)
    tails = end + np.array(_TRIED) @ np.stack((way, aside))
    probes = tails[:, None] + shape
    taken = (probes[..., 1] < 2.0).any(axis=1)
    for outline in covered:
        taken |= _inside(probes.reshape(-1, 2), outline).reshape(len(tails), -1).any(axis=1)
    return np.asarray(tails[int(np.argmin(taken))])


def _inside(points: Points, outline: Points) -> NDArray[np.bool_]:
    x, y = points[:, :1], points[:, 1:]
    ax, ay = outline[:, 0], outline[:, 1]
    bx, by = np.roll(ax, -1), np.roll(ay, -1)
    with np.errstate(divide="ignore", invalid="ignore"):
        crosses = ((ay > y) != (by > y)) & (x < (bx - ax) * (y - ay) / (by - ay) + ax)
    return np.asarray(crosses.sum(axis=1) % 2 == 1)


def _joint(part: str) -> str:
    side, _space, name = part.rpartition(" ")
    if part in _JOINTS:
        return _JOINTS[part]
    return f"{side} {_JOINTS[name]}"
