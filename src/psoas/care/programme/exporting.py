"""Taking the plan and what was done away, with the record."""

from datetime import date, datetime
from typing import Any

from psoas.care.people.access import Viewer
from psoas.care.people.models import Person
from psoas.care.people.vault import Unreadable
from psoas.care.programme import session_rows
from psoas.care.programme.lights import lit
from psoas.care.programme.looking import own
from psoas.care.programme.models import FlarePlan, Plan, Preferences, Session
from psoas.care.programme.sealing import Row, open_row, programme_sealer
from psoas.care.programme.session_rows import OpenSession

Closed = list[dict[str, str]]


def documents(viewer: Viewer) -> dict[str, Any]:
    """Every plan and session of the viewer's own, the oldest first.

    What does not open is named in ``not_opened``; it keeps nothing else from being taken away.
    """
    person = own(viewer)
    closed: Closed = []
    return {
        "plans": _plans(person, closed),
        "sessions": _sessions(person, closed),
        "preferences": _one(person, Preferences.objects.filter(person=person).first(), closed),
        "flare_plan": _one(person, FlarePlan.objects.filter(person=person).first(), closed),
        "not_opened": closed,
    }


def _plans(person: Person, closed: Closed) -> list[dict[str, Any]]:
    found = []
    for row in Plan.objects.filter(person=person).order_by("number"):
        document = _one(person, row, closed)
        if document:
            found.append(
                {
                    "id": str(row.pk),
                    "number": row.number,
                    "made_at": row.made_at.isoformat(),
                    "ended_at": _moment(row.ended_at),
                    "locked": row.locked,
                    **document,
                }
            )
    return found


def _sessions(person: Person, closed: Closed) -> list[dict[str, Any]]:
    opened = session_rows.open_all(person, Session.objects.filter(person=person, day__gte=date.min))
    closed += [{"kind": "session", "id": str(key)} for key in opened.closed]
    return [_session(each) for each in opened.sessions]


def _session(each: OpenSession) -> dict[str, Any]:
    found = lit(each)
    return {
        "id": str(each.id),
        "day": each.day.isoformat(),
        "begun_at": each.begun_at.isoformat(),
        "finished_at": _moment(each.finished_at),
        # It follows from what was told, by the rule as it is now.
        "light": found.light,
        **each.document,
    }


def _one(person: Person, row: Row | None, closed: Closed) -> dict[str, Any]:
    if row is None:
        return {}
    try:
        return open_row(programme_sealer(person), row)
    except Unreadable:
        closed.append({"kind": type(row).__name__.lower(), "id": str(row.pk)})
        return {}


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
