"""Reading one's own journal."""

from datetime import date
from uuid import UUID

from django.db.models import Max, Min

from psoas.care.journal.models import Entry
from psoas.care.journal.sealing import OpenEntry, journal_sealer, open_rows
from psoas.care.people.access import Viewer
from psoas.care.people.refusal import NotAllowed


def entry(viewer: Viewer, entry_id: UUID) -> OpenEntry:
    """Return one of the viewer's own entries; anybody else's does not exist for them."""
    rows = Entry.objects.visible_to(viewer).standing().filter(pk=entry_id)
    if not rows.exists():
        raise NotAllowed
    return open_rows(journal_sealer(viewer.known), rows)[0]


def entries(viewer: Viewer, first: date, last: date) -> list[OpenEntry]:
    """Return the viewer's entries of these days, both counted, in the order of time."""
    rows = Entry.objects.visible_to(viewer).standing().between(first, last)
    return open_rows(journal_sealer(viewer.known), rows)


def span(viewer: Viewer) -> tuple[date, date] | None:
    """Return the first and last day with an entry, or None where there is none yet."""
    ends = Entry.objects.visible_to(viewer).standing().aggregate(first=Min("day"), last=Max("day"))
    return (ends["first"], ends["last"]) if ends["first"] else None


def latest_day_before(viewer: Viewer, day: date) -> date | None:
    """Return the last day with an entry before this one, or None where the journal begins."""
    rows = Entry.objects.visible_to(viewer).standing().filter(day__lt=day)
    latest: date | None = rows.aggregate(latest=Max("day"))["latest"]
    return latest
