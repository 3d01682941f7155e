"""A person who tests one thing, and the days they write while they do."""

from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import numpy as np
from django.utils import timezone

from psoas.care.experiment import reading, starting
from psoas.care.experiment.sealing import OpenExperiment
from psoas.care.experiment.switches import Switch, offered
from psoas.care.journal import writing
from psoas.care.people.access import Viewer
from psoas.care.people.models import Person
from tests import cast
from tests.cast import NOW

SITTING = "sitting-breaks"


def switch(slug: str = SITTING) -> Switch:
    found = offered(slug)
    assert found is not None
    return found


def begin(viewer: Viewer, *, now: datetime = NOW, slug: str = SITTING, **raw: str) -> UUID:
    return starting.start(viewer, switch(slug), raw, experiment_id=uuid4(), now=now).id


def write_days(
    viewer: Viewer,
    key: UUID,
    *,
    effect: float = 0.0,
    noise: float = 0.0,
    days: int = 84,
    skip: frozenset[int] = frozenset(),
) -> OpenExperiment:
    """Write a day entry for each day of the experiment but those to skip."""
    found = reading.experiment(viewer, key)
    source = np.random.default_rng(7)
    for number in range(min(days, len(found.schedule.arms))):
        moved = noise * source.standard_normal()
        if number not in skip:
            pain = 5 + effect * found.schedule.arms[number] + moved
            write_day(viewer, found.first + timedelta(days=number), min(max(pain, 0), 10))
    return found


def write_day(viewer: Viewer, day: date, pain: float) -> None:
    at = datetime.combine(day, time(20, 30), ZoneInfo(viewer.known.zone))
    raw = {"pain": float(pain), "at": at.isoformat()}
    writing.write_entry(viewer, raw, entry_id=uuid4(), kind="day", now=at)


def morning(found: OpenExperiment, number: int) -> datetime:
    """Nine in the morning of a day of the experiment."""
    day = found.first + timedelta(days=number)
    return datetime.combine(day, time(9), ZoneInfo("Europe/London"))


def newcomer(name: str) -> Person:
    """Somebody whose account was made just now, as the first page offers tests to newcomers."""
    person = cast.person(name)
    person.created_at = timezone.now()
    person.save()
    return person
