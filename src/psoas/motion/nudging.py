"""How the flesh moves when one number of a pose changes a little.

A joint carries everything beyond it round its axis, so where each place of the flesh goes is known
from one laid-out body. Only what bends the spine and the neck is laid out again.
"""

import numpy as np
from numpy.typing import NDArray

from psoas.content.keyframe import Base
from psoas.motion import body, flesh
from psoas.motion.flesh import Felt, felt
from psoas.motion.kinematics import BASES, NAMES, OUT, PLACE, Laid, lay, turned

Array = NDArray[np.float64]

# Degrees or cm.
STEP = 1e-4
_BENT = [PLACE[name] for name in ("pelvis_tilt", "back", "side_bend", "head", "head_tilt")]
_BEYOND = {
    "leg": ("thigh", "knee", "shank", "ankle", "heel", "ball", "instep", "toe"),
    "arm": ("shoulder", "upper", "elbow", "forearm", "wrist", "palm", "fingers"),
}
# The first place that a limb's joints carry: three at its root, the hinge, and two at its end.
_CARRIED = {"leg": (0, 0, 0, 1, 4, 7), "arm": (0, 0, 0, 2, 4, 4)}


def _carried() -> Array:
    """Return (names, places): 1 where a place goes with a number of the pose."""
    table = np.zeros((len(NAMES), len(flesh.NAMES)))
    table[: PLACE["pelvis_tilt"]] = 1.0
    for at, (side, limb) in enumerate(
        (side, limb) for limb in ("leg", "arm") for side in ("worked", "other")
    ):
        for joint, first in enumerate(_CARRIED[limb]):
            beyond = _BEYOND[limb][first:]
            for place, name in enumerate(flesh.NAMES):
                words = name.split(" ")
                if words[0] == side and words[1] in beyond:
                    table[PLACE["head_tilt"] + 1 + 6 * at + joint, place] = 1.0
    return table


_MOVES = _carried()


def nudged(pose: Array, base: Base) -> Felt:
    """Return the flesh of a pose, and of the same pose with each of its numbers `STEP` more.

    Args:
        pose: One number for each of ``kinematics.NAMES``.
        base: How the trunk lies.

    Returns:
        The flesh of 1 + names poses, the plain one first.
    """
    rows = np.repeat(pose[None], 1 + len(_BENT), axis=0)
    rows[np.arange(1, len(rows)), _BENT] += STEP
    laid = lay(rows, base)
    plain = felt(laid)
    axes, pivots = _axes(laid, pose, base)
    spin = np.radians(STEP) * np.cross(axes[:, None], np.eye(3)).swapaxes(1, 2)
    moves = _MOVES[:, :, None]
    away = (spin @ pivots[:, :, None])[:, None, :, 0]
    slide = np.zeros((len(NAMES), 1, 3))
    slide[:3, 0] = STEP * np.eye(3)

    def moved(points: Array) -> Array:
        return np.asarray(points + moves * (points @ spin.swapaxes(1, 2) - away + slide))

    flat = plain.frames[0].swapaxes(0, 1).reshape(3, -1)
    turning = (spin @ flat).reshape(len(NAMES), 3, -1, 3).swapaxes(1, 2)
    centres, lows = moved(plain.centres[0]), moved(plain.lowest[0])
    frames = plain.frames[0] + moves[..., None] * turning
    centres[_BENT], frames[_BENT] = plain.centres[1:], plain.frames[1:]
    lows[_BENT] = plain.lowest[1:]
    return Felt(
        np.concatenate([plain.centres[:1], centres]),
        np.concatenate([plain.frames[:1], frames]),
        np.concatenate([plain.lowest[:1], lows]),
    )


def _axes(laid: Laid, pose: Array, base: Base) -> tuple[Array, Array]:
    """Return the axis each number turns about, and a point on it; zeros where it turns nothing."""
    axes, pivots = np.zeros((2, len(NAMES), 3))
    angle = np.radians(pose)
    trunk = laid.trunk[0]
    leaning = BASES[base] @ turned(2, -angle[PLACE["lean"]])
    for name, axis in (
        ("lean", -BASES[base][:, 2]),
        ("turn", -leaning[:, 1]),
        ("tip", trunk[:, 0]),
    ):
        axes[PLACE[name]], pivots[PLACE[name]] = axis, pose[:3]
    shoulders = trunk @ turned(0, angle[PLACE["side_bend"]])
    for limb in range(4):
        first = PLACE["head_tilt"] + 1 + 6 * limb
        above = trunk if limb < 2 else shoulders
        flexed = np.cos(angle[first]) * above[:, 0] + np.sin(angle[first]) * above[:, 1]
        upper, lower, last = laid.upper[0, limb], laid.lower[0, limb], laid.last[0, limb]
        end = laid.ends[0, limb]
        axes[first : first + 6] = (
            above[:, 2],
            -OUT[limb] * flexed,
            -OUT[limb] * upper[:, 1],
            upper[:, 2] * (-1.0 if limb < 2 else 1.0),
            lower[:, 2],
            last[:, 2] if limb < 2 else -OUT[limb] * last[:, 0],
        )
        tip = end + last @ np.array([*body.BALL, 0.0]) if limb < 2 else end
        top, mid = laid.tops[0, limb], laid.mids[0, limb]
        pivots[first : first + 6] = (top, top, top, mid, end, tip)
    return axes, pivots
