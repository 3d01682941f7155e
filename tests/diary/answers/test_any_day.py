import numpy as np
import pytest

from psoas.diary.answers.answer import Lag, Level, Rule
from psoas.diary.answers.deciding import any_day
from psoas.diary.table import DayTable


def test_what_is_there_is_found_on_its_own_lag_and_nothing_else(make, of):
    table = make(365, following={"conflict": 1.5})
    answers = any_day(table)
    found = of(answers, "conflict", Lag.NEXT)
    assert found.level is Level.FOUND
    assert found.low < 1.5 < found.high
    assert found.more_days is None
    assert answers.answers[0] == found
    others = [one for one in answers.answers if one is not found]
    assert len(others) == 3
    assert not {one.level for one in others} & {Level.FOUND, Level.POSSIBLE}
    assert answers.rule is Rule.ANY_DAY
    assert answers.next_answer_day is None


def test_what_goes_with_less_pain_is_found_below_zero(make, of):
    found = of(any_day(make(365, same={"rain": -1.5})), "rain", Lag.SAME)
    assert found.level is Level.FOUND
    assert found.low < -1.5 < found.high < 0


def test_under_28_days_there_are_no_numbers(make):
    answers = any_day(make(27))
    assert len(answers.answers) == 4
    for one in answers.answers:
        assert one.level is Level.TOO_EARLY
        assert (one.estimate, one.low, one.high, one.more_days) == (None, None, None, None)
        assert one.e_value == 1
        assert one.posterior == pytest.approx(0.15)
    assert answers.notes == ("27 of at least 28 days with pain so far.",)


def test_a_real_but_small_difference_is_found_and_not_called_none(make, of):
    table = make(1500, same={"rain": 0.3}, noise=0.3)
    found = of(any_day(table), "rain", Lag.SAME)
    assert found.level is Level.FOUND
    assert found.low > -0.5
    assert found.high < 0.5


def test_after_long_enough_no_large_effect_is_an_answer(make):
    answers = any_day(make(900))
    assert {one.level for one in answers.answers} == {Level.NO_LARGE_EFFECT}


def test_before_that_it_is_said_how_long_it_may_take(make):
    for one in any_day(make(120)).answers:
        assert one.level is Level.NOT_SURE
        assert one.low is not None
        assert one.high is not None
        half = (one.high - one.low) / 2
        rest = 120 * (half / 0.5) ** 2 * 1.1 - 120
        assert one.more_days == (round(0.7 * rest), round(1.6 * rest))


def test_the_surest_stands_first(make):
    answers = any_day(make(365, following={"conflict": 1.5}, triggers=("rain", "conflict"))).answers
    order = [Level.FOUND, Level.POSSIBLE, Level.NO_LARGE_EFFECT, Level.NOT_SURE, Level.TOO_EARLY]
    ranks = [order.index(one.level) for one in answers]
    assert ranks == sorted(ranks)


def test_looking_at_chance_every_week_claims_nothing(make):
    names = tuple(f"t{k}" for k in range(12))
    for seed in range(3):
        table = make(180, seed=seed, triggers=names)
        for end in range(28, 181, 7):
            cut = DayTable(table.days[:end], table.pain[:end], names, table.values[:end])
            assert Level.FOUND not in {one.level for one in any_day(cut).answers}


def test_the_order_of_columns_changes_nothing(make, of):
    table = make(200, same={"rain": 0.8})
    turned = DayTable(table.days, table.pain, table.triggers[::-1], table.values[:, ::-1])
    for one in any_day(table).answers:
        other = of(any_day(turned), one.trigger, one.lag)
        assert other.level is one.level
        assert other.estimate == pytest.approx(one.estimate, abs=1e-9)


def test_a_diary_without_triggers_has_no_answers(make):
    table = make(60)
    answers = any_day(DayTable(table.days, table.pain))
    assert answers.answers == ()
    assert np.isfinite(answers.span)
