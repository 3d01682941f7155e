"""What psoas says of made-up diaries, through the doors that people and cohorts use."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from benchmarks.simulator import FIRST, Diaries, Floats
from psoas.diary.answers import evidence, levels
from psoas.diary.answers.answer import Answers, Lag, Level
from psoas.diary.answers.deciding import any_day, planned
from psoas.diary.answers.fast import fit_many
from psoas.diary.answers.many import any_day_many
from psoas.diary.table import DayTable

Array = NDArray[np.float64]
LAGS = (Lag.SAME, Lag.NEXT)
CODE = {level: code for code, level in enumerate(levels.LEVELS)}
EPOCH = FIRST.toordinal() - 719163  # days since 1970


@dataclass(frozen=True)
class Said:
    """What was said of B people; each (B, 2, K), NaN where there was no answer.

    Attributes:
        estimate: Points.
        low: Lower end of the interval.
        high: Upper end.
        level: Place in ``levels.LEVELS``; -1 where there was no answer.
        posterior: Probability of an effect.
    """

    estimate: Array
    low: Array
    high: Array
    level: NDArray[np.int8]
    posterior: Array

    @property
    def found(self) -> NDArray[np.bool_]:
        return self.level == CODE[Level.FOUND]

    @property
    def possible(self) -> NDArray[np.bool_]:
        """Found, or likely enough to be called a possible pattern."""
        return self.found | (self.level == CODE[Level.POSSIBLE])

    @property
    def small(self) -> NDArray[np.bool_]:
        return self.level == CODE[Level.NO_LARGE_EFFECT]

    @property
    def answered(self) -> NDArray[np.bool_]:
        return self.level > CODE[Level.TOO_EARLY]


def cut(diaries: Diaries, days: int) -> Diaries:
    """The same people as they were after so many days."""
    return Diaries(
        diaries.pain[:, :days],
        diaries.values[:, :days],
        diaries.effects,
        diaries.seen,
        diaries.graded,
    )


def some(diaries: Diaries, people: int) -> Diaries:
    """The first few people."""
    return Diaries(
        diaries.pain[:people],
        diaries.values[:people],
        diaries.effects[:people],
        diaries.seen[:people],
        diaries.graded,
    )


def table_of(diaries: Diaries, person: int) -> DayTable:
    days = tuple(FIRST + timedelta(days=n) for n in range(diaries.pain.shape[1]))
    return DayTable(days, diaries.pain[person], diaries.names, diaries.values[person])


def exact(diaries: Diaries, rule: Callable[[DayTable], Answers] = any_day) -> Said:
    """Each person alone, as ``psoas diary`` answers."""
    shape = (len(diaries.pain), 2, diaries.values.shape[2])
    place = {name: k for k, name in enumerate(diaries.names)}
    said = Said(
        *(np.full(shape, np.nan) for _ in range(3)),
        level=np.full(shape, -1, np.int8),
        posterior=np.zeros(shape),
    )
    for person in range(shape[0]):
        for one in rule(table_of(diaries, person)).answers:
            # Columns that cannot be told apart have one answer; it is held against the first.
            at = (person, LAGS.index(one.lag), place[one.members[0]])
            said.level[at], said.posterior[at] = CODE[one.level], one.posterior
            if one.estimate is not None:
                said.estimate[at] = one.estimate
                said.low[at] = -np.inf if one.low is None else one.low
                said.high[at] = np.inf if one.high is None else one.high
    return said


def on_answer_days(diaries: Diaries) -> Said:
    """Each person alone by the planned rule, all answer days so far in turn."""
    return exact(diaries, planned)


def fast(diaries: Diaries) -> Said:
    """All people at once, as ``psoas cohort`` answers."""
    one = any_day_many(*rows(diaries), diaries.names)
    # No bound means that anything is possible.
    low, high = np.nan_to_num(one.low, nan=-np.inf), np.nan_to_num(one.high, nan=np.inf)
    return Said(one.estimate, low, high, one.level, one.posterior)


def ordinary_half_width(diaries: Diaries) -> Array:
    """Half the width of the ordinary 95% t interval around the fast estimate, for comparison."""
    day, pain, values, starts = rows(diaries)
    many = fit_many(day, pain, values / np.where(diaries.graded, 10, 1), starts)
    return evidence.t_half_width(many.error, many.freedom[:, None, None], 0.05)


def rows(
    diaries: Diaries,
) -> tuple[NDArray[np.int32], Floats, Floats, NDArray[np.int64]]:
    people, days, count = diaries.values.shape
    return (
        np.tile(np.arange(EPOCH, EPOCH + days, dtype=np.int32), people),
        diaries.pain.reshape(-1),
        diaries.values.reshape(-1, count),
        np.arange(people + 1) * days,
    )
