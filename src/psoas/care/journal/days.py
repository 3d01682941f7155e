"""Entries put together by day: the timeline a person reads, the table the science reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from psoas.care.journal.models import MOMENT
from psoas.care.journal.notebook import Notebook, trigger_label
from psoas.care.journal.sealing import OpenEntry
from psoas.diary.table import DayTable, Number, Row, tabulate


@dataclass(frozen=True)
class Day:
    """One day of the timeline, its entries in the order of time."""

    day: date
    pain: Number | None
    entries: tuple[OpenEntry, ...]


@dataclass(frozen=True)
class Gap:
    """Days without an entry. Shown as a gap, never as zero."""

    first: date
    last: date
    days: int


def timeline(entries: Sequence[OpenEntry], first: date, last: date) -> list[Day | Gap]:
    """Days and gaps between ``first`` and ``last``, newest first."""
    found = [
        Day(day, day_pain(group), tuple(group))
        for day, rows in groupby(entries, key=lambda entry: entry.day)
        if (group := list(rows))
    ]
    line: list[Day | Gap] = []
    after = last + timedelta(days=1)
    for each in reversed(found):
        line += _gap(each.day + timedelta(days=1), after - timedelta(days=1))
        line.append(each)
        after = each.day
    return line + _gap(first, after - timedelta(days=1))


def day_pain(entries: Sequence[OpenEntry]) -> Number | None:
    """The pain of a day: its day entry's, else the mean of its moments.

    Moments are written when it hurts, so they stand in only where nothing speaks for the day.
    """
    whole_day = [
        entry.document["pain"]
        for entry in entries
        if entry.kind != MOMENT and entry.document.get("pain") is not None
    ]
    if whole_day:
        pain: Number = whole_day[-1]
        return pain
    moments = [
        entry.document["pain"] for entry in entries if entry.document.get("pain") is not None
    ]
    if not moments:
        return None
    mean: Number = moments[0] if len(moments) == 1 else sum(moments) / len(moments)
    return mean


def day_triggers(entries: Sequence[OpenEntry]) -> dict[str, Number]:
    """What is known of a day's triggers: the largest value any of its entries gives.

    A trigger no entry speaks of is not in the answer: unknown, never absent.
    """
    known: dict[str, Number] = {}
    for entry in entries:
        for key, value in entry.document.get("triggers", {}).items():
            if key not in known or value > known[key]:
                known[key] = value
    return known


def day_rows(entries: Sequence[OpenEntry]) -> list[Row]:
    """One row a day that has an entry, triggers under their keys."""
    return [
        Row(day, day_pain(group), day_triggers(group))
        for day, rows in groupby(entries, key=lambda entry: entry.day)
        if (group := list(rows))
    ]


def day_table(
    entries: Sequence[OpenEntry], first: date, last: date, notebook: Notebook
) -> DayTable:
    """The day table from ``first`` to ``last``, with the triggers anything is known of.

    Columns carry labels; those that were ever present come first, the most frequent first.
    """
    rows = day_rows(entries)
    counts: dict[str, int] = {}
    for row in rows:
        for key, value in row.values.items():
            counts[key] = counts.get(key, 0) + (value != 0)
    keys = sorted(
        (key for key in counts if trigger_label(key, notebook) is not None),
        key=lambda key: (-counts[key], key),
    )
    named = {key: trigger_label(key, notebook) or key for key in keys}
    labelled = [
        Row(row.day, row.pain, {named[k]: v for k, v in row.values.items() if k in named})
        for row in rows
    ]
    present = {row.day for row in labelled}
    edges = [Row(day, None, {}) for day in {first, last} - present]
    return tabulate([*labelled, *edges], [named[key] for key in keys])


def _gap(first: date, last: date) -> list[Day | Gap]:
    days = (last - first).days + 1
    return [Gap(first, last, days)] if days > 0 else []
