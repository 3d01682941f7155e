"""From the angles of the joints to where every part of the body is.

A pose is a vector of numbers (`NAMES` says which): where the middle of the hips is, how the trunk
lies, and each joint. `forward` turns a keyframe, or a pose, into a `Posture`; `lay` does the same
for many poses at once, which is what solving needs for its slopes.

Room: cm, x forward, y up from the floor, z to the person's right. Frames are 3 x 3 with the columns
front, up, right. Limbs come in the order of `LIMBS`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from psoas.content.keyframe import Arm, Base, Keyframe, Leg, Part, PropKind
from psoas.motion import body

Array = NDArray[np.float64]

LIMBS = ("worked leg", "other leg", "worked arm", "other arm")
_TRUNK = ("x", "y", "z", "lean", "turn", "tip", "pelvis_tilt", "back", "side_bend", "head",
          "head_tilt")  # fmt: skip
_LEG = ("hip_flexion", "hip_abduction", "hip_rotation", "knee_flexion", "ankle", "toes")
_ARM = (
    "shoulder_flexion",
    "shoulder_abduction",
    "shoulder_rotation",
    "elbow",
    "wrist",
    "deviation",
)
# What a pose is made of. "tip" is the trunk's lean sideways as a whole and "head_tilt" the head's,
# which no file says and a body lying on its side needs; "deviation" is the wrist's other bend.
NAMES = (
    *_TRUNK,
    *(f"{side} {joint}" for joints in (_LEG, _ARM) for side in ("worked", "other")
      for joint in joints),
)  # fmt: skip
PLACE: Mapping[str, int] = MappingProxyType({name: at for at, name in enumerate(NAMES)})

# How the trunk lies before it leans or turns.
BASES: Mapping[str, Array] = {
    "upright": np.eye(3),
    "on the back": np.array([[0.0, -1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]),
    "on the front": np.array([[0.0, 1.0, 0.0], [-1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]),
    "on the side": np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]),
}
SPINE = 9
_MIDDLES = (np.arange(SPINE - 1) + 0.5) / (SPINE - 1)
# How a tilted pelvis and a rounded back spread along the spine, from the hips (0) to the shoulders
# (1): either leaves the other end alone, and neither moves the straight line between the two.
_TILTED = (1 - _MIDDLES) * (1 - 3 * _MIDDLES)
_ROUNDED = _MIDDLES * (3 * _MIDDLES - 2)
# The worked side is the right one: its right is outwards, the other's inwards.
OUT = np.array([1.0, -1.0, 1.0, -1.0])
_UPPER = np.array([body.THIGH, body.THIGH, body.UPPER_ARM, body.UPPER_ARM])
_LOWER = np.array([body.SHANK, body.SHANK, body.FOREARM, body.FOREARM])


@dataclass(frozen=True)
class Laid:
    """Where everything is, of many poses at once: every array begins with the poses.

    Attributes:
        trunk, pelvis, chest, neck, head: Frames, (n, 3, 3).
        spine: From the middle of the hips to the middle of the shoulders, (n, 9, 3).
        bends: Forward lean of each piece of the spine against the trunk's line, radians, (n, 8).
        skull: Where the head turns on the neck, (n, 3).
        tops, mids, ends: Hip or shoulder, knee or elbow, ankle or wrist, (n, 4, 3).
        upper, lower, last: Frames of thigh or upper arm, shank or forearm, foot or hand,
            (n, 4, 3, 3).
        toes: Tips of the toes, (n, 2, 3).
    """

    trunk: Array
    pelvis: Array
    chest: Array
    neck: Array
    head: Array
    spine: Array
    bends: Array
    skull: Array
    tops: Array
    mids: Array
    ends: Array
    upper: Array
    lower: Array
    last: Array
    toes: Array


@dataclass(frozen=True)
class Placed:
    """A thing where it stands, in the room.

    Attributes:
        kind, name: As in the file.
        x, z: Its middle, cm.
        low, height: Of its lower and upper edge above the floor, cm.
        length, width: Along x and along z, cm.
        back: Height of a chair's back, 0 for none; it stands at x − length / 2.
    """

    kind: PropKind
    name: str
    x: float
    z: float
    low: float
    height: float
    length: float
    width: float
    back: float = 0.0


@dataclass(frozen=True)
class Met:
    """How well a contact is met.

    Attributes:
        part, on: As in the file.
        point: Of the part's outline that touches, cm.
        gap: Between the two, cm; negative: one is inside the other.
    """

    part: Part
    on: str
    point: Array
    gap: float


@dataclass(frozen=True)
class Posture:
    """A body in a position.

    Attributes:
        landmarks: (33, 3) cm, in the order of ``body.LANDMARKS``.
        joints: Named points, (3,) cm each.
        frames: Named 3 x 3 frames, columns front, up, right.
        spine: (9, 3) from the middle of the hips to the middle of the shoulders, cm.
        spine_front: (9, 3) unit vectors, forwards there.
        angles: Degrees, by name.
        pose: The vector of all of it, in the order of `NAMES`: cm and degrees.
        base: How the trunk lies.
        props: What stands around it.
        contacts: How well each contact is met.
    """

    landmarks: Array
    joints: Mapping[str, Array]
    frames: Mapping[str, Array]
    spine: Array
    spine_front: Array
    angles: Mapping[str, float]
    pose: Array
    base: Base
    props: tuple[Placed, ...] = ()
    contacts: tuple[Met, ...] = field(default=())


def turned(axis: int, angle: Array) -> Array:
    """Return rotations about one axis.

    Args:
        axis: 0 x, 1 y, 2 z.
        angle: Radians, any shape.

    Returns:
        The shape of ``angle`` with (3, 3) at its end.
    """
    out = np.zeros((*angle.shape, 3, 3))
    first, second = (axis + 1) % 3, (axis + 2) % 3
    cosine, sine = np.cos(angle), np.sin(angle)
    out[..., axis, axis] = 1
    out[..., first, first] = out[..., second, second] = cosine
    out[..., first, second] = -sine
    out[..., second, first] = sine
    return out


def pose_of(keyframe: Keyframe) -> Array:
    """Return the pose a keyframe writes down, before anything is solved.

    Returns:
        One number for each of `NAMES`: cm for the first three (all 0), then degrees.
    """
    pose = np.zeros(len(NAMES))
    for name in ("lean", "turn", "pelvis_tilt", "back", "side_bend", "head"):
        pose[PLACE[name]] = getattr(keyframe, name)
    limbs: tuple[tuple[str, Leg | Arm], ...] = (
        ("worked", keyframe.worked),
        ("other", keyframe.other),
        ("worked", keyframe.near_arm),
        ("other", keyframe.far_arm),
    )
    for side, limb in limbs:
        for each in fields(limb):
            joint = f"shoulder_{each.name}" if isinstance(limb, Arm) else each.name
            name = f"{side} {joint}".replace("shoulder_elbow", "elbow")
            pose[PLACE[name]] = getattr(limb, each.name)
    return pose


def lay(poses: Array, base: Base) -> Laid:
    """Work out where everything is.

    Args:
        poses: (n, number of names), as `pose_of` makes them.
        base: How the trunk lies; one for all.

    Returns:
        The positions, n of each.
    """
    angle = np.radians(poses)
    lean, turn, tip, tilt, back, bend, head, aside = (angle[:, 3 + at] for at in range(8))
    trunk = BASES[base] @ turned(2, -lean) @ turned(1, -turn) @ turned(0, tip)
    shoulders = trunk @ turned(0, bend)
    chest = shoulders @ turned(2, -back)
    neck = chest @ turned(0, 0.7 * aside) @ turned(2, -0.7 * head)
    skull = chest @ turned(0, aside) @ turned(2, -head)
    spine, bends = _spine(poses[:, :3], trunk, tilt, back, bend)
    middle = spine[:, -1]
    limb = angle[:, 11:].reshape(-1, 4, 6)
    above = np.stack([trunk, trunk, shoulders, shoulders], axis=1)
    upper = (
        above
        @ turned(2, limb[..., 0])
        @ turned(0, -OUT * limb[..., 1])
        @ turned(1, -OUT * limb[..., 2])
    )
    lower = upper @ turned(2, limb[..., 3] * np.array([-1, -1, 1, 1]))
    last = lower @ turned(2, limb[..., 4])
    last[:, 2:] = last[:, 2:] @ turned(0, -OUT[2:] * limb[:, 2:, 5])
    tops = np.stack(
        [
            poses[:, :3] + body.HIP * trunk[..., 2],
            poses[:, :3] - body.HIP * trunk[..., 2],
            middle + body.SHOULDER * chest[..., 2],
            middle - body.SHOULDER * chest[..., 2],
        ],
        axis=1,
    )
    mids = tops - _UPPER[:, None] * upper[..., 1]
    ends = mids - _LOWER[:, None] * lower[..., 1]
    return Laid(
        trunk=trunk,
        pelvis=trunk @ turned(2, tilt),
        chest=chest,
        neck=neck,
        head=skull,
        spine=spine,
        bends=bends,
        skull=middle + (body.SKULL_BASE - body.TRUNK) * neck[..., 1],
        tops=tops,
        mids=mids,
        ends=ends,
        upper=upper,
        lower=lower,
        last=last,
        toes=_toes(ends[:, :2], last[:, :2], limb[:, :2, 5]),
    )


def _spine(hips: Array, trunk: Array, tilt: Array, back: Array, bend: Array) -> tuple[Array, Array]:
    """Bend the line from hips to shoulders; its ends stay on the trunk's line."""
    lean = back[:, None] * _ROUNDED - tilt[:, None] * _TILTED
    lean = lean - np.arctan2(np.sin(lean).sum(axis=1), np.cos(lean).sum(axis=1))[:, None]
    aside = bend[:, None] * _MIDDLES
    pieces = np.stack(
        [np.sin(lean), np.cos(lean) * np.cos(aside), np.cos(lean) * np.sin(aside)], axis=-1
    )
    steps = (body.TRUNK / (SPINE - 1)) * pieces @ np.swapaxes(trunk, 1, 2)
    ends = np.cumsum(steps, axis=1)
    return hips[:, None] + np.concatenate([np.zeros_like(ends[:, :1]), ends], axis=1), lean


def _toes(ankles: Array, feet: Array, bent: Array) -> Array:
    """Return the tips of the toes, which bend up at the ball."""
    ball = ankles + feet[..., 0] * body.BALL[0] + feet[..., 1] * body.BALL[1]
    along, up = body.TOE[0] - body.BALL[0], body.TOE[1] - body.BALL[1]
    forward = along * np.cos(bent) - up * np.sin(bent)
    upward = along * np.sin(bent) + up * np.cos(bent)
    return ball + feet[..., 0] * forward[..., None] + feet[..., 1] * upward[..., None]


def forward(keyframe: Keyframe) -> Posture:
    """Return the body at the angles a keyframe writes down, floating: nothing is solved.

    Args:
        keyframe: A position; its contacts are not looked at.

    Returns:
        The posture with the middle of the hips at the origin.
    """
    return posture(pose_of(keyframe), keyframe.base)


def posture(
    pose: Array, base: Base, props: tuple[Placed, ...] = (), contacts: tuple[Met, ...] = ()
) -> Posture:
    """Return the body of one pose.

    Args:
        pose: One number for each of `NAMES`: cm, then degrees.
        base: How the trunk lies.
        props: What stands around it.
        contacts: How well each contact is met.
    """
    laid = lay(pose[None], base)
    joints = _joints(laid)
    lean = laid.bends[0]
    sides = np.concatenate([[-np.radians(pose[PLACE["pelvis_tilt"]])], lean, [lean[-1]]])
    sides = (sides[:-1] + sides[1:]) / 2
    local = np.stack([np.cos(sides), -np.sin(sides), np.zeros(SPINE)], axis=-1)
    return Posture(
        landmarks=_landmarks(laid, joints),
        joints=MappingProxyType(joints),
        frames=MappingProxyType(_frames(laid)),
        spine=laid.spine[0],
        spine_front=local @ laid.trunk[0].T,
        angles=MappingProxyType({name: float(pose[at]) for name, at in PLACE.items() if at > 2}),
        pose=pose,
        base=base,
        props=props,
        contacts=contacts,
    )


def _frames(laid: Laid) -> dict[str, Array]:
    frames = {name: getattr(laid, name)[0] for name in ("pelvis", "trunk", "chest", "neck", "head")}
    for at, limb in enumerate(LIMBS):
        side, kind = limb.split()
        names = ("thigh", "shank", "foot") if kind == "leg" else ("upper arm", "forearm", "hand")
        for name, part in zip(names, (laid.upper, laid.lower, laid.last), strict=True):
            frames[f"{side} {name}"] = part[0, at]
    return frames


def _joints(laid: Laid) -> dict[str, Array]:
    middle = np.array([body.HEAD_MIDDLE[0], body.HEAD_MIDDLE[1] - body.SKULL_BASE, 0.0])
    head = laid.skull[0] + laid.head[0] @ middle
    joints = {
        "pelvis": laid.spine[0, 0],
        "neck": laid.spine[0, -1],
        "skull": laid.skull[0],
        "head": head,
        "crown": head + body.HEAD_HALF[1] * laid.head[0, :, 1],
    }
    for at, side in enumerate(("worked", "other")):
        ankle, foot = laid.ends[0, at], laid.last[0, at]
        joints |= {
            f"{side} hip": laid.tops[0, at],
            f"{side} knee": laid.mids[0, at],
            f"{side} ankle": ankle,
            f"{side} heel": ankle + foot @ np.array([*body.HEEL, 0.0]),
            f"{side} ball": ankle + foot @ np.array([*body.BALL, 0.0]),
            f"{side} toe": laid.toes[0, at],
        }
        wrist, hand = laid.ends[0, at + 2], laid.last[0, at + 2]
        joints |= {
            f"{side} shoulder": laid.tops[0, at + 2],
            f"{side} elbow": laid.mids[0, at + 2],
            f"{side} wrist": wrist,
            f"{side} palm": wrist - body.PALM * hand[:, 1],
            f"{side} fingers": wrist - body.HAND * hand[:, 1],
        }
    return joints


@cache
def _sides() -> tuple[tuple[str, str, float], ...]:
    return (("right", "worked", 1.0), ("left", "other", -1.0))


def _landmarks(laid: Laid, joints: Mapping[str, Array]) -> Array:
    """Return the 33 points a camera names; the worked side is the right."""
    points: dict[str, Array] = {}
    for name, (front, up, right) in body.FACE.items():
        points[name] = laid.skull[0] + laid.head[0] @ np.array([front, up - body.SKULL_BASE, right])
    for name, side, out in _sides():
        for joint in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle", "heel"):
            points[f"{name} {joint}"] = joints[f"{side} {joint}"]
        points[f"{name} foot index"] = joints[f"{side} ball"]
        hand = laid.last[0, LIMBS.index(f"{side} arm")]
        # Of a hanging hand the palm faces the thigh: its thumb is in front.
        for finger, down, front in (("index", 15.0, 3.0), ("pinky", 14.0, -3.4), ("thumb", 7, 5.0)):
            local = np.array([front, -down, -0.5 * out])
            points[f"{name} {finger}"] = joints[f"{side} wrist"] + hand @ local
    return np.array([points[name] for name in body.LANDMARKS])
