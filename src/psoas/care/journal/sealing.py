"""Between an entry's document and its sealed row. Nothing else in the house opens a row."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import TextField
from django.db.models.functions import Cast

from psoas.care.journal.models import Entries, Notebook
from psoas.care.people.models import Person
from psoas.care.people.vault import JOURNAL, Place, Sealer, Unreadable, sealer

Document = dict[str, Any]
VERSION: Final = 1
# The day as it lies there: text that is no day must not stop anybody from reading the others.
DAY_AS_TEXT: Final = Cast("day", TextField())


@dataclass(frozen=True)
class OpenEntry:
    """An entry as its person wrote it."""

    id: UUID
    day: date
    kind: str
    revision: int
    document: Document

    @property
    def at(self) -> datetime:
        """When it was, on the clock of the place where it was written."""
        return datetime.fromisoformat(self.document["at"])


@dataclass(frozen=True)
class ClosedEntry:
    """An entry whose document does not open: damaged, moved, or filed under another day."""

    id: UUID
    day: date | None
    kind: str


@dataclass(frozen=True)
class Opened:
    entries: list[OpenEntry]
    closed: list[ClosedEntry]


def journal_sealer(person: Person) -> Sealer:
    return sealer(person, JOURNAL)


def seal_entry(
    with_: Sealer, entry_id: UUID, revision: int, document: Document, *, day: date, kind: str
) -> bytes:
    place = _entry(entry_id, revision, day.isoformat(), kind)
    return with_.seal(place, _pack(document))


def open_rows(with_: Sealer, rows: Entries) -> list[OpenEntry]:
    """Open rows of one person, in the order of the moments they speak of."""
    return open_all(with_, rows).entries


def open_all(with_: Sealer, rows: Entries) -> Opened:
    """Open rows of one person; what does not open keeps no other from being read."""
    opened, closed = [], []
    # Plain tuples: making model objects of a year of rows takes as long as opening them.
    columns = ("pk", DAY_AS_TEXT, "kind", "revision", "sealed")
    for key, day, kind, revision, sealed in rows.values_list(*columns):
        try:
            text = with_.open(_entry(key, revision, day, kind), sealed_bytes(sealed))
            opened.append(OpenEntry(key, date.fromisoformat(day), kind, revision, _unpack(text)))
        except Unreadable:
            closed.append(ClosedEntry(key, day_from(day), kind))
    opened.sort(key=lambda entry: (entry.day, entry.at, entry.id))
    return Opened(opened, closed)


def seal_notebook(with_: Sealer, person: Person, revision: int, document: Document) -> bytes:
    return with_.seal(Place("notebook", "document", person.pk, revision), _pack(document))


def open_notebook_row(with_: Sealer, row: Notebook) -> Document:
    place = Place("notebook", "document", row.person_id, row.revision)
    return _unpack(with_.open(place, sealed_bytes(row.sealed)))


def sealed_bytes(column: object) -> bytes:
    if not isinstance(column, bytes | memoryview):
        # The database lets anybody who can write to it put text where sealed bytes were.
        raise Unreadable("This document was written over by something that is not sealed.")
    return bytes(column)


def _entry(key: UUID, revision: int, day: str, kind: str) -> Place:
    return Place("entry", "document", key, revision, f"{day}|{kind}")


def day_from(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _pack(document: Document) -> bytes:
    return json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode()


def _unpack(sealed: bytes) -> Document:
    document: Document = json.loads(sealed.decode())
    return document
