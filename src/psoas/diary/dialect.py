"""From text to numbered rows of cells: which separator, and which columns."""

import csv
import io
import unicodedata
from dataclasses import dataclass

from psoas.content.language import gettext as _
from psoas.diary.refusal import DiaryRefused, Problem

MAX_ROWS = 20_000
MAX_COLUMNS = 250
_SEPARATORS = (",", ";", "\t")
_JOINERS = "\u200c\u200d"


@dataclass(frozen=True)
class Grid:
    """A file cut into cells, its header not yet judged.

    Attributes:
        separator: The character between cells.
        line: The line of the header.
        columns: Column names as written, spaces around them removed.
        rows: (line, cells) of every row below the header, cells stripped.
        blank: How many rows held nothing at all; they are left out.
    """

    separator: str
    line: int
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    blank: int


@dataclass(frozen=True)
class Sheet:
    """A file cut into cells.

    Attributes:
        separator: The character between cells.
        columns: Column names as written, spaces around them removed.
        day: Index of the column of days.
        pain: Index of the column of pain.
        rows: (line, cells) of every row below the header, cells stripped.
        blank: How many rows held nothing at all; they are left out.
        hollow: How many columns held nothing at all, not even a name; they are left out.
    """

    separator: str
    columns: tuple[str, ...]
    day: int
    pain: int
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    blank: int
    hollow: int


def cut(text: str, name: str) -> Sheet:
    """Cut the text of a diary into cells.

    Raises:
        DiaryRefused: The header is unusable, the quoting is broken, there are no rows, or more
            than ``MAX_ROWS`` rows or ``MAX_COLUMNS`` columns.
    """
    grid = cut_cells(text, name, ("day", "date", "pain"))
    hollow = _hollow(grid)
    day, pain = _check_header(grid, hollow, name)
    need_days(grid, name)
    kept = [number for number in range(len(grid.columns)) if number not in hollow]
    return Sheet(
        grid.separator,
        tuple(grid.columns[number] for number in kept),
        kept.index(day),
        kept.index(pain),
        tuple((line, _without(cells, hollow)) for line, cells in grid.rows),
        grid.blank,
        len(hollow),
    )


def cut_cells(text: str, name: str, expected: tuple[str, ...]) -> Grid:
    """Cut the text of any table into cells.

    Args:
        text: The file's text.
        name: The file's name, for the sentences.
        expected: Column names (in small letters) that tell the separator where they show up.

    Raises:
        DiaryRefused: The quoting is broken, or there are more than ``MAX_ROWS`` rows.
    """
    separator = _separator(text, expected)
    lines: list[tuple[int, tuple[str, ...]]] = []
    blank = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    start = 1
    try:
        for cells in reader:
            stripped = tuple(cell.strip() for cell in cells)
            if any(stripped):
                lines.append((start, stripped))
            elif cells and lines:
                blank += 1
            start = reader.line_num + 1
            if len(lines) > MAX_ROWS + 1:
                message = _("the file has more than {most} rows.").format(most=f"{MAX_ROWS:,}")
                raise DiaryRefused((Problem(name, None, None, message),))
    except csv.Error:
        message = _("a quotation mark on this line is not closed, or stands in the wrong place.")
        raise DiaryRefused((Problem(name, start, None, message),)) from None
    line, columns = lines[0]
    return Grid(separator, line, columns, tuple(lines[1:]), blank)


def need_days(grid: Grid, name: str) -> None:
    """Refuse a table that has nothing below its header.

    Raises:
        DiaryRefused: It has not.
    """
    if not grid.rows:
        message = _("the file has a header and no days below it.")
        raise DiaryRefused((Problem(name, None, None, message),))


def _separator(text: str, expected: tuple[str, ...]) -> str:
    header = text.lstrip().splitlines()[0]
    best, most = _SEPARATORS[0], -1
    for separator in _SEPARATORS:
        # Not strict here: a wrong guess must lose, not raise.
        cells = [c.strip().casefold() for c in next(csv.reader([header], delimiter=separator))]
        score = len(cells) + 1000 * sum(word in cells for word in expected)
        if score > most:
            best, most = separator, score
    return best


def _hollow(grid: Grid) -> frozenset[int]:
    """Find the columns without a name and without a value, as spreadsheets leave them behind."""
    nameless = {number for number, column in enumerate(grid.columns) if not column}
    for _line, cells in grid.rows:
        nameless -= {n for n in nameless if n < len(cells) and cells[n]}
        if not nameless:
            break
    return frozenset(nameless)


def _without(cells: tuple[str, ...], hollow: frozenset[int]) -> tuple[str, ...]:
    if not hollow:
        return cells
    return tuple(cell for number, cell in enumerate(cells) if number not in hollow)


def _check_header(grid: Grid, hollow: frozenset[int], name: str) -> tuple[int, int]:
    columns = grid.columns
    problems: list[Problem] = []

    def refuse(column: str | None, message: str) -> None:
        problems.append(Problem(name, grid.line, column, message))

    if len(columns) - len(hollow) > MAX_COLUMNS:
        refuse(None, _("there are more than {most} columns.").format(most=MAX_COLUMNS))
        raise DiaryRefused(tuple(problems))
    seen: dict[str, int] = {}
    for number, column in enumerate(columns, start=1):
        folded = column.casefold()
        if number - 1 in hollow:
            continue
        if not column:
            refuse(None, _("column {number} has no name.").format(number=number))
        elif any(unicodedata.category(c)[0] == "C" and c not in _JOINERS for c in column):
            refuse(
                None,
                _("the name of column {number} has an invisible character in it.").format(
                    number=number
                ),
            )
        elif folded in seen:
            refuse(
                column,
                _("two columns have this name: number {one} and number {two}.").format(
                    one=seen[folded], two=number
                ),
            )
        seen.setdefault(folded, number)
    if problems:
        raise DiaryRefused(tuple(problems))
    return _day_and_pain(grid, seen, name)


def _day_and_pain(grid: Grid, seen: dict[str, int], name: str) -> tuple[int, int]:
    found = [seen.get("day", seen.get("date")), seen.get("pain")]
    listed = ", ".join([column for column in grid.columns if column][:12])
    problems = tuple(
        Problem(
            name,
            grid.line,
            needed,
            _("there is no column called \u201c{needed}\u201d. The columns are: {columns}.").format(
                needed=needed, columns=listed
            ),
        )
        for needed, number in zip(("day", "pain"), found, strict=True)
        if number is None
    )
    day, pain = found
    if day is None or pain is None:
        raise DiaryRefused(problems)
    return day - 1, pain - 1
