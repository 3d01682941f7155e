"""The two kinds of days an answer compares: with and without, or above and below the middle."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from psoas.diary.answers.answer import Answer, Lag
from psoas.diary.table import DayTable

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Halves:
    """Recorded days, parted by a trigger on the day itself or the day before.

    Attributes:
        without: shape (n,), pain of the days without (a number: at or below its middle).
        with_it: shape (m,), pain of the days with it (above its middle).
        unknown: Days with pain of which the trigger is not known.
        missing: Days without pain.
        middle: Where a number is parted: its mean. None for yes or no.
        apart: The trigger's mean on the days with minus its mean on those without, as a share
            of the answer's whole step: 1 for yes or no.
        share: The part of the step that lies between the days without and all known days.
    """

    without: Array
    with_it: Array
    unknown: int
    missing: int
    middle: float | None
    apart: float
    share: float


def part(table: DayTable, answer: Answer) -> Halves:
    """Part the days of a table as the answer did.

    Args:
        table: The days the answer was made from.
        answer: Names its columns, its lag, and whether they are numbers.

    Raises:
        ValueError: The table has none of the answer's columns.
    """
    values = _column(table, answer.members)
    known = values[~np.isnan(values)]
    graded = bool(((known != 0) & (known != 1)).any())
    middle = _mean(known) if graded else 0.5
    if answer.lag is Lag.NEXT:
        values = np.concatenate([[np.nan], values[:-1]])
    recorded = ~np.isnan(table.pain)
    there = recorded & (values > middle)
    absent = recorded & (values <= middle)
    share = (values - answer.base) / (answer.top - answer.base)
    high, low, between = (_mean(share[days]) for days in (there, absent, there | absent))
    return Halves(
        table.pain[absent],
        table.pain[there],
        int((recorded & np.isnan(values)).sum()),
        int((~recorded).sum()),
        middle if graded else None,
        high - low,
        between - low,
    )


def _mean(values: Array) -> float:
    return float(values.mean()) if len(values) else 0.0


def _column(table: DayTable, members: tuple[str, ...]) -> Array:
    """Return the first member's numbers, filled from those that say the same or the opposite."""
    columns = [table.values[:, table.triggers.index(m)] for m in members if m in table.triggers]
    if not columns:
        raise ValueError(f"the table has no column {members[0]!r}")
    first = columns[0].copy()
    for other in columns[1:]:
        both = ~np.isnan(first) & ~np.isnan(other)
        one, two = first[both], other[both]
        ends = one.min(initial=0.0) + one.max(initial=0.0)
        apart, mirrored = np.abs(one - two).sum(), np.abs(one + two - ends).sum()
        theirs = other if apart <= mirrored else ends - other
        first = np.where(np.isnan(first), theirs, first)
    return first
