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
    """

    separator: str
    columns: tuple[str, ...]
    day: int
    pain: int
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    blank: int


def cut(text: str, name: str) -> Sheet:
    """Cut the text of a diary into cells.

    Raises:
        DiaryRefused: The header is unusable, the quoting is broken, there are no rows, or more
            than ``MAX_ROWS`` rows or ``MAX_COLUMNS`` columns.
    """
    grid = cut_cells(text, name, ("day", "pain"))
    day, pain = _check_header(grid.columns, grid.line, name)
    need_days(grid, name)
    return Sheet(grid.separator, grid.columns, day, pain, grid.rows, grid.blank)


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


def _check_header(columns: tuple[str, ...], line: int, name: str) -> tuple[int, int]:
    problems: list[Problem] = []

    def refuse(column: str | None, message: str) -> None:
        problems.append(Problem(name, line, column, message))

    if len(columns) > MAX_COLUMNS:
        refuse(None, _("there are more than {most} columns.").format(most=MAX_COLUMNS))
        raise DiaryRefused(tuple(problems))
    seen: dict[str, int] = {}
    for number, column in enumerate(columns, start=1):
        folded = column.casefold()
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
    for needed in ("day", "pain"):
        if needed not in seen and not problems:
            refuse(
                needed,
                _(
                    "there is no column called \u201c{needed}\u201d. The columns are: {columns}."
                ).format(needed=needed, columns=", ".join(columns[:12])),
            )
    if problems:
        raise DiaryRefused(tuple(problems))
    return seen["day"] - 1, seen["pain"] - 1
