from itertools import product

import numpy as np
import pytest

from psoas.diary.experiment.early import ENOUGH, RATES, differences_so_far, log_evidence, look
from psoas.diary.experiment.schedule import make_schedule


def test_no_pair_says_nothing():
    early = look(np.array([]))
    assert (early.e_value, early.stop, early.pairs) == (1.0, False, 0)
    assert (early.low, early.high) == (-np.inf, np.inf)


def test_the_evidence_is_the_product_that_was_written_down():
    d = np.array([-1.0, 0.4, -2.0])
    parts = [np.prod(np.exp(-s * r * d) / np.cosh(s * r * d)) for r in RATES for s in (1, -1)]
    assert look(d).e_value == pytest.approx(np.mean(parts))


@pytest.mark.parametrize("size", [0.1, 1.0, 30.0])
def test_over_every_fall_of_the_coins_its_mean_is_one(size):
    d = size * np.array([1.0, 0.2, 3.0, 0.7, 1.5, 1.1])
    values = [look(d * np.array(signs)).e_value for signs in product((-1, 1), repeat=6)]
    assert np.mean(values) == pytest.approx(1)


def test_a_steady_benefit_stops_and_so_does_a_steady_harm():
    for sign in (-1, 1):
        early = look(sign * np.full(8, 3.0))
        assert early.stop
        assert early.found
        assert (
            sign * early.low <= sign * 3 <= sign * early.high or early.low < 3 * sign < early.high
        )
        assert early.estimate == 3 * sign


def test_five_pairs_can_never_stop_however_large():
    early = look(np.full(5, -50.0))
    assert not early.stop
    assert (early.low, early.high) == (-np.inf, np.inf)


def test_the_interval_holds_exactly_the_effects_with_too_little_against_them():
    d = np.random.default_rng(4).normal(-1, 1, 14)
    early = look(d)
    inside, outside = [early.low + 1e-6, early.high - 1e-6], [early.low - 1e-6, early.high + 1e-6]
    assert (log_evidence(d, np.array(inside)) < np.log(ENOUGH)).all()
    assert (log_evidence(d, np.array(outside)) >= np.log(ENOUGH)).all()
    assert early.found == early.stop


def test_the_scale_is_only_a_unit():
    d = np.random.default_rng(5).normal(-1, 1, 14)
    one, two = look(d), look(10 * d, scale=10)
    assert two.e_value == pytest.approx(one.e_value)
    assert (two.low, two.high) == pytest.approx((10 * one.low, 10 * one.high))
    with pytest.raises(ValueError, match="scale"):
        look(d, scale=0)


def test_looking_after_every_pair_stops_seldom_where_nothing_is_real():
    stopped = 0
    for seed in range(300):
        d = np.random.default_rng(seed).normal(0, 1.3, 14)
        stopped += any(log_evidence(d[:n], np.zeros(1))[0] >= np.log(ENOUGH) for n in range(6, 15))
    assert stopped / 300 <= 0.05


def test_only_pairs_that_are_over_are_looked_at():
    schedule = make_schedule(1)
    outcome = np.random.default_rng(1).normal(size=84)
    outcome[7:9] = np.nan
    assert len(differences_so_far(outcome, schedule, 0)) == 0
    assert len(differences_so_far(outcome, schedule, 5)) == 0
    assert len(differences_so_far(outcome, schedule, 6)) == 1
    assert len(differences_so_far(outcome, schedule, 17)) == 1
    assert len(differences_so_far(outcome, schedule, 18)) == 2
    assert len(differences_so_far(outcome, schedule, 400)) == 13
