"""What may not be shown to a person, and why: the one function that says it.

Asked when a routine is prescribed and again whenever one is shown, because what is known of a
person may have changed meanwhile. It also measures the drawn positions themselves: an exercise
whose file forgot to say that it bends the hip past 90 degrees is taken out all the same, and so is
one whose file says how to stay within a limit and yet shows a picture that goes past it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from psoas.care.programme.wanted import Circumstances
from psoas.content.exercise import Condition, Exercise
from psoas.content.exercises import exercise as named
from psoas.content.keyframe import Keyframe, Leg
from psoas.content.language import gettext as _

# What somebody whose usual pain is above 5 is still offered: nothing that loads.
GENTLE: Final = frozenset({"mobility", "rest", "breath", "relaxation", "attention"})
# With careful eyes on it, what bends no further than the limit is within it.
MOST_FLEXION, MOST_EXTENSION, MOST_TURNED_IN = 90.0, 10.0, 15.0
# Head and chest raised by this much, degrees, is not flat (common clinical knowledge).
LEAST_RAISED = 25.0


@dataclass(frozen=True)
class Reason:
    """Why an exercise is taken out, or how it stays within a limit.

    Attributes:
        rule: Slug of what says so: "check", "condition", "position", "information", "pain",
            "parts".
        text: A sentence a person reads.
        datum: What it follows from: a code, a condition, an angle.
        sources: Readable citations.
        ck: Common clinical knowledge, all or part of it.
    """

    rule: str
    text: str
    datum: str
    sources: tuple[str, ...] = ()
    ck: bool = False


def forbidden(exercise: Exercise, given: Circumstances) -> tuple[Reason, ...]:
    """Return every reason why this is not shown as something to do; none means it may be."""
    return tuple(_reasons(exercise, given))


def within(exercise: Exercise, given: Circumstances) -> tuple[Reason, ...]:
    """Return the limits to keep to while doing what is not forbidden."""
    return tuple(
        Reason("condition", ban.instead_label, ban.when, ban.sources, ban.ck)
        for ban in exercise.bans
        if ban.instead and ban.when in given.all_conditions
    )


def parts(exercise: Exercise, given: Circumstances) -> tuple[str, ...]:
    """Return the slugs a composite is left with: it is filtered part by part."""
    return tuple(slug for slug in exercise.parts if not forbidden(named(slug), given))


def _reasons(exercise: Exercise, given: Circumstances) -> Iterator[Reason]:
    if exercise.information or exercise.default_off:
        yield Reason("information", _("This is information only. It is not led from here."), "")
    if exercise.code in given.bans:
        yield Reason("check", _("Your safety check takes this one out."), exercise.code)
    for ban in exercise.bans:
        if not ban.instead and ban.when in given.all_conditions:
            yield Reason("condition", ban.label, ban.when, ban.sources, ban.ck)
    yield from _positions(exercise, given)
    if given.gentle and exercise.group not in GENTLE:
        yield Reason(
            "pain",
            _("Your usual pain is above 5. Until that is lower, nothing is loaded from here."),
            ">5",
            ck=True,
        )
    if exercise.parts and not parts(exercise, given):
        yield Reason("parts", _("None of its parts is open to you now."), exercise.code)


def _positions(exercise: Exercise, given: Circumstances) -> Iterator[Reason]:
    """What the position itself does, as it is drawn for this person."""
    # A sentence beside a picture that goes past the limit would not be believed.
    figure = exercise.within(given.all_conditions).figure
    if figure is None:
        return
    out = {ban.when for ban in exercise.bans if not ban.instead}
    for condition, look in _LOOKED_AT.items():
        if condition not in given.all_conditions or condition in out:
            continue
        found = [each for frame in figure.keyframes if (each := look(frame))]
        if found:
            yield Reason("position", found[0], condition, ck=True)


def _legs(frame: Keyframe) -> tuple[Leg, Leg]:
    return frame.worked, frame.other


def _deep(frame: Keyframe) -> str:
    if all(leg.hip_flexion <= MOST_FLEXION for leg in _legs(frame)):
        return ""
    return _("It bends the hip past 90 degrees.")


def _protected(frame: Keyframe) -> str:
    if deep := _deep(frame):
        return deep
    if any(leg.hip_abduction < 0 for leg in _legs(frame)):
        return _("It brings the leg across the middle.")
    if any(leg.hip_rotation < -MOST_TURNED_IN for leg in _legs(frame)):
        return _("It turns the leg inwards.")
    return ""


def _far_back(frame: Keyframe) -> str:
    if all(leg.hip_flexion >= -MOST_EXTENSION for leg in _legs(frame)):
        return ""
    return _("It takes the leg far back.")


def _flat(frame: Keyframe) -> str:
    if frame.base != "on the back" or frame.lean >= LEAST_RAISED:
        return ""
    return _("It is done lying flat on the back.")


def _crossing(frame: Keyframe) -> str:
    if any(leg.hip_abduction < 0 for leg in _legs(frame)):
        return _("It brings the leg across the middle.")
    return ""


_LOOKED_AT: Final[Mapping[Condition, Callable[[Keyframe], str]]] = {
    "thr": _protected,
    "thr-anterior": _far_back,
    "fai": _deep,
    "pregnancy": _flat,
    "lying-flat-is-hard": _flat,
    "gtp": _crossing,
}
