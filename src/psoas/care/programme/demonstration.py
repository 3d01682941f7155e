"""The demonstration, with what its person does for the hip: a plan, three weeks of sessions.

By the stories that real ones pass through. The physiotherapist began it from a template; the
person did most of it, left a morning unanswered, skipped one that hurt, and walks.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from psoas.care.journal.demonstration import CLINICIAN_EMAIL, PERSON_EMAIL
from psoas.care.people.access import Viewer
from psoas.care.people.models import Person
from psoas.care.programme import building, everyday, flare, morning, plans, preferences, sessions
from psoas.care.programme.plan_rows import planned_documents
from psoas.care.programme.prescribing import Item

TEMPLATE: Final = "tight-front"
# Days before the demonstration was made: when the plan was written.
BEGAN: Final = 22
_NAMES: Final = UUID("5b0c5a60-6a3f-4b5d-9d0e-2f1f6a7c1e42")


@dataclass(frozen=True)
class _Did:
    """One session: how many days ago, how it felt, and what the next morning said."""

    ago: int
    during: int
    after: int
    effort: int
    next_day: str = "usual"
    skipped: str = ""


_DID: Final = (
    _Did(21, 3, 2, 5),
    _Did(20, 2, 2, 4),
    _Did(18, 3, 3, 5, "bit"),
    _Did(17, 2, 2, 4),
    _Did(15, 2, 2, 4),
    _Did(14, 2, 1, 4, ""),
    _Did(12, 4, 3, 6, "bit", "bridge"),
    _Did(9, 2, 2, 4),
    _Did(8, 2, 1, 4),
    _Did(6, 2, 2, 4),
    _Did(5, 1, 1, 3),
    _Did(3, 2, 1, 4),
    _Did(1, 2, 1, 4, ""),
)
# Days ago, minutes, pain, effort.
_WALKS: Final = ((19, 10, 2, 3), (16, 10, 2, 3), (13, 10, 3, 3), (11, 12, 2, 3), (7, 12, 2, 4),
                 (4, 12, 1, 3))  # fmt: skip


def fill(now: datetime) -> None:
    """Let the person of the demonstration have had a plan for three weeks."""
    person, clinician = (Person.objects.get(email=each) for each in (PERSON_EMAIL, CLINICIAN_EMAIL))
    let_pass(person, clinician, now)


def let_pass(person: Person, clinician: Person, now: datetime) -> None:
    """Let three weeks of a plan have passed for somebody in this clinician's care."""
    viewer = Viewer(person)
    today = now.astimezone(ZoneInfo(person.zone)).date()
    began = _at(person, today - timedelta(days=BEGAN), time(11, 30))
    preferences.tell(
        viewer,
        {"minutes": 7, "when": "morning", "goals": ["walking"], "likes": ["cat-cow"]},
        began - timedelta(days=1),
    )
    _plan(Viewer(clinician), person.pk, began)
    everyday.choose(viewer, "change-position", began)
    flare.write(viewer, {"first-days": "Half, a warm pillow, and the short walk."}, began)
    for each in sorted(_WALKS, reverse=True):
        ago, minutes, pain, effort = each
        at = _at(person, today - timedelta(days=ago), time(17, 10))
        sessions.record(viewer, "walk", minutes, pain, effort, at, key=_key("walk", at))
    for did in _DID:
        _do(viewer, did, today)


def _plan(clinician: Viewer, person_id: UUID, at: datetime) -> None:
    building.tell_about(clinician, person_id, ["tight-front"], [], at)
    items = planned_documents(building.from_template(TEMPLATE))
    raw = {
        "template": TEMPLATE,
        "items": [{name: each[name] for name in _GIVEN} for each in items],
        "note": "Short and often. We look at it again together in six weeks.",
        "lock": True,
        "walking": {"baseline": 12.5, "goal": 30},
    }
    building.build(clinician, person_id, raw, seen=0, now=at)


_GIVEN: Final = ("slug", "sets", "amount", "note")


def _do(viewer: Viewer, did: _Did, today: date) -> None:
    person = viewer.known
    at = _at(person, today - timedelta(days=did.ago), time(7, 20))
    found = plans.today(viewer, at)
    key = _key("routine", at)
    raw = {
        "v": 1,
        "step": 9,
        "kind": "routine",
        "plan": found.version,
        "begun_at": (at - timedelta(minutes=8)).isoformat(),
        "at": at.isoformat(),
        "items": list(_items(found.routine.items, did.skipped)),
        "before": 2,
        "during": did.during,
        "after": did.after,
        "effort": did.effort,
        "finished": True,
    }
    sessions.tell(viewer, key, raw, at)
    if did.next_day:
        woke = _at(person, today - timedelta(days=did.ago - 1), time(6, 50))
        morning.answer(viewer, key, did.next_day, woke)


def _items(items: Iterable[Item], skipped: str) -> Iterable[dict[str, Any]]:
    for each in items:
        item = {"slug": each.slug, "side": "both", "state": "done", "sets": each.amount.sets}
        if each.slug == skipped:
            yield {**item, "state": "skipped", "reason": "hurts"}
        else:
            yield {**item, "done_s": round(each.amount.minutes * 60)}


def _key(kind: str, at: datetime) -> UUID:
    return uuid5(_NAMES, f"{kind} {at.date()}")


def _at(person: Person, day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, ZoneInfo(person.zone))
