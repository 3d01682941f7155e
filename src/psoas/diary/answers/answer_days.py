"""Answer days: the few days a year on which claims are decided, known from the first entry on.

Looking every day is paid for with power. Where claims are decided on planned days only, the
diary can be looked at freely in between, and more of what is real is found.

What a day means: the answer day "after 45 days" of a diary begun on 1 January is 15 February,
and it is decided on the 45 whole days before it, 1 January to 14 February. The answer day itself
is not over when its page is opened, so it never counts: the answer is the same in the morning
and at night, and a file of exactly 45 days can be decided.
"""

from dataclasses import dataclass
from datetime import date, timedelta

# Days after the first entry, and the share of the year's budget each of them spends.
_FIRST_YEAR = (
    (45, 0.02),
    (60, 0.03),
    (90, 0.05),
    (120, 0.10),
    (180, 0.15),
    (270, 0.25),
    (365, 0.40),
)
# Later years: every 90 days, four of them to a year's budget.
_LATER, _LATER_SHARE = 90, 0.25


@dataclass(frozen=True)
class AnswerDay:
    """One answer day.

    Attributes:
        day: The calendar day; it is decided on the days before it.
        number: Whole days from the first entry to it, which are the days it is decided on.
        share: Part of the year's budget that it spends, 0 to 1.
    """

    day: date
    number: int
    share: float


def answer_days(first_entry: date, until: date) -> tuple[AnswerDay, ...]:
    """Return every answer day up to and with ``until``, in order.

    Args:
        first_entry: The day of the first entry.
        until: The last day to return; a day before the first entry returns none.

    Example:
        >>> [one.day.isoformat() for one in answer_days(date(2026, 1, 1), date(2026, 3, 2))]
        ['2026-02-15', '2026-03-02']
    """
    days = []
    number, share = _FIRST_YEAR[0]
    while number <= (until - first_entry).days:
        days.append(AnswerDay(first_entry + timedelta(days=number), number, share))
        number, share = _after(number)
    return tuple(days)


def next_answer_day(first_entry: date, after: date) -> date:
    """Return the first answer day later than ``after``.

    Example:
        >>> next_answer_day(date(2026, 1, 1), date(2026, 2, 15))
        datetime.date(2026, 3, 2)
    """
    number, _share = _FIRST_YEAR[0]
    while first_entry + timedelta(days=number) <= after:
        number, _share = _after(number)
    return first_entry + timedelta(days=number)


def answer_day(first_entry: date, on: date) -> AnswerDay:
    """Return the answer day that ``on`` is.

    Raises:
        ValueError: ``on`` is no answer day of a diary begun on ``first_entry``.
    """
    days = answer_days(first_entry, on)
    if not days or days[-1].day != on:
        raise ValueError(f"{on} is no answer day of a diary begun on {first_entry}")
    return days[-1]


def _after(number: int) -> tuple[int, float]:
    for later, share in _FIRST_YEAR:
        if later > number:
            return later, share
    return number + _LATER, _LATER_SHARE
