"""Somebody stops in the middle for a sign. Some mean help first; the others rest the exercise.

What may be an emergency makes the safety check due again, so that nothing that loads the body is
open before it was answered. Everything else follows the traffic light: that exercise is red.
"""

import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from psoas.care.assessment import screenings, tasks
from psoas.care.people.models import Person
from psoas.care.people.refusal import Refusal
from psoas.care.people.vault import Unreadable

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Route = Literal["help", "ground", "pain"]
STOP: Final = "stop"
# A milder sign never takes the place of a graver one: what it leads to would be lost.
_GRAVE: Final[Mapping[Route, int]] = {"ground": 0, "pain": 1, "help": 2}
# What was named as a sign and cannot be kept as a word.
UNKNOWN: Final = "unknown"
_SLUG: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


@dataclass(frozen=True)
class Sign:
    """A sign to stop for.

    Attributes:
        slug: Its name in records.
        name: As a person reads it on a button, marked for translation.
        route: "help": help first, and the check again. "ground": looking round the room.
            "pain": the exercise rests.
    """

    slug: str
    name: "_StrPromise"
    route: Route

    @property
    def label(self) -> str:
        return str(self.name)

    @property
    def emergency(self) -> bool:
        return self.route == "help"


SIGNS: Final = (
    Sign("chest-pain", gettext_lazy("Chest pain, or no breath"), "help"),
    Sign("faint", gettext_lazy("Faint, or about to faint"), "help"),
    Sign("numb-leg", gettext_lazy("A leg goes numb or weak"), "help"),
    Sign("calf-swelling", gettext_lazy("A calf that swells, red or warm"), "help"),
    Sign("new-pain", gettext_lazy("New pain above 5"), "pain"),
    Sign("groin-catch", gettext_lazy("A sharp catch in the groin"), "pain"),
    Sign("giving-way", gettext_lazy("The leg gives way"), "pain"),
    Sign("panic", gettext_lazy("Panic, or a memory that takes over"), "ground"),
)
_BY_SLUG: Final = {each.slug: each for each in SIGNS}


@dataclass(frozen=True)
class Stop:
    """What follows from a stop: which sign, which way on, and a sentence."""

    sign: str
    route: Route
    sentence: str


def stop_of(slug: str) -> Stop:
    """What to show for a sign; one that is not known here counts as one that needs help.

    A newer page may name one this server has never heard of. Answering the check once too often
    costs a minute; taking chest pain for a sore hip may cost more.
    """
    sign = _BY_SLUG.get(slug)
    route: Route = sign.route if sign else "help"
    sentences = {
        "help": _("Stop now. Read what to do first; the check is asked again before you go on."),
        "ground": _(
            "Stop here. Look round the room and name five things you see. Feel your feet on the "
            "floor. You decide what comes next."
        ),
        "pain": _(
            "Stop this exercise. It rests for two days and comes back with half the dose. If it "
            "does not settle by then, call your physiotherapist."
        ),
    }
    return Stop(slug, route, sentences[route])


def checked(slug: object) -> str:
    """The sign's name, or a refusal."""
    if not isinstance(slug, str) or slug not in _BY_SLUG:
        raise Refusal({"stop": [_("Choose one of the signs.")]})
    return slug


def gravest(signs: Iterable[str]) -> str:
    """The sign that decides what is shown; of equals the first. Empty where there is none."""
    return max(signs, key=lambda each: _GRAVE[stop_of(each).route], default="")


def named_in(raw: object) -> str:
    """The sign in a telling that is refused for another reason, or empty."""
    sign = raw.get("stop") if isinstance(raw, Mapping) else None
    if not sign:
        return ""
    return sign if isinstance(sign, str) and _SLUG.fullmatch(sign) else UNKNOWN


def follow(person: Person, session: UUID, signs: Iterable[str], now: datetime) -> None:
    """Let follow what follows from signs of a session that were not told before."""
    stops = [stop_of(each) for each in dict.fromkeys(signs)]
    if any(each.route == "help" for each in stops):
        try:
            screenings.ask_again(person, STOP, now)
        except Unreadable:
            # A damaged key keeps nobody from being shown help; the check does not open either.
            logging.getLogger(__name__).warning("A check could not be asked again.")
    for stop in stops:
        if stop.route != "ground":
            _tell(person, session, stop, now)


def _tell(person: Person, session: UUID, stop: Stop, now: datetime) -> None:
    urgent = stop.route == "help"
    facts = {"why": tasks.STOPPED, "sign": stop.sign, "items": [], "urgent": urgent}
    # Each sign its own: a graver one is no second telling of the milder, which may be done already.
    cause = f"{session} {stop.sign}"
    tasks.make(person, tasks.PLAN, facts, needs="sessions", now=now, cause=cause)
