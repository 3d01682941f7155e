"""The day table: one row a calendar day, pain and triggers side by side."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

Number = int | float


@dataclass(frozen=True)
class Row:
    """One recorded day, its numbers kept as they were written (``2`` stays an integer).

    Attributes:
        day: The calendar day.
        pain: 0 to 10, or None where the day has no pain entry.
        values: Trigger name to number; a trigger that is not in it is unknown that day.
        line: The line of the file it came from, 0 when it came from elsewhere.
    """

    day: date
    pain: Number | None
    values: Mapping[str, Number]
    line: int = 0


@dataclass(frozen=True)
class Gap:
    """A run of days without a pain entry, between two recorded days."""

    first: date
    last: date
    days: int


@dataclass(frozen=True)
class DayTable:
    """Days in unbroken order with pain and K triggers.

    Attributes:
        days: T calendar days, each the day after the one before.
        pain: shape (T,), 0 to 10; NaN where pain was not recorded (never zero).
        triggers: K trigger names.
        values: shape (T, K), in the units they were written in; NaN where unknown.

    Raises:
        ValueError: The shapes disagree, there are no days, a day is skipped, or a number is
            infinite.
    """

    days: tuple[date, ...]
    pain: NDArray[np.float64]
    triggers: tuple[str, ...] = ()
    values: NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 0)))

    def __post_init__(self) -> None:
        if not self.triggers:
            object.__setattr__(self, "values", np.empty((len(self.days), 0)))
        if not self.days:
            raise ValueError("a day table needs at least one day")
        if self.pain.shape != (len(self.days),):
            raise ValueError("pain needs one number a day")
        if self.values.shape != (len(self.days), len(self.triggers)):
            raise ValueError("values need one row a day and one column a trigger")
        if (self.days[-1] - self.days[0]).days != len(self.days) - 1 or any(
            b <= a for a, b in zip(self.days, self.days[1:], strict=False)
        ):
            raise ValueError("days must follow each other without a hole")
        if np.isinf(self.pain).any() or np.isinf(self.values).any():
            raise ValueError("pain and values are finite, or NaN where they are unknown")
        # Copies, so that freezing them does not freeze an array the caller still works on.
        for name in ("pain", "values"):
            frozen = np.array(getattr(self, name), dtype=np.float64)
            frozen.setflags(write=False)
            object.__setattr__(self, name, frozen)

    @property
    def first(self) -> date:
        """The first day."""
        return self.days[0]

    @property
    def last(self) -> date:
        """The last day."""
        return self.days[-1]

    @property
    def span(self) -> int:
        """Calendar days from first to last, both counted."""
        return len(self.days)

    @property
    def recorded(self) -> int:
        """How many days have a pain entry."""
        return int(np.count_nonzero(~np.isnan(self.pain)))

    def gaps(self) -> tuple[Gap, ...]:
        """Return every run of days without pain that lies between two recorded days."""
        seen = np.flatnonzero(~np.isnan(self.pain))
        return tuple(
            Gap(self.days[a + 1], self.days[b - 1], int(b - a - 1))
            for a, b in zip(seen[:-1], seen[1:], strict=True)
            if b - a > 1
        )

    def last_days(self, count: int) -> "DayTable":
        """Return the same table cut to its last ``count`` days (all of it when shorter)."""
        start = max(self.span - count, 0)
        return DayTable(self.days[start:], self.pain[start:], self.triggers, self.values[start:])

    def before(self, day: date) -> "DayTable":
        """Return the same table cut to the days before ``day``.

        Raises:
            ValueError: No day of it is before ``day``.
        """
        end = max((min(day, self.last + timedelta(days=1)) - self.first).days, 0)
        return DayTable(self.days[:end], self.pain[:end], self.triggers, self.values[:end])


def tabulate(rows: Iterable[Row], triggers: Sequence[str], until: date | None = None) -> DayTable:
    """Lay rows out as an unbroken table; days nobody wrote become missing, not zero.

    Args:
        rows: In any order, at most one a day.
        triggers: The columns to take, in order.
        until: Extend the table to this day (so that days since the last entry show as missing).

    Raises:
        ValueError: There are no rows, or two rows share a day.
    """
    by_day: dict[date, Row] = {}
    for row in rows:
        if row.day in by_day:
            raise ValueError(f"two rows for {row.day.isoformat()}")
        by_day[row.day] = row
    if not by_day:
        raise ValueError("a day table needs at least one row")
    first, last = min(by_day), max(by_day)
    if until is not None:
        last = max(last, until)
    days = tuple(first + timedelta(days=n) for n in range((last - first).days + 1))
    pain = np.full(len(days), np.nan)
    values = np.full((len(days), len(triggers)), np.nan)
    for day, row in by_day.items():
        t = (day - first).days
        if row.pain is not None:
            pain[t] = row.pain
        for k, name in enumerate(triggers):
            if name in row.values:
                values[t, k] = row.values[name]
    return DayTable(days, pain, tuple(triggers), values)
