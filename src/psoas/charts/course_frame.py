"""Where the answers of a measure stand in a picture: days across, the scale upwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import ceil, floor, log10

from psoas.charts.svg import Svg, element
from psoas.scales.course import Course, Reading
from psoas.scales.schedule import POINTS

# Half the width of the hatching of a time without an answer.
_HALF_GAP = 11.0


@dataclass(frozen=True)
class Box:
    """A rectangle of the picture."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Frame(Box):
    """A rectangle with days across and a scale upwards.

    Attributes:
        first: The day at its left.
        days: How many days lie across, 1 or more.
        low: The low end of the scale.
        high: Its high end.
    """

    first: date
    days: int
    low: float
    high: float

    def x(self, day: date) -> float:
        """Return x of a day."""
        return self.left + (day - self.first).days / self.days * self.width

    def y(self, value: float) -> float:
        """Return y of a value."""
        return self.top + (self.high - value) / (self.high - self.low) * self.height


@dataclass(frozen=True)
class Spot:
    """Where an answer with a number stands, and whether a new line begins there."""

    reading: Reading
    value: float
    x: float
    y: float
    begins: bool


def frame_of(course: Course, shown: Sequence[Reading], first: date, last: date, box: Box) -> Frame:
    """Return the frame in which ``shown`` and the course's band all lie.

    Args:
        course: The measure.
        shown: Its answers that are drawn.
        first: The day at the left.
        last: The day at the right.
        box: Where it is drawn.
    """
    low, high = _ends(course, [each.score for each in shown if each.score is not None])
    days = max((last - first).days, 1)
    return Frame(box.left, box.top, box.width, box.height, first, days, low, high)


def _ends(course: Course, values: Sequence[float]) -> tuple[float, float]:
    """Return the ends of the scale; where it has none, round numbers that hold all values."""
    if course.low is not None and course.high is not None:
        return course.low, course.high
    around = [*values, *(course.band or ()), *(course.error or ())]
    least, most = min(around, default=0.0), max(around, default=1.0)
    room = (most - least) or abs(most) or 1.0
    step = 10.0 ** floor(log10(room))
    low = floor((least - room / 5) / step) * step
    high = ceil((most + room / 5) / step) * step
    # Seconds, degrees and counts have nothing below none.
    return (0.0 if least >= 0 > low else low), high


def line_of(course: Course, shown: Sequence[Reading], frame: Frame) -> list[Spot]:
    """Return the answers that have a number; the line is broken by what lies unanswered between."""
    holes = [course.began + timedelta(weeks=weeks) for weeks in course.missed]
    holes += [each.day for each in shown if each.score is None]
    known = [(each, each.score) for each in shown if each.score is not None]
    broken = [True] + [
        any(one.day < hole < other.day for hole in holes)
        for (one, _score), (other, _other) in pairwise(known)
    ]
    return [
        Spot(each, value, frame.x(each.day), frame.y(value), begins)
        for (each, value), begins in zip(known, broken, strict=False)
    ]


def gaps(course: Course, frame: Frame, slug: str) -> list[Svg]:
    """Return the hatching of the planned times that passed without an answer."""
    out = []
    for point in POINTS:
        if point.weeks not in course.missed:
            continue
        middle = frame.x(point.day(course.began))
        out.append(
            element(
                "rect",
                x=middle - _HALF_GAP,
                y=frame.top,
                width=2 * _HALF_GAP,
                height=frame.height,
                class_="gap",
                fill=f"url(#{slug}-hatch)",
            )
        )
    return out
