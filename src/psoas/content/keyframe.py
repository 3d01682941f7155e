"""A position of the body as joint angles, and what it lies, stands and holds on.

One definition for everything that needs the position: the figure is drawn from it, the muscle
bands are worked out of it, and a camera's measurement is held against it.

Angles are degrees. The worked side is drawn nearest the viewer; a figure for the other side is the
mirror picture.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Literal, get_args

Base = Literal["upright", "on the back", "on the side", "on the front"]
View = Literal["side", "front"]
Part = Literal[
    "head",
    "upper back",
    "chest",
    "belly",
    "pelvis",
    "worked hip",
    "other hip",
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
    "worked ankle",
    "other ankle",
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

# How far healthy joints go, degrees, with a margin for the supple: outside it a figure would be a
# picture of an injury. Hip flexion is thigh against trunk, so the low back's share is in it; the
# ankle's includes the middle of the foot, without which nobody could sit on their heels.
# Common clinical knowledge, no source found.
LIMITS: Mapping[str, tuple[float, float]] = {
    "hip_flexion": (-30, 145),
    "hip_abduction": (-35, 60),
    "hip_rotation": (-55, 70),
    "knee_flexion": (-5, 155),
    "ankle": (-75, 35),
    "flexion": (-60, 185),
    "abduction": (-60, 180),
    "rotation": (-95, 95),
    "elbow": (-5, 150),
    "lean": (-45, 115),
    "pelvis_tilt": (-35, 35),
    "back": (-45, 80),
    "turn": (-60, 60),
    "side_bend": (-40, 40),
    "head": (-65, 65),
}


def _within_limits(shape: "Leg | Arm | Keyframe") -> None:
    """Refuse an angle no joint reaches, naming joint, value and limits.

    Raises:
        ValueError: the first such angle.
    """
    for field in fields(shape):
        low, high = LIMITS.get(field.name, (0.0, 0.0))
        value = getattr(shape, field.name)
        if field.name in LIMITS and not low <= value <= high:
            raise ValueError(f"{field.name} is {value:g}: a body goes from {low:g} to {high:g}")


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

    def __post_init__(self) -> None:
        _within_limits(self)


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

    def __post_init__(self) -> None:
        _within_limits(self)


@dataclass(frozen=True)
class Contact:
    """A part of the body that rests on, stands on or holds something.

    Attributes:
        part: Of the body.
        on: "floor", the name of a prop, the back of a chair ("chair back"), or another part of the
            body ("other shank").
        share: Where two parts meet, how far down the other one: 0 its upper end, 1 its lower. Where
            a thigh or shank rests on a thing, how far down that limb it touches.
        gap: What something soft between the two keeps free, cm: a pillow between the knees.
    """

    part: Part
    on: str
    share: float = 0.5
    gap: float = 0.0


@dataclass(frozen=True)
class Prop:
    """A thing the exercise needs.

    Attributes:
        kind: What it is.
        name: As contacts call it; the kind where it is left out.
        at: Its middle along the picture in cm from the pelvis of the first keyframe; forwards is
            positive. None: it is put where the contacts want it.
        height: Of its upper edge above the floor, cm.
        length: Along the picture, cm; 0: as long as such a thing is.
        low: Of its lower edge above the floor, cm: a pillow on a bed.
        back: Of the upper edge of a chair's back above the floor, cm; 0: it has none. The back
            stands at the end behind who sits on it.
        between: Two parts of the body it lies between; it is then put there.
    """

    kind: PropKind
    name: str = ""
    at: float | None = None
    height: float = 0.0
    length: float = 0.0
    low: float = 0.0
    back: float = 0.0
    between: tuple[Part, ...] = ()

    @property
    def called(self) -> str:
        """What contacts call it."""
        return self.name or self.kind


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
        loose: Angles that may be whatever the contacts need, as a solved posture names them:
            "worked shoulder_flexion", "lean".
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
    loose: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _within_limits(self)


@dataclass(frozen=True)
class Figure:
    """How an exercise is drawn.

    Attributes:
        keyframes: From the start to the end of the movement; one where nothing moves.
        view: From the side, or from the front.
        above: From how many degrees above the horizontal it is seen.
        aside: From how many degrees round towards the front it is seen; only a side view.
        seconds: How long the movement takes one way.
        props: What stands in the picture.
        glow: Muscles that glow: slugs of ``motion.muscles``' groups.
        arrow: Which part the one arrow starts at; empty for none.
    """

    keyframes: tuple[Keyframe, ...]
    view: View = "side"
    above: float = 0.0
    aside: float = 0.0
    seconds: float = 3.0
    props: tuple[Prop, ...] = ()
    glow: tuple[str, ...] = ()
    arrow: str = ""

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn.

        Raises:
            ValueError: no keyframe, two props of one name, or a contact with a thing that is not
                there.
        """
        names = [prop.called for prop in self.props]
        if not self.keyframes:
            raise ValueError("there is no keyframe")
        if len(set(names)) < len(names):
            raise ValueError("two props have one name")
        known = {"floor", *names, *(f"{prop.called} back" for prop in self.props if prop.back)}
        for keyframe in self.keyframes:
            for contact in keyframe.contacts:
                if contact.on not in known and contact.on not in get_args(Part):
                    raise ValueError(
                        f"keyframe {keyframe.name}: {contact.part} is on “{contact.on}”, which is "
                        f"not here: {', '.join(sorted(known))} or another part of the body"
                    )
