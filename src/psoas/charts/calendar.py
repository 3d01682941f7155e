"""Chart 1, the calendar of pain: a week a row, or a month a row where the diary is long."""

from collections.abc import Mapping
from datetime import date, timedelta

from psoas.charts.bins import MOST_DAYS
from psoas.charts.calendar_years import draw_years
from psoas.charts.chart import Chart
from psoas.charts.legend import RAMP_HEIGHT as LEGEND
from psoas.charts.legend import ramp_legend
from psoas.charts.svg import Svg, element, hatch, picture, text
from psoas.content.language import gettext as _
from psoas.content.language import ngettext
from psoas.diary.spoken import full_day, short_day, spoken_number, weekday_short
from psoas.diary.summary import level_of
from psoas.diary.table import DayTable

SLUG = "calendar"
WIDTH = 358.0
_CELL, _PITCH, _HEAD, _MARGIN = 46.0, 52.0, 30.0, 4.0
WEEK = 7


def draw(table: DayTable, *, today: date, labels: Mapping[str, str] | None = None) -> Chart:
    """Draw the calendar: every day its pain, missing days hatched, days outside it empty.

    Up to 26 weeks a row is a week and every day shows its date and its number; beyond, a row is
    a month and colour alone remains in the picture (the numbers are in the table).

    Args:
        table: The days.
        today: Gets an outline where it is shown.
        labels: Not used: the calendar shows pain alone.
    """
    title = _("Calendar")
    sentence = _sentence(table)
    if table.span > MOST_DAYS:
        body, height = draw_years(table, today, SLUG)
    else:
        body, height = _draw_weeks(table, today)
    body += ramp_legend(SLUG, height + 10)
    svg = picture(SLUG, title, sentence, WIDTH, height + LEGEND, hatch(SLUG), *body)
    columns = (_("Week of"), *(weekday_short(n) for n in range(WEEK)))
    return Chart(SLUG, title, sentence, svg, columns, _rows(table))


def _sentence(table: DayTable) -> str:
    level = level_of(table)
    if level is None:
        return _("No day has a pain entry yet.")
    missing = table.span - table.recorded
    if not missing:
        return level.sentence() + " " + _("Every day has an entry.")
    return (
        level.sentence()
        + " "
        + ngettext(
            "{missing} of {n} day has no entry.", "{missing} of {n} days have no entry.", table.span
        ).format(missing=f"{missing:,}", n=f"{table.span:,}")
    )


def shade(pain: float) -> int:
    """Return the step of the colour ramp for a pain that need not be whole (halves go up)."""
    return int(pain + 0.5)


def _monday(table: DayTable) -> date:
    return table.first - timedelta(days=table.first.weekday())


def _draw_weeks(table: DayTable, today: date) -> tuple[list[Svg], float]:
    monday = _monday(table)
    weeks = ((table.last - monday).days // WEEK) + 1
    out = [
        text(weekday_short(n), n * _PITCH + _CELL / 2, 18, "note", "middle") for n in range(WEEK)
    ]
    pains = table.pain.tolist()
    offset = table.first.weekday()
    for n in range(weeks * WEEK):
        day = monday + timedelta(days=n)
        x, y = n % WEEK * _PITCH, _HEAD + n // WEEK * _PITCH
        index = n - offset
        inside = 0 <= index < len(pains)
        name = short_day(day) if day.day == 1 or index == 0 else str(day.day)
        out += _cell(x, y, name, pains[index] if inside else None, inside)
        if day == today:
            out.append(_box(x - 3, y - 3, _CELL + 6, 13, "today"))
    return out, _HEAD + weeks * _PITCH - (_PITCH - _CELL) + _MARGIN


def _cell(x: float, y: float, name: str, pain: float | None, inside: bool) -> list[Svg]:
    # A date with its month is longer: it begins nearer the edge, in smaller letters.
    left, size = (x + 5, " dated") if len(name) > 2 else (x + 7, "")
    if pain is None or pain != pain:
        fill = f"url(#{SLUG}-hatch)" if inside else None
        kind = "missing" if inside else "outside"
        return [
            _box(x + 0.5, y + 0.5, _CELL - 1, 10, kind, fill),
            text(name, left, y + 16, f"date-{kind}{size}"),
        ]
    step = shade(pain)
    return [
        _box(x, y, _CELL, 10, f"pain-{step}"),
        text(name, left, y + 16, f"ink-{step}{size}"),
        text(spoken_number(pain), x + _CELL / 2, y + 36, f"figure ink-{step}", "middle"),
    ]


def _box(
    x: float, y: float, size: float, radius: float, class_: str, fill: str | None = None
) -> Svg:
    return element("rect", x=x, y=y, width=size, height=size, rx=radius, class_=class_, fill=fill)


def _rows(table: DayTable) -> tuple[tuple[str, ...], ...]:
    monday = _monday(table)
    cells = [""] * table.first.weekday()
    cells += [_("no entry") if p != p else spoken_number(p) for p in table.pain.tolist()]
    cells += [""] * (-len(cells) % WEEK)
    return tuple(
        (full_day(monday + timedelta(days=n)), *cells[n : n + WEEK])
        for n in range(0, len(cells), WEEK)
    )
