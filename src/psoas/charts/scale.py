"""Where things stand in a picture: pain up and down, days left to right, dates beneath."""

from dataclasses import dataclass
from datetime import date

from psoas.charts.bins import Bin
from psoas.diary.spoken import month_short, short_day

TOP_PAIN = 10
_LABEL_ROOM = 58.0
_YEAR_ROOM = 36.0
EDGE = 18.0
_MOST_WEEKLY, _MOST_MONTHLY = 12 * 7, 1150


@dataclass(frozen=True)
class Scale:
    """A rectangle of the picture with days across and pain upwards.

    Attributes:
        left: x of the beginning of the first day.
        top: y of pain 10.
        width: Across all days.
        height: From pain 10 down to pain 0.
        days: How many days lie across.
    """

    left: float
    top: float
    width: float
    height: float
    days: int

    @property
    def day(self) -> float:
        """Width of one day."""
        return self.width / self.days

    def x(self, index: float) -> float:
        """Return x of the beginning of day ``index`` (0 is the first)."""
        return self.left + index * self.day

    def y(self, pain: float) -> float:
        """Return y of a level of pain."""
        return self.top + (1 - pain / TOP_PAIN) * self.height


@dataclass(frozen=True)
class Columns:
    """The bins of a picture, their x worked out once for everything that is drawn over them.

    Attributes:
        left: x where each begins.
        middle: x of each middle, as it is written into a path.
        right: x where each ends.
        width: Of the widest.
    """

    left: list[float]
    middle: list[str]
    right: list[float]
    width: float


def columns(cut: tuple[Bin, ...], scale: Scale) -> Columns:
    """Return where the bins ``cut`` stand."""
    left = [scale.x(one.start) for one in cut]
    right = [scale.x(one.stop) for one in cut]
    middle = [f"{(a + b) / 2:.1f}" for a, b in zip(left, right, strict=True)]
    return Columns(left, middle, right, max(one.stop - one.start for one in cut) * scale.day)


@dataclass(frozen=True)
class Tick:
    """A date under the axis: the day it stands at, and its words (empty for a line alone)."""

    index: int
    label: str


def ticks(days: tuple[date, ...], day_width: float) -> tuple[Tick, ...]:
    """Return Mondays, first days of months or first days of years, whichever fit the span.

    Args:
        days: Every day across.
        day_width: Width of one day in the picture; labels are thinned so that none touch.
    """
    if len(days) <= _MOST_WEEKLY:
        mondays = [i for i, day in enumerate(days) if day.weekday() == 0]
        every = _first_that_fits(7 * day_width, _LABEL_ROOM, (1, 2, 3))
        marks = [(i, short_day(days[i]) if n % every == 0 else "") for n, i in enumerate(mondays)]
    elif len(days) <= _MOST_MONTHLY:
        every = _first_that_fits(30 * day_width, _LABEL_ROOM, (1, 2, 3, 6))
        firsts = [(i, day) for i, day in enumerate(days) if day.day == 1]
        # Counted from January, so that the month that carries the year is always named.
        marks = [(i, _month(d) if (d.month - 1) % every == 0 else "") for i, d in firsts]
    else:
        every = _first_that_fits(365 * day_width, _YEAR_ROOM, (1, 2, 5, 10))
        firsts = [(i, day) for i, day in enumerate(days) if (day.month, day.day) == (1, 1)]
        marks = [(i, str(d.year) if d.year % every == 0 else "") for i, d in firsts]
    # A label centred on a mark near either edge would hang over it.
    end = len(days) * day_width - EDGE
    return tuple(Tick(i, label if EDGE <= i * day_width <= end else "") for i, label in marks)


def _month(day: date) -> str:
    return f"{month_short(1)} {day.year}" if day.month == 1 else month_short(day.month)


def _first_that_fits(width: float, room: float, steps: tuple[int, ...]) -> int:
    return next((step for step in steps if step * width >= room), steps[-1])
