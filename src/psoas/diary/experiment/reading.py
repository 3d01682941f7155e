"""An experiment read from a CSV file: one outcome and one arm a day."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from psoas.content.language import gettext as _
from psoas.diary.decoding import decode
from psoas.diary.dialect import Grid, cut_cells, need_days
from psoas.diary.experiment.columns import (
    DAY_COLUMNS,
    column_named,
    day_column,
    need_whole_rows,
    read_day_cells,
    read_number_cells,
)
from psoas.diary.experiment.schedule import MOST_DAYS
from psoas.diary.experiment.words import Words, plain, read_words
from psoas.diary.refusal import DiaryRefused, Problem

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Trial:
    """An experiment as its file has it, from the first day with an arm to the last.

    Attributes:
        name: The file's name, for sentences.
        header: The line of the column names.
        first: The first day.
        outcome: shape (T,), the mean of each day's numbers; NaN where there are none.
        arms: shape (T,), 0 or 1; NaN where the file does not say.
        lines: The first line of each day that has an arm, 0 for a day without.
        words: What the arms are called.
        outcome_column: The column as the file writes it.
        arm_column: The column as the file writes it.
        block: Days in a block, where the file is a plan of psoas that says so; else None.
        washout: As ``block``.
    """

    name: str
    header: int
    first: date
    outcome: Array
    arms: Array
    lines: tuple[int, ...]
    words: Words
    outcome_column: str
    arm_column: str
    block: int | None
    washout: int | None


def read_experiment(data: bytes, name: str, outcome: str, arm: str) -> Trial:
    r"""Read the days of an experiment; several rows of a day are averaged.

    Args:
        data: The file's bytes: a column of days (``day``, ``date``, ``datetime`` or
            ``timestamp``), one of numbers and one of two words or 0 and 1.
        name: The file's name, for the sentences.
        outcome: The column of numbers (empty = not recorded).
        arm: The column of arms, as assigned.

    Raises:
        DiaryRefused: With every problem found, each naming file, line and column.

    Example:
        >>> trial = read_experiment(b"day,mood,arm\n2026-01-01,3,0\n2026-01-02,4,1\n",
        ...                         "me.csv", "mood", "arm")
        >>> trial.outcome.tolist(), trial.arms.tolist()
        ([3.0, 4.0], [0.0, 1.0])
    """
    expected = (*DAY_COLUMNS[:2], outcome.casefold(), arm.casefold())
    grid = cut_cells(decode(data, name)[0], name, expected)
    need_days(grid, name)
    found = [
        day_column(grid, name),
        column_named(grid, outcome, name),
        column_named(grid, arm, name),
    ]
    if len(set(found)) < 3:
        message = _("the outcome, the arm and the day must be three columns.")
        raise DiaryRefused((Problem(name, grid.line, grid.columns[found[1]], message),))
    at_day, at_outcome, at_arm = found
    need_whole_rows(grid, name)
    days = read_day_cells(grid, at_day, name)
    numbers = read_number_cells(grid, at_outcome, name)
    arm_column = grid.columns[at_arm]
    cells = [(line, row[at_arm]) for line, row in grid.rows]
    words = read_words([one for one in cells if one[1]], grid.line, arm_column, name)
    arms = _arms(days, cells, words, arm_column, name)
    first, last = _span(days, arms, grid, at_day, name)
    length = (last - first).days + 1
    by_day: dict[date, list[float]] = {}
    for day, number in zip(days, numbers, strict=True):
        if number is not None:
            by_day.setdefault(day, []).append(number)
    calendar = [first + timedelta(days=n) for n in range(length)]
    block, washout = _planned(grid)
    return Trial(
        name,
        grid.line,
        first,
        np.array([np.mean(by_day[d]) if d in by_day else np.nan for d in calendar], dtype=float),
        np.array([arms[d][1] if d in arms else np.nan for d in calendar], dtype=float),
        tuple(arms[d][0] if d in arms else 0 for d in calendar),
        words,
        grid.columns[at_outcome],
        arm_column,
        block,
        washout,
    )


def _arms(
    days: list[date], cells: list[tuple[int, str]], words: Words, column: str, name: str
) -> dict[date, tuple[int, int]]:
    found: dict[date, tuple[int, int]] = {}
    problems = []
    for day, (line, cell) in zip(days, cells, strict=True):
        if not cell:
            continue
        arm = words.cells.index(plain(cell))
        before = found.setdefault(day, (line, arm))
        if before[1] != arm:
            message = _(
                "{day} is \u201c{cell}\u201d here and something else on line {line}. A day has "
                "one arm: the one it was assigned."
            ).format(day=day.isoformat(), cell=cell[:40], line=before[0])
            problems.append(Problem(name, line, column, message))
    if problems:
        raise DiaryRefused(tuple(problems))
    return found


def _span(
    days: list[date], arms: dict[date, tuple[int, int]], grid: Grid, at: int, name: str
) -> tuple[date, date]:
    first, last = min(arms), max(arms)
    if (last - first).days >= MOST_DAYS:
        line = grid.rows[days.index(last)][0]
        message = _(
            "{first} and {last} are more than {most} days apart, too many for one experiment."
        ).format(first=first.isoformat(), last=last.isoformat(), most=f"{MOST_DAYS:,}")
        raise DiaryRefused((Problem(name, line, grid.columns[at], message),))
    return first, last


def _planned(grid: Grid) -> tuple[int | None, int | None]:
    # A plan carries its own layout, so that nobody has to say it again when it is filled in.
    try:
        pair, counts = grid.columns.index("pair"), grid.columns.index("counts")
    except ValueError:
        return None, None
    rows: dict[str, list[str]] = {}
    for _line, row in grid.rows:
        rows.setdefault(row[pair], []).append(row[counts])
    # A day may have been taken out since; the fullest pair is as the plan had it.
    whole = max(rows.values(), key=len)
    if len(whole) % 2 or not {"yes", "no"} >= set(whole):
        return None, None
    return len(whole) // 2, whole.count("no") // 2
