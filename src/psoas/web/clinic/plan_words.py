"""A plan in words for the clinic: doses, who made it, and reasons as far as they may be told.

Why something stands in a plan, or is left out, may follow from answers and sessions that the
person does not share with this clinician. That it does is said; what it is, only with the share.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from psoas.care.programme.forbidding import Reason
from psoas.care.programme.reasons import Why
from psoas.content.exercise import Exercise
from psoas.content.exercises import exercise as named
from psoas.web.clinic.numbers import shown
from psoas.web.person import figures
from psoas.web.person.move_words import usual_dose

SESSIONS, QUESTIONNAIRES, PAIN = "sessions", "questionnaires", "pain"
# What a reason follows from, where that is something a person shares or does not.
_OF_SHARE = {
    "red": SESSIONS,
    "ambers": SESSIONS,
    "greens": SESSIONS,
    "lighter": SESSIONS,
    "turn": SESSIONS,
    "half": QUESTIONNAIRES,
    "suits": QUESTIONNAIRES,
    "check": QUESTIONNAIRES,
    "condition": QUESTIONNAIRES,
    "position": QUESTIONNAIRES,
    "pain": PAIN,
}


@dataclass(frozen=True)
class Because:
    """Why, as the person reads it; ``hidden`` where a part of it is not shared."""

    sentences: tuple[str, ...]
    sources: tuple[str, ...]
    ck: bool
    hidden: bool


def because(reasons: Iterable[Why | Reason], shared: Collection[str]) -> Because:
    """The reasons this clinician may read."""
    found = list(reasons)
    told = [each for each in found if _OF_SHARE.get(each.rule, "") in {"", *shared}]
    return Because(
        tuple(each.text for each in told),
        tuple(dict.fromkeys(source for each in told for source in each.sources)),
        any(each.ck for each in told),
        len(told) < len(found),
    )


def known(slug: str) -> Exercise | None:
    """An exercise of the library; None for what it no longer has."""
    try:
        return named(slug)
    except KeyError:
        return None


def still(exercise: Exercise, side: str) -> SafeString:
    """A small picture; the left side where it is the left alone."""
    return figures.still(exercise, "left" if side == "left" else "right")


def unit(kind: str) -> str:
    """What an amount is counted in; empty where it is not counted."""
    names = {
        "hold": _("seconds"),
        "reps": _("times"),
        "breaths": _("breaths"),
        "minutes": _("minutes"),
    }
    return names.get(kind, "")


def dose(exercise: Exercise, side: str, sets: float | None, amount: float | None) -> str:
    """How much in one line: “2 × 30 seconds, each side”; what is left open, as it is usual."""
    if sets is None and amount is None:
        return _("by the rules; usual is %(dose)s") % {
            "dose": usual_dose(exercise) or exercise.dose.times_label
        }
    said = []
    if amount is not None and unit(exercise.dose.kind):
        much = f"{shown(amount)} {unit(exercise.dose.kind)}"
        said.append(f"{shown(sets)} × {much}" if sets and sets > 1 else much)
    elif sets:
        said.append(ngettext("%(n)s set", "%(n)s sets", round(sets)) % {"n": shown(sets)})
    sides = {"left": _("left only"), "right": _("right only")}
    if side in sides:
        said.append(sides[side])
    elif exercise.side == "one at a time":
        said.append(_("each side"))
    return ", ".join(said)
