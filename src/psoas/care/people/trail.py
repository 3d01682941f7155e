"""The trail: append-only, every row chained to the one before by its hash.

It holds who, when, what kind of act and on which row. It never holds what an entry says.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from django.db import DatabaseError, transaction
from django.db.models import TextField
from django.db.models.functions import Cast

from psoas.care.people.models import Person, TrailHead, TrailRow


@dataclass(frozen=True)
class TrailFault:
    """A place where the trail does not hold; ``sentence`` says which and how."""

    number: int
    sentence: str


def record(
    action: str, *, actor: Person | None, subject: Person | None, now: datetime, item: object = ""
) -> TrailRow:
    """Append one row; the caller's transaction decides whether it stays."""
    with transaction.atomic():
        head, _ = TrailHead.objects.select_for_update().get_or_create(id=1)
        row = TrailRow(
            number=head.number + 1,
            at=now,
            actor=actor.pk if actor else None,
            subject=subject.pk if subject else None,
            action=action,
            item=str(item),
        )
        row.digest = _digest(
            head.digest, row.number, row.at, row.actor, row.subject, row.action, row.item
        )
        row.save(force_insert=True)
        TrailHead.objects.filter(id=1).update(number=row.number, digest=row.digest)
    return row


def faults() -> Iterator[TrailFault]:
    """Walk the whole trail and name each row that was changed, lost or cut off."""
    before, expected = "", 1
    try:
        for row in _lines():
            if row.number != expected:
                yield TrailFault(expected, f"Row {expected} of the trail is missing.")
            elif row.digest != _chained(row, before):
                yield TrailFault(row.number, f"Row {row.number} of the trail was changed.")
            before, expected = row.digest, row.number + 1
    except DatabaseError as problem:
        yield TrailFault(expected, f"Past row {expected - 1} the trail is unreadable: {problem}.")
        return
    yield from _faults_at_the_end(expected - 1, before)


def _faults_at_the_end(last: int, last_digest: str) -> Iterator[TrailFault]:
    head = TrailHead.objects.filter(id=1).first()
    end, digest = (head.number, head.digest) if head else (0, "")
    if end != last:
        yield TrailFault(end, f"The trail ends at row {last}, but should end at {end}.")
    elif digest != last_digest:
        yield TrailFault(end, f"Row {end} of the trail is not the one that was written last.")
    elif end == 0 and Person.objects.exists():
        yield TrailFault(0, "There are accounts, but the trail of how they came is empty.")


class _Line(NamedTuple):
    number: int
    at: str
    actor: str | None
    subject: str | None
    action: str
    item: str
    digest: str


def _lines() -> Iterator[_Line]:
    # As text, as it lies there: a row that was tampered with may hold what is no time and no id.
    columns = ("at", "actor", "subject", "action", "item", "digest")
    raw = {f"{name}_": Cast(name, TextField()) for name in columns}
    rows = TrailRow.objects.annotate(**raw).order_by("number")
    for values in rows.values_list("number", *raw).iterator(chunk_size=2000):
        yield _Line(*values)


def _chained(line: _Line, before: str) -> str:
    try:
        at = datetime.fromisoformat(line.at)
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        ids = (line.actor, line.subject)
        actor, subject = (None if each is None else UUID(each) for each in ids)
    except (ValueError, TypeError):
        return "nothing that was written here looks like this"
    return _digest(before, line.number, at, actor, subject, line.action, line.item)


def _digest(before: str, *fields: object) -> str:
    # JSON, so that no run of letters reads as two different rows.
    text = json.dumps([before, *(_plain(field) for field in fields)])
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(field: object) -> object:
    if isinstance(field, datetime):
        return field.astimezone(UTC).isoformat(timespec="microseconds")
    return field.hex if isinstance(field, UUID) else field
