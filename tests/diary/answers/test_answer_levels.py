import numpy as np

from psoas.diary.answers.answer import Level
from psoas.diary.answers.levels import LEVELS, levels, more_days, too_early

NO = np.array([False])
YES = np.array([True])


def level(early=NO, found=NO, likely=0.1, low=-1.0, high=1.0):
    return LEVELS[levels(early, found, [likely], [low], [high])[0]]


def test_28_days_and_5_of_each_are_the_least():
    assert not too_early(28, 5, 5)
    assert too_early(27, 10, 10)
    assert too_early(100, 4, 96)
    assert too_early(100, 96, 4)


def test_the_levels_and_which_of_them_takes_precedence():
    assert level() is Level.NOT_SURE
    assert level(likely=0.81) is Level.POSSIBLE
    assert level(likely=0.80) is Level.NOT_SURE
    assert level(low=-0.5, high=0.5) is Level.NO_LARGE_EFFECT
    assert level(low=-0.5, high=0.51) is Level.NOT_SURE
    assert level(found=YES) is Level.FOUND
    assert level(found=YES, low=0.1, high=0.4) is Level.FOUND
    assert level(early=YES, found=YES) is Level.TOO_EARLY
    assert level(low=-np.inf, high=np.inf) is Level.NOT_SURE
    assert level(low=np.nan, high=np.nan) is Level.NOT_SURE


def test_days_to_know_grow_with_the_square_of_the_width():
    not_sure = levels(NO, NO, [0.1], [-1.0], [1.0])
    low, high = more_days(100, np.array([1.0]), not_sure)
    # 100 days at a half-width of one point: 440 in all, 340 to go.
    assert (low[0], high[0]) == (round(340 * 0.7), round(340 * 1.6))


def test_no_days_are_named_where_none_are_needed_or_none_can_be_known():
    found = levels(NO, YES, [0.99], [0.2], [1.0])
    small = levels(NO, NO, [0.1], [-0.3], [0.3])
    open_still = levels(NO, NO, [0.1], [-0.3], [0.6])
    for code, half in (
        (found, 0.9),
        (small, 0.3),
        (open_still, 0.45),
        (open_still, np.inf),
        (open_still, np.nan),
    ):
        assert np.isnan(more_days(100, np.array([half]), code)).all()


def test_many_are_judged_at_once():
    shape = (3, 2, 5)
    code = levels(
        np.zeros(shape, bool), np.zeros(shape, bool), np.full(shape, 0.9), np.full(shape, -1.0), 1.0
    )
    assert code.shape == shape
    assert {LEVELS[k] for k in code.ravel()} == {Level.POSSIBLE}
