"""The calendar of a long diary: a month a row, a day a column, a block a year."""

from datetime import date

from psoas.charts.svg import Svg, element, path, text
from psoas.diary.spoken import month_short
from psoas.diary.table import DayTable

_LEFT, _PITCH, _ROW = 32.0, 10.52, 12.0
_CELL, _HEIGHT = 9.4, 10.6
_TITLE, _SPACE = 26.0, 14.0
_MARKED = (8, 15, 22, 29)


def draw_years(table: DayTable, today: date, slug: str) -> tuple[list[Svg], float]:
    """Return the elements of the year blocks and the height they take.

    The days of one shade become one path: 3,000 days stay a small picture.

    Args:
        table: The days.
        today: Gets an outline where it is shown.
        slug: Whose hatch pattern to use.
    """
    out: list[Svg] = []
    shades: dict[int, list[str]] = {}
    missing: list[str] = []
    tops: dict[tuple[int, int], float] = {}
    y = 0.0
    for year in range(table.first.year, table.last.year + 1):
        out += _year_head(year, y)
        y += _TITLE
        for month in range(1, 13):
            if _inside(table, year, month):
                out.append(text(month_short(month), 0, y + 8.8, "small"))
                tops[year, month] = y
                y += _ROW
        y += _SPACE
    for day, pain in zip(table.days, table.pain.tolist(), strict=True):
        x, top = _LEFT + (day.day - 1) * _PITCH, tops[day.year, day.month]
        step = f"M{x:.2f} {top:g}h{_CELL}v{_HEIGHT}h-{_CELL}z"
        if pain != pain:
            missing.append(step)
        else:
            shades.setdefault(int(pain + 0.5), []).append(step)
    out += [path(steps, f"pain-{shade}") for shade, steps in sorted(shades.items())]
    out.append(path(missing, "missing", fill=f"url(#{slug}-hatch)"))
    if table.first <= today <= table.last:
        out.append(_outline(today, tops))
    return out, y - _SPACE


def _year_head(year: int, y: float) -> list[Svg]:
    days = [
        text(str(day), _LEFT + (day - 1) * _PITCH + _CELL / 2, y + 18, "small", "middle")
        for day in _MARKED
    ]
    return [text(str(year), 0, y + 18, "year"), *days]


def _inside(table: DayTable, year: int, month: int) -> bool:
    this = (year, month)
    first, last = table.first, table.last
    return (first.year, first.month) <= this <= (last.year, last.month)


def _outline(today: date, tops: dict[tuple[int, int], float]) -> Svg:
    return element(
        "rect",
        x=_LEFT + (today.day - 1) * _PITCH - 1.5,
        y=tops[today.year, today.month] - 1.5,
        width=_CELL + 3,
        height=_HEIGHT + 3,
        rx=2,
        class_="today",
    )
