"""Triggers that are numbers: compared over what was really written down, in their own units."""

from datetime import date, timedelta

import numpy as np
import pytest

from psoas.diary.answers.answer import Lag, Level
from psoas.diary.answers.deciding import any_day
from psoas.diary.answers.design import lay_out
from psoas.diary.answers.sentences import sentence
from psoas.diary.table import DayTable

DAYS = 240


def table_of(pain, **columns):
    days = tuple(date(2026, 1, 5) + timedelta(n) for n in range(len(pain)))
    values = np.column_stack(list(columns.values()))
    return DayTable(days, pain, tuple(columns), values)


def diary(seed=1):
    """Pain that is 1.5 higher on days with something, which is there every third day or so."""
    chance = np.random.default_rng(seed)
    there = (chance.random(DAYS) < 0.35).astype(float)
    return there, 4 + 1.5 * there + chance.normal(size=DAYS)


def within(answer, value):
    assert answer.low is not None and answer.high is not None
    return answer.low < value < answer.high


@pytest.mark.parametrize(
    ("none", "all_of_it"), [(1.0, 2.0), (0.0, 0.1), (-1.0, 1.0), (0.0, 10.0), (-1.0, 0.0)]
)
def test_two_numbers_are_a_no_and_a_yes_whatever_they_are(none, all_of_it):
    there, pain = diary()
    plain = any_day(table_of(pain, x=there)).answers[0]
    coded = any_day(table_of(pain, x=np.where(there > 0, all_of_it, none))).answers[0]

    assert (coded.base, coded.top) == (none, all_of_it)
    assert coded.estimate == pytest.approx(plain.estimate)
    assert (coded.days_with, coded.days_without) == (plain.days_with, plain.days_without)


def test_a_scale_of_three_steps_is_not_stretched_to_ten():
    chance = np.random.default_rng(2)
    stress = chance.integers(0, 4, DAYS).astype(float)
    answer = any_day(table_of(4 + 0.5 * stress + chance.normal(size=DAYS), stress=stress)).answers[
        0
    ]

    assert (answer.base, answer.top) == (0.0, 3.0)
    assert within(answer, 1.5)
    assert "at 3 rather than 0" in sentence(answer)


def test_a_number_far_from_zero_is_compared_between_its_own_ends():
    chance = np.random.default_rng(3)
    pressure = np.round(chance.uniform(995, 1008, DAYS), 1)
    pain = 4 + 0.15 * (pressure - 1000) + chance.normal(size=DAYS)
    answer = any_day(table_of(pain, pressure=pressure)).answers[0]

    assert answer.level is Level.FOUND
    assert within(answer, 0.15 * 13)
    assert "at 1,008 rather than 995" in sentence(answer)


def test_the_same_thing_on_two_scales_is_filled_in_its_own_units():
    chance = np.random.default_rng(4)
    celsius = np.round(chance.uniform(10, 30, DAYS), 1)
    pain = 4 + chance.normal(size=DAYS)
    # Not looked up on bad days: filled with the other's plain numbers, these would stand out.
    known = np.where(pain > 4.8, np.nan, celsius)
    design = lay_out(table_of(pain, celsius=known, fahrenheit=celsius * 1.8 + 32))
    truth = lay_out(table_of(pain, celsius=celsius))

    assert [group.names for group in design.groups] == [("celsius", "fahrenheit")]
    assert np.corrcoef(design.columns[:, 0], truth.columns[:, 0])[0, 1] > 0.9999


def test_what_is_found_always_leaves_out_zero():
    found = 0
    for seed in range(400):
        chance = np.random.default_rng(seed)
        there = (chance.random(60) < 0.4).astype(float)
        pain = 4 + 0.9 * there + chance.normal(size=60)
        for answer in any_day(table_of(pain, x=there)).answers:
            if answer.level is Level.FOUND:
                found += 1
                assert answer.e_value >= 20
                assert not within(answer, 0.0)
    assert found > 20


def test_a_year_goes_round_without_blaming_what_comes_with_it():
    """Cold comes in winter, and so does pain that has another reason."""
    blamed = 0
    for seed in range(30):
        chance = np.random.default_rng(seed)
        days = np.arange(365)
        winter = np.cos(2 * np.pi * days / 365.25)
        cold = (chance.random(365) < 0.4 + 0.35 * winter).astype(float)
        pain = 4 + 1.5 * winter + chance.normal(size=365)
        answers = any_day(table_of(pain, cold=cold)).answers
        blamed += any(one.level is Level.FOUND for one in answers if one.lag is Lag.SAME)
    assert blamed <= 1
