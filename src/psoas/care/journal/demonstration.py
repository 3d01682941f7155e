"""The demonstration: a clinic that never was, its people and their made-up diaries.

Loaded into a data folder of its own, by the same stories that real people's entries pass through.
"""

from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from psoas.care.assessment import demonstration as asked
from psoas.care.journal import notebook, writing
from psoas.care.journal.models import DAY, MOMENT
from psoas.care.people import joining, sharing
from psoas.care.people.access import Viewer
from psoas.care.people.models import (
    CLINICIAN,
    OWNER,
    PERSON,
    RECEPTIONIST,
    Installation,
    Person,
)
from psoas.care.people.refusal import Refusal
from psoas.diary.synthetic import SyntheticDay, make_diary

ZONE = "Europe/London"
# Three of them get a sign-in link: the person, the physiotherapist, the owner.
PERSON_EMAIL, CLINICIAN_EMAIL, OWNER_EMAIL = (
    "mara@demo.invalid",
    "ines@demo.invalid",
    "olga@demo.invalid",
)
OTHER_EMAIL = "tom@demo.invalid"
_STAFF = (
    ("Olga Lindqvist", OWNER_EMAIL, OWNER),
    ("Ines Halloran", CLINICIAN_EMAIL, CLINICIAN),
    ("Jonas Bell", "jonas@demo.invalid", CLINICIAN),
    ("Rosa Ferro", "rosa@demo.invalid", RECEPTIONIST),
)
_MOST = {"pain", "feelings", "sessions", "questionnaires", "movement"}
_PEOPLE = (
    ("Mara Keller", PERSON_EMAIL, 20260414, 26, _MOST),
    ("Tom Brandt", OTHER_EMAIL, 7, 9, {"pain"}),
    ("Hanna Voss", "hanna@demo.invalid", 11, 4, set[str]()),
)
_NAMES = UUID("6f0f3a52-8a0e-4e0e-9c55-7d8f2f0a9d11")


def load(now: datetime) -> None:
    """Fill an empty installation with the demonstration clinic, all of it or nothing."""
    with transaction.atomic():
        if Person.objects.exists() or Installation.objects.filter(is_demo=False).exists():
            raise Refusal(_("There are people here already; the demonstration stays out."))
        joining.set_installation(
            is_demo=True, now=now, clinic_name="Linden Physiotherapy", country="GB"
        )
        long_ago = now - timedelta(weeks=30)
        staff = {email: _welcome(name, email, role, long_ago) for name, email, role in _STAFF}
        owner, clinician = staff[OWNER_EMAIL], staff[CLINICIAN_EMAIL]
        people = {}
        for name, email, seed, weeks, shared in _PEOPLE:
            people[email] = person = _welcome(name, email, PERSON, now - timedelta(weeks=weeks))
            sharing.start_care(clinician, person, actor=owner, now=now - timedelta(weeks=weeks))
            sharing.set_shares(person, clinician.pk, shared, now=now - timedelta(weeks=weeks))
            _write_diary(person, seed, weeks, now)
        asked.fill(people[PERSON_EMAIL], people[OTHER_EMAIL], clinician, now)


def _welcome(name: str, email: str, role: str, now: datetime) -> Person:
    return joining.welcome(joining.Arrival(name, email, "", ZONE, "GB"), role=role, now=now)


def _write_diary(person: Person, seed: int, weeks: int, now: datetime) -> None:
    viewer = Viewer(person)
    yesterday = now.astimezone(ZoneInfo(person.zone)).date() - timedelta(days=1)
    diary = make_diary(seed, yesterday, weeks)
    began = _at(diary.table.first, time(20))
    notebook.name_suspects(viewer, [("conflict", False), ("long-sitting", False)], now=began)
    for day in diary.days:
        for number, moment in enumerate(day.moments):
            raw = {"pain": moment.pain, "places": list(moment.places)}
            when = _at(day.day, time(moment.hour, moment.minute))
            _write(viewer, raw, MOMENT, when, f"{person.email} {day.day} {number}")
        if day.pain is not None:
            when = _at(day.day, time(20, 40))
            _write(viewer, _day_entry(day), DAY, when, f"{person.email} {day.day} day")


def _day_entry(day: SyntheticDay) -> dict[str, object]:
    return {
        "pain": day.pain,
        "worst": day.worst,
        "places": list(day.places),
        "feelings": day.feelings,
        "triggers": {key: 1 for key, value in (day.triggers or {}).items() if value},
        "asked": {"triggers": day.triggers is not None, "feelings": day.asked_feelings},
        "helped": list(day.helped),
        "hindered": list(day.hindered),
        "stiffness_min": day.stiffness_min,
        "scales": {} if day.sleep is None else {"sleep": day.sleep},
    }


def _write(viewer: Viewer, raw: dict[str, object], kind: str, when: datetime, name: str) -> None:
    raw["at"] = when.isoformat()
    writing.write_entry(viewer, raw, entry_id=uuid5(_NAMES, name), kind=kind, now=when)


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, ZoneInfo(ZONE))
