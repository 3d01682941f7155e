"""Days as people and spreadsheets write them: ISO, or day first where that is certain."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from psoas.content.language import gettext as _

FIRST_YEAR = 1900
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
# Day, month and year of a date as people write it, in this order or with the month first.
LOCAL = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4})")


@dataclass(frozen=True)
class Days:
    """The days of a column.

    Attributes:
        days: One a cell; None where it could not be read.
        problems: (index of the cell, sentence).
        day_first: Whether dates such as 31.12.2025 were read with the day first.
    """

    days: tuple[date | None, ...]
    problems: tuple[tuple[int, str], ...]
    day_first: bool


def read_days(cells: Sequence[str], today: date) -> Days:
    """Read a whole column of days at once.

    A date such as 03/04/2025 has two readings. It is read with the day first only if another
    date of the file (such as 31/12/2025) shows that the file is written so; otherwise the column
    is refused, because a guess would silently move days by months.

    Args:
        cells: The cells as written, without spaces around them.
        today: Days after it are refused.
    """
    local = [(i, m) for i, cell in enumerate(cells) if (m := LOCAL.fullmatch(cell))]
    proof = any(int(m[1]) > 12 and int(m[3]) <= 12 for _i, m in local)
    against = [i for i, m in local if int(m[3]) > 12 and int(m[1]) <= 12]
    twofold = [i for i, m in local if int(m[1]) <= 12 and int(m[3]) <= 12 and m[1] != m[3]]
    undecided = bool(local) and not proof and bool(against or twofold)
    problems: list[tuple[int, str]] = []
    if undecided:
        at = (against or twofold)[0]
        problems.append((at, _month_first(cells[at]) if against else _two_ways(cells[at])))
    days: list[date | None] = []
    for i, cell in enumerate(cells):
        if undecided and LOCAL.fullmatch(cell):
            days.append(None)
            continue
        found = _read(cell, today)
        if isinstance(found, str):
            problems.append((i, found))
            days.append(None)
        else:
            days.append(found)
    return Days(tuple(days), tuple(sorted(problems)), bool(local) and not undecided)


def _read(cell: str, today: date) -> date | str:
    if not cell:
        return _("the day is missing.")
    if match := _ISO.fullmatch(cell):
        year, month, day = int(match[1]), int(match[2]), int(match[3])
    elif match := LOCAL.fullmatch(cell):
        year, month, day = int(match[4]), int(match[3]), int(match[1])
        if month > 12 and day <= 12:
            return _month_first(cell)
    else:
        return _("\u201c{cell}\u201d is not a date. Write days as 2025-12-31.").format(
            cell=cell[:40]
        )
    if year < FIRST_YEAR:
        return _("{cell} lies before {year}.").format(cell=cell, year=FIRST_YEAR)
    try:
        found = date(year, month, day)
    except ValueError:
        return _("{cell} is not in the calendar.").format(cell=cell)
    if found > today:
        return _("{cell} is in the future.").format(cell=cell)
    return found


def _month_first(cell: str) -> str:
    return _("{cell} has the month first. Write days as 2025-12-31.").format(cell=cell)


def _two_ways(cell: str) -> str:
    return _(
        "{cell} can be read in two ways, and no other date in the file settles it. "
        "Write days as 2025-12-31."
    ).format(cell=cell)
