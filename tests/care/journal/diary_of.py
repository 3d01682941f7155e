"""A diary of many days, written at once: every entry sealed as if it had been typed."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import numpy as np

from psoas.care.journal.models import DAY, Entry
from psoas.care.journal.sealing import journal_sealer, seal_entry
from psoas.care.people.models import Person

ZONE = "Europe/London"


def entry_of(person: Person, day: date, pain: float | None, triggers: Mapping[str, float]) -> Entry:
    key, at = uuid4(), datetime.combine(day, time(20), ZoneInfo(ZONE))
    document = {
        "v": 1,
        "at": at.isoformat(),
        "zone": ZONE,
        "pain": pain,
        "triggers": triggers,
        "asked": {"triggers": True, "feelings": False},
    }
    sealed = seal_entry(journal_sealer(person), key, 1, document, day=day, kind=DAY)
    return Entry(id=key, person=person, day=day, kind=DAY, sealed=sealed)


def write_days(
    person: Person,
    first: date,
    days: int,
    *,
    cause: str = "conflict",
    effect: float = 2.0,
    others: tuple[str, ...] = ("stairs",),
    seed: int = 1,
) -> None:
    """Days on which pain is ``effect`` higher the day after ``cause``; ``others`` do nothing."""
    chance = np.random.default_rng(seed)
    present = chance.random((days, 1 + len(others))) < 0.4
    after = np.concatenate([[False], present[:-1, 0]])
    pain = np.clip(np.round(4 + effect * after + chance.normal(size=days)), 0, 10)
    entries = [
        entry_of(
            person,
            first + timedelta(days=n),
            int(pain[n]),
            {name: int(value) for name, value in zip((cause, *others), present[n], strict=True)},
        )
        for n in range(days)
    ]
    Entry.objects.bulk_create(entries)
