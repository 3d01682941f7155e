"""Diaries that are hard on arithmetic: an answer or a named reason, never a senseless number."""

import math
import re
from datetime import date, timedelta

import numpy as np
import pytest

from psoas.diary.answers.answer import Lag, Level
from psoas.diary.answers.deciding import any_day, planned
from psoas.diary.answers.sentences import sentence
from psoas.diary.reading import read_csv
from psoas.diary.refusal import DiaryRefused
from psoas.diary.table import DayTable

RULES = (any_day, planned)


def with_values(table, triggers, columns):
    return DayTable(table.days, table.pain, triggers, np.column_stack(columns))


def judged(table, rules=RULES):
    """Answer by both rules, every number of them checked."""
    both = [rule(table) for rule in rules]
    for answers in both:
        for one in answers.answers:
            check(one, answers)
        for text in answers.notes:
            assert not re.search(r"\b(nan|inf)\b", text)
    return both


def check(one, answers):
    assert 0 < one.e_value <= 1e12
    assert 0 < one.posterior < 1
    assert 0 <= one.days_with + one.days_without <= answers.recorded
    for number in (one.estimate, one.low, one.high):
        assert number is None or math.isfinite(number)
    if one.level is Level.TOO_EARLY:
        assert (one.estimate, one.low, one.high, one.more_days) == (None,) * 4
    elif one.low is not None:
        assert one.low <= one.estimate <= one.high
    if one.more_days is not None:
        assert 1 <= one.more_days[0] <= one.more_days[1]
    assert not re.search(r"\b(nan|inf|None)\b", sentence(one))


def test_a_constant_trigger_is_named_and_left_out(make):
    table = make(100)
    for value in (0.0, 1.0, 7.0):
        column = np.full(100, value)
        column[3] = np.nan
        for answers in judged(with_values(table, ("tea", "rain"), [column, table.values[:, 1]])):
            assert {one.trigger for one in answers.answers} == {"rain"}
            assert f"“tea” is {value:g} on every day it is known, so it tells nothing." in (
                answers.notes
            )


def test_a_trigger_that_nobody_ever_answered_is_named_and_left_out(make):
    table = make(100)
    for answers in judged(
        with_values(table, ("tea", "rain"), [np.full(100, np.nan), table.values[:, 1]])
    ):
        assert {one.trigger for one in answers.answers} == {"rain"}
        assert "“tea” is empty on every day." in answers.notes


def test_two_identical_triggers_share_one_answer_that_names_both(make):
    table = make(200, following={"conflict": 1.5})
    column = table.values[:, 0]
    alone = any_day(with_values(table, ("a",), [column]))
    for answers in judged(with_values(table, ("a", "b"), [column, column])):
        assert [one.trigger for one in answers.answers] == ["a and b"] * 2
        assert {one.members for one in answers.answers} == {("a", "b")}
        assert any("“a” and “b” cannot be told apart" in note for note in answers.notes)
        assert "These cannot be told apart." in sentence(answers.answers[0])
    twins = any_day(with_values(table, ("a", "b"), [column, column]))
    assert [one.estimate for one in twins.answers] == pytest.approx(
        [one.estimate for one in alone.answers]
    )


def test_exact_opposites_share_one_answer(make):
    table = make(200)
    column = table.values[:, 0]
    for answers in judged(with_values(table, ("rain", "dry"), [column, 1 - column])):
        assert [one.trigger for one in answers.answers] == ["rain and no dry"] * 2
        assert any("opposite days" in note for note in answers.notes)


def test_triggers_that_differ_only_where_one_is_unknown_share_one_answer(make):
    table = make(200)
    column, holes = np.array(table.values[:, 0]), np.array(table.values[:, 0])
    holes[::4] = np.nan
    for answers in judged(with_values(table, ("a", "b"), [holes, column])):
        assert [one.members for one in answers.answers] == [("a", "b")] * 2
        # What one of them does not know, the other does.
        assert answers.answers[0].days_with + answers.answers[0].days_without >= 179


def test_two_hundred_identical_triggers_are_not_two_hundred_names(make):
    table = make(60)
    names = tuple(f"t{k}" for k in range(200))
    for answers in judged(with_values(table, names, [table.values[:, 0]] * 200)):
        assert {one.trigger for one in answers.answers} == {"t0, t1 and 198 others"}


@pytest.mark.parametrize("rare", [0.0, 1.0])
def test_a_trigger_there_or_absent_on_three_days_only_is_too_early_and_named(make, rare):
    table = make(120)
    column = np.full(120, 1 - rare)
    column[[20, 50, 80]] = rare
    for answers in judged(with_values(table, ("tea", "rain"), [column, table.values[:, 1]])):
        levels = {one.trigger: one.level for one in answers.answers if one.lag is Lag.SAME}
        assert levels["tea"] is Level.TOO_EARLY
        assert levels["rain"] is not Level.TOO_EARLY
        side = "there" if rare else "absent"
        assert f"“tea” is {side} on 3 days with pain; it takes 5." in answers.notes


def test_pain_that_never_moves_gives_no_answers_and_says_why(make):
    table = make(100)
    still = DayTable(table.days, np.full(100, 3.0), table.triggers, table.values)
    for answers in judged(still):
        assert answers.answers == ()
        assert answers.notes == (
            "Pain is 3 on every recorded day: what does not move cannot go with anything.",
        )


def test_pain_that_hardly_moves_is_answered_and_said(make):
    table = make(100)
    pain = np.full(100, 3.0)
    pain[::7] = 4.0
    for answers in judged(DayTable(table.days, pain, table.triggers, table.values)):
        assert len(answers.answers) == 4
        assert any("on 85 of 100 days" in n or "of 90 days" in n for n in answers.notes)


def test_eight_days_are_too_early_and_none_are_no_crash(make):
    for answers in judged(make(8)):
        assert {one.level for one in answers.answers} == {Level.TOO_EARLY}
    table = make(8)
    silent = DayTable(table.days, np.full(8, np.nan), table.triggers, table.values)
    for answers in judged(silent):
        assert {one.level for one in answers.answers} == {Level.TOO_EARLY}
    assert planned(DayTable(table.days[:1], np.full(1, np.nan))).answers == ()


def test_five_thousand_days_are_answered(make, of):
    table = make(5000, following={"conflict": 0.8}, first=date(2010, 1, 1))
    for answers in judged(table):
        found = of(answers, "conflict", Lag.NEXT)
        assert found.level is Level.FOUND
        assert found.low < 0.8 < found.high


def test_two_hundred_triggers_are_answered(make, of):
    names = tuple(f"t{k}" for k in range(200))
    table = make(90, following={"t7": 2.0}, triggers=names)
    for answers in judged(table, [any_day]):
        assert len(answers.answers) == 400
        assert of(answers, "t7", Lag.NEXT).estimate > 0.8
        claimed = {one.trigger for one in answers.answers if one.level is Level.FOUND}
        assert claimed <= {"t7"}


@pytest.mark.parametrize("cell", ["nan", "NaN", "inf", "-inf", "Infinity", "1e999"])
@pytest.mark.parametrize("column", [1, 2])
def test_nan_and_infinity_are_refused_by_line_and_column(cell, column):
    cells = ["2026-01-02", "4", "1"]
    cells[column] = cell
    text = "day,pain,tea\n2026-01-01,4,0\n" + ",".join(cells) + "\n"
    name = ("day", "pain", "tea")[column]
    with pytest.raises(DiaryRefused, match=f"me.csv, line 3, column {name}"):
        read_csv(text.encode(), "me.csv", date(2026, 5, 1))


def test_infinity_is_no_number_of_a_table(make):
    table = make(40)
    pain, values = np.array(table.pain), np.array(table.values)
    pain[3], values[4, 1] = np.inf, -np.inf
    with pytest.raises(ValueError, match="finite"):
        DayTable(table.days, pain, table.triggers, table.values)
    with pytest.raises(ValueError, match="finite"):
        DayTable(table.days, table.pain, table.triggers, values)


def test_numbers_as_large_as_numbers_go_are_answered(make):
    table = make(100)
    large = np.where(table.values[:, 0] > 0, 1e308, -1e308)
    tiny = np.where(table.values[:, 1] > 0, 1e-300, 0.0)
    judged(with_values(table, ("large", "tiny"), [large, tiny]))


def test_a_gap_of_two_years_is_no_day_of_zero(make, of):
    table = make(930, following={"conflict": 1.5})
    pain, values = np.array(table.pain), np.array(table.values)
    pain[100:830], values[100:830] = np.nan, np.nan
    for answers in judged(DayTable(table.days, pain, table.triggers, values)):
        found = of(answers, "conflict", Lag.NEXT)
        assert found.level is Level.FOUND
        assert found.low < 1.5 < found.high
        assert found.days_with + found.days_without <= 200


def test_the_days_the_clocks_change_are_days_like_others(make):
    """Days are dates: a day of 23 or 25 hours follows the one before by one."""
    start = date(2026, 1, 1)
    rows = [
        f"{(start + timedelta(days=n)).isoformat()},{n * 7 % 10},{n % 3 == 0:d}" for n in range(120)
    ]
    table = read_csv(
        ("day,pain,tea\n" + "\n".join(rows) + "\n").encode(), "me.csv", date(2026, 12, 1)
    ).table
    assert table.span == table.recorded == 120
    assert date(2026, 3, 29) in table.days
    for answers in judged(table):
        same, following = (
            next(one for one in answers.answers if one.lag is lag) for lag in (Lag.SAME, Lag.NEXT)
        )
        assert same.days_with + same.days_without == 120
        assert following.days_with + following.days_without == 119


def test_a_trigger_known_on_few_days_is_said(make):
    table = make(120)
    values = np.array(table.values)
    values[:80, 0] = np.nan
    for answers in judged(DayTable(table.days, table.pain, table.triggers, values)):
        assert "Unknown on more than half of the days with pain: “conflict”." in answers.notes


def test_numbers_say_what_they_compare(make, of):
    table = make(150)
    chance = np.random.default_rng(5)
    mood = chance.integers(0, 11, 150).astype(float)
    steps = chance.integers(0, 12, 150) * 1000.0
    steps[0] = 12_000.0
    for answers in judged(with_values(table, ("mood", "steps"), [mood, steps])):
        assert "“mood” is a number: the answers compare 10 with 0." in answers.notes
        assert "“steps” is a number: the answers compare 12,000 with 0." in answers.notes
        assert of(answers, "mood", Lag.SAME).graded
        assert "at 12,000 rather than 0" in sentence(of(answers, "steps", Lag.NEXT))
