"""Measured triggers become answers: levels, intervals, days to know, the surest first."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from psoas.diary.answers import evidence
from psoas.diary.answers.answer import Answer, Answers, Lag, Level, Rule
from psoas.diary.answers.levels import LEVELS, levels, more_days
from psoas.diary.answers.measuring import Measured
from psoas.diary.answers.naming import group_name
from psoas.diary.answers.noting import notes_of
from psoas.diary.table import DayTable

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

_SUREST = (
    Level.FOUND,
    Level.POSSIBLE,
    Level.NO_LARGE_EFFECT,
    Level.NOT_SURE,
    Level.TOO_EARLY,
)


def answers_of(
    table: DayTable, measured: Measured, found: Mask, half_width: Array, rule: Rule
) -> Answers:
    """Put answers together.

    Args:
        table: The days that were measured.
        measured: As :func:`psoas.diary.answers.measuring.measure` returns it.
        found: shape (2, K), what the rule claims.
        half_width: shape (2, K), half the width of the rule's intervals.
        rule: The rule.
    """
    answers: list[Answer] = []
    if not _still(measured):
        answers = _each(measured, found, half_width)
    return Answers(
        table.first,
        table.last,
        table.span,
        table.recorded,
        rule,
        surest_first(answers),
        notes_of(table, measured),
    )


def surest_first(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """Return answers by level, and within a level by the evidence, the strongest first."""

    def rank(one: Answer) -> tuple[int, bool, float]:
        return _SUREST.index(one.level), one.less_sure, -one.e_value

    return tuple(sorted(answers, key=rank))


def _still(measured: Measured) -> bool:
    # Pain that never moves goes with nothing, and a number would be one without meaning.
    pain = measured.design.outcome
    return len(pain) > 1 and bool(np.ptp(pain) == 0)


def _each(measured: Measured, found: Mask, half_width: Array) -> list[Answer]:
    e = measured.e_values
    likely = evidence.posterior(e)
    known = ~measured.early & ~np.isnan(measured.estimate)
    low = np.where(known, measured.estimate - half_width, -np.inf)
    high = np.where(known, measured.estimate + half_width, np.inf)
    level = levels(measured.early, found & known, likely, low, high)
    # Days to know are counted for an interval that may be read on any day, whatever the rule:
    # that of an answer day is of another level each time.
    to_know = evidence.anytime_half_width(measured.error, measured.freedom, measured.spread)
    least, most = more_days(measured.span, to_know, level)
    answers = []
    for row, lag in enumerate(Lag):
        for k, group in enumerate(measured.design.groups):
            at = row, k
            answers.append(
                Answer(
                    trigger=group_name(group),
                    lag=lag,
                    level=LEVELS[level[at]],
                    estimate=_number(measured.estimate[at]) if known[at] else None,
                    low=_number(low[at]),
                    high=_number(high[at]),
                    e_value=float(e[at]),
                    posterior=float(likely[at]),
                    days_with=int(measured.days_with[at]),
                    days_without=int(measured.days_without[at]),
                    more_days=None if np.isnan(least[at]) else (int(least[at]), int(most[at])),
                    members=group.names,
                    starred=bool(measured.starred[k]),
                    base=measured.design.bases[k],
                    top=measured.design.tops[k],
                )
            )
    return answers


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
