"""The trail: append-only, every row chained to the one before by its hash.

It holds who, when, what kind of act and on which row. It never holds what an entry says.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db import transaction

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
        row.digest = _digest(row, head.digest)
        row.save(force_insert=True)
        TrailHead.objects.filter(id=1).update(number=row.number, digest=row.digest)
    return row


def faults() -> Iterator[TrailFault]:
    """Walk the whole trail and name each row that was changed, lost or cut off."""
    before, expected = "", 1
    for row in TrailRow.objects.order_by("number").iterator(chunk_size=2000):
        if row.number != expected:
            yield TrailFault(expected, f"Row {expected} of the trail is missing.")
        elif row.digest != _digest(row, before):
            yield TrailFault(row.number, f"Row {row.number} of the trail was changed.")
        before, expected = row.digest, row.number + 1
    head = TrailHead.objects.filter(id=1).first()
    end, digest = (head.number, head.digest) if head else (0, "")
    if end != expected - 1:
        yield TrailFault(end, f"The trail ends at row {expected - 1}, but should end at {end}.")
    elif digest != before:
        yield TrailFault(end, f"Row {end} of the trail is not the one that was written last.")


def _digest(row: TrailRow, before: str) -> str:
    at = row.at.astimezone(UTC).isoformat(timespec="microseconds")
    fields = (before, row.number, at, _hex(row.actor), _hex(row.subject), row.action, row.item)
    return hashlib.sha256("\x1f".join(str(field) for field in fields).encode()).hexdigest()


def _hex(value: UUID | None) -> str:
    return value.hex if value else ""
