"""Between an entry's document and its sealed row. Nothing else in the house opens a row."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from psoas.care.journal.models import Entries, Notebook
from psoas.care.people.models import Person
from psoas.care.people.vault import JOURNAL, Place, Sealer, Unreadable, sealer

Document = dict[str, Any]
VERSION: Final = 1


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


def journal_sealer(person: Person) -> Sealer:
    return sealer(person, JOURNAL)


def seal_entry(with_: Sealer, entry_id: UUID, revision: int, document: Document) -> bytes:
    return with_.seal(_entry(entry_id, revision), _pack(document))


def open_rows(with_: Sealer, rows: Entries) -> list[OpenEntry]:
    """Open rows of one person, in the order of the moments they speak of."""
    # Plain tuples: making model objects of a year of rows takes as long as opening them.
    opened = [
        OpenEntry(
            key, day, kind, revision, _unpack(with_.open(_entry(key, revision), _sealed(sealed)))
        )
        for key, day, kind, revision, sealed in rows.values_list(
            "pk", "day", "kind", "revision", "sealed"
        )
    ]
    opened.sort(key=lambda entry: (entry.day, entry.at, entry.id))
    return opened


def seal_notebook(with_: Sealer, person: Person, revision: int, document: Document) -> bytes:
    return with_.seal(Place("notebook", "document", person.pk, revision), _pack(document))


def open_notebook_row(with_: Sealer, row: Notebook) -> Document:
    place = Place("notebook", "document", row.person_id, row.revision)
    return _unpack(with_.open(place, _sealed(row.sealed)))


def _sealed(column: object) -> bytes:
    if not isinstance(column, bytes | memoryview):
        # The database lets anybody who can write to it put text where sealed bytes were.
        raise Unreadable("This document was written over by something that is not sealed.")
    return bytes(column)


def _entry(key: UUID, revision: int) -> Place:
    return Place("entry", "document", key, revision)


def _pack(document: Document) -> bytes:
    return json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode()


def _unpack(sealed: bytes) -> Document:
    document: Document = json.loads(sealed.decode())
    return document
