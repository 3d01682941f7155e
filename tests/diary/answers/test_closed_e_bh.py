"""The closure of e-BH, many families at once, against its definition set by set."""

from itertools import combinations

import numpy as np

from psoas.diary.answers.evidence import closed_e_bh


def by_definition(e, share):
    """The largest r whose r largest hold against every set of the tested."""
    tested = sorted((value for value in e if not np.isnan(value)), reverse=True)
    for r in range(len(tested), 0, -1):
        if all(
            sum(tested[i] for i in chosen) / size
            >= sum(i < r for i in chosen) / (share * r) * (1 - 1e-12)
            for size in range(1, len(tested) + 1)
            for chosen in combinations(range(len(tested)), size)
        ):
            return r
    return 0


def test_many_families_are_claimed_as_each_would_be_alone():
    rng = np.random.default_rng(5)
    e = np.exp(rng.normal(0, 2.5, size=(150, 2, 7)))
    e[rng.random(e.shape) < 0.15] = np.nan
    claimed = closed_e_bh(e)
    counts = set()
    for family, flags in zip(e.reshape(-1, 7), claimed.reshape(-1, 7), strict=True):
        r = by_definition(family, 0.10)
        counts.add(r)
        assert flags.sum() == r
        if r:
            assert family[flags].min() >= np.nanmax(np.where(flags, 0, family))
    assert len(counts) >= 4


def test_what_is_not_tested_is_never_claimed_and_nothing_is_claimed_of_nobody():
    assert closed_e_bh(np.array([np.nan, 200.0, np.nan])).tolist() == [False, True, False]
    assert not closed_e_bh(np.full((3, 4), np.nan)).any()
    assert closed_e_bh(np.empty((2, 0))).shape == (2, 0)
    assert closed_e_bh(np.empty((0, 3))).shape == (0, 3)
