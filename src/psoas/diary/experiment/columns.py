"""The columns of an experiment's file, found by name and read cell by cell."""

from datetime import date

from psoas.content.language import gettext as _
from psoas.content.language import ngettext
from psoas.diary.dates import read_days
from psoas.diary.dialect import Grid
from psoas.diary.numbers import NotANumber, decimal_sign, read_number
from psoas.diary.refusal import DiaryRefused, Problem

DAY_COLUMNS = ("day", "date", "datetime", "timestamp")
_LARGEST = 1e12


def day_column(grid: Grid, name: str) -> int:
    """Return the index of the column of days."""
    folded = [column.casefold() for column in grid.columns]
    for wanted in DAY_COLUMNS:
        if wanted in folded:
            return column_named(grid, wanted, name)
    return column_named(grid, "day", name)


def column_named(grid: Grid, wanted: str, name: str) -> int:
    """Return the index of a column; capitals decide only where two differ by nothing else."""
    exact = [i for i, column in enumerate(grid.columns) if column == wanted.strip()]
    folded = wanted.strip().casefold()
    found = exact or [i for i, column in enumerate(grid.columns) if column.casefold() == folded]
    if len(found) == 1:
        return found[0]
    if found:
        message = _("two columns have this name: number {one} and number {two}.").format(
            one=found[0] + 1, two=found[1] + 1
        )
    else:
        message = _(
            "there is no column called \u201c{needed}\u201d. The columns are: {columns}."
        ).format(needed=wanted[:60], columns=", ".join(c[:60] for c in grid.columns[:12]))
    raise DiaryRefused((Problem(name, grid.line, wanted[:60], message),))


def need_whole_rows(grid: Grid, name: str) -> None:
    """Refuse rows that have more or fewer cells than the header."""
    problems = [
        Problem(
            name,
            line,
            None,
            ngettext(
                "this line has {found} cell, the header has {expected}.",
                "this line has {found} cells, the header has {expected}.",
                len(row),
            ).format(found=len(row), expected=len(grid.columns)),
        )
        for line, row in grid.rows
        if len(row) != len(grid.columns)
    ]
    if problems:
        raise DiaryRefused(tuple(problems))


def read_day_cells(grid: Grid, at: int, name: str) -> list[date]:
    """Return the day of each row."""
    # A plan reaches into the future, so no day is too late; a time of day is left out.
    cells = [row[at].replace("T", " ").split(" ")[0] for _line, row in grid.rows]
    read = read_days(cells, date.max)
    if read.problems:
        raise DiaryRefused(
            tuple(Problem(name, grid.rows[i][0], grid.columns[at], s) for i, s in read.problems)
        )
    return [day for day in read.days if day is not None]


def read_number_cells(grid: Grid, at: int, name: str) -> list[float | None]:
    """Return the number of each row, None where the cell is empty."""
    cells = [row[at] for _line, row in grid.rows]
    decimal = decimal_sign(cells, grid.separator != ",")
    numbers: list[float | None] = []
    problems = []
    for (line, _row), cell in zip(grid.rows, cells, strict=True):
        number = None
        if cell:
            try:
                number = float(read_number(cell, decimal))
                if abs(number) > _LARGEST:
                    raise NotANumber(_("{cell} is too large.").format(cell=cell))
            except NotANumber as error:
                problems.append(Problem(name, line, grid.columns[at], str(error)))
        numbers.append(number)
    if all(number is None for number in numbers):
        where = problems[0].line if problems else grid.line
        message = _("no day has a number here, so there is nothing to compare.")
        raise DiaryRefused((Problem(name, where, grid.columns[at], message),))
    if problems:
        raise DiaryRefused(tuple(problems))
    return numbers
