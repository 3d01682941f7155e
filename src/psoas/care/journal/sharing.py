"""What a person lets their clinician read of the journal: by category, while it is shared."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from psoas.care.journal.days import day_table
from psoas.care.journal.models import Entry
from psoas.care.journal.notebook import Notebook, open_notebook
from psoas.care.journal.sealing import OpenEntry, journal_sealer, open_rows
from psoas.care.people import trail
from psoas.care.people.access import Viewer, people_looked_after, shared_categories
from psoas.care.people.models import Person
from psoas.care.people.refusal import NotAllowed
from psoas.diary.table import DayTable

# What of an entry's document each category opens. What is in none stays closed.
FIELDS = {
    "pain": frozenset(
        {"pain", "unsure", "worst", "places", "tension", "scales", "hindered", "stiffness_min"}
    ),
    "feelings": frozenset({"feelings", "mood", "triggers", "asked", "helped", "words"}),
}
_FRAME = frozenset({"v", "at", "zone"})


@dataclass(frozen=True)
class SharedRecord:
    """One person's journal as far as one clinician may read it now."""

    person: Person
    categories: frozenset[str]
    entries: tuple[OpenEntry, ...]
    table: DayTable | None
    notebook: Notebook


def shared_record(
    viewer: Viewer, person_id: UUID, *, first: date, last: date, now: datetime
) -> SharedRecord:
    """Open what is shared, and nothing else; the person sees that it was read."""
    with transaction.atomic():
        person = people_looked_after(viewer, now).filter(pk=person_id).first()
        if person is None:
            raise NotAllowed
        categories = shared_categories(viewer, person, now)
        open_to_them = frozenset().union(*(FIELDS.get(each, frozenset()) for each in categories))
        if not open_to_them:
            return SharedRecord(person, categories, (), None, Notebook())
        rows = Entry.objects.filter(person=person).standing().between(first, last)
        entries = tuple(
            _only(entry, open_to_them) for entry in open_rows(journal_sealer(person), rows)
        )
        notebook = open_notebook(Viewer(person)) if "feelings" in categories else Notebook()
        trail.record(
            "shared journal read",
            actor=viewer.person,
            subject=person,
            now=now,
            # Only what stood on this page; answers and measurements are read, and noted, elsewhere.
            item=",".join(sorted(categories & FIELDS.keys())),
        )
    table = day_table(entries, first, last, notebook) if "pain" in categories else None
    return SharedRecord(person, categories, entries, table, notebook)


def _only(entry: OpenEntry, fields: frozenset[str]) -> OpenEntry:
    kept = {
        name: value for name, value in entry.document.items() if name in fields or name in _FRAME
    }
    return OpenEntry(entry.id, entry.day, entry.kind, entry.revision, kept)
