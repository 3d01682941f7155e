"""What a person may do while an experiment runs: note a day, stop, take it back, add pairs."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from psoas.care.experiment.course import Course
from psoas.care.experiment.models import Course as CourseRow
from psoas.care.experiment.models import Experiment
from psoas.care.experiment.outcomes import missed_pairs, outcome_of
from psoas.care.experiment.plan import written
from psoas.care.experiment.reading import UNDER_WAY, experiment, latest
from psoas.care.experiment.sealing import OpenExperiment, State, seal_course
from psoas.care.journal.sealing import journal_sealer
from psoas.care.people import trail
from psoas.care.people.access import Viewer
from psoas.care.people.refusal import Refusal
from psoas.diary.experiment.schedule import extended

_ONE_DAY = timedelta(days=1)


def note_day(viewer: Viewer, key: UUID, day: date, *, otherwise: bool, now: datetime) -> None:
    """Note that today or yesterday went otherwise than drawn, or take that back."""
    with transaction.atomic():
        found, today = _running(viewer, key, now)
        if found.with_it(day) is None or not today - _ONE_DAY <= day <= today:
            raise Refusal({"day": [_("Only today and yesterday can be noted.")]})
        days = set(found.course.otherwise) - {day}
        days |= {day} if otherwise else set()
        keep_course(viewer, found, replace(found.course, otherwise=tuple(sorted(days))))


def stop(viewer: Viewer, key: UUID, *, now: datetime) -> None:
    """Stop an experiment. It stays, and is never analysed as if it had been whole."""
    with transaction.atomic():
        found, today = _running(viewer, key, now)
        keep_course(viewer, found, replace(found.course, stopped_on=today))
        _record("test stopped", viewer, found, now)


def can_go_on(viewer: Viewer, found: OpenExperiment, today: date) -> bool:
    """Whether a stop can be taken back: the same day, before anything was told, if it is the last.

    Later, days would have passed that nobody was asked to keep to.
    """
    last = latest(viewer)
    stopped = found.state(today) is State.STOPPED and found.course.stopped_on == today
    return stopped and last is not None and last.id == found.id


def go_on(viewer: Viewer, key: UUID, *, now: datetime) -> None:
    """Take a stop back."""
    with transaction.atomic():
        found = experiment(viewer, key)
        if not can_go_on(viewer, found, today_of(viewer, now)):
            raise Refusal(_("This can be taken back on the same day only."))
        keep_course(viewer, found, replace(found.course, stopped_on=None))
        _record("test taken up again", viewer, found, now)


def pairs_to_add(viewer: Viewer, found: OpenExperiment, today: date) -> int:
    """How many pairs may be added now for those that miss numbers on one side.

    From the last pair on until the day after the last: the days that are added then follow without
    a break. Once only, and in number the pairs that were missed.
    """
    last_pair = timedelta(days=2 * found.schedule.scheme.block)
    if found.course.added or not found.last - last_pair < today <= found.last + _ONE_DAY:
        return 0
    if found.state(today) not in (State.RUNNING, State.OVER):
        return 0
    last = latest(viewer)
    if last is None or last.id != found.id:
        return 0
    return missed_pairs(found, outcome_of(viewer, found, today), today)


def add_pairs(viewer: Viewer, key: UUID, *, now: datetime) -> None:
    """Add as many pairs as were missed. What was drawn stays; the same seed goes on."""
    with transaction.atomic():
        found = experiment(viewer, key)
        pairs = pairs_to_add(viewer, found, today_of(viewer, now))
        if not pairs:
            raise Refusal(_("No days can be added now."))
        drawn = found.plan.schedule
        added = extended(drawn, pairs).arms[len(drawn.arms) :]
        keep_course(viewer, found, replace(found.course, added=written(added)))
        _record("test made longer", viewer, found, now)


def keep_course(viewer: Viewer, found: OpenExperiment, course: Course) -> None:
    """Write the course under its next revision, unless somebody else did so meanwhile."""
    keep_course_of(Experiment.objects.get(pk=found.id), found, course)


def keep_course_of(row: Experiment, found: OpenExperiment, course: Course) -> None:
    revision = found.revision + 1
    sealed = seal_course(journal_sealer(row.person), row.pk, revision, course)
    written_rows = CourseRow.objects.filter(experiment=row, revision=found.revision).update(
        revision=revision, sealed=sealed
    )
    if not written_rows:
        raise Refusal(_("This was changed in another window. Open it again, then change it."))


def today_of(viewer: Viewer, now: datetime) -> date:
    return now.astimezone(ZoneInfo(viewer.known.zone)).date()


def _running(viewer: Viewer, key: UUID, now: datetime) -> tuple[OpenExperiment, date]:
    found, today = experiment(viewer, key), today_of(viewer, now)
    if found.state(today) not in UNDER_WAY:
        raise Refusal(_("This is over already."))
    return found, today


def _record(action: str, viewer: Viewer, found: OpenExperiment, now: datetime) -> None:
    person = viewer.known
    trail.record(action, actor=person, subject=person, now=now, item=found.id)
