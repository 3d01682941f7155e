"""Which answers a diary gives, by the rule for any day and by the rule of answer days."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from psoas.diary.answers import evidence
from psoas.diary.answers.answer import Answer, Answers, Level, Rule, Star
from psoas.diary.answers.answer_days import answer_day, answer_days, next_answer_day
from psoas.diary.answers.measuring import Measured, first_entry, measure
from psoas.diary.answers.stars import check_stars
from psoas.diary.answers.telling import answers_of, surest_first
from psoas.diary.table import DayTable

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]


def any_day(table: DayTable, stars: Sequence[Star] = ()) -> Answers:
    """Return the answers of a diary that may be looked at on any day, and as often as one likes.

    Claims are made by closed e-BH at a false discovery rate of 0.10 and from an e-value of 20 on,
    for the same day and the next day apart; starred suspects are a family of their own. Intervals
    are anytime-valid.

    Args:
        table: The days.
        stars: At most five suspects named beforehand.

    Raises:
        StarsRefused: A star that is no trigger of the table, or more than five.

    Source: Wang and Ramdas, JRSS B 84 (2022) 822-852; for the e-values see
    :func:`psoas.diary.answers.evidence.e_values`.

    Example:
        >>> days = tuple(date(2026, 1, 1) + timedelta(days=n) for n in range(8))
        >>> table = DayTable(days, np.arange(8.0), ("rain",), np.eye(8)[:, :1])
        >>> [str(one.level) for one in any_day(table).answers]
        ['too early', 'too early']
    """
    measured = measure(table, check_stars(stars, table.triggers))
    found = _in_families(measured, measured.e_values, evidence.any_day_claims)
    half = evidence.anytime_half_width(measured.error, measured.freedom, measured.spread)
    return answers_of(table, measured, found, half, Rule.ANY_DAY)


def on_answer_day(
    table: DayTable, on: date, stars: Sequence[Star] = (), begun: date | None = None
) -> Answers:
    """Return the answers as they are decided on one answer day, from the days before it.

    Claims are made by Benjamini-Hochberg on t-test p-values at the day's part of the year's
    budget, for the same day and the next day apart; starred suspects have the same budget of
    their own. The intervals are t intervals at that level. Earlier claims are not looked at: see
    :func:`standing`.

    Args:
        table: The days; those from ``on`` on are left out.
        on: An answer day of this diary.
        stars: At most five suspects named beforehand.
        begun: The day from which answer days are counted, where it is not the first entry's: an
            older diary brought in later adds days and moves no answer day.

    Raises:
        ValueError: ``on`` is no answer day.
        StarsRefused: A star that is no trigger of the table, or more than five.
    """
    begun = begun or first_entry(table)
    doubt = evidence.YEAR_BUDGET * answer_day(begun, on).share
    known = table.before(on)
    measured = measure(known, check_stars(stars, table.triggers))

    def claims(p: Array) -> Mask:
        return evidence.benjamini_hochberg(p, doubt)

    found = _in_families(measured, measured.p_values, claims)
    half = evidence.t_half_width(measured.error, measured.freedom, doubt)
    answers = answers_of(known, measured, found, half, Rule.ANSWER_DAYS)
    dated = tuple(
        replace(one, found_on=on) if one.level is Level.FOUND else one for one in answers.answers
    )
    return replace(
        answers, answers=dated, decided_on=on, next_answer_day=next_answer_day(begun, on)
    )


def planned(table: DayTable, stars: Sequence[Star] = (), until: date | None = None) -> Answers:
    """Return the answers as of the latest answer day, all answer days taken in turn.

    A claim keeps the day on which it was made; a later answer day that does not make it again
    leaves it standing as less sure. Before the first answer day everything is too early.

    Args:
        table: The days.
        stars: At most five suspects named beforehand.
        until: The last day that may be an answer day; the day after the table's last by default.

    Raises:
        StarsRefused: A star that is no trigger of the table, or more than five.
    """
    begun = first_entry(table)
    until = table.last + timedelta(days=1) if until is None else until
    state: Answers | None = None
    for day in answer_days(begun, until):
        now = on_answer_day(table, day.day, stars)
        state = now if state is None else standing(state, now)
    if state is not None:
        return state
    measured = measure(table, check_stars(stars, table.triggers), fitted=False)
    answers = answers_of(
        table, measured, np.zeros_like(measured.early), measured.error, Rule.ANSWER_DAYS
    )
    return replace(answers, next_answer_day=next_answer_day(begun, until))


def standing(earlier: Answers, now: Answers) -> Answers:
    """Return ``now`` with the claims of an earlier answer day that still stand.

    A claim about columns that could not be told apart, and now can, stands on its own beside
    their answers, as less sure. A claim that turned round begins anew. One whose trigger has
    been starred since is measured on other days, and stands as it was.

    Args:
        earlier: What was said on the answer day before, with all that stood then.
        now: What :func:`on_answer_day` says.
    """
    claims = {(one.members, one.lag): one for one in earlier.answers if one.found_on is not None}
    answers = []
    for one in now.answers:
        claim = claims.pop((one.members, one.lag), None)
        again = one.level is Level.FOUND
        if claim is not None and not (again and _turned(claim, one)):
            known = one.estimate is not None
            if claim.starred != one.starred and not again:
                # Measured on other days than the claim: that says nothing against it.
                answers.append(replace(claim, starred=one.starred))
                continue
            one = replace(
                one if known else claim,
                level=Level.FOUND,
                more_days=None,
                found_on=claim.found_on,
                less_sure=not again,
            )
        answers.append(one)
    there = {member for one in now.answers for member in one.members}
    answers += [
        replace(claim, less_sure=True)
        for claim in claims.values()
        if there.issuperset(claim.members)
    ]
    return replace(now, answers=surest_first(answers))


def _turned(claim: Answer, now: Answer) -> bool:
    return (claim.estimate or 0.0) * (now.estimate or 0.0) < 0


def _in_families(measured: Measured, evidence_of: Array, claims: Callable[[Array], Mask]) -> Mask:
    # Starred suspects and all others, same day and next day: four families.
    found = np.zeros(evidence_of.shape, bool)
    for family in (measured.starred, ~measured.starred):
        tested = np.where(family & ~measured.early, evidence_of, np.nan)
        found |= claims(tested) & ~np.isnan(tested)
    return found
