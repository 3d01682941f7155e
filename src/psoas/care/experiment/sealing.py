"""Between an experiment and its sealed rows. Nothing else in the house opens them."""

import json
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from psoas.care.experiment.course import Course, course_from
from psoas.care.experiment.models import Course as CourseRow
from psoas.care.experiment.models import Experiment
from psoas.care.experiment.plan import Plan, plan_from, read
from psoas.care.journal.sealing import journal_sealer, sealed_bytes
from psoas.care.people.models import Person
from psoas.care.people.vault import Place, Sealer, Unreadable
from psoas.diary.experiment.schedule import Schedule

# The lengths alone would tell what is tested, and of what came out a good deal: documents are
# filled up to whole blocks, of which a usual one takes a single one from its first to its last day.
_PLAN_BLOCK: Final = 2 * 1024
_COURSE_BLOCK: Final = 32 * 1024


class State(StrEnum):
    """Where an experiment stands on a day."""

    COMING = "coming"
    RUNNING = "running"
    OVER = "over"
    STOPPED = "stopped"
    DECIDED = "decided"


@dataclass(frozen=True)
class OpenExperiment:
    """An experiment as its person sees it, less what they may not see yet."""

    id: UUID
    number: int
    revision: int
    plan: Plan
    course: Course

    @property
    def schedule(self) -> Schedule:
        """As it was drawn, with the pairs that were added at its end."""
        drawn = self.plan.schedule
        if not self.course.added:
            return drawn
        arms = drawn.arms + read(self.course.added)
        return Schedule(replace(drawn.scheme, days=len(arms)), arms, drawn.seed)

    @property
    def first(self) -> date:
        return self.plan.first

    @property
    def last(self) -> date:
        return self.first + timedelta(days=len(self.schedule.arms) - 1)

    @property
    def began(self) -> bool:
        """Whether it was not stopped before its first day."""
        return self.course.stopped_on is None or self.course.stopped_on >= self.first

    @property
    def counted(self) -> bool:
        """Whether it came as far as a day that counts before it was stopped, or still may."""
        counts = self.first + timedelta(days=self.plan.schedule.scheme.washout)
        return self.course.stopped_on is None or self.course.stopped_on >= counts

    def number_of(self, day: date) -> int:
        """The place of a day in the schedule: 0 for the first, below 0 before it."""
        return (day - self.first).days

    def with_it(self, day: date) -> bool | None:
        """Which arm a day is in; None outside the experiment."""
        number = self.number_of(day)
        return bool(self.schedule.arms[number]) if self.first <= day <= self.last else None

    def state(self, today: date) -> State:
        if self.course.result is not None:
            return State.DECIDED
        if self.course.stopped_on is not None:
            return State.STOPPED
        if today < self.first:
            return State.COMING
        return State.RUNNING if today <= self.last else State.OVER


def seal_plan(with_: Sealer, key: UUID, number: int, plan: Plan) -> bytes:
    return with_.seal(_plan_place(key, number), _pack(plan.document(), _PLAN_BLOCK))


def seal_course(with_: Sealer, key: UUID, revision: int, course: Course) -> bytes:
    return with_.seal(_course_place(key, revision), _pack(course.document(), _COURSE_BLOCK))


def open_row(with_: Sealer, row: Experiment) -> OpenExperiment:
    """Open an experiment and its course; ``Unreadable`` where either was changed or moved."""
    plan = plan_from(_open(with_, _plan_place(row.pk, row.number), row.sealed))
    course = CourseRow.objects.filter(experiment=row).first()
    if course is None:
        raise Unreadable("What happened since this experiment began is gone.")
    document = _open(with_, _course_place(row.pk, course.revision), course.sealed)
    return OpenExperiment(row.pk, row.number, course.revision, plan, course_from(document))


def closed_rows(person: Person) -> list[UUID]:
    """The person's experiments that do not open, for ``psoas doctor``."""
    with_, closed = journal_sealer(person), []
    for row in Experiment.objects.filter(person=person):
        try:
            open_row(with_, row)
        except Unreadable:
            closed.append(row.pk)
    return closed


def _plan_place(key: UUID, number: int) -> Place:
    # One revision for ever: the place itself says that nothing was written over it.
    return Place("experiment", "plan", key, 1, str(number))


def _course_place(key: UUID, revision: int) -> Place:
    return Place("experiment", "course", key, revision)


def _open(with_: Sealer, place: Place, sealed: object) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(with_.open(place, sealed_bytes(sealed)))
    return document


def _pack(document: dict[str, Any], block: int) -> bytes:
    written = json.dumps(document, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    text = written.encode()
    return text.ljust(-(-len(text) // block) * block)
