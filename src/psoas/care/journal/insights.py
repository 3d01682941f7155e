"""What goes with the pain: decided on answer days from the days before, and frozen there.

Between answer days the journal may be looked at, added to and corrected freely. Nothing of it
changes what was decided; it counts from the next answer day on. That is what keeps an answer true
although somebody looks every day.
"""

import hashlib
import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from time import monotonic
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np
from django.db import transaction
from django.db.models import Max, Min, TextField
from django.db.models.functions import Cast

from psoas.care.journal.days import day_table
from psoas.care.journal.decisions import Decided, freeze, newest_first
from psoas.care.journal.models import Decision, Entry
from psoas.care.journal.notebook import Notebook, open_notebook, trigger_label
from psoas.care.journal.reading import entries, span
from psoas.care.journal.sealing import DAY_AS_TEXT, OpenEntry, day_from, journal_sealer
from psoas.care.people.access import Viewer
from psoas.care.people.keyring import KeyRefused
from psoas.care.people.models import Person, WrappedKey
from psoas.care.people.vault import JOURNAL, Unreadable
from psoas.content.practices import limit_of
from psoas.content.triggers import TRIGGERS
from psoas.diary.answers.answer import Star
from psoas.diary.answers.answer_days import answer_days, next_answer_day
from psoas.diary.answers.deciding import on_answer_day, standing
from psoas.diary.answers.levels import LEAST_RECORDED
from psoas.diary.answers.stars import FIRST_WEEK
from psoas.diary.table import DayTable

_REMARKS = {trigger.slug for trigger in TRIGGERS if not trigger.exposure}


@dataclass(frozen=True)
class Analysed:
    """The days as the science reads them, and which trigger each of the columns is."""

    table: DayTable
    keys: dict[str, str]


@dataclass(frozen=True)
class Insight:
    """Where a person stands: the latest decision, those that do not open, and the day to come."""

    began: date
    decided: Decided | None
    closed: tuple[date | None, ...]
    next_answer_day: date
    # Answer days that have come and are still to be decided; a long import brings dozens.
    left: int = 0


def insight(viewer: Viewer, today: date, patience: float | None = None) -> Insight | None:
    """Decide what is due, then say where the viewer stands; None before the first entry.

    With ``patience``, in seconds, it stops after that: the next look, or the sweep, goes on.
    """
    ends = span(viewer)
    if ends is None:
        return None
    decided, closed = _latest(viewer)
    began = decided.began if decided else ends[0]
    # One that does not open stays what was decided: it is not decided again.
    done = [*filter(None, closed), *([decided.answer_day] if decided else [])]
    left = 0
    if days := due(ends, began, done, today):
        until = None if patience is None else monotonic() + patience
        left = _decide(viewer, days, decided, began, today, until)
        decided, closed = _latest(viewer)
    return Insight(began, decided, closed, next_answer_day(began, today), left)


def decide_everybodys(now: datetime) -> None:
    """Decide what is due for everybody, whether or not they come to look."""
    for person in _perhaps_due(now):
        try:
            insight(Viewer(person), now.astimezone(ZoneInfo(person.zone)).date())
        except (Unreadable, KeyRefused):
            # Their pages say so to them, and the doctor to whoever runs this.
            continue
        except Exception as problem:  # noqa: BLE001  one person's rows must not keep the others waiting
            logging.getLogger(__name__).warning("Not decided: %s", type(problem).__name__)


def due(ends: tuple[date, date], began: date, done: Iterable[date], today: date) -> list[date]:
    """The answer days that have come and are not decided; never one before a day that is.

    After the last entry there is one more, and then none until somebody writes again.
    """
    come = [each.day for each in answer_days(began, today)]
    ended = next((day for day in come if day > ends[1]), today)
    decided = max(done, default=date.min)
    return [day for day in come if decided < day <= ended]


def analysed(found: Sequence[OpenEntry], notebook: Notebook) -> Analysed | None:
    """Lay entries out for the analysis: without remarks, and without medicines of any name.

    What somebody takes answers the pain; held against it, it would take the blame for it. What
    was offered and never named is left out, too: nobody wonders about it.
    """
    if not found:
        return None
    table = day_table(found, found[0].day, found[-1].day, notebook)
    used = {key for entry in found for key in entry.document.get("triggers", {})} - _REMARKS
    labels = {trigger_label(key, notebook): key for key in used}
    ever = np.count_nonzero(np.nan_to_num(table.values), axis=0)
    kept = [
        n
        for n, name in enumerate(table.triggers)
        if name in labels and ever[n] and not _is_medicine(name)
    ]
    keys = {table.triggers[n]: labels[table.triggers[n]] for n in kept}
    return Analysed(DayTable(table.days, table.pain, tuple(keys), table.values[:, kept]), keys)


def stars_of(notebook: Notebook, found: Analysed, began: date, on: date) -> list[Star]:
    """The guesses as they stood on a day.

    For one of the first week all days count from ``began`` on; never days before it that were
    brought in later, which its person had seen when they named it.
    """
    names = {key: name for name, key in found.keys.items()}
    first_week = began + timedelta(days=FIRST_WEEK)
    all_days = None if found.table.first >= began else began - timedelta(days=1)
    return [
        Star(names[each.trigger], all_days if since < first_week else since)
        for each in notebook.suspects
        if each.trigger in names and (since := date.fromisoformat(each.since)) < on
    ]


def _perhaps_due(now: datetime) -> Iterator[Person]:
    """Whose next answer day may have come, by the days that stand in clear."""
    tomorrow = now.astimezone(UTC).date() + timedelta(days=1)
    decisions = Decision.objects.values("person").annotate(
        last=Max(Cast("answer_day", TextField())), began=Min(Cast("began", TextField()))
    )
    decided = {each["person"]: (each["last"], each["began"]) for each in decisions}
    written = Entry.objects.standing().filter(person__is_active=True).values("person")
    for each in written.annotate(first=Min(DAY_AS_TEXT), last=Max(DAY_AS_TEXT)):
        latest, began = decided.get(each["person"], ("0001-01-01", each["first"]))
        texts = (each["first"], each["last"], began, latest)
        days = [day for text in texts if (day := day_from(text))]
        if len(days) < len(texts) or due((days[0], days[1]), days[2], days[3:], tomorrow):
            yield Person.objects.get(pk=each["person"])


def _latest(viewer: Viewer) -> tuple[Decided | None, tuple[date | None, ...]]:
    closed: list[date | None] = []
    for each in newest_first(viewer):
        if isinstance(each, Decided):
            return each, tuple(closed)
        closed.append(each.answer_day)
    return None, tuple(closed)


def _decide(
    viewer: Viewer,
    days: list[date],
    decided: Decided | None,
    began: date,
    today: date,
    until: float | None,
) -> int:
    """Decide one day after the other; return how many are left when time is up."""
    # The key of before the reading: a journal erased meanwhile leaves nothing that opens.
    with_, key = journal_sealer(viewer.known), _key_of(viewer)
    notebook = open_notebook(viewer)
    found = analysed(entries(viewer, date.min, today), notebook)
    for n, day in enumerate(days):
        # At least one of them a look, so that it ends however slow the machine is.
        if n and until is not None and monotonic() > until:
            return len(days) - n
        # Too few numbers decide nothing, and must not fix the days to come: the first of them
        # may be a slip in a year, which is put right later.
        if found is None or _numbers_before(found.table, day) < LEAST_RECORDED:
            continue
        stars = stars_of(notebook, found, began, day)
        answers = on_answer_day(found.table, day, stars, begun=began)
        if decided is not None:
            answers = standing(decided.answers, answers)
        decided = Decided(day, today, began, _hash(found.table.before(day)), found.keys, answers)
        with transaction.atomic():
            if span(viewer) is None or _key_of(viewer) != key:
                # Erased while this was worked out, and perhaps begun anew.
                return 0
            freeze(viewer.known, with_, decided)
        # Where another request was first, the next day builds on what it wrote.
        decided, _closed = _latest(viewer)
    return 0


def _numbers_before(table: DayTable, day: date) -> int:
    return table.before(day).recorded if table.first < day else 0


def _key_of(viewer: Viewer) -> UUID | None:
    keys = WrappedKey.objects.filter(person=viewer.known, purpose=JOURNAL)
    return keys.values_list("pk", flat=True).first()


def _hash(table: DayTable) -> str:
    digest = hashlib.sha256(repr((table.first.isoformat(), table.triggers)).encode())
    digest.update(table.pain.tobytes())
    digest.update(table.values.tobytes())
    return digest.hexdigest()


def _is_medicine(name: str) -> bool:
    limit = limit_of(name)
    return limit is not None and limit.slug == "medicine"
