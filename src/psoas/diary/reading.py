"""A diary file read row by row: what can be taken, what cannot, and why."""

from dataclasses import dataclass
from datetime import date

from psoas.content.language import gettext as _
from psoas.content.language import ngettext
from psoas.diary.dates import read_days
from psoas.diary.decoding import decode
from psoas.diary.dialect import Sheet, cut
from psoas.diary.noting import content_notes, format_notes, words_note
from psoas.diary.numbers import NotANumber, NotDigits, decimal_sign, read_number
from psoas.diary.refusal import DiaryRefused, Problem
from psoas.diary.table import DayTable, Number, Row, tabulate
from psoas.diary.words import ANSWERS, answered, no_trigger

MOST_PAIN = 10
LONGEST_SPAN = 20_000
_NAMED = 6


@dataclass(frozen=True)
class Examination:
    """A file looked at, nothing taken yet.

    Attributes:
        triggers: Trigger columns in the file's order.
        rows: The rows that can be taken, sorted by day.
        problems: What cannot, sorted by line. Both rows of a duplicate day are refused: which of
            them is right, only the person knows.
        notes: What was accepted although unusual, in sentences.
    """

    triggers: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """A file read whole, without a problem.

    Attributes:
        table: The days, holes filled as missing.
        rows: The rows as written, sorted by day.
        notes: What was accepted although unusual, in sentences.
    """

    table: DayTable
    rows: tuple[Row, ...]
    notes: tuple[str, ...]


def read_csv(data: bytes, name: str, today: date) -> Reading:
    r"""Read a diary file, all of it or nothing.

    Args:
        data: The file's bytes: UTF-8, separated by commas, semicolons or tabs, with the columns
            ``day`` (or ``date``) and ``pain`` (0 to 10, empty = not recorded); every other column
            is a trigger in numbers, or in yes and no (empty = unknown).
        name: The file's name, for the sentences.
        today: Days after it are refused.

    Raises:
        DiaryRefused: With every problem found, each naming file, line and column.

    Example:
        >>> from datetime import date
        >>> reading = read_csv(b"day,pain\n2025-01-01,4\n2025-01-03,5\n", "me.csv",
        ...                    date(2025, 6, 1))
        >>> reading.table.span, reading.table.recorded
        (3, 2)
    """
    examination = examine(data, name, today)
    if examination.problems:
        raise DiaryRefused(examination.problems)
    table = tabulate(examination.rows, examination.triggers)
    return Reading(table, examination.rows, examination.notes)


def examine(data: bytes, name: str, today: date) -> Examination:
    """Look at a diary file row by row, for a dry run.

    A file that cannot be cut into rows at all has no rows and says why in ``problems``.
    Arguments as in :func:`read_csv`; it raises nothing.
    """
    try:
        text, marked = decode(data, name)
        sheet = cut(text, name)
    except DiaryRefused as refused:
        return Examination((), (), refused.problems, ())
    triggers = tuple(c for i, c in enumerate(sheet.columns) if i not in (sheet.day, sheet.pain))
    whole, problems = _whole_rows(sheet, name)
    days = read_days([cells[sheet.day] for _line, cells in whole], today)
    problems += [Problem(name, whole[i][0], _day_name(sheet), text) for i, text in days.problems]
    numbers = [c for _l, cells in whole for i, c in enumerate(cells) if i != sheet.day]
    decimal = decimal_sign(numbers, sheet.separator != ",")
    words = _columns_of_words(sheet, [cells for _line, cells in whole])
    rows: list[Row] = []
    for (line, cells), day in zip(whole, days.days, strict=True):
        pain, values, wrong = _read_row(sheet, line, _counted(cells, words), decimal, name)
        problems += wrong
        if day is not None and not wrong:
            rows.append(Row(day, pain, values, line))
    rows, doubled = _without_doubles(rows, name, _day_name(sheet))
    problems += doubled
    in_order = all(a.day < b.day for a, b in zip(rows, rows[1:], strict=False))
    rows.sort(key=lambda row: row.day)
    problems += _too_long(rows, name, _day_name(sheet))
    notes = format_notes(sheet, marked, days, decimal, in_order)
    notes += words_note([sheet.columns[i] for i in words]) + content_notes(rows, triggers)
    problems.sort(key=lambda problem: problem.line or 0)
    return Examination(triggers, tuple(rows), tuple(problems), tuple(notes))


def _day_name(sheet: Sheet) -> str:
    return sheet.columns[sheet.day]


def _whole_rows(sheet: Sheet, name: str) -> tuple[list[tuple[int, tuple[str, ...]]], list[Problem]]:
    whole, problems = [], []
    for line, cells in sheet.rows:
        if len(cells) == len(sheet.columns):
            whole.append((line, cells))
            continue
        message = ngettext(
            "this line has {found} cell, the header has {expected}.",
            "this line has {found} cells, the header has {expected}.",
            len(cells),
        ).format(found=len(cells), expected=len(sheet.columns))
        problems.append(Problem(name, line, None, message))
    return whole, problems


def _columns_of_words(sheet: Sheet, rows: list[tuple[str, ...]]) -> list[int]:
    others = [i for i in range(len(sheet.columns)) if i not in (sheet.day, sheet.pain)]
    return [i for i in others if answered(cells[i] for cells in rows)]


def _counted(cells: tuple[str, ...], words: list[int]) -> tuple[str, ...]:
    """Write the yes and no of the columns that answer so as the numbers they stand for."""
    if not words:
        return cells
    return tuple(
        str(ANSWERS.get(cell.casefold(), cell)) if i in words else cell
        for i, cell in enumerate(cells)
    )


def _read_row(
    sheet: Sheet, line: int, cells: tuple[str, ...], decimal: str, name: str
) -> tuple[Number | None, dict[str, Number], list[Problem]]:
    pain: Number | None = None
    values: dict[str, Number] = {}
    problems: list[Problem] = []
    for i, cell in enumerate(cells):
        if i == sheet.day or not cell:
            continue
        try:
            number = read_number(cell, decimal)
        except NotDigits as error:
            said = str(error) if i == sheet.pain else no_trigger(error)
            problems.append(Problem(name, line, sheet.columns[i], said))
            continue
        except NotANumber as error:
            problems.append(Problem(name, line, sheet.columns[i], str(error)))
            continue
        if i != sheet.pain:
            values[sheet.columns[i]] = number
        elif 0 <= number <= MOST_PAIN:
            pain = number
        else:
            message = _("{cell} is outside 0 to 10.").format(cell=cell)
            problems.append(Problem(name, line, sheet.columns[i], message))
    return pain, values, problems


def _without_doubles(rows: list[Row], name: str, column: str) -> tuple[list[Row], list[Problem]]:
    lines: dict[date, list[int]] = {}
    for row in rows:
        lines.setdefault(row.day, []).append(row.line)
    problems = [
        Problem(
            name,
            found[1],
            column,
            _doubled(day, found),
        )
        for day, found in lines.items()
        if len(found) > 1
    ]
    return [row for row in rows if len(lines[row.day]) == 1], problems


def _doubled(day: date, lines: list[int]) -> str:
    if len(lines) == 2:
        return _("{day} is on two lines, {one} and {two}.").format(
            day=day.isoformat(), one=lines[0], two=lines[1]
        )
    if len(lines) > _NAMED:
        return _("{day} is on {n} lines, first on {lines}.").format(
            day=day.isoformat(), n=len(lines), lines=", ".join(map(str, lines[:_NAMED]))
        )
    return _("{day} is on {n} lines: {lines} and {last}.").format(
        day=day.isoformat(),
        n=len(lines),
        lines=", ".join(map(str, lines[:-1])),
        last=lines[-1],
    )


def _too_long(rows: list[Row], name: str, column: str) -> list[Problem]:
    if not rows or (rows[-1].day - rows[0].day).days < LONGEST_SPAN:
        return []
    message = _("{first} (line {line}) and {last} are more than {years} years apart.").format(
        first=rows[0].day, line=rows[0].line, last=rows[-1].day, years=LONGEST_SPAN // 365
    )
    return [Problem(name, rows[-1].line, column, message)]
