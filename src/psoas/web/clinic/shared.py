"""One person's record as far as they share it with this clinician. Each look is recorded."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

import numpy as np
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from psoas.care.journal.notebook import trigger_label
from psoas.care.journal.sealing import OpenEntry
from psoas.care.journal.sharing import SharedRecord, shared_record
from psoas.care.people.models import CATEGORIES, Person, Share
from psoas.charts import CHARTS
from psoas.charts.chart import Chart
from psoas.content.emotions import EMOTIONS
from psoas.diary.table import DayTable
from psoas.web.acts import TITLES
from psoas.web.clinic.doing import doing
from psoas.web.doors import door, viewer_of

WEEKS = (4, 12, 26, 52)
STRIPS = 5
_EMOTIONS = {emotion.slug: emotion for emotion in EMOTIONS}


@dataclass(frozen=True)
class Category:
    """One category, and since when it is shared; None: it is not."""

    slug: str
    title: str
    since: datetime | None


@dataclass(frozen=True)
class Named:
    """On how many days something was named, of those on which it was asked."""

    key: str
    label: str
    days: int
    asked: int


@dataclass(frozen=True)
class Words:
    day: date
    text: str


@door("clinician")
@require_safe
def page(request: HttpRequest, key: UUID) -> HttpResponse:
    viewer, now = viewer_of(request), timezone.now()
    weeks = _weeks(request.GET.get("weeks", ""))
    today = timezone.localdate()
    first = today - timedelta(days=7 * weeks - 1)
    record = shared_record(viewer, key, first=first, last=today, now=now)
    triggers = _triggers(record)
    context = {
        "record": record,
        "person": record.person,
        "doing": doing(viewer, record.person, now),
        "categories": _categories(record, viewer.known, now),
        "charts": _charts(record, triggers, today),
        "triggers": triggers,
        "feelings": _feelings(record.entries),
        "words": _words(record.entries),
        "weeks": weeks,
        "spans": WEEKS,
    }
    return render(request, "clinic/shared.html", context)


def _weeks(asked: str) -> int:
    return int(asked) if asked in {str(weeks) for weeks in WEEKS} else 12


def _categories(record: SharedRecord, clinician: Person, now: datetime) -> list[Category]:
    shares = Share.objects.in_force(now).filter(person=record.person, clinician=clinician)
    since = {share.category: share.given_at for share in shares}
    return [Category(slug, str(TITLES[slug]), since.get(slug)) for slug in CATEGORIES]


def _charts(record: SharedRecord, triggers: list[Named], today: date) -> list[Chart]:
    if record.table is None or not record.table.recorded:
        return []
    table = _from_first_entry(record.table)
    # The day table's columns carry the triggers' labels.
    strips = {each.label: each.label for each in triggers[:STRIPS]}
    return [draw(table, today=today, labels=strips) for draw in CHARTS]


def _from_first_entry(table: DayTable) -> DayTable:
    """Begin where the journal does: days before it was kept are not days without an entry."""
    start = int(np.flatnonzero(~np.isnan(table.pain))[0])
    return replace(
        table, days=table.days[start:], pain=table.pain[start:], values=table.values[start:]
    )


def _triggers(record: SharedRecord) -> list[Named]:
    """Triggers named at least once. A day on which one was not asked does not count for it."""
    named: dict[str, set[date]] = defaultdict(set)
    asked: dict[str, set[date]] = defaultdict(set)
    for entry in record.entries:
        for key, value in entry.document.get("triggers", {}).items():
            asked[key].add(entry.day)
            if value:
                named[key].add(entry.day)
    return _most_first(
        Named(key, trigger_label(key, record.notebook) or key, len(days), len(asked[key]))
        for key, days in named.items()
    )


def _feelings(entries: Iterable[OpenEntry]) -> list[Named]:
    named: dict[str, set[date]] = defaultdict(set)
    asked: set[date] = set()
    for entry in entries:
        feelings = entry.document.get("feelings", {})
        if feelings or entry.document.get("asked", {}).get("feelings"):
            asked.add(entry.day)
        for slug in feelings:
            named[slug].add(entry.day)
    return _most_first(
        Named(slug, _EMOTIONS[slug].label, len(days), len(asked))
        for slug, days in named.items()
        if slug in _EMOTIONS
    )


def _most_first(found: Iterable[Named]) -> list[Named]:
    return sorted(found, key=lambda each: (-each.days, each.label))


def _words(entries: Iterable[OpenEntry]) -> list[Words]:
    """What was written, newest first."""
    return [
        Words(entry.day, entry.document["words"])
        for entry in reversed(list(entries))
        if entry.document.get("words")
    ]
