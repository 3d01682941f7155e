from itertools import product

import numpy as np
import pytest

from psoas.diary.experiment.analysis import analyse, analyse_within, pair_means
from psoas.diary.experiment.contrast import Contrast, working_correlation
from psoas.diary.experiment.refusal import ExperimentRefused
from psoas.diary.experiment.schedule import Schedule, Scheme, make_schedule

SIX = Scheme(36, 3, 1)


def noise(seed, length):
    return 5 + np.random.default_rng(seed).normal(size=length)


def by_hand(outcome, schedule):
    """The same contrast, written out as one regression; washout days and gaps left out."""
    day = np.flatnonzero(np.array(schedule.counts) & ~np.isnan(outcome))
    lag = np.abs(day[:, None] - day)
    weight = np.linalg.inv(0.6 * 0.6**lag + 0.4 * (lag == 0))
    design = np.column_stack([np.ones(len(day)), day, np.array(schedule.arms)[day]])
    return np.linalg.solve(design.T @ weight @ design, design.T @ weight @ outcome[day])[2]


def flipped(schedule, flips):
    arms = []
    for first in flips:
        arms += [first] * 3 + [1 - first] * 3
    return Schedule(schedule.scheme, tuple(arms))


def test_the_working_correlation_is_the_one_that_was_fixed():
    found = working_correlation(np.array([0, 1, 3]))
    assert np.allclose(found[0], [1, 0.36, 0.6**4])


def test_estimate_and_p_value_are_those_of_every_schedule_worked_out_by_hand():
    schedule, outcome = make_schedule(4, SIX), noise(1, 36)
    outcome[[4, 20]] = np.nan
    verdict = analyse(outcome, schedule)
    assert verdict.estimate == pytest.approx(by_hand(outcome, schedule))
    others = [by_hand(outcome, flipped(schedule, f)) for f in product((0, 1), repeat=6)]
    as_far = np.abs(others) >= abs(verdict.estimate) - 1e-9
    assert verdict.p_value == pytest.approx(as_far.mean())
    assert len(verdict.drawn) == 63
    assert np.allclose(sorted([*verdict.drawn, verdict.estimate]), sorted(others))


def test_the_interval_holds_exactly_the_effects_that_the_test_does_not_refuse():
    schedule = make_schedule(4, SIX)
    outcome = noise(2, 36) - 0.7 * np.array(schedule.arms)
    verdict = analyse(outcome, schedule)
    inside = [verdict.low + 1e-6, verdict.high - 1e-6, verdict.estimate]
    outside = [verdict.low - 1e-6, verdict.high + 1e-6, verdict.low - 3, verdict.high + 3]
    for effects, refused in ((inside, False), (outside, True)):
        for effect in effects:
            moved = analyse(outcome - effect * np.array(schedule.arms), schedule)
            assert (moved.p_value <= 0.05) == refused


def test_a_clear_effect_is_found_and_its_size_is_right():
    schedule = make_schedule(3)
    verdict = analyse(noise(3, 84) * 0.5 - 2.0 * np.array(schedule.arms), schedule)
    assert verdict.found
    assert verdict.p_value == pytest.approx(1 / 800)
    assert verdict.low < -2.0 < verdict.high < 0
    assert len(verdict.drawn) == 799
    assert (verdict.pairs, verdict.dropped, verdict.days) == (14, 0, 56)


def test_the_same_days_give_the_same_verdict():
    one, two = (analyse(noise(3, 84), make_schedule(3)) for _time in range(2))
    assert (one.low, one.high, one.p_value) == (two.low, two.high, two.p_value)


def test_a_straight_trend_and_the_level_make_no_difference():
    schedule, outcome = make_schedule(8), noise(8, 84)
    one = analyse(outcome, schedule)
    two = analyse(outcome * 10 + 1e6 + 0.3 * np.arange(84), schedule)
    assert two.estimate == pytest.approx(10 * one.estimate, rel=1e-6)
    assert two.p_value == one.p_value


def test_a_pair_without_numbers_on_one_side_is_dropped_and_washout_numbers_do_not_help():
    schedule, outcome = make_schedule(2), noise(5, 84)
    outcome[13:15] = np.nan  # the counting days of the fifth block; its washout day has a number
    verdict = analyse(outcome, schedule)
    assert (verdict.pairs, verdict.dropped) == (13, 1)
    assert np.isnan(verdict.means[2]).sum() == 1
    assert len(verdict.differences) == 13
    emptied = outcome.copy()
    emptied[12:18] = np.nan
    assert analyse(emptied, schedule).estimate == pytest.approx(verdict.estimate)


def test_washout_days_are_recorded_and_never_count():
    schedule, outcome = make_schedule(2), noise(5, 84)
    wild = outcome.copy()
    wild[::3] = 1000
    assert analyse(wild, schedule).estimate == pytest.approx(analyse(outcome, schedule).estimate)
    assert np.allclose(pair_means(wild, schedule), pair_means(outcome, schedule))


def test_fewer_than_six_whole_pairs_are_refused_with_how_many_there_are():
    outcome = noise(5, 84)
    outcome[30:] = np.nan
    with pytest.raises(ExperimentRefused, match="Only 5 pairs"):
        analyse(outcome, make_schedule(2))
    with pytest.raises(ExperimentRefused, match="Only 0 pairs"):
        analyse(np.full(84, np.nan), make_schedule(2))


def test_an_outcome_that_never_changes_is_refused():
    with pytest.raises(ExperimentRefused, match="same on every day"):
        analyse(np.full(84, 4.0), make_schedule(2))


@pytest.mark.parametrize("outcome", [np.full(85, 1.0), np.array([np.inf, 1.0]), np.ones((2, 2))])
def test_an_outcome_of_no_meaning_is_a_fault(outcome):
    with pytest.raises(ValueError, match="outcome"):
        analyse(outcome, make_schedule(2))


def test_days_mixed_within_blocks_are_shuffled_within_blocks():
    rng = np.random.default_rng(1)
    arms = np.concatenate([rng.permutation([0.0, 1.0, 0.0, 1.0]) for _block in range(3)])
    outcome = noise(4, 12)
    verdict = analyse_within(outcome, arms, 4)
    assert len(verdict.drawn) == 6**3 - 1
    assert verdict.pairs == 3
    contrast = Contrast(np.arange(12))
    assert verdict.estimate == pytest.approx(contrast.estimates(arms[None], outcome)[0])


def test_shuffles_beyond_counting_keep_each_blocks_arms():
    rng = np.random.default_rng(2)
    arms = np.concatenate([rng.permutation([0.0] * 4 + [1.0] * 3) for _block in range(10)])
    outcome = noise(6, 70) + 2.0 * arms
    outcome[::9] = np.nan
    verdict = analyse_within(outcome, arms, 7)
    assert len(verdict.drawn) == 799
    assert verdict.found
    assert verdict.low < 2.0 < verdict.high


def test_blocks_of_one_arm_are_dropped_and_too_few_ways_are_refused():
    arms = np.array([0.0, 1.0] * 8 + [1.0, 1.0])
    verdict = analyse_within(noise(6, 18), arms, 2)
    assert (verdict.pairs, verdict.dropped) == (8, 1)
    with pytest.raises(ExperimentRefused, match="only 16 ways"):
        analyse_within(noise(6, 8), arms[:8], 2)
    with pytest.raises(ExperimentRefused, match="Only 0 blocks of 2 days"):
        analyse_within(noise(6, 8), np.array([0.0] * 4 + [1.0] * 4), 2)


def test_one_or_two_blocks_are_none_to_shuffle_within():
    arms = np.random.default_rng(1).permutation([0.0, 1.0] * 42)
    with pytest.raises(ExperimentRefused, match="Only 1 block of 84 days has numbers in both"):
        analyse_within(noise(6, 84), arms, 84)
    with pytest.raises(ExperimentRefused, match="Only 2 blocks of 42 days have numbers in both"):
        analyse_within(noise(6, 84), arms, 42)
    assert analyse_within(noise(6, 84), arms, 28).pairs == 3


def test_nothing_real_is_found_about_one_time_in_twenty():
    found = [analyse(noise(seed, 84), make_schedule(seed)).p_value <= 0.05 for seed in range(200)]
    assert 0.015 < np.mean(found) < 0.095
