"""Plans as they are read and written: between a document and its row."""

import logging
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID, uuid4

from psoas.care.people.models import Person
from psoas.care.people.vault import Unreadable
from psoas.care.programme.models import Plan
from psoas.care.programme.reasons import Why
from psoas.care.programme.sealing import Document, open_row, programme_sealer, seal

VERSION: Final = 1
BY_RULES: Final = "rules"
BY_CLINICIAN: Final = "clinician"


@dataclass(frozen=True)
class Planned:
    """One exercise of a plan.

    Attributes:
        slug: The exercise.
        side: "left" or "right" where one was chosen; empty: as the exercise is done.
        sets: As chosen; None: as the rules say.
        amount: Seconds, repetitions, breaths or minutes, by the kind of its dose.
        note: A clinician's words to the person.
        why: Why the rules took it in; empty where a clinician chose it.
    """

    slug: str
    side: str = ""
    sets: int | None = None
    amount: int | float | None = None
    note: str = ""
    why: tuple[Why, ...] = ()


@dataclass(frozen=True)
class OpenPlan:
    """One version of a plan."""

    id: UUID
    number: int
    made_at: datetime
    ended_at: datetime | None
    locked: bool
    by: Literal["rules", "clinician"]
    made_by: UUID | None
    made_by_name: str
    items: tuple[Planned, ...]
    template: str
    note: str
    minutes: int | None
    when: str
    # What it was built from, as slugs: for "why did it change?".
    built_from: Document

    @property
    def slugs(self) -> tuple[str, ...]:
        return tuple(each.slug for each in self.items)


def in_force_of(person: Person) -> OpenPlan | None:
    """The person's plan in force; one that does not open counts as none, and is named."""
    found = open_all(person, Plan.objects.filter(person=person, ended_at=None))
    return found[0] if found else None


def open_all(person: Person, rows: Iterable[Plan]) -> list[OpenPlan]:
    """Open rows of one person; what does not open is passed over."""
    rows = list(rows)
    if not rows:
        return []
    with_, found = programme_sealer(person), []
    for row in rows:
        try:
            found.append(_opened(row, open_row(with_, row)))
        except Unreadable:
            logging.getLogger(__name__).warning("A plan does not open.")
    return found


def write(
    person: Person, document: Document, now: datetime, *, by: Person | None, locked: bool
) -> OpenPlan:
    """End the plan in force and write the next version."""
    before = Plan.objects.select_for_update().filter(person=person)
    before.filter(ended_at=None).update(ended_at=now)
    last = before.order_by("-number").values_list("number", flat=True).first() or 0
    row = Plan(id=uuid4(), person=person, made_by=by, number=last + 1, made_at=now, locked=locked)
    whole = {"v": VERSION, "by": BY_CLINICIAN if by else BY_RULES, **document}
    whole["by_name"] = by.name if by else ""
    row.sealed = seal(programme_sealer(person), row, whole)
    row.save(force_insert=True)
    return _opened(row, whole)


def set_locked(row: Plan, *, locked: bool) -> None:
    """Lock or unlock: sealed anew, so that nobody turns it in the table alone."""
    with_ = programme_sealer(row.person)
    document = open_row(with_, row)
    row.locked = locked
    row.sealed = seal(with_, row, document)
    row.save(update_fields=["locked", "sealed"])


def planned_documents(items: Iterable[Planned]) -> list[Document]:
    return [asdict(each) for each in items]


def _planned(document: Document) -> Planned:
    whys = tuple(
        Why(**{**each, "sources": tuple(each["sources"])}) for each in document.get("why", ())
    )
    return Planned(**{**document, "why": whys})


def _opened(row: Plan, document: Document) -> OpenPlan:
    items: list[dict[str, Any]] = document["items"]
    return OpenPlan(
        id=row.pk,
        number=row.number,
        made_at=row.made_at,
        ended_at=row.ended_at,
        locked=row.locked,
        by=document["by"],
        made_by=row.made_by_id,
        made_by_name=document["by_name"],
        items=tuple(_planned(each) for each in items),
        template=document["template"],
        note=document["note"],
        minutes=document["minutes"],
        when=document["when"],
        built_from=document["built_from"],
    )
