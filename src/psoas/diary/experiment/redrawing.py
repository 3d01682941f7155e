"""Schedules drawn again in the same way: what chance alone would have given."""

from itertools import combinations, product
from math import comb, prod

import numpy as np
from numpy.typing import NDArray

from psoas.content.language import gettext as _
from psoas.diary.experiment.refusal import ExperimentRefused
from psoas.diary.experiment.schedule import coins

Array = NDArray[np.float64]
DRAWS = 799
MOST_LISTED = 2**12
# Below forty ways the smallest two-sided p is above .05.
FEWEST_WAYS = 40


def redraw_flips(arms: Array, pair: NDArray[np.int64]) -> Array:
    """Flip each pair's coin again.

    Args:
        arms: shape (n,), the arms of the days used.
        pair: shape (n,), the pair of each, numbered 0 to P - 1 without a hole.

    Returns:
        Schedules, shape (S, n): every other of the 2^P for P up to 12, else 799 at random, always
        the same ones for the same schedule.
    """
    count = int(pair[-1]) + 1
    if 2**count <= MOST_LISTED:
        # The first is no flip at all, the schedule as it was.
        flips = (np.arange(1, 2**count)[:, None] >> np.arange(count)) & 1
    else:
        flips = coins(_source(arms), DRAWS * count).reshape(DRAWS, count)
    return np.where(flips[:, pair] == 1, 1 - arms, arms)


def redraw_within(arms: Array, block: NDArray[np.int64]) -> Array:
    """Shuffle the arms within each block.

    Args:
        arms: shape (n,), the arms of the days used.
        block: shape (n,), the block of each.

    Returns:
        As :func:`redraw_flips`.

    Raises:
        ExperimentRefused: The arms could have fallen in too few ways.
    """
    places = [np.flatnonzero(block == one) for one in np.unique(block)]
    ways = prod(comb(len(at), int(arms[at].sum())) for at in places)
    if ways < FEWEST_WAYS:
        raise ExperimentRefused(
            _(
                "With these blocks the days could have fallen in only {ways} ways, too few to "
                "rule out chance. Record more days, or use longer blocks if the days were drawn "
                "so."
            ).format(ways=ways)
        )
    if ways <= MOST_LISTED:
        return _every_way(arms, places)
    drawn = np.tile(arms, (DRAWS, 1))
    source = _source(arms)
    for at in places:
        keys = source.random_raw(DRAWS * len(at)).reshape(DRAWS, len(at))
        drawn[:, at] = arms[at][np.argsort(keys, axis=1)]
    return drawn


def _every_way(arms: Array, places: list[NDArray[np.int64]]) -> Array:
    ways = []
    for chosen in product(*(combinations(at, int(arms[at].sum())) for at in places)):
        way = np.zeros(len(arms))
        way[[day for block in chosen for day in block]] = 1
        if not np.array_equal(way, arms):
            ways.append(way)
    return np.array(ways)


def _source(arms: Array) -> np.random.PCG64:
    # Seeded by the schedule: the same file gives the same p-value for ever, and two experiments
    # do not share their luck.
    return np.random.PCG64(np.random.SeedSequence([int(arm) for arm in arms]))
