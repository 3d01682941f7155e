import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psoas.motion.reps import count


def way(*stops, steps=30):
    """An angle that goes from stop to stop, as a camera would see it."""
    return np.concatenate(
        [np.linspace(a, b, steps) for a, b in zip(stops[:-1], stops[1:], strict=True)]
    )


def test_standing_up_and_sitting_down_is_one():
    assert count(way(90, 0, 90), 0, 90) == 1
    assert count([90, 0, 90], 0, 90) == 1


def test_a_half_rise_is_none():
    assert count(way(90, 40, 90), 0, 90) == 0


@pytest.mark.parametrize("times", [0, 1, 8, 12])
def test_as_often_as_it_was_done(times):
    assert count(way(90, *[0, 90] * times, 90), 0, 90) == times


def test_it_may_start_from_either_end():
    assert count(way(0, 90, 0, 90, 0), 0, 90) == 2


def test_the_last_one_counts_only_when_it_came_back():
    assert count(way(90, 0, 90, 0), 0, 90) == 1


def test_a_half_rise_among_whole_ones_is_left_out():
    assert count(way(90, 0, 90, 40, 90, 5, 88), 0, 90) == 2


@pytest.mark.parametrize("seed", range(20))
def test_trembling_about_the_way_counts_nothing_twice(seed):
    noise = np.random.default_rng(seed).uniform(-9, 9, 240)
    assert count(way(90, 0, 90, 0, 90, steps=60) + noise, 0, 90) == 2


@settings(deadline=None)
@given(st.lists(st.floats(1, 89)))
def test_hanging_about_an_end_counts_nothing(angles):
    assert count([90, *[80 + angle / 10 for angle in angles], 90], 0, 90) == 0


def test_what_was_not_seen_is_no_movement():
    assert count([90, math.nan, math.nan, 90], 0, 90) == 0
    assert count([90, math.nan, 0, math.nan, 90], 0, 90) == 1
    assert count([], 0, 90) == 0 and count([math.nan], 0, 90) == 0


def test_a_small_movement_keeps_its_ends_apart():
    """Walking: the thigh from 10 behind to 25 in front, with a tolerance as large as half of it."""
    assert count(way(25, -10, 25, -10, 25), -10, 25, 17.5) == 2
    assert count(way(25, 8, 25), -10, 25, 17.5) == 0


@pytest.mark.parametrize(("low", "high", "tolerance"), [(90, 0, 15), (5, 5, 1), (0, 90, -1)])
def test_ends_that_are_none_are_refused(low, high, tolerance):
    with pytest.raises(ValueError, match="lower to a higher"):
        count([1.0], low, high, tolerance)
