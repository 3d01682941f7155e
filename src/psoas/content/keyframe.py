"""A position of the body as joint angles, and what it lies, stands and holds on.

One definition for everything that needs the position: the figure is drawn from it, the muscle
bands are worked out of it, and a camera's measurement is held against it.

Angles are degrees. The worked side is drawn nearest the viewer; a figure for the other side is the
mirror picture.
"""

from dataclasses import dataclass
from typing import Literal

Base = Literal["upright", "on the back", "on the side", "on the front"]
View = Literal["side", "front"]
Part = Literal[
    "head",
    "upper back",
    "pelvis",
    "worked shoulder",
    "other shoulder",
    "worked elbow",
    "other elbow",
    "worked hand",
    "other hand",
    "worked knee",
    "other knee",
    "worked shank",
    "other shank",
    "worked heel",
    "other heel",
    "worked toes",
    "other toes",
    "worked foot",
    "other foot",
    "worked thigh",
    "other thigh",
]
PropKind = Literal[
    "mat",
    "cushion",
    "pillow",
    "bolster",
    "blanket",
    "chair",
    "bed",
    "wall",
    "step",
    "frame",
    "ball",
    "band",
    "pool",
]


@dataclass(frozen=True)
class Leg:
    """The joints of one leg.

    Attributes:
        hip_flexion: Thigh against the trunk; extension is negative.
        hip_abduction: Away from the middle; adduction is negative.
        hip_rotation: External positive, internal negative.
        knee_flexion: Bent positive.
        ankle: Dorsiflexion positive, the foot pointed negative.
    """

    hip_flexion: float = 0.0
    hip_abduction: float = 0.0
    hip_rotation: float = 0.0
    knee_flexion: float = 0.0
    ankle: float = 0.0


@dataclass(frozen=True)
class Arm:
    """The joints of one arm.

    Attributes:
        flexion: Upper arm against the trunk, 0 hanging, 90 straight ahead, 180 overhead.
        abduction: Away from the trunk, sideways.
        rotation: Of the upper arm about itself; outwards positive.
        elbow: Bent positive.
    """

    flexion: float = 0.0
    abduction: float = 0.0
    rotation: float = 0.0
    elbow: float = 0.0


@dataclass(frozen=True)
class Contact:
    """A part of the body that rests on, stands on or holds something.

    Attributes:
        part: Of the body.
        on: "floor", the name of a prop, or another part of the body ("other shank").
        share: Where two parts meet, how far down the other one: 0 its upper end, 1 its lower.
    """

    part: Part
    on: str
    share: float = 0.5


@dataclass(frozen=True)
class Prop:
    """A thing the exercise needs.

    Attributes:
        kind: What it is.
        name: As contacts call it; the kind where it is left out.
        at: Its middle along the picture in cm from the pelvis of the first keyframe; forwards is
            positive. None: it is put where the contacts want it.
        height: Of its upper edge above the floor, cm.
        length: Along the picture, cm.
    """

    kind: PropKind
    name: str = ""
    at: float | None = None
    height: float = 0.0
    length: float = 0.0


@dataclass(frozen=True)
class Keyframe:
    """One position.

    Attributes:
        name: "start", "end" or what it is called in the steps.
        base: How the trunk lies.
        lean: Of the trunk from the vertical, forwards positive (only upright).
        pelvis_tilt: Posterior tilt of the pelvis against the trunk: the tail tucked.
        back: Rounding of the back; arching is negative.
        turn: Of the trunk about its own length, towards the worked side.
        side_bend: Of the trunk towards the worked side.
        head: Nod of the head forwards.
        worked: The leg that works.
        other: The other leg.
        near_arm: The arm of the worked side.
        far_arm: The other arm.
        contacts: What the position rests on and holds.
    """

    name: str
    worked: Leg
    other: Leg
    contacts: tuple[Contact, ...]
    near_arm: Arm = Arm()
    far_arm: Arm = Arm()
    base: Base = "upright"
    lean: float = 0.0
    pelvis_tilt: float = 0.0
    back: float = 0.0
    turn: float = 0.0
    side_bend: float = 0.0
    head: float = 0.0


@dataclass(frozen=True)
class Figure:
    """How an exercise is drawn.

    Attributes:
        keyframes: From the start to the end of the movement; one where nothing moves.
        view: From the side, or from the front.
        above: From how many degrees above the horizontal it is seen.
        seconds: How long the movement takes one way.
        props: What stands in the picture.
        glow: Muscles that glow: slugs of ``motion.muscles``' groups.
        arrow: Which part the one arrow starts at; empty for none.
    """

    keyframes: tuple[Keyframe, ...]
    view: View = "side"
    above: float = 0.0
    seconds: float = 3.0
    props: tuple[Prop, ...] = ()
    glow: tuple[str, ...] = ()
    arrow: str = ""
