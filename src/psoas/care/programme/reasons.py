"""Why an item is in a routine, and why so much of it: a rule and the datum it follows from."""

from collections.abc import Iterator
from dataclasses import dataclass

from psoas.care.programme.light import SOURCES as LIGHT_SOURCES
from psoas.care.programme.shapes import GOALS, SUITS
from psoas.care.programme.wanted import Circumstances, Profile
from psoas.content.exercise import Exercise
from psoas.content.language import gettext as _


@dataclass(frozen=True)
class Why:
    """One reason.

    Attributes:
        rule: Slug of the rule: "shape", "suits", "goal", "liked", "start", "half", "lighter",
            "red", "ambers", "greens", "easing", "chosen", "turn".
        text: A sentence a person reads.
        datum: What it follows from, as kept: a profile, a goal, a day, minutes.
        sources: Readable citations.
        ck: Common clinical knowledge, all or part of it.
    """

    rule: str
    text: str
    datum: str = ""
    sources: tuple[str, ...] = ()
    ck: bool = False


def profile_name(profile: Profile) -> str:
    """What a working category is called in a sentence; it is for the plan and no diagnosis."""
    return {
        "oa": _("osteoarthritis of the hip"),
        "tight-front": _("a tight front of the hip"),
        "gtp": _("a sore outer side of the hip"),
        "fai": _("a groin that pinches on deep bending"),
        "thr": _("a hip replacement"),
        "thr-anterior": _("a hip replacement from the front"),
        "pregnancy": _("pregnancy and the weeks after"),
        "distress": _("a time of much strain"),
    }[profile]


def goal_name(goal: str) -> str:
    """What a goal is called in a sentence."""
    return {
        "walking": _("walk further"),
        "stairs": _("climb stairs"),
        "rising": _("rise from a chair"),
        "sitting": _("sit for longer"),
        "sleep": _("sleep better"),
        "shoes": _("reach your feet"),
        "calm": _("come to rest"),
    }[goal]


def because(exercise: Exercise, given: Circumstances) -> Iterator[Why]:
    """Yield why this exercise is in the routine."""
    profile = given.shaping
    if profile is not None and exercise.slug in SUITS[profile]:
        text = _("It is one of those that suit %s.") % profile_name(profile)
        yield Why("suits", text, profile, exercise.evidence.sources, exercise.evidence.ck)
    for goal in sorted(given.goals):
        if exercise.slug in GOALS.get(goal, ()):
            text = _("It serves what you want: to %s.") % goal_name(goal)
            yield Why("goal", text, goal, ck=True)
            break
    if exercise.slug in given.likes:
        yield Why("liked", _("You said that you like it."), exercise.slug)
    yield Why("shape", _place(exercise, given), f"{given.when}, {given.minutes}", ck=True)
    if exercise.group == "stretch" and not given.strength and given.when == "morning":
        text = _("No strengthening today: that is for every other day, and stretching for each.")
        yield Why("turn", text, "strength")


def _place(exercise: Exercise, given: Circumstances) -> str:
    filled = {"minutes": given.minutes}
    what = {
        "mobility": _("Of %(minutes)d minutes, the first go to easy movement."),
        "stretch": _("Of %(minutes)d minutes, a part goes to a stretch."),
        "strength": _("Of %(minutes)d minutes, a part goes to getting stronger."),
        "breath": _("Of %(minutes)d minutes, what is left goes to breathing."),
        "walking": _("Of %(minutes)d minutes, a part goes to walking."),
    }
    return what.get(exercise.group, _("It fits into %(minutes)d minutes.")) % filled


def of_amount(exercise: Exercise, given: Circumstances) -> Iterator[Why]:
    """Yield why so much of it, the latest change first."""
    dosage = given.dosage(exercise.slug)
    day = dosage.on.isoformat() if dosage.on else ""
    if dosage.cause == "red":
        text = _("Half as much as before: a session was red, and it has rested since.")
        yield Why("red", text, day, LIGHT_SOURCES, ck=True)
    elif dosage.cause == "ambers":
        text = _("A fifth less: twice in a row, pain was still up the next morning.")
        yield Why("ambers", text, day, LIGHT_SOURCES, ck=True)
    elif dosage.cause == "greens":
        text = _("A little more: three sessions in a row were easy and green.")
        yield Why("greens", text, day, LIGHT_SOURCES, ck=True)
    if exercise.kind != "exercise":
        return
    if given.lighter:
        yield Why("lighter", _("A lighter week, about three fifths of it."), given.lighter, ck=True)
    if given.half:
        yield Why("half", _("Half of it to begin with: %s.") % given.half, given.half, ck=True)
    elif not dosage.cause and exercise.group in ("stretch", "strength"):
        text = _("It starts with little, and rises when it stays easy.")
        yield Why("start", text, "", exercise.dose.sources, ck=True)
