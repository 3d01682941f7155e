"""Many diaries at once say what each says alone."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from psoas.diary.answers import exact
from psoas.diary.answers.deciding import any_day
from psoas.diary.answers.design import lay_out, scaled
from psoas.diary.answers.exact import Effects
from psoas.diary.answers.fast import fit_many
from psoas.diary.answers.levels import LEVELS
from psoas.diary.answers.many import any_day_many
from psoas.diary.answers.many_sentences import answer_at, sentences_of
from psoas.diary.answers.sentences import sentence
from psoas.diary.table import DayTable

NAMES = ("rain", "sleep", "steps", "rare", "work")
FIRST = 19_000
NUMBERS = ("estimate", "low", "high", "e_value", "posterior")


def diary(seed, days, effect=0.0):
    """Pain with gaps, a yes-or-no trigger with an effect, two numbers, a rare one, a plain one."""
    rng = np.random.default_rng(seed)
    values = np.column_stack(
        [
            rng.random(days) < 0.4,
            rng.integers(0, 11, days),
            rng.integers(200, 12_000, days),
            rng.random(days) < 0.03,
            rng.random(days) < 0.3,
        ]
    ).astype(np.float32)
    pain = np.clip(np.round(4 + effect * values[:, 0] + rng.normal(0, 1, days)), 0, 10)
    pain[rng.random(days) < 0.2] = np.nan
    values[rng.random(values.shape) < 0.05] = np.nan
    return pain.astype(np.float32), values


def answers_to(*diaries):
    day, pain, values, starts = together(diaries)
    return any_day_many(day, pain, values, starts, NAMES)


def together(diaries):
    """Lay diaries one after the other: days, pain, values, and where each begins."""
    day = np.concatenate([FIRST + np.arange(len(pain)) for pain, _values in diaries])
    starts = np.cumsum([0] + [len(pain) for pain, _values in diaries])
    return (
        day.astype(np.int32),
        np.concatenate([pain for pain, _values in diaries]),
        np.concatenate([values for _pain, values in diaries]),
        starts.astype(np.int64),
    )


def table(pain, values):
    days = tuple(date(1970, 1, 1) + timedelta(days=FIRST + n) for n in range(len(pain)))
    return DayTable(days, pain.astype(float), NAMES, values.astype(float))


@pytest.fixture
def same_fit(monkeypatch):
    """Hand any_day the effects that any_day_many found."""

    def use(effects):
        monkeypatch.setattr(exact, "fit_exact", lambda design: effects)

    return use


DIARIES = [diary(1, 20), diary(2, 90), diary(3, 200, 1.5), diary(4, 365, 2.5), diary(5, 700)]


def test_levels_intervals_days_to_know_and_sentences_are_those_of_each_diary_alone(same_fit):
    day, pain, values, starts = together(DIARIES)
    answers = any_day_many(day, pain, values, starts, NAMES)
    codes, said = sentences_of(answers, NAMES)
    bases, tops = (
        np.repeat(ends, np.diff(starts), axis=0) for ends in (answers.bases, answers.tops)
    )
    many = fit_many(day, pain, scaled(values, bases, tops), starts)
    seen = set()
    for person, one in enumerate(DIARIES):
        same_fit(
            Effects(
                many.estimate[person],
                many.error[person],
                float(many.freedom[person]),
                many.spread[person],
            )
        )
        for alone in any_day(table(*one)).answers:
            k = NAMES.index(alone.trigger)
            lag = 0 if alone.lag == "same day" else 1
            here = answer_at(answers, person, lag, k, (alone.trigger,))
            near: Any = {name: pytest.approx(getattr(alone, name)) for name in NUMBERS}
            assert here == replace(alone, **near)
            assert said[codes[person, lag, k]] == sentence(alone)
            seen.add(str(alone.level))
    assert seen >= {"too early", "not sure", "found"}


def test_the_fast_answers_are_near_those_of_the_exact_fit():
    answers = answers_to(*DIARIES)
    for person, one in enumerate(DIARIES):
        for alone in any_day(table(*one)).answers:
            if alone.low is None or alone.high is None or alone.estimate is None:
                continue
            at = person, 0 if alone.lag == "same day" else 1, NAMES.index(alone.trigger)
            half = (alone.high - alone.low) / 2
            assert abs(answers.estimate[at] - alone.estimate) < 0.35 * half
            assert answers.days_with[at] == alone.days_with


def test_two_that_cannot_be_told_apart_have_one_answer_and_say_so():
    pain, values = diary(6, 200, 1.5)
    values[:, 4] = values[:, 0]
    values[5:20, 4] = np.nan
    dry = values.copy()
    dry[:, 4] = 1 - dry[:, 4]
    answers = answers_to((pain, values), DIARIES[1], (pain, dry))
    assert set(answers.twins) == {0, 2}
    codes, said = sentences_of(answers, NAMES)
    assert LEVELS[answers.level[0, 0, 0]] == "found"
    for name in ("level", "estimate", "low", "high", "e_value", "days_with", "least"):
        found = getattr(answers, name)
        assert np.array_equal(found[0, :, 0], found[0, :, 4], equal_nan=True)
    text = said[codes[0, 0, 4]]
    assert "“work and rain”" in text
    assert text.endswith("These cannot be told apart.")
    assert np.allclose(answers.estimate[2, :, 4], -answers.estimate[2, :, 0])
    assert np.allclose(answers.low[2, :, 4], -answers.high[2, :, 0])
    assert "“work and no rain”" in said[codes[2, 0, 4]]
    assert "lower" in said[codes[2, 0, 4]]


def test_the_pair_has_the_answer_that_one_diary_gives_it():
    pain, values = diary(6, 200, 1.5)
    values[:, 4] = values[:, 0]
    answers = answers_to((pain, values))
    (joint,) = [
        one
        for one in any_day(table(pain, values)).answers
        if one.members == ("rain", "work") and one.lag == "same day"
    ]
    assert answers.estimate[0, 0, 0] == pytest.approx(joint.estimate, abs=0.15)
    assert answers.days_with[0, 0, 4] == joint.days_with


def test_a_trigger_of_which_nothing_is_known_or_that_never_changes_is_too_early():
    pain, values = diary(7, 200)
    values[:, 0] = 1
    values[:, 4] = np.nan
    answers = answers_to((pain, values))
    for k in (0, 4):
        assert [LEVELS[level] for level in answers.level[0, :, k]] == ["too early"] * 2
        assert np.isnan(answers.estimate[0, :, k]).all()
    assert answers.twins == {}


def test_near_twins_of_long_diaries_are_looked_at_exactly():
    rng = np.random.default_rng(8)
    pain, values = diary(9, 5000)
    values[:, 0] = rng.random(5000) < 0.5
    values[:, 4] = values[:, 0]
    values[77, 4] = 1 - values[77, 4]
    assert set(answers_to((pain, values)).twins) == {0}
    assert lay_out(table(pain, values)).groups[0].names == ("rain", "work")
