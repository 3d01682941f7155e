"""The demonstration, with what its person tested: one experiment that is over, one under way.

Both by the stories that real people's pass through, on the diary as it was made up. Nothing she
tested does anything in that diary, so “nothing found” is the right answer to the first.
"""

from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.db import transaction

from psoas.care.experiment import changing, deciding, starting, switches
from psoas.care.experiment.reading import experiment
from psoas.care.journal import demonstration
from psoas.care.people.access import Viewer
from psoas.care.people.models import Person

# Days before the demonstration was made on which each was started.
FINISHED, RUNNING = 150, 33


def load(now: datetime) -> None:
    """Fill an empty installation with the demonstration clinic, all of it or nothing."""
    with transaction.atomic():
        demonstration.load(now)
        viewer = Viewer(Person.objects.get(email=demonstration.PERSON_EMAIL))
        today = changing.today_of(viewer, now)
        _finished(viewer, today - timedelta(days=FINISHED))
        _start(viewer, "sitting-breaks", today - timedelta(days=RUNNING), "long-sitting")


def _finished(viewer: Viewer, day: date) -> None:
    key = _start(viewer, "evening-stretch", day, "")
    found = experiment(viewer, key)
    for number in (11, 40):
        when = found.first + timedelta(days=number)
        changing.note_day(viewer, key, when, otherwise=True, now=_morning(viewer, when))
    after = found.last + timedelta(days=2)
    deciding.reveal(viewer, key, now=_morning(viewer, after))


def _start(viewer: Viewer, slug: str, day: date, trigger: str) -> UUID:
    switch = switches.offered(slug)
    if switch is None:
        raise LookupError(f"Nothing that can be tested is called “{slug}”.")
    now = _morning(viewer, day)
    raw = {"clinician": starting.NO}
    return starting.start(viewer, switch, raw, experiment_id=uuid4(), now=now, trigger=trigger).id


def _morning(viewer: Viewer, day: date) -> datetime:
    return datetime.combine(day, time(8), ZoneInfo(viewer.known.zone))
