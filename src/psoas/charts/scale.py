"""Where things stand in a picture: pain up and down, days left to right, dates beneath."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from psoas.diary.spoken import month_short, short_day

TOP_PAIN = 10
_LABEL_ROOM = 58.0
_YEAR_ROOM = 38.0
NEAR_EDGE = 20.0
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
        marks = [(i, short_day(d)) for i, d in enumerate(days) if d.weekday() == 0]
        room = _LABEL_ROOM
    elif len(days) <= _MOST_MONTHLY:
        marks = [(i, _month(d)) for i, d in enumerate(days) if d.day == 1]
        room = _LABEL_ROOM
    else:
        marks = [(i, str(d.year)) for i, d in enumerate(days) if (d.month, d.day) == (1, 1)]
        room = _YEAR_ROOM
    return tuple(_thinned(marks, day_width, room, len(days)))


def _month(day: date) -> str:
    return f"{month_short(1)} {day.year}" if day.month == 1 else month_short(day.month)


def _thinned(
    marks: list[tuple[int, str]], day_width: float, room: float, days: int
) -> Iterator[Tick]:
    end = -room
    for index, label in marks:
        x = index * day_width
        fits = x - end >= 0 and days * day_width - x >= 0.6 * room
        if fits:
            # A label near the left edge begins at its mark instead of being centred on it.
            end = x + room + (NEAR_EDGE if x < NEAR_EDGE else 0.0)
        yield Tick(index, label if fits else "")
