from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from scipy import stats

from psoas.diary.answers.answer import Answer, Answers, Lag, Level, Rule
from psoas.diary.answers.deciding import on_answer_day, planned, standing
from psoas.diary.answers.design import lay_out
from psoas.diary.answers.exact import fit_exact
from psoas.diary.table import DayTable


def days(count):
    return timedelta(days=count)


def with_pain(table, pain):
    return DayTable(table.days, pain, table.triggers, table.values)


def test_before_the_first_answer_day_everything_is_too_early(make):
    table = make(44, following={"conflict": 5.0})
    answers = planned(table)
    assert answers.rule is Rule.ANSWER_DAYS
    assert answers.decided_on is None
    assert answers.next_answer_day == table.first + days(45)
    assert {one.level for one in answers.answers} == {Level.TOO_EARLY}
    assert all(one.estimate is None and one.e_value == 1 for one in answers.answers)
    assert max(one.days_with + one.days_without for one in answers.answers) == 44


def test_a_file_of_45_days_is_decided_and_the_next_day_is_named(make, of):
    table = make(45, following={"conflict": 3.0})
    answers = planned(table)
    assert answers.decided_on == table.first + days(45)
    assert answers.next_answer_day == table.first + days(60)
    found = of(answers, "conflict", Lag.NEXT)
    assert found.level is Level.FOUND
    assert found.found_on == table.first + days(45)


def test_an_answer_day_reads_only_the_days_before_it(make):
    table = make(140, following={"conflict": 1.0})
    on = table.first + days(120)
    pain = np.array(table.pain)
    pain[120:] = 10.0
    assert on_answer_day(table, on) == on_answer_day(with_pain(table, pain), on)
    assert on_answer_day(table, on).last == on - days(1)
    assert planned(table).answers == planned(with_pain(table, pain)).answers


def test_a_day_that_is_none_is_refused(make):
    table = make(140)
    with pytest.raises(ValueError, match="no answer day"):
        on_answer_day(table, table.first + days(100))


def test_the_interval_is_the_t_interval_of_the_day_s_budget(make, of):
    table = make(120)
    answers = on_answer_day(table, table.first + days(120))
    fitted = fit_exact(lay_out(table))
    quantile = stats.t.ppf(1 - 0.05 * 0.10 / 2, fitted.freedom)
    one = of(answers, "conflict", Lag.NEXT)
    assert one.estimate == pytest.approx(fitted.estimate[1, 0])
    assert one.high - one.estimate == pytest.approx(quantile * fitted.error[1, 0])


def test_a_claim_keeps_its_date_and_may_become_less_sure(make, of):
    """Ninety days with an effect, then nine months with its opposite."""
    table = make(365, following={"conflict": 2.5})
    effect = np.zeros(365)
    effect[1:] = table.values[:-1, 0]
    pain = np.array(table.pain) - np.where(np.arange(365) >= 90, 3.4, 0.0) * effect
    table = with_pain(table, np.clip(pain, 0, 10))
    early = planned(table, until=table.first + days(90))
    claim = of(early, "conflict", Lag.NEXT)
    assert claim.level is Level.FOUND
    assert not claim.less_sure
    late = of(planned(table), "conflict", Lag.NEXT)
    alone = of(on_answer_day(table, table.first + days(365)), "conflict", Lag.NEXT)
    assert alone.level is not Level.FOUND
    assert late.level is Level.FOUND
    assert late.less_sure
    assert late.found_on == claim.found_on
    assert (late.estimate, late.more_days) == (alone.estimate, None)


def test_a_claim_made_again_is_not_less_sure(make, of):
    table = make(365, following={"conflict": 2.5})
    found = of(planned(table), "conflict", Lag.NEXT)
    assert found.found_on == table.first + days(45)
    assert not found.less_sure


def test_answer_days_count_from_the_first_day_that_says_anything(make):
    table = make(60)
    pain, values = np.array(table.pain), np.array(table.values)
    pain[:10], values[:10] = np.nan, np.nan
    silent = DayTable(table.days, pain, table.triggers, values)
    assert planned(silent).decided_on == table.first + days(55)


def claim(members, estimate, *, found_on=None, level=Level.FOUND):
    low, high = estimate - 0.2, estimate + 0.2
    name = " and ".join(members)
    return Answer(name, Lag.SAME, level, estimate, low, high, 900.0, 0.99, 20, 40, None, members,
                  found_on=found_on)  # fmt: skip


def said(*answers):
    day = date(2026, 3, 1)
    return Answers(day, day, 60, 60, Rule.ANSWER_DAYS, answers)


def test_a_claim_about_two_that_can_now_be_told_apart_still_stands_but_less_surely():
    day = date(2026, 2, 15)
    unsure = Level.NOT_SURE
    now = said(claim(("tea",), 0.3, level=unsure), claim(("rain",), 0.3, level=unsure))
    both = standing(said(claim(("tea", "rain"), 0.9, found_on=day)), now).answers[0]

    assert both.members == ("tea", "rain")
    assert both.found_on == day
    assert both.less_sure


def test_a_claim_about_a_trigger_that_is_gone_goes_with_it():
    earlier = said(claim(("tea",), 0.9, found_on=date(2026, 2, 15)))

    assert standing(earlier, said()).answers == ()


def test_a_claim_that_turned_round_begins_anew():
    today = date(2026, 3, 1)
    earlier = said(claim(("tea",), 0.9, found_on=date(2026, 2, 15)))
    turned = standing(earlier, said(claim(("tea",), -0.9, found_on=today))).answers[0]

    assert turned.found_on == today
    assert not turned.less_sure


def test_a_claim_is_not_less_sure_because_its_trigger_was_starred_since():
    day = date(2026, 2, 15)
    earlier = said(claim(("tea",), 0.9, found_on=day))
    fewer_days = replace(claim(("tea",), 0.1, level=Level.NOT_SURE), starred=True)
    stands = standing(earlier, said(fewer_days)).answers[0]

    assert stands.level is Level.FOUND
    assert not stands.less_sure
    assert (stands.estimate, stands.found_on, stands.starred) == (0.9, day, True)
