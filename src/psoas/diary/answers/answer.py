"""An answer: what a diary says of one trigger, and how sure that is."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Lag(StrEnum):
    """Whether a trigger is held against the pain of its own day or of the day after."""

    SAME = "same day"
    NEXT = "next day"


class Level(StrEnum):
    """How sure an answer is. An experiment alone goes further."""

    TOO_EARLY = "too early"
    NOT_SURE = "not sure"
    POSSIBLE = "possible"
    FOUND = "found"
    NO_LARGE_EFFECT = "no large effect"


class Rule(StrEnum):
    """When a claim may be made."""

    ANY_DAY = "any day"
    ANSWER_DAYS = "answer days"


@dataclass(frozen=True)
class Star:
    """A suspect named beforehand.

    Attributes:
        trigger: The trigger's name in the table.
        since: The day it was named; only days after it count as evidence. None: before the
            first entry (or so early that no picture could have suggested it): all days count.
    """

    trigger: str
    since: date | None = None


@dataclass(frozen=True)
class Answer:
    """What the diary says of one trigger and lag.

    Attributes:
        trigger: Its name; triggers that cannot be told apart share one answer and are named
            together.
        lag: Same day or next day.
        level: How sure.
        estimate: Difference in points of pain between a day with the trigger and one without
            (for a trigger that is a number: between ``top`` and ``base``). None where it is too
            early.
        low: Lower end of the interval; None where it is too early or has no bound.
        high: Upper end.
        e_value: Evidence against no effect; 1 says nothing.
        posterior: Probability of an effect, from 0.15 before the data.
        days_with: Recorded days that count as with the trigger.
        days_without: Recorded days that count as without it.
        more_days: Days until half a point could be told from none, from and to; None where
            nothing more is needed or no number can be given.
        members: The columns behind it: one, or several that cannot be told apart.
        starred: Whether it was named beforehand.
        base: What counts as none of it: 0, or for other numbers the column's smallest.
        top: What counts as all of it: 1 for yes or no, 10 for a number from 0 to 10, otherwise
            the column's largest number.
        found_on: The day a claim was made (answer days), or None.
        less_sure: A standing claim which the latest answer day does not make again.
    """

    trigger: str
    lag: Lag
    level: Level
    estimate: float | None
    low: float | None
    high: float | None
    e_value: float
    posterior: float
    days_with: int
    days_without: int
    more_days: tuple[int, int] | None
    members: tuple[str, ...]
    starred: bool = False
    base: float = 0.0
    top: float = 1.0
    found_on: date | None = None
    less_sure: bool = False

    @property
    def graded(self) -> bool:
        """Whether the trigger is a number and not a yes or no."""
        return (self.base, self.top) != (0.0, 1.0)


@dataclass(frozen=True)
class Answers:
    """All that a diary says.

    Attributes:
        first: First day of the table.
        last: Last day of the table that was read.
        span: Calendar days from first to last.
        recorded: Days with pain.
        rule: When claims may be made.
        answers: The surest first.
        notes: What was left out, and why, in sentences.
        decided_on: The answer day they were decided on; None under the any-day rule, and before
            the first answer day.
        next_answer_day: The answer day to come; None under the any-day rule.
    """

    first: date
    last: date
    span: int
    recorded: int
    rule: Rule
    answers: tuple[Answer, ...]
    notes: tuple[str, ...] = ()
    decided_on: date | None = None
    next_answer_day: date | None = None
