"""What is known of a person that their routine follows from, gathered from everywhere at once.

The safety check's bans and limits, what they and their clinician told, how they are, what the
traffic light made of the doses, and what day it is.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from psoas.care.assessment import gate
from psoas.care.assessment.choices import chosen
from psoas.care.assessment.gate import Leave, Standing
from psoas.care.assessment.mind import CLINICIAN_THIS_WEEK
from psoas.care.assessment.reply_rows import OpenReply, open_all
from psoas.care.assessment.rounds import combined, rounds_of
from psoas.care.people.models import Person
from psoas.care.people.vault import Unreadable
from psoas.care.programme import light, lights, preferences, session_rows
from psoas.care.programme.preferences import CATEGORIES, CONDITIONS, Preferences
from psoas.care.programme.session_rows import OpenSession
from psoas.care.programme.usual import usual_of
from psoas.care.programme.wanted import PROFILES, Circumstances, Profile
from psoas.content.exercise import Condition

ROUTINE: Final = "routine"
# From here on it begins with half: common clinical knowledge.
MUCH_PEG, MUCH_PAIN = 7.0, 6.0
# Scores older than this say nothing of how somebody is now.
_LATELY: Final = timedelta(weeks=8)
_NOON: Final = time(14)
# Which rule of the safety check a profile follows from.
_OF_CHECK: Final[dict[tuple[str, str], Profile]] = {
    ("RF16", "precautions"): "thr",
    ("RF16", "anterior"): "thr-anterior",
    ("RF16", "approach-unknown"): "thr-anterior",
    ("RF19", "pregnant"): "pregnancy",
}


@dataclass(frozen=True)
class Known:
    """A person's circumstances, and what they were gathered from.

    Attributes:
        given: What the rules build from.
        leave: Whether exercising is open at all.
        told: The person's preferences.
        sessions: Every session, the oldest first.
        usual: The pain that is usual; None where nothing was noted.
        day: The person's own day.
        broken: Something that is read here does not open; the stricter was assumed.
    """

    given: Circumstances
    leave: Leave
    told: Preferences
    sessions: list[OpenSession]
    usual: float | None
    day: date
    broken: bool = False

    @property
    def standing(self) -> Standing:
        return self.leave.standing


def gather(
    person: Person, now: datetime, *, when: str | None = None, minutes: int | None = None
) -> Known:
    """Gather them; ``when`` and ``minutes`` are what is asked for just this time."""
    here = now.astimezone(ZoneInfo(person.zone))
    leave = gate.may(person, ROUTINE, now)
    told, broken = _told(person)
    replies = open_all(person).replies
    sessions = session_rows.since(person, date.min)
    usual = usual_of(person, now, replies)
    profiles = _profiles(person, leave.standing, told, replies, now)
    decision = leave.standing.decision
    given = Circumstances(
        minutes=minutes or told.minutes,
        when=_when(when or told.when, here.time()),
        profiles=profiles,
        bans=frozenset(decision.bans) if decision else frozenset(),
        limits=decision.limits if decision else (),
        conditions=_conditions(told),
        equipment=None if told.equipment is None else frozenset(told.equipment),
        half=_half(replies, now),
        lighter=lights.lighter(sessions, here.date()),
        strength=lights.strength_is_due(sessions, here.date()),
        gentle=usual is not None and usual > light.HIGH,
        likes=frozenset(told.likes),
        goals=frozenset(told.goals),
        older=_age(person, leave.standing) == "65-or-older",
        rotation=here.date().toordinal(),
        day=here.date(),
        doses=lights.doses(sessions, here.date()),
    )
    return Known(given, leave, told, sessions, usual, here.date(), broken)


def circumstances(person: Person, now: datetime) -> Circumstances:
    """What the rules build from, now."""
    return gather(person, now).given


def _told(person: Person) -> tuple[Preferences, bool]:
    try:
        return preferences.of_person(person), False
    except Unreadable:
        # What took something out is not known any more, so everything that may is assumed.
        logging.getLogger(__name__).warning("A person's preferences do not open.")
        return Preferences(categories=("gtp", "fai"), conditions=CONDITIONS), True


def _profiles(
    person: Person,
    standing: Standing,
    told: Preferences,
    replies: Iterable[OpenReply],
    now: datetime,
) -> tuple[Profile, ...]:
    """Those told, those of the check, and distress where somebody is to be led with care."""
    found: set[str] = {each for each in told.all_told if each in CATEGORIES}
    decision = standing.decision
    for reason in decision.reasons if decision else ():
        if profile := _OF_CHECK.get((reason.question, reason.rule)):
            found.add(profile)
    if standing.mind or _careful(person) or _strained(replies, now):
        found.add("distress")
    return tuple(each for each in PROFILES if each in found)


def _conditions(told: Preferences) -> frozenset[Condition]:
    return frozenset(each for each in CONDITIONS if each in told.all_told)


def _careful(person: Person) -> bool:
    try:
        return bool(chosen(person).get("careful", False))
    except Unreadable:
        # Not knowing, the gentler way is the one that does no harm.
        return True


def _strained(replies: Iterable[OpenReply], now: datetime) -> bool:
    """Whether a score of mood or worry asked for a clinician this week, lately."""
    latest = {
        each.slug: each
        for each in replies
        if each.slug in ("phq-9", "gad-7") and each.finished_at and now - each.finished_at < _LATELY
    }
    return any(CLINICIAN_THIS_WEEK in each.steps for each in latest.values())


def _half(replies: list[OpenReply], now: datetime) -> str:
    """Why it begins with half; empty where it does not."""
    latest = {
        each.slug: each
        for each in replies
        if each.finished_at is not None and now - each.finished_at < _LATELY
    }
    peg = latest.get("peg")
    if peg and peg.score and peg.score.score is not None and peg.score.score >= MUCH_PEG:
        return _("your PEG is %(score)s, 7 or more") % {"score": f"{peg.score.score:.1f}"}
    pain = latest.get("nprs")
    average = pain.answers[0] if pain else None
    if isinstance(average, int | float) and average >= MUCH_PAIN:
        return _("your average pain is %(pain)s, 6 or more") % {"pain": f"{average:g}"}
    return ""


def _age(person: Person, standing: Standing) -> object:
    """As said last; a night's round does not ask it."""
    last = standing.screening
    said = last.answers.get("age") if last else None
    return said or combined(rounds_of(person)).get("age")


def _when(told: str, here: time) -> Literal["morning", "evening"]:
    if told in ("morning", "evening"):
        return "morning" if told == "morning" else "evening"
    return "morning" if here < _NOON else "evening"
