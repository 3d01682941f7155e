"""What pain is usual for a person: what a session is held against."""

import logging
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from psoas.care.assessment.reply_rows import OpenReply
from psoas.care.journal.days import day_rows
from psoas.care.journal.models import Entry
from psoas.care.journal.sealing import journal_sealer, open_rows
from psoas.care.people.models import Person
from psoas.care.people.vault import Unreadable
from psoas.care.programme import light

# What was noted longer ago is no news of what is usual now.
_REACH: Final = timedelta(weeks=8)
_NOW, _AVERAGE = 3, 1


def usual_of(person: Person, now: datetime, replies: list[OpenReply]) -> float | None:
    """The median of the last seven days' pain in the diary, or else what was said at the start.

    The pain of a day is its day entry's; moments are written when it hurts, and stand in only
    where nothing speaks for the day. None where nothing was ever noted.
    """
    return light.usual(_noted(person, now), _baseline(replies))


def _noted(person: Person, now: datetime) -> list[float]:
    today = now.astimezone(ZoneInfo(person.zone)).date()
    rows = Entry.objects.filter(person=person).standing().between(today - _REACH, today)
    try:
        entries = open_rows(journal_sealer(person), rows)
    except Unreadable:
        # A journal whose key is gone says nothing; the plan goes on by the baseline.
        logging.getLogger(__name__).warning("A journal does not open.")
        return []
    return [float(row.pain) for row in day_rows(entries) if row.pain is not None]


def _baseline(replies: list[OpenReply]) -> float | None:
    """The first "now" of the pain scale, or else its average."""
    for each in replies:
        if each.slug == "nprs" and each.finished_at is not None:
            found = [each.answers[number - 1] for number in (_NOW, _AVERAGE)]
            return next((float(value) for value in found if isinstance(value, int | float)), None)
    return None
