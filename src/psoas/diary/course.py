"""The course of a diary: its trend, its weekdays, and the last two weeks beside those before."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from psoas.diary.carried import Array, Fit, fit
from psoas.diary.table import DayTable

WEEK = 7
LEAST_TREND_DAYS, LEAST_TREND_SPAN = 14, 28
LEAST_OF_A_WEEKDAY = 5
RECENT, BEFORE = 14, 21
LEAST_RECENT, LEAST_BEFORE = 7, 10
# Below half a point a difference is called no real difference throughout psoas.
REAL = 0.5
LEVEL = 0.95


@dataclass(frozen=True)
class Change:
    """A difference in points of pain with its 95% interval."""

    by: float
    low: float
    high: float

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.low > 0 or self.high < 0

    @property
    def small(self) -> bool:
        """Whether the whole interval lies within half a point of zero."""
        return self.low > -REAL and self.high < REAL

    def times(self, factor: float) -> "Change":
        """Return the same change over another length of time (``factor`` above 0)."""
        return Change(self.by * factor, self.low * factor, self.high * factor)


@dataclass(frozen=True)
class WeekdayDifference:
    """How one weekday (0 = Monday) differs from the mean of the days not named before it."""

    weekday: int
    change: Change


@dataclass(frozen=True)
class Course:
    """What a diary's days say about its course; None where there are too few days to say.

    Attributes:
        trend: Straight-line change from the first to the last recorded day.
        weeks: Weeks that trend runs over.
        weekdays: The weekdays that stand out (may be none). Each interval is widened so that all
            seven hold together with 95%.
        recent: The last two weeks against the three before.
    """

    trend: Change | None
    weeks: float
    weekdays: tuple[WeekdayDifference, ...] | None
    recent: Change | None


def course(table: DayTable) -> Course:
    """Return trend, weekdays and recent change, with carried-over pain taken into account.

    Example:
        >>> from datetime import date
        >>> course(DayTable((date(2026, 1, 1),), np.array([4.0]))).trend is None
        True
    """
    at = np.flatnonzero(~np.isnan(table.pain))
    pain = table.pain[at]
    if len(at) < LEAST_TREND_DAYS or at[-1] - at[0] + 1 < LEAST_TREND_SPAN:
        return Course(None, 0.0, None, None)
    weekday = (table.first.weekday() + at) % WEEK
    counted = np.bincount(weekday, minlength=WEEK).min() >= LEAST_OF_A_WEEKDAY
    length = float(at[-1] - at[0])
    line = np.column_stack([np.ones(len(at)), (at - at.mean()) / length])
    design = np.hstack([line, _weekday_columns(weekday)]) if counted else line
    found = fit(pain, design, at)
    trend = _change(found, np.eye(design.shape[1])[1], 1 - LEVEL)
    return Course(
        trend,
        length / WEEK,
        _standing_out(found) if counted else None,
        _recent(table, found),
    )


def _weekday_columns(weekday: NDArray[np.int64]) -> Array:
    # Six columns whose seventh is minus their sum: effects around the week's own mean.
    columns = np.zeros((len(weekday), WEEK - 1))
    for day in range(WEEK - 1):
        columns[weekday == day, day] = 1.0
    columns[weekday == WEEK - 1] = -1.0
    return columns


def _standing_out(found: Fit) -> tuple[WeekdayDifference, ...]:
    # One at a time, the farthest first, each against the days not yet named: otherwise one very
    # high Monday would make every other day look low.
    effects = np.zeros((WEEK, len(found.estimate)))
    effects[: WEEK - 1, 2:] = np.eye(WEEK - 1)
    effects[WEEK - 1, 2:] = -1.0
    out: list[WeekdayDifference] = []
    left = list(range(WEEK))
    while len(left) > 1:
        differences = [
            WeekdayDifference(day, _change(found, _against(effects, day, left), (1 - LEVEL) / WEEK))
            for day in left
        ]
        clear = [d for d in differences if d.change.clear and abs(d.change.by) >= REAL]
        if not clear:
            break
        out.append(max(clear, key=lambda one: abs(one.change.by)))
        left.remove(out[-1].weekday)
    return tuple(out)


def _against(effects: Array, day: int, left: list[int]) -> Array:
    others = [other for other in left if other != day]
    difference: Array = effects[day] - effects[others].mean(axis=0)
    return difference


def _recent(table: DayTable, found: Fit) -> Change | None:
    window = table.pain[-(RECENT + BEFORE) :]
    at = np.flatnonzero(~np.isnan(window))
    late = at >= len(window) - RECENT
    if len(window) < RECENT + BEFORE or late.sum() < LEAST_RECENT:
        return None
    if (~late).sum() < LEAST_BEFORE:
        return None
    design = np.column_stack([np.ones(len(at)), late.astype(float)])
    return _change(fit(window[at], design, at, known=found), np.array([0.0, 1.0]), 1 - LEVEL)


def _change(found: Fit, direction: Array, doubt: float) -> Change:
    by, error = found.contrast(direction)
    half = float(special.stdtrit(found.freedom, 1 - doubt / 2)) * error
    return Change(by, by - half, by + half)
