"""Rows of the assessment that do not open, for ``psoas doctor``."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import models

from psoas.care.assessment.models import (
    AskAgain,
    Choices,
    Clearance,
    OutcomePlan,
    Reply,
    Screening,
    Task,
)
from psoas.care.assessment.reply_rows import open_all
from psoas.care.assessment.rounds import open_row
from psoas.care.assessment.sealing import clinical_sealer, open_sealed
from psoas.care.people.models import Person
from psoas.care.people.vault import Sealer, Unreadable

# Under which name each is sealed. Those with a revision are sealed at it.
_PLAIN: tuple[tuple[type[models.Model], str], ...] = (
    (AskAgain, "askagain"),
    (Clearance, "clearance"),
    (Task, "task"),
    (Choices, "choices"),
    (OutcomePlan, "outcome plan"),
)


@dataclass(frozen=True)
class ClosedRow:
    """Where a document stands that does not open: the table, and the row in it."""

    table: str
    row: str


def closed_rows(person: Person) -> list[ClosedRow]:
    """Every row about this person that does not open; raises ``Unreadable`` without their key."""
    return list(_closed(person, clinical_sealer(person)))


def _closed(person: Person, with_: Sealer) -> Iterator[ClosedRow]:
    for key in open_all(person, Reply.objects.filter(person=person)).closed:
        yield ClosedRow(Reply._meta.db_table, f"id {key.hex}")
    for screening in Screening.objects.filter(person=person):
        if open_row(person, screening) is None:
            yield ClosedRow(Screening._meta.db_table, f"id {screening.pk.hex}")
    for model, name in _PLAIN:
        for row in model._default_manager.filter(person=person):
            if not _opens(with_, name, row):
                yield ClosedRow(model._meta.db_table, f"{model._meta.pk.column} {_hex(row)}")


def _opens(with_: Sealer, name: str, row: models.Model) -> bool:
    try:
        open_sealed(
            with_, name, row.pk, getattr(row, "sealed", None), revision=getattr(row, "revision", 1)
        )
    except Unreadable:
        return False
    return True


def _hex(row: models.Model) -> str:
    key = row.pk
    return key.hex if isinstance(key, UUID) else str(key)
