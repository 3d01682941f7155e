"""Evidence against simulated truth, and against what others compute."""

import numpy as np
import pytest
from scipy import integrate, stats

from psoas.diary.answers.evidence import (
    anytime_half_width,
    benjamini_hochberg,
    closed_e_bh,
    e_values,
    p_values,
    posterior,
    t_half_width,
)

CHANCE = np.random.default_rng(20260414)


def test_an_e_value_is_one_on_average_where_there_is_nothing():
    nu, error, spread = 40, 0.5, 1.0

    def weighed(t):
        return float(e_values(error * t, error, nu, spread)) * stats.t.pdf(t, nu)

    mean, _doubt = integrate.quad(weighed, -60, 60, limit=500)
    assert mean == pytest.approx(1.0, abs=1e-3)


def test_looking_every_day_at_nothing_hardly_ever_passes_twenty():
    # Means of growing samples, looked at after every one: Ville's inequality promises 5%.
    people, days = 2000, 300
    x = CHANCE.normal(size=(people, days))
    n = np.arange(1, days + 1)
    mean = np.cumsum(x, axis=1) / n
    e = e_values(mean[:, 9:], 1 / np.sqrt(n[9:]), 1e6, 1.0)

    assert (e.max(axis=1) >= 20).mean() <= 0.05


def test_the_interval_ends_where_the_evidence_against_its_ends_is_twenty():
    error, nu, spread = np.array([0.1, 0.3]), np.array([40.0, 120.0]), np.array([1.0, 0.4])
    half = anytime_half_width(error, nu, spread)

    assert e_values(half, error, nu, spread) == pytest.approx([20, 20])


def test_an_interval_has_no_end_while_the_data_can_speak_against_nothing():
    assert np.isinf(anytime_half_width(3.0, 4, 0.5))


def test_knowing_nothing_is_evidence_of_nothing():
    assert e_values(0.0, np.inf, 10, 1.0) == 1.0
    assert p_values(0.0, np.inf, 10) == 1.0
    assert posterior(1.0) == pytest.approx(0.15)


def test_p_values_and_intervals_are_those_of_student():
    estimate, error, nu = np.array([0.3, -1.0]), np.array([0.2, 0.3]), np.array([10.0, 55.0])

    assert p_values(estimate, error, nu) == pytest.approx(
        2 * stats.t.sf(np.abs(estimate / error), nu)
    )
    assert t_half_width(error, nu, 0.01) == pytest.approx(stats.t.ppf(0.995, nu) * error)


def test_benjamini_hochberg_claims_what_scipy_would_claim():
    p = CHANCE.beta(0.3, 3, size=(200, 30))
    expected = stats.false_discovery_control(p, axis=-1) <= 0.05

    assert (benjamini_hochberg(p, 0.05) == expected).all()


def test_a_member_that_is_not_tested_is_neither_claimed_nor_counted():
    p = np.array([0.04, np.nan, np.nan])

    assert benjamini_hochberg(p, 0.05).tolist() == [True, False, False]
    assert closed_e_bh(np.array([np.nan, 10.0, np.nan])).tolist() == [False, True, False]
    assert not closed_e_bh(np.full(3, np.nan)).any()


def test_more_evidence_than_a_file_can_hold_stays_finite():
    assert e_values(50.0, 0.1, 1e4, 1.0) == pytest.approx(1e12)
