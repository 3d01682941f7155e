"""Reading one's own journal."""

from datetime import date
from uuid import UUID

from psoas.care.journal.models import Entries, Entry
from psoas.care.journal.sealing import (
    DAY_AS_TEXT,
    Opened,
    OpenEntry,
    day_from,
    journal_sealer,
    open_all,
    open_rows,
)
from psoas.care.people.access import Viewer
from psoas.care.people.refusal import NotAllowed
from psoas.care.people.vault import Unreadable


def entry(viewer: Viewer, entry_id: UUID) -> OpenEntry:
    """Return one of the viewer's own entries; anybody else's does not exist for them."""
    rows = Entry.objects.visible_to(viewer).standing().filter(pk=entry_id)
    if not rows.exists():
        raise NotAllowed
    found = open_rows(journal_sealer(viewer.known), rows)
    if not found:
        raise Unreadable("This entry does not open: damaged or moved.")
    return found[0]


def day_of(viewer: Viewer, entry_id: UUID) -> date:
    """Return the day of an entry without opening it; it may be one that does not open."""
    row = Entry.objects.visible_to(viewer).standing().filter(pk=entry_id).first()
    if row is None:
        raise NotAllowed
    return row.day


def entries(viewer: Viewer, first: date, last: date) -> list[OpenEntry]:
    """Return the viewer's entries of these days, both counted, in the order of time."""
    return opened(viewer, first, last).entries


def opened(viewer: Viewer, first: date, last: date) -> Opened:
    """Return the entries of these days, and those among them that do not open."""
    rows = Entry.objects.visible_to(viewer).standing().between(first, last)
    return open_all(journal_sealer(viewer.known), rows)


def span(viewer: Viewer) -> tuple[date, date] | None:
    """Return the first and last day with an entry, or None where there is none yet."""
    rows = Entry.objects.visible_to(viewer).standing()
    first, last = _next_day(rows.order_by("day")), _next_day(rows.order_by("-day"))
    return (first, last) if first and last else None


def latest_day_before(viewer: Viewer, day: date) -> date | None:
    """Return the last day with an entry before this one, or None where the journal begins."""
    rows = Entry.objects.visible_to(viewer).standing().filter(day__lt=day)
    return _next_day(rows.order_by("-day"))


def _next_day(rows: Entries) -> date | None:
    # One by one, mostly the first alone: text that is no day is passed over, not stopped at.
    texts = rows.values_list(DAY_AS_TEXT, flat=True).iterator(chunk_size=20)
    return next((day for text in texts if (day := day_from(text))), None)
