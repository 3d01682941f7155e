"""Walking, yoga and water, week by week: from a baseline up to the goal, one thing at a time.

Weeks are generated, not tabled. That a week rises by a fifth at most, and only after three green
sessions of the last four, is common clinical knowledge; no source was found for any percentage.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import floor
from typing import Final, Literal

from psoas.care.programme.light import GREEN, Light

Kind = Literal["walk", "yoga", "swim"]
Raised = Literal["", "minutes", "days"]
BEGIN_SHARE: Final = 0.8
RISE: Final = 0.15
MOST_RISE: Final = 0.2
DELOAD_EVERY: Final = 4
DELOAD_SHARE: Final = 0.6
LAST, GREENS_NEEDED = 4, 3
# Without a baseline: what to begin with, (minutes, days).
BEGIN: Final[dict[Kind, tuple[float, int]]] = {
    "walk": (5.0, 3),
    "yoga": (5.0, 2),
    "swim": (10.0, 1),
}
GOAL: Final[dict[Kind, tuple[float, int]]] = {
    "walk": (30.0, 5),
    "yoga": (20.0, 2),
    "swim": (30.0, 2),
}
HARD: Final = 8
# Below these minutes a half of one is more than a fifth, so they rise by quarters.
_TINY: Final = 2.5


@dataclass(frozen=True)
class Week:
    """What one week holds.

    Attributes:
        number: From 1.
        minutes: Of each time, in halves; the very short ones in quarters.
        days: How many days.
        cause: "begin", "minutes", "days", "lighter", "hold" or "goal".
        raised: What rose last before this week, so that the next rise is the other.
        level: (minutes, days) to go on from after a lighter week.
    """

    number: int
    minutes: float
    days: int
    cause: Literal["begin", "minutes", "days", "lighter", "hold", "goal"]
    raised: Raised = ""
    level: tuple[float, int] = (0.0, 0)

    @property
    def load(self) -> float:
        """Minutes of the whole week."""
        return self.minutes * self.days

    @property
    def shown(self) -> int:
        """Minutes as they are said: whole ones, a half rounded up."""
        return floor(self.minutes + 0.5)


def baseline(days: Sequence[float]) -> float | None:
    """Return the baseline: the lowest of three ordinary days before pain rises by 2.

    Args:
        days: Minutes of each ordinary day.

    Returns:
        None with fewer than three days; too little is an answer.
    """
    return min(days) if len(days) >= 3 else None


def first_week(kind: Kind, lowest: float | None = None) -> Week:
    """Return the first week: four fifths of the baseline, or a small start without one."""
    minutes, days = BEGIN[kind]
    if lowest is not None:
        minutes = max(1.0, _half(lowest * BEGIN_SHARE))
    return Week(1, minutes, days, "begin", level=(minutes, days))


def next_week(
    last: Week,
    lights: Sequence[Light],
    goal: tuple[float, int] = GOAL["walk"],
    *,
    ambers: bool = False,
) -> Week:
    """Return the week after ``last``.

    Args:
        last: The week before.
        lights: Lights of the sessions so far, the oldest first; the last four count.
        goal: (minutes, days) at which it stops rising.
        ambers: Three ambers in a row: a lighter week comes early.
    """
    number = last.number + 1
    level = last.level
    if last.cause != "lighter" and (number % DELOAD_EVERY == 0 or ambers):
        minutes, days = level
        return Week(number, _half(minutes * DELOAD_SHARE), days, "lighter", last.raised, level)
    greens = sum(each == GREEN for each in lights[-LAST:])
    if greens < GREENS_NEEDED:
        return Week(number, *level, "hold", last.raised, level)
    return _risen(number, level, last.raised, goal)


def planned(first: Week, count: int, goal: tuple[float, int] = GOAL["walk"]) -> tuple[Week, ...]:
    """Return the weeks as they come if every session is green: a picture, not a promise."""
    weeks = [first]
    while len(weeks) < count:
        weeks.append(next_week(weeks[-1], [GREEN] * LAST, goal))
    return tuple(weeks)


def _risen(number: int, level: tuple[float, int], raised: Raised, goal: tuple[float, int]) -> Week:
    minutes, days = level
    # Who began with as much as they want is there already, and so is who did more than that.
    if minutes > goal[0] or (minutes == goal[0] and not raised):
        return Week(number, minutes, days, "goal", "", level)
    more = min(goal[0], _more(minutes))
    can = {"minutes": more > minutes, "days": days < goal[1] and (days + 1) / days <= 1.5}
    for what in ("minutes", "days") if raised != "minutes" else ("days", "minutes"):
        if not can[what]:
            continue
        if what == "minutes":
            return Week(number, more, days, "minutes", "minutes", (more, days))
        return Week(number, minutes, days + 1, "days", "days", (minutes, days + 1))
    if minutes < goal[0]:
        # So little that the least there is to add would be more than a fifth.
        return Week(number, minutes, days, "hold", raised, level)
    return Week(number, minutes, days, "goal", "days", level)


def _more(minutes: float) -> float:
    risen = _half(minutes * (1 + RISE))
    if risen > minutes:
        return risen
    if minutes < _TINY:
        return minutes + 0.25 if 0.25 / minutes <= MOST_RISE else minutes
    # Halves of a minute are coarse for somebody who walks for three.
    return minutes + 0.5 if 0.5 / minutes <= MOST_RISE else minutes


def _half(minutes: float) -> float:
    # Of 6.9 minutes seven are nearer, of 14.95 fourteen and a half do not rise too far.
    near = round(minutes * 2) / 2
    return near if near <= minutes * 1.02 else floor(minutes * 2) / 2


def lighter(week: Week) -> Week:
    """The same week at the share of a lighter one."""
    return replace(week, minutes=_half(week.minutes * DELOAD_SHARE), cause="lighter")


def load(effort: float, minutes: float) -> float:
    """Return a session's load: effort (0-10) times minutes (Foster's method)."""
    return effort * minutes


def rose_too_far(before: Sequence[float], now: Sequence[float]) -> bool:
    """Whether a week's load is more than a fifth above the week before."""
    return bool(before) and sum(now) > sum(before) * (1 + MOST_RISE)


def too_hard(efforts: Sequence[float]) -> bool:
    """Whether the last two sessions were hard beyond what was planned."""
    return len(efforts) >= 2 and min(efforts[-2:]) >= HARD
