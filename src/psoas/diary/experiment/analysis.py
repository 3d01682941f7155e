"""What an experiment showed: the difference, its interval and its p-value."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from psoas.content.language import gettext as _
from psoas.content.language import ngettext
from psoas.diary.experiment.contrast import Contrast
from psoas.diary.experiment.inversion import interval, p_value
from psoas.diary.experiment.redrawing import redraw_flips, redraw_within
from psoas.diary.experiment.refusal import ExperimentRefused
from psoas.diary.experiment.schedule import FEWEST_PAIRS, Schedule

Array = NDArray[np.float64]
LEVEL = 0.95
# With one or two, a drift of weeks looks like the practice, and no draw would show it.
FEWEST_BLOCKS = 3


@dataclass(frozen=True)
class Verdict:
    """What an experiment showed, analysed as assigned.

    Attributes:
        estimate: Days with the practice minus days without, in the outcome's units.
        low: Lower end of the 95% interval; -inf where it has no bound.
        high: Upper end; inf where it has no bound.
        p_value: Two-sided, from re-randomisation; 1 says nothing.
        pairs: Pairs (or blocks of a within-blocks scheme) that had numbers on both sides.
        dropped: Pairs that had none on one side.
        means: shape (pairs + dropped, 2), the mean of each pair's days that count, without and
            with; NaN where there are none.
        drawn: The estimate under each re-drawn schedule, the real one not among them.
        days: Days that counted and had a number.
    """

    estimate: float
    low: float
    high: float
    p_value: float
    pairs: int
    dropped: int
    means: Array
    drawn: Array
    days: int

    @property
    def found(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.low > 0 or self.high < 0

    @property
    def differences(self) -> Array:
        """With minus without, one a pair that was kept, in order, shape (pairs,)."""
        return kept_differences(self.means)


def analyse(outcome: Array, schedule: Schedule) -> Verdict:
    """Compare the arms of a schedule of paired blocks.

    A contrast by generalised least squares (see :mod:`.contrast`), held against the same contrast
    under schedules drawn in the same way; the interval holds every effect that test would not
    refuse. Pairs with no number on one side are dropped.

    Args:
        outcome: shape (T,), T up to the schedule's length, one a day from the first day on; NaN
            where nothing was recorded. Washout days are ignored.
        schedule: As it was assigned.

    Raises:
        ExperimentRefused: Fewer than six pairs have numbers on both sides, or the outcome is the
            same on every day.
        ValueError: The outcome is longer than the schedule or holds an infinity.
    """
    outcome = _whole(outcome, len(schedule.arms))
    means = pair_means(outcome, schedule)
    kept = _both(means)
    if kept.sum() < FEWEST_PAIRS:
        raise ExperimentRefused(_too_few(int(kept.sum())))
    day = np.arange(len(outcome))
    pair = day // (2 * schedule.scheme.block)
    used = np.flatnonzero(~np.isnan(outcome) & np.array(schedule.counts) & kept[pair])
    arms = np.array(schedule.arms, dtype=np.float64)
    which = np.unique(pair[used], return_inverse=True)[1]
    drawn = redraw_flips(arms[used], which)
    return _verdict(outcome[used], used, arms[used], drawn, means)


def analyse_within(outcome: Array, arms: Array, size: int) -> Verdict:
    """Compare two arms that were mixed day by day within consecutive blocks of equal size.

    Re-randomised by shuffling the arms among the recorded days of each block. Blocks whose
    recorded days are all in one arm are dropped.

    Args:
        outcome: shape (T,), one a day, NaN where nothing was recorded.
        arms: shape (T,), 0 or 1, NaN where unknown.
        size: Days in a block, at least 2; the last block may be shorter.

    Raises:
        ExperimentRefused: Fewer than three blocks have numbers in both arms, the arms could have
            fallen in so few ways that chance can never be ruled out, or the outcome is the same
            on every day.
        ValueError: The shapes disagree, or the outcome holds an infinity.
    """
    outcome = _whole(outcome, len(arms))
    if len(outcome) != len(arms):
        raise ValueError("outcome and arms need one number a day each")
    known = ~np.isnan(outcome) & ~np.isnan(arms)
    block = np.arange(len(arms)) // size
    means = np.full((int(block[-1]) + 1, 2), np.nan)
    for one in range(len(means)):
        for arm in (0, 1):
            numbers = outcome[known & (block == one) & (arms == arm)]
            means[one, arm] = numbers.mean() if len(numbers) else np.nan
    kept = _both(means)
    if kept.sum() < FEWEST_BLOCKS:
        raise ExperimentRefused(_too_few_blocks(int(kept.sum()), size))
    used = np.flatnonzero(known & kept[block])
    drawn = redraw_within(arms[used], block[used])
    return _verdict(outcome[used], used, arms[used], drawn, means)


def pair_means(outcome: Array, schedule: Schedule) -> Array:
    """Return the mean of each pair's days that count, shape (pairs, 2): without, with.

    Args:
        outcome: shape (T,), T up to the schedule's length; NaN where nothing was recorded.
        schedule: As it was assigned.
    """
    outcome = _whole(outcome, len(schedule.arms))
    arms, counts = np.array(schedule.arms), np.array(schedule.counts)
    pair = np.arange(len(arms)) // (2 * schedule.scheme.block)
    means = np.full((schedule.scheme.pairs, 2), np.nan)
    for one in range(len(means)):
        for arm in (0, 1):
            days = (pair == one) & (arms == arm) & counts & ~np.isnan(outcome)
            if days.any():
                means[one, arm] = outcome[days].mean()
    return means


def kept_differences(means: Array) -> Array:
    """Return with minus without of the pairs that have both, in order."""
    difference: Array = means[:, 1] - means[:, 0]
    return difference[~np.isnan(difference)]


def _both(means: Array) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = ~np.isnan(means[:, 0]) & ~np.isnan(means[:, 1])
    return found


def _whole(outcome: Array, length: int) -> Array:
    if outcome.ndim != 1 or len(outcome) > length:
        raise ValueError("the outcome needs at most one number a day of the schedule")
    if np.isinf(outcome).any():
        raise ValueError("the outcome holds an infinity")
    whole = np.full(length, np.nan)
    whole[: len(outcome)] = outcome
    return whole


def _verdict(
    outcome: Array, day: NDArray[np.int64], arms: Array, drawn: Array, means: Array
) -> Verdict:
    if np.ptp(outcome) == 0:
        raise ExperimentRefused(_("The outcome is the same on every day, so nothing can be told."))
    contrast = Contrast(day)
    estimate = float(contrast.estimates(arms[None, :], outcome)[0])
    # What each schedule makes of the outcome, and of the real schedule itself.
    both = contrast.estimates(drawn, np.column_stack([outcome, arms]))
    estimates, leans = both[:, 0], both[:, 1]
    low, high = interval(estimate, estimates, leans, LEVEL)
    kept = int(_both(means).sum())
    return Verdict(
        estimate,
        low,
        high,
        p_value(estimate, estimates),
        kept,
        len(means) - kept,
        means,
        estimates,
        len(outcome),
    )


def _too_few(pairs: int) -> str:
    return ngettext(
        "Only {n} pair has numbers on both sides; at least {fewest} are needed. "
        "Go on for some more whole pairs.",
        "Only {n} pairs have numbers on both sides; at least {fewest} are needed. "
        "Go on for some more whole pairs.",
        pairs,
    ).format(n=pairs, fewest=FEWEST_PAIRS)


def _too_few_blocks(blocks: int, size: int) -> str:
    return ngettext(
        "Only {n} block of {size} days has numbers in both arms; at least {fewest} are needed. "
        "Say the days of the blocks within which the arms were mixed.",
        "Only {n} blocks of {size} days have numbers in both arms; at least {fewest} are needed. "
        "Say the days of the blocks within which the arms were mixed.",
        blocks,
    ).format(n=blocks, size=size, fewest=FEWEST_BLOCKS)
