"""Sessions as they are read and written: between a document and its row."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Literal
from uuid import UUID

from psoas.care.people.models import Person
from psoas.care.people.vault import Unreadable
from psoas.care.programme.clocks import RESUMES
from psoas.care.programme.models import Session
from psoas.care.programme.sealing import Document, open_row, programme_sealer, seal

# What counts as having been done, if not to its end.
DONE: Final = frozenset({"done", "part"})
State = Literal["under way", "left", "finished"]


@dataclass(frozen=True)
class OpenSession:
    """A session as its person told it."""

    id: UUID
    day: date
    begun_at: datetime
    told_at: datetime
    finished_at: datetime | None
    revision: int
    document: Document

    @property
    def kind(self) -> str:
        kind: str = self.document["kind"]
        return kind

    @property
    def items(self) -> list[Document]:
        items: list[Document] = self.document["items"]
        return items

    @property
    def done(self) -> list[Document]:
        """The items that were done, whole or in part."""
        return [each for each in self.items if each["state"] in DONE]

    @property
    def minutes(self) -> float | None:
        """How long it took; as told, or else what its items took together."""
        told: float | None = self.document.get("minutes")
        if told is not None:
            return told
        # One that was told empty stood as None for a while.
        seconds = sum(each.get("done_s") or 0 for each in self.items)
        return round(seconds / 60, 1) if seconds else None

    @property
    def stop(self) -> str:
        """The sign it was stopped for, the gravest where there were several, or empty."""
        return self.document.get("stop") or ""

    @property
    def signs(self) -> list[tuple[str, str]]:
        """Every sign it was stopped for, each with the exercise it came with, or empty."""
        return signs_of(self.document)

    @property
    def next_day(self) -> Document | None:
        """What was answered the next morning."""
        told: Document | None = self.document.get("next_day")
        return told

    def number(self, name: str) -> float | None:
        """before, during, after or effort; None where it was not told."""
        value: Any = self.document.get(name)
        return None if value is None else float(value)

    def state(self, now: datetime) -> State:
        """Whether it goes on, was left in the middle, or was finished."""
        if self.finished_at is not None:
            return "finished"
        return "under way" if now - self.begun_at < RESUMES else "left"


@dataclass(frozen=True)
class Opened:
    """The sessions that open, the oldest first, and the ids of those that do not."""

    sessions: list[OpenSession]
    closed: list[UUID]


def signs_of(document: Document) -> list[tuple[str, str]]:
    """Every sign a document tells of; only one with several keeps them beside the gravest."""
    several = document.get("signs")
    if several:
        return [(str(sign), str(at or "")) for sign, at in several]
    stop = document.get("stop")
    return [(str(stop), str(document.get("stopped_at") or ""))] if stop else []


def open_all(person: Person, rows: Iterable[Session]) -> Opened:
    """Open rows of one person; what does not open keeps no other from being read."""
    rows = list(rows)
    if not rows:
        return Opened([], [])
    with_ = programme_sealer(person)
    opened, closed = [], []
    for row in rows:
        try:
            opened.append(_opened(row, open_row(with_, row)))
        except Unreadable:
            logging.getLogger(__name__).warning("A session does not open.")
            closed.append(row.pk)
    opened.sort(key=lambda each: (each.day, each.begun_at, each.id))
    return Opened(opened, closed)


def open_one(row: Session) -> OpenSession:
    """Open one row; raises ``Unreadable`` where it was changed or moved."""
    return _opened(row, open_row(programme_sealer(row.person), row))


def since(person: Person, first: date) -> list[OpenSession]:
    """The person's sessions from this day on, the oldest first."""
    return open_all(person, Session.objects.filter(person=person, day__gte=first)).sessions


def write(row: Session, document: Document) -> OpenSession:
    """Seal the document under the row's next revision and write both."""
    fresh = row._state.adding
    row.revision = 1 if fresh else row.revision + 1
    row.sealed = seal(programme_sealer(row.person), row, document)
    row.save(force_insert=fresh)
    return _opened(row, document)


def _opened(row: Session, document: Document) -> OpenSession:
    return OpenSession(
        row.pk, row.day, row.begun_at, row.told_at, row.finished_at, row.revision, document
    )
