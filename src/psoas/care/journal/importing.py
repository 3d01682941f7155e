"""Bringing a diary in: first a dry run that says row by row what will happen, then the rows."""

import base64
import json
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from psoas.care.journal.formulas import with_formula
from psoas.care.journal.models import BACKFILL, Entry, PendingImport
from psoas.care.journal.notebook import (
    Notebook,
    OwnTrigger,
    find_trigger,
    keep_notebook,
    new_own,
    open_notebook,
    trigger_label,
)
from psoas.care.journal.sealing import (
    DAY_AS_TEXT,
    VERSION,
    Document,
    day_from,
    journal_sealer,
    seal_entry,
)
from psoas.care.people import trail
from psoas.care.people.access import Viewer, allows, own_rows
from psoas.care.people.models import Person
from psoas.care.people.refusal import NotAllowed, Refusal
from psoas.care.people.vault import Place
from psoas.diary import reading
from psoas.diary.refusal import Problem
from psoas.diary.table import Row

LARGEST = 5 * 1024 * 1024
# How long a dry run waits for its yes.
WAITS = timedelta(hours=1)
_SHOWN = 40


@dataclass(frozen=True)
class Column:
    """One trigger column of the file and the trigger it becomes."""

    name: str
    key: str
    label: str
    fresh: bool
    number: bool


@dataclass(frozen=True)
class Plan:
    """What an import will do, before it does anything."""

    filename: str
    rows: tuple[Row, ...]
    refused: tuple[Problem, ...]
    notes: tuple[str, ...]
    columns: tuple[Column, ...]
    own: tuple[OwnTrigger, ...]

    @property
    def first(self) -> date | None:
        return self.rows[0].day if self.rows else None

    @property
    def last(self) -> date | None:
        return self.rows[-1].day if self.rows else None

    @property
    def without_pain(self) -> int:
        return sum(row.pain is None for row in self.rows)


def examine(viewer: Viewer, data: bytes, filename: str, *, now: datetime) -> Plan:
    """Say what an import would add, and refuse row by row what it would not."""
    person = _writer(viewer)
    today = now.astimezone(ZoneInfo(person.zone)).date()
    if len(data) > LARGEST:
        raise Refusal(
            _("%(name)s is larger than 5 MB. A diary of a hundred years is smaller; is this it?")
            % {"name": filename}
        )
    found = reading.examine(data, filename, today)
    notebook = open_notebook(viewer)
    columns, own = _columns(found, filename, notebook, today)
    rows, refused, empty = _sort_out(viewer, found, filename)
    notes = list(found.notes)
    if empty:
        notes.append(
            ngettext(
                "%(count)s row says nothing and is left out.",
                "%(count)s rows say nothing and are left out.",
                empty,
            )
            % {"count": empty}
        )
    return Plan(filename, rows, refused, tuple(notes), columns, own)


def keep(viewer: Viewer, data: bytes, filename: str, *, now: datetime) -> None:
    """Keep the file, sealed, until the person says yes or an hour is over."""
    person = _writer(viewer)
    package = json.dumps({"name": filename, "data": base64.b64encode(data).decode()}).encode()
    waiting_id = uuid4()
    place = Place("import", "file", waiting_id, 1)
    with transaction.atomic():
        PendingImport.objects.filter(own_rows(viewer)).delete()
        PendingImport.objects.create(
            id=waiting_id,
            person=person,
            made_at=now,
            sealed=journal_sealer(person).seal(place, package),
        )


def carry_out(viewer: Viewer, *, now: datetime) -> int:
    """Add what the dry run promised, all of it or nothing; return how many days were added."""
    person = _writer(viewer)
    with transaction.atomic():
        # Two taps on yes: the second waits here, and then finds nothing waiting.
        PendingImport.objects.filter(own_rows(viewer)).select_for_update().first()
        plan = waiting(viewer, now=now)
        if plan is None:
            raise Refusal(_("The file waited too long and was put away. Choose it again."))
        if not plan.rows:
            raise Refusal(_("There is nothing in %(name)s to add.") % {"name": plan.filename})
        _add(viewer, person, plan, now)
        put_away(viewer)
    return len(plan.rows)


def waiting(viewer: Viewer, *, now: datetime) -> Plan | None:
    """Examine the file that waits for its yes, as the journal is now; None where none waits."""
    kept = PendingImport.objects.filter(own_rows(viewer), made_at__gte=now - WAITS).first()
    if kept is None:
        return None
    place = Place("import", "file", kept.pk, 1)
    package = json.loads(journal_sealer(viewer.known).open(place, bytes(kept.sealed)))
    return examine(viewer, base64.b64decode(package["data"]), package["name"], now=now)


def put_away(viewer: Viewer) -> None:
    """Forget the file that was waiting."""
    PendingImport.objects.filter(own_rows(viewer)).delete()


def _add(viewer: Viewer, person: Person, plan: Plan, now: datetime) -> None:
    sealer = journal_sealer(person)
    keys = {column.name: column.key for column in plan.columns}
    entries = []
    for row in plan.rows:
        entry_id = uuid4()
        document = _document(row, keys, person.zone)
        entries.append(
            Entry(
                id=entry_id,
                person=person,
                day=row.day,
                kind=BACKFILL,
                sealed=seal_entry(sealer, entry_id, 1, document, day=row.day, kind=BACKFILL),
            )
        )
    Entry.objects.bulk_create(entries, batch_size=500)
    if plan.own:
        notebook = open_notebook(viewer)
        keep_notebook(viewer, replace(notebook, own=(*notebook.own, *plan.own)))
    trail.record(f"{len(entries)} days added", actor=person, subject=person, now=now)


def _document(row: Row, keys: dict[str, str], zone: str) -> Document:
    noon = datetime.combine(row.day, time(12), ZoneInfo(zone))
    document: Document = {"v": VERSION, "at": noon.isoformat(), "zone": zone, "pain": row.pain}
    # A number in the file is known; an empty cell is not. Nothing beyond the file was asked.
    document["asked"] = {"triggers": False, "feelings": False}
    if row.values:
        document["triggers"] = {keys[name]: value for name, value in row.values.items()}
    return document


def _columns(
    found: reading.Examination, filename: str, notebook: Notebook, today: date
) -> tuple[tuple[Column, ...], tuple[OwnTrigger, ...]]:
    """Say which trigger each column becomes; a name that cannot be one is refused by name."""
    columns: dict[str, Column] = {}
    known, since = notebook, found.rows[0].day if found.rows else today
    for name in found.triggers:
        plain = with_formula(name)
        number = any(row.values.get(name, 0) not in (0, 1) for row in found.rows)
        key = find_trigger(plain, known)
        fresh = key is None
        if key is None:
            try:
                own = new_own(known, plain, number=number, since=since)
            except Refusal as refusal:
                raise _refused(filename, name, str(refusal)) from None
            known = replace(known, own=(*known.own, own))
            key = own.key
        if key in columns:
            sentence = _("it names the same trigger as column “%(other)s”. Keep one of them.")
            raise _refused(filename, name, sentence % {"other": columns[key].name})
        columns[key] = Column(name, key, trigger_label(key, known) or plain, fresh, number)
    return tuple(columns.values()), known.own[len(notebook.own) :]


def _refused(filename: str, column: str, sentence: str) -> Refusal:
    shown = column if len(column) <= _SHOWN else f"{column[:_SHOWN]}…"
    return Refusal(str(Problem(filename, 1, shown, sentence)))


def _sort_out(
    viewer: Viewer, found: reading.Examination, filename: str
) -> tuple[tuple[Row, ...], tuple[Problem, ...], int]:
    """Part the rows that can be added from days that are there already, and from empty ones."""
    there = _days_there(viewer)
    rows: list[Row] = []
    refused = list(found.problems)
    empty = 0
    for row in found.rows:
        if row.day in there:
            message = _("your journal has an entry for %(day)s already; it stays as it is.")
            refused.append(Problem(filename, row.line, "day", message % {"day": row.day}))
        elif row.pain is None and not row.values:
            empty += 1
        else:
            rows.append(row)
    refused.sort(key=lambda problem: problem.line or 0)
    return tuple(rows), tuple(refused), empty


def _days_there(viewer: Viewer) -> set[date]:
    standing = Entry.objects.visible_to(viewer).standing()
    texts = standing.values_list(DAY_AS_TEXT, flat=True).distinct()
    return {day for text in texts if (day := day_from(text))}


def _writer(viewer: Viewer) -> Person:
    if not allows("inside", viewer):
        raise NotAllowed
    return viewer.known


def forget_waiting(now: datetime) -> int:
    """Remove everybody's files whose hour is over."""
    over = PendingImport.objects.filter(made_at__lt=now.astimezone(UTC) - WAITS)
    # Asked first: most of the time there is nothing, and a write costs.
    return over.delete()[0] if over.exists() else 0
