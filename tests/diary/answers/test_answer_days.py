from datetime import date, timedelta
from math import fsum

import pytest

from psoas.diary.answers.answer_days import answer_day, answer_days, next_answer_day

FIRST = date(2026, 1, 1)


def test_the_days_of_the_first_year_and_their_budgets():
    days = answer_days(FIRST, FIRST + timedelta(days=365))
    assert [one.number for one in days] == [45, 60, 90, 120, 180, 270, 365]
    assert [one.share for one in days] == [0.02, 0.03, 0.05, 0.10, 0.15, 0.25, 0.40]
    assert fsum(one.share for one in days) == pytest.approx(1)
    assert days[0].day == date(2026, 2, 15)


def test_later_years_have_an_answer_day_every_90_days_and_a_budget_each():
    days = answer_days(FIRST, FIRST + timedelta(days=365 + 720))
    assert [one.number for one in days[7:]] == [455, 545, 635, 725, 815, 905, 995, 1085]
    assert {one.share for one in days[7:]} == {0.25}


def test_the_next_answer_day_is_never_today():
    for n in (0, 44, 45, 364, 365, 366, 455, 3000):
        today = FIRST + timedelta(days=n)
        coming = next_answer_day(FIRST, today)
        assert coming > today
        assert answer_day(FIRST, coming).day == coming
    assert next_answer_day(FIRST, FIRST - timedelta(days=9)) == date(2026, 2, 15)


def test_every_answer_day_is_the_next_one_of_the_day_before():
    for one in answer_days(FIRST, FIRST + timedelta(days=2000)):
        assert next_answer_day(FIRST, one.day - timedelta(days=1)) == one.day


def test_another_day_is_no_answer_day():
    for n in (0, 44, 46, 366):
        with pytest.raises(ValueError, match="no answer day"):
            answer_day(FIRST, FIRST + timedelta(days=n))
