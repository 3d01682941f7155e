"""The plan as a sheet of paper: what is on it. How it looks is the page's business.

Of a plan the sheet holds what is open on the day it is printed, whatever the day's turn: somebody
who has it on the wall does the strengthening every other day, and the sheet says so.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from psoas.care.people.access import Viewer, shared_categories
from psoas.care.people.models import Installation
from psoas.care.programme import flare, plan_rows, walks, written
from psoas.care.programme.circumstances import Known, gather
from psoas.care.programme.everyday import Chosen, chosen_of
from psoas.care.programme.flare import FlareWritten
from psoas.care.programme.looking import whose_plan
from psoas.care.programme.plan_rows import BY_CLINICIAN, OpenPlan
from psoas.care.programme.plans import GOOD_FOR, turns
from psoas.care.programme.prescribing import Item, LeftOut, as_item
from psoas.content.exercises import exercise
from psoas.content.redflags import Limit, questions


@dataclass(frozen=True)
class Sheet:
    """What is printed.

    Attributes:
        name: Whom it is for.
        clinic: The clinic's name, or empty.
        printed_on: Their own day.
        check_again: Until when the check holds: the sheet says to ask again then.
        allowed: Whether exercising is open; where it is not, there are no items.
        plan: The plan in force; None where the rules alone speak.
        items: Every exercise of the plan that is open, with its dose and why.
        left_out: What the plan names and is not open, with why.
        limits: What to keep to, from the safety check.
        walking: This week's walking, water and yoga, as far as begun.
        everyday: The small things that were chosen.
        flare: The plan for bad days; None on a sheet that a clinician prints.
        half, gentle: That the doses are halved, or nothing loads, and why.
    """

    name: str
    clinic: str
    printed_on: date
    check_again: date | None
    allowed: bool
    plan: OpenPlan | None
    items: tuple[Item, ...]
    left_out: tuple[LeftOut, ...]
    limits: tuple[Limit, ...]
    walking: tuple[walks.Graded, ...]
    everyday: tuple[Chosen, ...]
    flare: FlareWritten | None
    half: str
    gentle: bool


def sheet(viewer: Viewer, now: datetime, *, person_id: UUID | None = None) -> Sheet:
    """The sheet of the viewer, or of a person in this clinician's care.

    What somebody wrote for bad days, chose for everyday and notes of walks is on their own alone,
    and on a clinician's is no more of why than they may read.
    """
    person = whose_plan(viewer, now, person_id)
    own = person.pk == viewer.known.pk
    known, plan = gather(person, now), plan_rows.in_force_of(person)
    items, left_out = _items(known, plan)
    answers_too = own or "questionnaires" in shared_categories(viewer, person, now)
    if not answers_too:
        items = tuple(replace(each, why=()) for each in items)
        left_out = tuple(LeftOut(each.slug, ()) for each in left_out)
    limits = known.given.limits if answers_too else ()
    until = known.standing.until or now
    return Sheet(
        name=person.name,
        clinic=str(Installation.objects.filter(id=1).first() or ""),
        printed_on=known.day,
        check_again=min(until, now + 4 * GOOD_FOR).date() if known.leave.allowed else None,
        allowed=known.leave.allowed,
        plan=plan,
        items=items,
        left_out=left_out,
        limits=tuple(each for each in questions().limits if each.slug in limits),
        walking=_walking(known) if own else (),
        everyday=chosen_of(known.told) if own else (),
        flare=flare.of_person(person) if own else None,
        half=known.given.half if answers_too else "",
        gentle=known.given.gentle and own,
    )


def _items(known: Known, plan: OpenPlan | None) -> tuple[tuple[Item, ...], tuple[LeftOut, ...]]:
    if not known.leave.allowed:
        return (), ()
    every_turn = known.given.of(strength=True, lighter="")
    if plan is not None and plan.by == BY_CLINICIAN:
        due = written.due(plan, every_turn, minutes=None)
        return due.items, due.left_out
    slugs = plan.slugs if plan else tuple(each.slug for each in turns(known.given))
    open_ones = [slug for slug in slugs if not written.reasons_against(slug, every_turn)]
    items = tuple(as_item(exercise(slug), every_turn) for slug in open_ones)
    closed = tuple(
        LeftOut(slug, reasons)
        for slug in slugs
        if (reasons := written.reasons_against(slug, every_turn))
    )
    return items, closed


def _walking(known: Known) -> tuple[walks.Graded, ...]:
    found = (walks.of_known(known, kind) for kind in walks.KINDS)
    return tuple(each for each in found if each is not None)
