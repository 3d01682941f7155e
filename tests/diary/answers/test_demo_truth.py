"""The made-up person of the demonstration, whose truth is known, at 26 weeks."""

from datetime import date

from psoas.diary.answers.answer import Lag, Level
from psoas.diary.answers.deciding import any_day, planned
from psoas.diary.synthetic import make_diary

LAST = date(2026, 4, 14)


def judged(rule, seeds):
    """Count seeds with a false claim, with the conflict found, and with its truth inside."""
    misled = found = inside = 0
    for seed in seeds:
        diary = make_diary(seed, LAST)
        answers = rule(diary.table).answers
        true = {(slug, Lag.SAME) for slug in diary.truth.same_day}
        true |= {(slug, Lag.NEXT) for slug in diary.truth.next_day}
        claimed = {(one.trigger, one.lag) for one in answers if one.level is Level.FOUND}
        misled += not claimed <= true
        conflict = next(o for o in answers if (o.trigger, o.lag) == ("conflict", Lag.NEXT))
        assert conflict.level in (Level.FOUND, Level.POSSIBLE, Level.NOT_SURE)
        found += conflict.level is Level.FOUND
        inside += conflict.low < diary.truth.next_day["conflict"] < conflict.high
    return misled, found, inside


def test_on_any_day_nothing_is_found_that_is_not_true():
    misled, found, inside = judged(any_day, range(20))
    assert misled == 0
    assert found >= 6
    assert inside >= 19


def test_on_answer_days_hardly_anything_is_found_that_is_not_true():
    """By 26 weeks a third of the year's budget of 5% for each lag is spent."""
    misled, found, inside = judged(planned, range(60))
    assert misled <= 4
    assert found >= 24
    assert inside >= 56
