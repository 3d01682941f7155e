"""A person's plan, and what it says today.

The rules make one for somebody alone; a clinician in care can write one and lock it. Either way
what today holds is worked out when it is looked at, against what is known at that moment: nothing
that is taken out since is shown because an older plan names it.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from psoas.care.assessment.gate import Leave
from psoas.care.people import trail
from psoas.care.people.access import Viewer
from psoas.care.people.refusal import NotAllowed, Refusal
from psoas.care.programme import loads, plan_rows, preferences, watching, written
from psoas.care.programme.circumstances import Known, gather
from psoas.care.programme.dosage import Dosage
from psoas.care.programme.looking import has_clinician, own, whose_plan
from psoas.care.programme.models import Plan
from psoas.care.programme.plan_rows import BY_CLINICIAN, OpenPlan, Planned
from psoas.care.programme.prescribing import Routine, as_item, prescribe, shortest
from psoas.care.programme.reasons import Why, of_amount
from psoas.care.programme.sealing import Document
from psoas.care.programme.wanted import MINUTES, SHORTEST, Circumstances
from psoas.content.exercises import exercise

# A plan kept on a device is good for so long at most; shorter where the check is due before.
GOOD_FOR: Final = timedelta(days=7)
# So many days show every turn that a routine takes.
_TURNS: Final = 6
# For so long it is said why a dose changed.
_LATELY: Final = timedelta(days=14)
_NOTHING: Final = Routine(())
# Minutes of breath, where it is all there is.
_BREATH: Final = 5


@dataclass(frozen=True)
class Changed:
    """A dose that a rule changed lately, why, and the day of the session it follows from."""

    slug: str
    on: date
    why: tuple[Why, ...]


@dataclass(frozen=True)
class Today:
    """What today holds.

    Attributes:
        leave: Whether exercising is open; where it is not, the routine is empty.
        given: What it was built from, for whoever needs it beside.
        routine: What to do.
        shortest: The two-minute version for a bad day.
        plan: The plan in force; None where none was made yet and the rules alone speak.
        why: What holds for the whole of it.
        changes: Doses that changed in the last two weeks, each with the rule and the day.
        version: Another one whenever plan, check, circumstances or doses are others.
        made_at, expires_at: From when and until when a copy on a device may be used.
        nothing_left: Of what was planned nothing is open; what remains is in ``routine``.
    """

    leave: Leave
    given: Circumstances
    routine: Routine
    shortest: Routine
    plan: OpenPlan | None
    why: tuple[Why, ...]
    changes: tuple[Changed, ...]
    version: str
    made_at: datetime
    expires_at: datetime
    day: date
    when: str
    minutes: int
    nothing_left: bool
    gentle: bool


def today(
    viewer: Viewer, now: datetime, *, when: str | None = None, minutes: object = None
) -> Today:
    """Work out what today holds, all bans checked now; the same circumstances, the same routine."""
    person = own(viewer)
    asked = None if minutes is None else _minutes(minutes)
    wanted = preferences.when_from(when or "")
    plan = plan_rows.in_force_of(person)
    ours = plan is not None and plan.by == BY_CLINICIAN
    known = gather(
        person,
        now,
        when=wanted or (plan.when if plan and ours else None),
        minutes=asked or (plan.minutes if plan and ours else None),
    )
    return _of(known, plan, asked, now)


def _of(known: Known, plan: OpenPlan | None, asked: int | None, now: datetime) -> Today:
    given = known.given
    routine, short, nothing_left = _NOTHING, _NOTHING, False
    if known.leave.allowed:
        short = _shortest(plan, given)
        routine, nothing_left = _routine(plan, given, asked)
    until = known.standing.until or now
    return Today(
        leave=known.leave,
        given=given,
        routine=routine,
        shortest=short,
        plan=plan,
        why=tuple(_whys(known)),
        changes=tuple(_changes(given)),
        version=_version(plan, known, routine),
        made_at=now,
        expires_at=min(until, now + GOOD_FOR),
        day=known.day,
        when=given.when,
        minutes=given.minutes,
        nothing_left=nothing_left,
        gentle=given.gentle,
    )


def in_force(viewer: Viewer, now: datetime, *, person_id: UUID | None = None) -> OpenPlan | None:
    """The plan in force of the viewer, or of a person this clinician looks after."""
    return plan_rows.in_force_of(whose_plan(viewer, now, person_id))


def history(viewer: Viewer, now: datetime, *, person_id: UUID | None = None) -> list[OpenPlan]:
    """Every version, the newest first."""
    person = whose_plan(viewer, now, person_id)
    return plan_rows.open_all(person, Plan.objects.filter(person=person).order_by("-number"))


def make(viewer: Viewer, now: datetime) -> OpenPlan:
    """Let the rules make the person's plan from what is known of them now."""
    person = own(viewer)
    with transaction.atomic():
        plan = plan_rows.in_force_of(person)
        if plan is not None and plan.locked and has_clinician(person, now):
            raise Refusal(
                _("%(name)s locked your plan. Ask them to change it.")
                % {"name": plan.made_by_name or _("Your clinician")}
            )
        known = gather(person, now)
        if not known.leave.allowed:
            raise NotAllowed
        document = {
            "items": plan_rows.planned_documents(turns(known.given)),
            "template": "",
            "note": "",
            "minutes": known.told.minutes,
            "when": known.told.when,
            "built_from": built_from(known.given),
        }
        made = plan_rows.write(person, document, now, by=None, locked=False)
        trail.record("plan made", actor=person, subject=person, now=now, item=made.id)
        watching.ask_clinicians(person, now, known=known, plan=made)
    return made


def built_from(given: Circumstances) -> Document:
    """The circumstances as they are kept with a plan: slugs and codes, no numbers."""
    return {
        "profiles": list(given.profiles),
        "bans": sorted(given.bans),
        "limits": list(given.limits),
        "conditions": sorted(given.conditions),
        "half": bool(given.half),
    }


def _routine(
    plan: OpenPlan | None, given: Circumstances, asked: int | None
) -> tuple[Routine, bool]:
    """The routine, and whether nothing of what was planned is open."""
    if asked == SHORTEST:
        return _shortest(plan, given), False
    if plan is None or plan.by != BY_CLINICIAN:
        found = prescribe(given)
        return found, not _moves(found) and given.shaping != "distress" and _closed(given)
    due = written.due(plan, given, minutes=given.minutes)
    if due.items:
        notes = (_limited(),) if written.banned(plan, given) else ()
        return Routine(due.items, due.left_out, notes), False
    remains = _beside(plan, given.of(minutes=_near(asked or given.minutes)))
    gone = len(written.banned(plan, given)) == len(plan.items)
    note = _nothing_of_plan() if gone else _nothing_today()
    found = Routine(remains.items, due.left_out, (note, *remains.notes))
    return found, gone


def _shortest(plan: OpenPlan | None, given: Circumstances) -> Routine:
    """Two minutes for a bad day; of a clinician's plan what fits into them."""
    if plan is None or plan.by != BY_CLINICIAN:
        return shortest(given)
    items = written.short(plan, given)
    return Routine(items) if items else _beside(plan, given.of(minutes=SHORTEST))


def _beside(plan: OpenPlan, given: Circumstances) -> Routine:
    """What the rules offer where a plan has nothing; beside a locked one no exercise."""
    if not plan.locked:
        return prescribe(given)
    breath = shortest(given.of(when="evening"))
    minutes = float(min(given.minutes, _BREATH))
    items = tuple(as_item(each.exercise, given, minutes=minutes) for each in breath.items)
    return Routine(items, breath.left_out, breath.notes)


def _moves(routine: Routine) -> bool:
    return any(each.exercise.kind == "exercise" for each in routine.items)


def _closed(given: Circumstances) -> bool:
    """Whether no exercise is open at any time of day, with everything at hand."""
    wide = given.of(equipment=None, strength=True, doses={})
    return not any(
        _moves(prescribe(wide.of(when=when, minutes=10))) for when in ("morning", "evening")
    )


def _limited() -> str:
    return _("A part of your plan is not open to you now. Your clinician is asked to look at it.")


def _nothing_of_plan() -> str:
    return _(
        "Nothing of the plan your clinician wrote is open to you now. This is what remains until "
        "they have looked at it."
    )


def _nothing_today() -> str:
    return _("Your plan rests today. This is what can be done instead.")


def turns(given: Circumstances) -> list[Planned]:
    """What the rules use over the days, mornings and evenings; each once."""
    found: dict[str, Planned] = {}
    for turn in range(_TURNS):
        for when in ("morning", "evening"):
            turned = given.of(rotation=turn, when=when, strength=True, doses={}, lighter="")
            for each in prescribe(turned).items:
                found.setdefault(each.slug, Planned(each.slug, why=each.why))
    return list(found.values())


def _changes(given: Circumstances) -> list[Changed]:
    found = []
    for slug, dosage in given.doses.items():
        if dosage.on and given.day and given.day - dosage.on <= _LATELY:
            whys = tuple(
                each for each in of_amount(exercise(slug), given) if _of_light(each, dosage)
            )
            found.append(Changed(slug, dosage.on, whys))
    return found


def _of_light(why: Why, dosage: Dosage) -> bool:
    return why.rule == dosage.cause


def _whys(known: Known) -> list[Why]:
    given, found = known.given, []
    if known.broken:
        text = _("What you told about exercising does not open, so the strictest is assumed.")
        found.append(Why("unknown", text))
    if given.gentle:
        text = _(
            "Your usual pain is above 5: nothing is loaded, and a physiotherapist should look."
        )
        found.append(Why("above-five", text, f"{known.usual:g}", ck=True))
    if not given.strength:
        text = _("Strengthening is for every other day, three days a week at most.")
        found.append(Why("turn", text, "strength"))
    if given.lighter:
        text = _("A lighter week: %(why)s.") % {"why": given.lighter}
        found.append(Why("lighter", text, given.lighter, ck=True))
    if sudden := loads.sudden(known.sessions, known.day):
        found.append(sudden)
    if given.half:
        found.append(Why("half", _("Half the dose: %(why)s.") % {"why": given.half}, ck=True))
    return found


def _version(plan: OpenPlan | None, known: Known, routine: Routine) -> str:
    given = known.given
    said = json.dumps(
        [
            str(known.day),
            [given.when, given.minutes, sorted(given.bans), list(given.limits)],
            [given.half, given.lighter, known.leave.allowed, sorted(given.conditions)],
            [[each.slug, each.side, repr(each.amount)] for each in routine.items],
        ]
    )
    return f"{plan.number if plan else 0}.{hashlib.sha256(said.encode()).hexdigest()[:10]}"


def _minutes(raw: object) -> int:
    if str(raw).strip() == str(SHORTEST) and not isinstance(raw, bool):
        return SHORTEST
    return preferences.minutes_from(raw)


def _near(minutes: int) -> int:
    return minutes if minutes in MINUTES else MINUTES[0]
