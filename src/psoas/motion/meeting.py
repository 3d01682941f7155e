"""What a contact asks for: how far a part of the body is from what it rests on or holds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from psoas.content.keyframe import Contact, Figure, Keyframe, Prop
from psoas.motion import body
from psoas.motion.flesh import AT, DOWN, Felt, near

Array = NDArray[np.float64]
Asks = Callable[[Felt], Array]

# Places of the trunk that a part may rest on: the lowest of them does.
_TRUNK: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "head": ("head",),
        "upper back": ("trunk 28", "trunk 36", "trunk 43"),
        "chest": ("trunk 28", "trunk 36", "trunk 43"),
        "belly": ("trunk 13", "trunk 20"),
        "pelvis": ("seat", "trunk -1"),
        "worked hip": ("trunk -1", "seat"),
        "other hip": ("trunk -1", "seat"),
    }
)
# Where a hand lies that rests on the trunk: slice, forwards 1 or sideways 0, middle of the hand
# from the slice's middle line (towards its own side, or forwards), cm.
_HANDS: Mapping[str, tuple[str, bool, float]] = MappingProxyType(
    {
        "belly": ("trunk 13", True, 6.0),
        "chest": ("trunk 36", True, 4.0),
        "worked hip": ("trunk 6", False, 2.0),
        "other hip": ("trunk 6", False, 2.0),
        "pelvis": ("trunk -1", True, 6.0),
    }
)


@dataclass(frozen=True)
class Meeting:
    """A contact as numbers.

    Attributes:
        contact: As in the file.
        off: What is 0 where it is met, (n, numbers) cm, of n poses.
        point: The middle of the part that meets, (n, 3) cm.
        stays: It rests on something that stands still, so the point may not slide.
    """

    contact: Contact
    off: Asks
    point: Asks
    stays: bool


def meetings(figure: Figure, keyframe: Keyframe) -> tuple[Meeting, ...]:
    """Return the contacts of a keyframe as numbers.

    Args:
        figure: Whose things they may rest on.
        keyframe: Of that figure.

    Raises:
        ValueError: a part cannot meet what it is on.
    """
    props = {prop.called: prop for prop in figure.props}
    upright = keyframe.base == "upright"
    return tuple(_meeting(contact, props, upright) for contact in keyframe.contacts)


def _meeting(contact: Contact, props: Mapping[str, Prop], upright: bool) -> Meeting:
    on = contact.on
    if on == "floor":
        return _resting(contact, DOWN, 0.0)
    if on in props and props[on].kind == "wall":
        at = props[on].at
        if at is None:
            raise ValueError(f"{on} needs `at`: how far from the hips it stands")
        return _resting(contact, np.array([np.copysign(1.0, at), 0.0, 0.0]), abs(at))
    if on in props and props[on].kind != "frame":
        return _resting(contact, DOWN, -props[on].height)
    if on in props or on.removesuffix(" back") in props:
        return _grasping(contact, props[on.removesuffix(" back")])
    if contact.part.endswith("foot") and on.endswith("foot"):
        return _soles(contact)
    if contact.part.endswith("hand") and on in _HANDS:
        return _hand_on_trunk(contact)
    if upright and contact.part.endswith("hand") and on.endswith("thigh"):
        return _hand_on_thigh(contact)
    return _touching(contact)


def _places(contact: Contact) -> tuple[tuple[int, ...], bool]:
    """Return the places of a part, and whether all of them are meant to touch or the lowest."""
    part = contact.part
    if part in _TRUNK:
        return tuple(AT[name] for name in _TRUNK[part]), False
    side, limb = part.split(" ", 1)
    if limb == "thigh" or (limb == "shank" and contact.on != "floor"):
        return (near(part, contact.share),), False
    names = {
        "hand": ("palm", "fingers"),
        "foot": ("heel", "ball"),
        "shank": ("knee", "ankle"),
        "toes": ("ball",),
    }.get(limb, (limb,))
    return tuple(AT[f"{side} {name}"] for name in names), limb in ("hand", "foot", "shank")


def _resting(contact: Contact, way: Array, level: float) -> Meeting:
    """Rest on a flat thing: the outermost point in a direction is as far as the thing is."""
    places, every = _places(contact)
    at = list(places)

    def outer(felt: Felt) -> Array:
        return felt.lowest[:, at] if way is DOWN else felt.outermost(places, way)

    def off(felt: Felt) -> Array:
        reach = outer(felt) @ way
        return reach - level if every else _largest(reach) - level

    def point(felt: Felt) -> Array:
        # Straight below the middle: the outermost point itself wanders over a flat sole.
        middles = felt.centres[:, at]
        points = middles + ((outer(felt) - middles) @ way)[..., None] * way
        if every:
            return np.asarray(points.mean(axis=1))
        return np.asarray(points[np.arange(len(points)), (points @ way).argmax(axis=1)])

    return Meeting(contact, off, point, stays=True)


def _largest(reach: Array) -> Array:
    """Return the largest of each row, without a kink where two are alike."""
    top = reach.max(axis=1, keepdims=True)
    return np.asarray(top + 0.2 * np.log(np.exp((reach - top) / 0.2).mean(axis=1, keepdims=True)))


def _grasping(contact: Contact, prop: Prop) -> Meeting:
    """Hold a rail or the back of a chair: the palm lies on its upper edge."""
    palm = AT[f"{contact.part.split()[0]} palm"]
    x = prop.at or 0.0
    if contact.on != prop.called:
        x -= (prop.length or 42.0) / 2
    goal = np.array([x, (prop.back or prop.height) + body.HAND_HALF])

    def off(felt: Felt) -> Array:
        return np.asarray(felt.centres[:, palm, :2] - goal)

    def point(felt: Felt) -> Array:
        return np.asarray(felt.centres[:, palm])

    return Meeting(contact, off, point, stays=True)


def _soles(contact: Contact) -> Meeting:
    """Lay the soles together: their middles meet, and they face each other."""
    feet = [AT[f"{side} heel"] for side in ("worked", "other")]
    balls = [AT[f"{side} ball"] for side in ("worked", "other")]

    def middles(felt: Felt) -> Array:
        return np.asarray((felt.centres[:, feet] + felt.centres[:, balls]) / 2)

    def off(felt: Felt) -> Array:
        both = middles(felt)
        facing = felt.frames[:, feet[0], :, 1] + felt.frames[:, feet[1], :, 1]
        return np.concatenate([both[:, 0] - both[:, 1], 0.05 * facing], axis=1)

    def point(felt: Felt) -> Array:
        return np.asarray(middles(felt).mean(axis=1))

    return Meeting(contact, off, point, stays=False)


def _hand_on_trunk(contact: Contact) -> Meeting:
    """Lay a hand on belly, chest or hip."""
    side = contact.part.split()[0]
    name, before, aside = _HANDS[contact.on]
    out = 1.0 if side == "worked" else -1.0
    palm, slice_ = AT[f"{side} palm"], AT[name]
    row = body.TRUNK_FLESH[list(body.TRUNK_FLESH[:, 0]).index(float(name.split()[1]))]
    goal = (
        np.array([row[2] + body.HAND_HALF, 0.0, out * aside])
        if before
        else np.array([aside, 0.0, out * (row[3] + body.HAND_HALF)])
    )
    weight = np.array([1.0, 0.15, 0.15]) if before else np.array([0.15, 0.15, 1.0])

    def off(felt: Felt) -> Array:
        apart = felt.centres[:, palm] - felt.centres[:, slice_]
        local = np.einsum("ni,nij->nj", apart, felt.frames[:, slice_])
        return np.asarray((local - goal) * weight)

    def point(felt: Felt) -> Array:
        return np.asarray(felt.centres[:, palm])

    return Meeting(contact, off, point, stays=False)


def _hand_on_thigh(contact: Contact) -> Meeting:
    """Lay a hand on the upper side of a thigh, as somebody does who sits or kneels."""
    palm = AT[f"{contact.part.split()[0]} palm"]
    thigh = near(contact.on, contact.share)

    def off(felt: Felt) -> Array:
        apart = felt.centres[:, palm] - felt.centres[:, thigh]
        top = felt.outermost([thigh], -DOWN)[:, 0, 1]
        gap = felt.lowest[:, palm, 1] - top
        down = (apart * felt.frames[:, thigh, :, 1]).sum(axis=1)
        aside = (apart * felt.frames[:, thigh, :, 2]).sum(axis=1)
        return np.stack([gap, 0.2 * down, 0.2 * aside], axis=1)

    def point(felt: Felt) -> Array:
        return np.asarray(felt.lowest[:, palm])

    return Meeting(contact, off, point, stays=False)


def _touching(contact: Contact) -> Meeting:
    """Touch another part of the body, or hold it: the two outlines meet."""
    mine = _one(contact.part, contact.share if contact.part.endswith("thigh") else 0.85)
    theirs = _one(contact.on, contact.share)
    along = contact.on.split(" ", 1)[-1] in ("thigh", "shank", "upper arm", "forearm")

    def way(felt: Felt) -> tuple[Array, Array]:
        apart = felt.centres[:, mine] - felt.centres[:, theirs]
        length = np.linalg.norm(apart, axis=1, keepdims=True)
        return apart, apart / np.maximum(length, 1e-6)

    def off(felt: Felt) -> Array:
        apart, to_me = way(felt)
        between = felt.outermost([mine], -to_me)[:, 0] - felt.outermost([theirs], to_me)[:, 0]
        gap = (between * to_me).sum(axis=1, keepdims=True) - contact.gap
        if not along:
            return np.asarray(gap)
        down = (apart * felt.frames[:, theirs, :, 1]).sum(axis=1, keepdims=True)
        return np.concatenate([gap, 0.2 * down], axis=1)

    def point(felt: Felt) -> Array:
        return felt.outermost([mine], -way(felt)[1])[:, 0]

    return Meeting(contact, off, point, stays=False)


def _one(part: str, share: float) -> int:
    """Return the one place that stands for a part where two parts meet."""
    if part in _TRUNK:
        return AT[_TRUNK[part][0]]
    side, limb = part.split(" ", 1)
    if limb in ("thigh", "shank", "upper arm", "forearm"):
        return near(part, share)
    place = {"hand": "palm", "foot": "instep", "toes": "ball"}.get(limb, limb)
    return AT[f"{side} {place}"]
