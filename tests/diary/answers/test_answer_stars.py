from datetime import timedelta

import numpy as np
import pytest

from psoas.diary.answers.answer import Lag, Level, Star
from psoas.diary.answers.deciding import any_day, on_answer_day
from psoas.diary.answers.stars import StarsRefused
from psoas.diary.table import DayTable

FORTY = tuple(f"t{k}" for k in range(40))


def test_an_unknown_star_is_refused_with_the_names_there_are(make):
    with pytest.raises(StarsRefused, match=r"called “conflct”. The triggers are: conflict, rain\."):
        any_day(make(), [Star("conflct")])


def test_more_than_five_stars_are_refused(make):
    stars = [Star(name) for name in FORTY[:6]]
    with pytest.raises(StarsRefused, match="6 starred triggers are too many: choose at most 5"):
        any_day(make(triggers=FORTY), stars)
    again = [Star(name) for name in FORTY[:5]] * 2
    assert sum(one.starred for one in any_day(make(triggers=FORTY), again).answers) == 10


def test_a_star_keeps_a_suspect_out_of_the_crowd(make, of):
    """Evidence that suffices for one suspect does not suffice for the best of forty."""
    table = make(120, seed=1, following={"t0": 0.8}, triggers=FORTY)
    alone = of(any_day(table, [Star("t0")]), "t0", Lag.NEXT)
    crowded = of(any_day(table), "t0", Lag.NEXT)
    assert 10 < alone.e_value < 400
    assert alone.level is Level.FOUND
    assert alone.starred
    assert crowded.level is Level.POSSIBLE
    assert alone.e_value == crowded.e_value


def test_stars_on_answer_days_have_a_budget_of_their_own(make, of):
    table = make(120, seed=1, following={"t0": 0.8}, triggers=FORTY)
    on = table.first + timedelta(days=120)
    starred = of(on_answer_day(table, on, [Star("t0")]), "t0", Lag.NEXT)
    assert starred.level is Level.FOUND
    assert of(on_answer_day(table, on), "t0", Lag.NEXT).level is not Level.FOUND


def test_a_star_of_the_first_week_counts_all_days(make, of):
    table = make(120, following={"conflict": 1.0})
    first = any_day(table, [Star("conflict")])
    week = any_day(table, [Star("conflict", since=table.first + timedelta(days=6))])
    assert first == week


def test_a_later_star_counts_only_the_days_after_it(make, of):
    table = make(240, following={"conflict": 2.0})
    since = table.first + timedelta(days=119)
    values = np.array(table.pain)
    values[:120] = 4.0
    early_half_still = DayTable(table.days, values, table.triggers, table.values)
    late = of(any_day(early_half_still, [Star("conflict", since)]), "conflict", Lag.NEXT)
    assert late.days_with + late.days_without == 120
    assert late.level is Level.FOUND
    assert late.low < 2.0 < late.high
    other = of(any_day(early_half_still, [Star("conflict", since)]), "rain", Lag.NEXT)
    assert other.days_with + other.days_without == 239


def test_a_star_of_yesterday_takes_no_answer_away(make, of):
    table = make(240, following={"conflict": 2.0})
    late = of(any_day(table, [Star("conflict", table.last)]), "conflict", Lag.NEXT)
    assert late == of(any_day(table), "conflict", Lag.NEXT)
    assert late.level is Level.FOUND
    assert not late.starred


def test_a_starred_twin_stars_the_answer_of_both(make):
    table = make(120)
    twice = DayTable(table.days, table.pain, ("a", "b"), np.repeat(table.values[:, :1], 2, axis=1))
    answers = any_day(twice, [Star("b")]).answers
    assert [one.members for one in answers] == [("a", "b")] * 2
    assert all(one.starred for one in answers)
