import numpy as np
import pytest

from psoas.diary.experiment.refusal import ExperimentRefused
from psoas.diary.experiment.schedule import Schedule, Scheme, extended, make_schedule


def test_a_seed_gives_the_same_schedule_on_every_machine():
    assert make_schedule(7).flips == (1, 1, 1, 0, 0, 1, 0, 1, 1, 0, 0, 0, 0, 0)
    assert make_schedule(7).arms[:12] == (1, 1, 1, 0, 0, 0, 1, 1, 1, 0, 0, 0)


def test_the_usual_scheme_is_fourteen_pairs_whose_first_days_do_not_count():
    schedule = make_schedule(1)
    assert (schedule.scheme.pairs, len(schedule.arms)) == (14, 84)
    assert schedule.counts[:6] == (False, True, True, False, True, True)
    assert sum(schedule.arms) == 42
    assert (schedule.pair_of(6), schedule.block_of(6), schedule.pairs_over(5)) == (1, 2, 1)
    assert [schedule.pairs_over(day) for day in (-1, 0, 4, 84, 900)] == [0, 0, 0, 14, 14]


def test_the_coin_is_fair():
    flips = [flip for seed in range(300) for flip in make_schedule(seed).flips]
    assert abs(np.mean(flips) - 0.5) < 0.03


@pytest.mark.parametrize(
    ("days", "block", "washout", "said"),
    [
        (84, 7, 1, "Use blocks of 3 days"),
        (84, 1, 0, "at least 2 days"),
        (84, 3, 3, "Use 0 to 2"),
        (84, 3, -1, "Use 0 to 2"),
        (35, 3, 1, "at least 36 days"),
        (-3, 2, 0, "at least 24 days"),
        (5000, 3, 1, "at most 1,096 days"),
    ],
)
def test_a_scheme_that_could_answer_nothing_is_refused_with_what_to_do(days, block, washout, said):
    with pytest.raises(ExperimentRefused, match=said):
        Scheme(days, block, washout)


def test_days_that_make_no_whole_pair_are_left_over():
    assert (Scheme(88, 3, 1).pairs, Scheme(88, 3, 1).length) == (14, 84)
    assert Scheme(24, 2, 0).pairs == 6


@pytest.mark.parametrize("seed", [-1, 2**63])
def test_a_seed_out_of_range_is_refused(seed):
    with pytest.raises(ExperimentRefused, match="seed"):
        make_schedule(seed)


def test_an_extended_schedule_keeps_every_day_that_was_drawn():
    schedule = make_schedule(5, Scheme(36))
    longer = extended(schedule, 2)
    assert longer.arms[:36] == schedule.arms
    assert longer.scheme.pairs == 8
    with pytest.raises(ValueError, match="seed"):
        extended(Schedule(schedule.scheme, schedule.arms), 1)


def test_a_kept_schedule_is_rebuilt_and_a_changed_one_is_not_taken():
    schedule = make_schedule(5)
    assert Schedule(schedule.scheme, schedule.arms, 5) == schedule
    changed = (1 - schedule.arms[0], *schedule.arms[1:])
    with pytest.raises(ValueError, match="one block with and one block without"):
        Schedule(schedule.scheme, changed)
    with pytest.raises(ValueError, match="whole pairs"):
        Schedule(schedule.scheme, schedule.arms[:-1])
