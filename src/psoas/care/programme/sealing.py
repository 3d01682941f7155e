"""Between a document of the programme and its sealed row. Nothing else in the house opens one."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final
from uuid import UUID

from django.db.models import TextField
from django.db.models.functions import Cast

from psoas.care.assessment.sealing import clinical_sealer
from psoas.care.people.models import Person
from psoas.care.people.vault import Place, Sealer, Unreadable
from psoas.care.programme.models import FlarePlan, Plan, Preferences, Session

Document = dict[str, Any]
# The length alone would tell a walk from a routine and an empty flare plan from a full one: every
# document is filled up to whole blocks, of which a usual one takes a single one.
_BLOCKS: Final = {"plan": 8 * 1024, "session": 4 * 1024, "preferences": 4 * 1024}
_FLARE: Final = 8 * 1024
Row = Plan | Session | Preferences | FlarePlan


@dataclass(frozen=True)
class ClosedRow:
    """Where a document stands that does not open: the table, and the row in it."""

    table: str
    row: str


def programme_sealer(person: Person) -> Sealer:
    return clinical_sealer(person)


def seal(with_: Sealer, row: Row, document: Document) -> bytes:
    """Seal a document for this row as it stands: at its revision, beside what is in clear."""
    table = _table(row)
    text = json.dumps(document, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
    block = _BLOCKS.get(table, _FLARE)
    return with_.seal(_place(row), text.ljust(-(-len(text) // block) * block))


def open_row(with_: Sealer, row: Row) -> Document:
    """Open a row.

    Raises:
        Unreadable: Damaged, moved, filed otherwise, or written over.
    """
    if not isinstance(row.sealed, bytes | memoryview):
        raise Unreadable("This document was written over by something that is not sealed.")
    document: Document = json.loads(with_.open(_place(row), bytes(row.sealed)).decode())
    return document


def closed_rows(person: Person) -> list[ClosedRow]:
    """Every row of this person that does not open, for ``psoas doctor``."""
    with_ = programme_sealer(person)
    return list(_closed(person, with_))


def _closed(person: Person, with_: Sealer) -> Iterator[ClosedRow]:
    rows: tuple[Iterable[Row], ...] = (
        Plan.objects.filter(person=person),
        _sessions(person),
        Preferences.objects.filter(person=person),
        FlarePlan.objects.filter(person=person),
    )
    for row in chain.from_iterable(rows):
        try:
            open_row(with_, row)
        except Unreadable:
            key = row.pk.hex if isinstance(row.pk, UUID) else str(row.pk)
            yield ClosedRow(row._meta.db_table, f"{row._meta.pk.column} {key}")


def _sessions(person: Person) -> Iterator[Session]:
    # The day as text: one that is no day must not keep the others from being looked at.
    rows = Session.objects.filter(person=person).defer("day")
    for row in rows.annotate(as_text=Cast("day", TextField())):
        row.day = row.as_text
        yield row


def _table(row: Row) -> str:
    return type(row).__name__.lower()


def _place(row: Row) -> Place:
    match row:
        case Plan():
            # Whether it is locked, and which version it is, stands in clear and may not be
            # changed without it.
            filed = f"{row.number}|{'locked' if row.locked else 'open'}"
            return Place("plan", "document", row.pk, 1, filed)
        case Session():
            return Place("session", "document", row.pk, row.revision, _day_as_text(row))
    return Place(_table(row), "document", row.pk, row.revision)


def _day_as_text(row: Session) -> str:
    return row.day if isinstance(row.day, str) else row.day.isoformat()
