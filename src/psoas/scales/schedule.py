"""When the same is asked again: at the beginning, and 2, 6 and 12 weeks after it.

The weeks are common clinical knowledge, without a source. The windows around them are a choice of
this project: wide enough for a week on holiday, and never so wide that two of them touch.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Point:
    """One time at which it is asked.

    Attributes:
        weeks: After the day on which it began.
        before: So many days before that time an answer counts for it already.
        after: So many days after it an answer still counts for it.
    """

    weeks: int
    before: int
    after: int

    def day(self, began: date) -> date:
        """Return the day on which it is due."""
        return began + timedelta(weeks=self.weeks)

    def last(self, began: date) -> date:
        """Return the last day whose answers count for it."""
        return self.day(began) + timedelta(days=self.after)

    def holds(self, day: date, began: date) -> bool:
        """Return whether an answer of ``day`` counts for it."""
        return self.day(began) - timedelta(days=self.before) <= day <= self.last(began)


POINTS = (Point(0, 7, 6), Point(2, 3, 7), Point(6, 7, 14), Point(12, 7, 28))
BASELINE = POINTS[0]


def point_of(day: date, began: date) -> Point | None:
    """Return the point an answer of ``day`` counts for, or None where it lies between them."""
    return next((point for point in POINTS if point.holds(day, began)), None)


def due_point(today: date, began: date) -> Point | None:
    """Return the point whose day has come and whose last day is not over, where there is one."""
    return next((point for point in POINTS if point.day(began) <= today <= point.last(began)), None)


def next_point(today: date, began: date) -> Point | None:
    """Return the point that comes next after today, where there is one."""
    return next((point for point in POINTS if point.day(began) > today), None)


def is_over(today: date, began: date) -> bool:
    """Return whether the last window has closed."""
    return today > POINTS[-1].last(began)


def nearest(days: Iterable[date], point: Point, began: date) -> date | None:
    """Return the day of those that count for ``point`` that lies nearest to it.

    Of two as near, the later: it was answered knowing that it was due.
    """
    held = sorted((day for day in days if point.holds(day, began)), reverse=True)
    return min(held, key=lambda day: abs(day - point.day(began)), default=None)
