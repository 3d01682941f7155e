"""When a plan needs a clinician: nothing of it is left, or it does not agree with somebody.

Looked for when a person writes something that may bring it about, and by the sweep.
"""

import logging
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Q

from psoas.care.assessment import tasks
from psoas.care.assessment.models import Screening
from psoas.care.journal.models import Entry
from psoas.care.people.keyring import KeyRefused
from psoas.care.people.models import Person
from psoas.care.people.vault import Unreadable
from psoas.care.programme import lights, plan_rows, written
from psoas.care.programme.circumstances import Known, gather
from psoas.care.programme.models import Plan, Session
from psoas.care.programme.plan_rows import BY_CLINICIAN, OpenPlan
from psoas.care.programme.prescribing import prescribe

NOTHING_LEFT: Final = "nothing-left"
LOCKED_BANNED: Final = "locked-banned"
TWO_REDS: Final = "two-reds"
ABOVE_FIVE: Final = "above-five"
# Who told of nothing for longer has nothing new.
LATELY: Final = timedelta(days=2)
# What holds on is told again after so many days.
_AGAIN_DAYS: Final = 28


def tell_clinicians(now: datetime) -> int:
    """Make the tasks that follow for everybody who told of something; return how many."""
    since = now - LATELY
    # Not by joins: sessions, checks and entries of one person would multiply each other.
    told = (
        Q(made_at__gt=since)
        | Q(person__in=Session.objects.filter(told_at__gt=since).values("person"))
        | Q(person__in=Screening.objects.filter(begun_at__gt=since).values("person"))
        | Q(person__in=Entry.objects.filter(day__gt=since.date()).values("person"))
    )
    plans = Plan.objects.filter(told, ended_at=None, person__is_active=True)
    made = 0
    for row in plans.select_related("person").order_by("pk"):
        try:
            made += ask_clinicians(row.person, now)
        except (Unreadable, KeyRefused) as problem:
            # Damaged: nobody else's waits for it.
            logging.getLogger(__name__).warning("Not looked at: %s", type(problem).__name__)
    return made


def ask_clinicians(
    person: Person, now: datetime, *, known: Known | None = None, plan: OpenPlan | None = None
) -> int:
    """Make the tasks that follow from this person's plan and sessions; return how many."""
    if not tasks.may_know(person, "", now).exists():
        return 0
    known = known or gather(person, now)
    plan = plan or plan_rows.in_force_of(person)
    return _of_plan(person, known, plan, now) + _of_sessions(person, known, now)


def _of_plan(person: Person, known: Known, plan: OpenPlan | None, now: datetime) -> int:
    if plan is None:
        return 0
    if plan.by == BY_CLINICIAN:
        gone = written.banned(plan, known.given)
        if not gone:
            return 0
        why = NOTHING_LEFT if len(gone) == len(plan.items) else LOCKED_BANNED
        # What it is that takes them out stands in the check, which may not be shared.
        return _make(person, {"why": why, "items": gone}, now, f"{plan.id} {gone}", needs="")
    if not known.leave.allowed or known.given.shaping == "distress" or _anything(known):
        return 0
    bans = sorted(known.given.bans)
    return _make(person, {"why": NOTHING_LEFT, "items": []}, now, f"{plan.id} {bans}")


def _of_sessions(person: Person, known: Known, now: datetime) -> int:
    made = 0
    for slug in lights.to_ask(known.given.doses):
        on = known.given.dosage(slug).on
        made += _make(person, {"why": TWO_REDS, "items": [slug]}, now, f"{TWO_REDS} {slug} {on}")
    if known.given.gentle:
        turn = known.day.toordinal() // _AGAIN_DAYS
        made += _make(person, {"why": ABOVE_FIVE, "items": []}, now, f"{ABOVE_FIVE} {turn}")
    return made


def _anything(known: Known) -> bool:
    """Whether an exercise is open at some time of day."""
    given = known.given.of(equipment=None, strength=True, doses={}, minutes=10)
    return any(
        each.exercise.kind == "exercise"
        for when in ("morning", "evening")
        for each in prescribe(given.of(when=when)).items
    )


def _make(
    person: Person, facts: dict[str, Any], now: datetime, cause: str, *, needs: str = "sessions"
) -> int:
    facts = {"sign": "", **facts}
    return tasks.make(person, tasks.PLAN, facts, needs=needs, now=now, cause=cause)
