import math

import numpy as np
import pytest

from psoas.diary.experiment.analysis import Verdict, analyse
from psoas.diary.experiment.early import look
from psoas.diary.experiment.power import lasting, power
from psoas.diary.experiment.schedule import Scheme, make_schedule
from psoas.diary.experiment.sentences import spoken, verdict_sentence


def verdict(estimate, low, high):
    empty = np.empty((0, 2))
    return Verdict(estimate, low, high, 0.01, 14, 0, empty, np.empty(0), 56)


def test_power_is_what_the_design_was_measured_to_have():
    assert power(Scheme(), 1.0) == pytest.approx(0.57, abs=0.06)
    assert power(Scheme(84, 2, 0), 1.0, carry_over=0) == pytest.approx(0.86, abs=0.06)
    assert power(Scheme(84, 2, 0), 0.5, carry_over=0) == pytest.approx(0.36, abs=0.06)
    assert power(Scheme(), 0.0) == pytest.approx(0.05, abs=0.015)


def test_power_is_the_same_each_time_and_grows_with_effect_days_and_calm():
    assert power(Scheme(), 1.0) == power(Scheme(), 1.0)
    chances = [power(Scheme(), effect) for effect in (0.5, 1.0, 1.5)]
    assert chances == sorted(chances)
    assert power(Scheme(168), 1.0) > power(Scheme(), 1.0) > power(Scheme(48), 1.0)
    assert power(Scheme(), 1.0, spread=1.0) > power(Scheme(), 1.0)


def test_an_effect_fades_after_its_last_day():
    held = lasting(np.array([[1.0, 0.0, 0.0, 1.0]]), 0.3)
    assert np.allclose(held, [[1, 0.3, 0.09, 1]])


def test_pain_is_lowered_or_raised_and_hope_or_expectation_is_named():
    said = verdict_sentence(verdict(-0.8, -1.4, -0.2), practice="Evening stretch")
    assert said == (
        "Evening stretch lowered your pain by 0.8 (0.2 to 1.4). "
        "You knew which days were which, so hope may be part of it."
    )
    assert verdict_sentence(verdict(0.8, 0.2, 1.4)) == (
        "It raised your pain by 0.8 (0.2 to 1.4). "
        "You knew which days were which, so expectation may be part of it."
    )
    compared = verdict_sentence(verdict(-0.8, -1.4, -0.2), practice="yoga", against="walking")
    assert compared.startswith("Yoga lowered your pain by 0.8 (0.2 to 1.4) compared with walking.")


def test_any_other_outcome_is_higher_or_lower():
    for estimate, word in ((0.8, "higher"), (-0.8, "lower")):
        low, high = sorted((0.2 * np.sign(estimate), 1.4 * np.sign(estimate)))
        said = verdict_sentence(verdict(estimate, low, high), outcome="mood", practice="melatonin")
        assert said.startswith(f"On days with melatonin, mood was 0.8 {word} (0.2 to 1.4).")
        assert "expectation may be part of it" in said and "hope" not in said
        versus = verdict_sentence(
            verdict(estimate, low, high), outcome="mood", practice="tea", against="coffee"
        )
        assert f"0.8 {word} (0.2 to 1.4) than on days with coffee." in versus
        assert verdict_sentence(verdict(estimate, low, high), outcome="mood").startswith("On the")


def test_where_nothing_was_found_the_largest_that_could_hide_is_said():
    said = verdict_sentence(verdict(-0.3, -1.1, 0.5), practice="tea")
    assert said == (
        "No effect was found: on days with tea, your pain was 0.3 lower (between 1.1 lower and "
        "0.5 higher). "
        "An effect of up to 1.1 could still hide."
    )
    both = verdict_sentence(verdict(0, -1, 1), outcome="mood", practice="tea", against="coffee")
    assert "0.0" not in both
    assert both.count("coffee") == 1
    assert "too few to say" in verdict_sentence(verdict(0.1, -math.inf, 2.0))


def test_an_early_look_is_said_in_the_same_words():
    assert verdict_sentence(look(np.full(9, -3.0))).startswith("It lowered your pain by 3.0 (")
    assert "too few" in verdict_sentence(look(np.array([-1.0])))


def test_a_small_number_is_never_said_as_zero():
    assert spoken(0.84, 0.2, 1.4) == ("0.8", "0.2", "1.4")
    assert spoken(0.5, 0.04, 1.0) == ("0.50", "0.04", "1.00")
    assert spoken(0.0, 1.0) == ("0.0", "1.0")


def test_digits_follow_the_width_of_the_interval():
    for found, said in (
        (verdict(-0.0011, -0.0016, -0.0007), "was 0.0011 lower (0.0007 to 0.0016)."),
        (verdict(-1.5, -2.0, -1.0), "was 1.5 lower (1.0 to 2.0)."),
        (verdict(-1.51, -1.52, -1.5), "was 1.510 lower (1.500 to 1.520)."),
        (verdict(-114680.5, -160364.3, -70400.6), "was 114680 lower (70401 to 160364)."),
        (verdict(-4e-8, -7e-8, -1e-8), "was 0.00000004 lower (0.00000001 to 0.00000007)."),
        (verdict(-1.0, -1.0 - 1e-15, -1.0), "was exactly 1 lower."),
    ):
        assert said in verdict_sentence(found, outcome="mood")
    exact = verdict_sentence(verdict(0.5, 0.5, 0.5), outcome="mood", practice="tea", against="ale")
    assert exact.startswith("On days with tea, mood was exactly 0.5 higher than on days with ale.")
    # Rounding below a bound is no digit worth showing.
    touching = verdict_sentence(verdict(0.5, -1e-17, 1.0), outcome="mood")
    assert "between 0.0 lower and 1.0 higher" in touching


def test_pain_is_said_with_one_decimal_and_what_is_smaller_as_less_than_that():
    for found, said in (
        (verdict(-1.14, -2.32, 0.03), "1.1 lower (between 2.3 lower and less than 0.1 higher)."),
        (verdict(0.04, -0.51, 0.62), "about the same (between 0.5 lower and 0.6 higher)."),
        (verdict(0.0, -0.04, 0.03), "An effect of up to 0.1 could still hide."),
        (verdict(-1.51, -1.52, -1.5), "It lowered your pain by 1.5 (1.5 to 1.5)."),
        (verdict(-0.84, -1.4, -0.02), "by 0.8 (less than 0.1 to 1.4)."),
        (verdict(-1.5, -1.5, -1.5), "by exactly 1.5."),
        (verdict(-2 / 3, -2 / 3, -2 / 3), "It lowered your pain by 0.7."),
    ):
        assert said in verdict_sentence(found)


def test_after_a_colon_a_sentence_goes_on_in_small_letters():
    none = verdict_sentence(verdict(-0.3, -1.1, 0.5), practice="tea", after_colon=True)
    assert none.startswith("no effect was found: on days with tea")
    some = verdict_sentence(verdict(-0.8, -1.4, -0.2), practice="tea", after_colon=True)
    assert some.startswith("tea lowered your pain")
    mood = verdict_sentence(verdict(-1, -2, -0.2), outcome="mood", practice="T", after_colon=True)
    assert mood.startswith("on days with T")


def test_a_sentence_never_claims_what_its_interval_does_not():
    for seed in range(20):
        outcome = np.random.default_rng(seed).normal(size=84)
        found = analyse(outcome, make_schedule(seed))
        assert ("No effect" in verdict_sentence(found)) == (not found.found)
