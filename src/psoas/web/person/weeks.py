"""The weeks: a sentence, the calendar, the line of pain with what was going on beneath it."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from psoas.care.journal.days import day_table
from psoas.care.journal.notebook import Notebook, open_notebook, trigger_label
from psoas.care.journal.reading import latest_day_before, opened, span
from psoas.charts import calendar, pain_line
from psoas.charts.chart import Chart
from psoas.charts.page import table_of
from psoas.diary.summary import summarise
from psoas.diary.table import DayTable
from psoas.web.doors import door, viewer_of
from psoas.web.person.days import ONE_DAY, asked_day

LENGTHS = (5, 13, 26, 52)
WEEK = timedelta(days=7)
# A journal in which nothing was written for this long has come to its end.
ENDED = 5 * WEEK
# More rows than this under the line no longer read on a phone; the table has the rest.
MOST_FREQUENT = 6


@dataclass(frozen=True)
class Picture:
    chart: Chart
    svg: SafeString
    table: SafeString


@door("inside")
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    today = timezone.localdate()
    weeks = _length(request.GET.get("weeks"))
    ends = span(viewer)
    until = min(asked_day(request.GET.get("until")) or _latest(ends, weeks, today), today)
    context: dict[str, object] = {"began": ends and ends[0], "weeks": weeks, "lengths": LENGTHS}
    if ends:
        first, last = _window(until, weeks, today, ends[0])
        # Nobody writes in it any more: the days after its last are no gaps in it.
        over = ends[1] < today - ENDED and first <= ends[1] <= last
        last = ends[1] if over else last
        notebook = open_notebook(viewer)
        there = opened(viewer, first, last)
        found = there.entries
        # Today is not over: that nothing is written yet is no missing day.
        open_today = last == today > first and not (found and found[-1].day == today)
        table = day_table(found, first, last - ONE_DAY if open_today else last, notebook)
        context |= {
            "first": first,
            "last": last,
            "headline": summarise(table).headline(),
            "closed": there.closed,
            "pictures": _pictures(table, notebook, today),
            "earlier": _turn(weeks, first - ONE_DAY) if latest_day_before(viewer, first) else None,
            "later": None if over else _later(last, weeks, today),
        }
    return render(request, "person/weeks/page.html", context)


def _length(text: str | None) -> int:
    return int(text) if text in {str(weeks) for weeks in LENGTHS} else LENGTHS[0]


def _latest(ends: tuple[date, date] | None, weeks: int, today: date) -> date:
    """Today; but where the last entry is longer ago than is shown, the weeks of that entry."""
    far = ends is not None and ends[1] < today - weeks * WEEK
    return ends[1] if ends and far else today


def _window(until: date, weeks: int, today: date, began: date) -> tuple[date, date]:
    """Whole weeks, Monday to Sunday, that end with the week of ``until``; never the future."""
    monday = until - timedelta(days=until.weekday())
    first = max(monday - (weeks - 1) * WEEK, began)
    # A journal younger than the window begins with its own first week, not with empty ones.
    return min(first, until), min(monday + timedelta(days=6), today)


def _pictures(table: DayTable, notebook: Notebook, today: date) -> tuple[Picture, ...]:
    labels = {name: capfirst(name) for name in _shown(table, notebook)}
    charts = (
        calendar.draw(table, today=today),
        pain_line.draw(table, today=today, labels=labels),
    )
    # Charts escape every part they are built of; a test gives one a name that is markup.
    return tuple(
        Picture(chart, mark_safe(chart.svg), mark_safe(table_of(chart, "table")))
        for chart in charts
    )


def _shown(table: DayTable, notebook: Notebook) -> list[str]:
    """The most frequent triggers, which the table has first, and all suspects."""
    suspects = [trigger_label(each.trigger, notebook) for each in notebook.suspects]
    named = [name for name in suspects if name in table.triggers]
    ever = [
        name for name in table.triggers if (table.values[:, table.triggers.index(name)] > 0).any()
    ]
    return list(dict.fromkeys([*named, *ever[:MOST_FREQUENT]]))


def _later(last: date, weeks: int, today: date) -> str | None:
    return None if last >= today else _turn(weeks, min(last + weeks * WEEK, today))


def _turn(weeks: int, until: date) -> str:
    return f"{reverse('weeks')}?weeks={weeks}&until={until.isoformat()}"
