"""From the arms of a file back to a schedule of paired blocks, or why they are none."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from psoas.content.language import gettext as _
from psoas.content.language import ngettext
from psoas.diary.experiment.reading import Trial
from psoas.diary.experiment.schedule import (
    FEWEST_PAIRS,
    LONGEST_BLOCK,
    SHORTEST_BLOCK,
    Schedule,
    Scheme,
)
from psoas.diary.refusal import DiaryRefused, Problem

Array = NDArray[np.float64]
# Numbers that differ by less, or by less of their size, differ by what computers round away.
_LEAST_SPAN, _LEAST_SHARE = 1e-6, 1e-9
# Days without an arm that are no forgotten block any more.
_LONG_GAP = 14


@dataclass(frozen=True)
class Fitted:
    """A file laid over the schedule that it follows.

    Attributes:
        schedule: Whole pairs.
        outcome: shape (T,), one a day of the schedule; NaN where nothing was recorded.
        first: The first day of the schedule; before the file's first where days are missing.
    """

    schedule: Schedule
    outcome: Array
    first: date


def fit_schedule(trial: Trial, block: int, washout: int) -> Fitted:
    """Return the schedule that a file's arms follow, and the outcome beside it.

    The first pair starts on the first day that has an arm, or, where the arms show that days are
    missing before it, on the latest day that fits. A day without an arm has its block's, and a
    block without one is the other of its pair. Days after the last whole pair are left out.

    Args:
        trial: The file.
        block: Days in a block.
        washout: Days at the start of each block that do not count.

    Raises:
        ExperimentRefused: The layout could not answer anything.
        DiaryRefused: The arms do not follow such blocks, or there are too few pairs.
    """
    # The layout itself first, on as many days as it needs: its refusal is about the blocks.
    Scheme(2 * FEWEST_PAIRS * max(block, 1), block, washout)
    shift = _shift(trial.arms, block)
    if shift is None:
        raise DiaryRefused((_problem(trial, block),))
    arms, outcome = _later(trial.arms, shift), _later(trial.outcome, shift)
    # The last days may lack a row; a pair of which both blocks were begun is a pair.
    pairs = (len(arms) + block - 1) // (2 * block)
    if pairs < FEWEST_PAIRS:
        raise DiaryRefused((_too_short(trial, pairs, block),))
    scheme = Scheme(pairs * 2 * block, block, washout)
    whole = np.full((2, scheme.length), np.nan)
    whole[:, : len(arms)] = np.stack([arms, outcome])[:, : scheme.length]
    filled: list[int] = []
    for start in range(0, scheme.length, 2 * block):
        known = _turned(whole[0, start : start + 2 * block], block)
        known = known[~np.isnan(known)]
        if len(known) == 0:
            # Nobody knows what these days were; without numbers the pair is dropped.
            whole[1, start : start + 2 * block] = np.nan
        first = int(known[0]) if len(known) else 0
        filled += [first] * block + [1 - first] * block
    began = trial.first - timedelta(days=shift)
    return Fitted(Schedule(scheme, tuple(filled)), whole[1], began)


def misfit(arms: Array, block: int) -> int | None:
    """Return the first day (from 0) that breaks paired blocks of this length, or None.

    Args:
        arms: shape (T,), 0 or 1, NaN where unknown.
        block: Days in a block, at least 1.
    """
    for start in range(0, len(arms), 2 * block):
        turned = _turned(arms[start : start + 2 * block], block)
        known = np.flatnonzero(~np.isnan(turned))
        odd = [day for day in known if turned[day] != turned[known[0]]]
        if odd:
            return start + int(odd[0])
    return None


def _shift(arms: Array, block: int) -> int | None:
    # The arms change within every pair, so that days missing at the start show up.
    shifts = (n for n in range(2 * block) if misfit(_later(arms, n), block) is None)
    return next(shifts, None)


def _later(numbers: Array, shift: int) -> Array:
    return np.concatenate([np.full(shift, np.nan), numbers])


def _turned(pair: Array, block: int) -> Array:
    # Turned over in its second block, a pair that fits is one and the same arm throughout.
    found: Array = np.where(np.arange(len(pair)) < block, pair, 1 - pair)
    return found


def _too_short(trial: Trial, pairs: int, block: int) -> Problem:
    message = ngettext(
        "{days} days are {n} pair of {block}-day blocks; at least {fewest} are needed, or chance "
        "can never be ruled out. Go on for some more pairs.",
        "{days} days are {n} pairs of {block}-day blocks; at least {fewest} are needed, or chance "
        "can never be ruled out. Go on for some more pairs.",
        pairs,
    ).format(days=len(trial.arms), n=pairs, block=block, fewest=FEWEST_PAIRS)
    return Problem(trial.name, trial.header, trial.arm_column, message)


def _problem(trial: Trial, block: int) -> Problem:
    lengths = range(SHORTEST_BLOCK, LONGEST_BLOCK + 1)
    fitting = [length for length in lengths if _shift(trial.arms, length) is not None]
    # The farthest that any start gets: the day where the file itself seems to be odd.
    days = [(misfit(_later(trial.arms, n), block) or n) - n for n in range(2 * block)]
    day = max(days)
    gap = _longest_gap(trial.arms[:day])
    if gap is not None and gap[1] >= max(2 * block, _LONG_GAP):
        after = gap[0] + gap[1]
        message = _(
            "before this day the file stops for {days} days, from {first} to {last}, and the "
            "blocks do not go on after them. Two experiments belong in two files."
        ).format(
            days=gap[1],
            first=(trial.first + timedelta(days=gap[0])).isoformat(),
            last=(trial.first + timedelta(days=after - 1)).isoformat(),
        )
        return Problem(trial.name, trial.lines[after], trial.arm_column, message)
    message = _("this day does not fit pairs of blocks of {block} days, one of each kind.").format(
        block=block
    )
    if fitting:
        message += " " + _("Blocks of {block} days would fit: add --block {block}.").format(
            block=fitting[-1]
        )
    else:
        message += " " + _(
            "If the arms were mixed day by day within every N days, add --scheme within-blocks:N."
        )
    return Problem(trial.name, trial.lines[day], trial.arm_column, message)


def _longest_gap(arms: Array) -> tuple[int, int] | None:
    """Return the first day (from 0) and the days of the longest stretch without an arm."""
    known = np.flatnonzero(~np.isnan(arms))
    between = np.diff(np.append(known, len(arms))) - 1
    if len(between) == 0 or between.max() == 0:
        return None
    at = int(between.argmax())
    return int(known[at]) + 1, int(between[at])


def refuse_pairs(trial: Trial) -> None:
    """Refuse to mix the days of a file that was drawn in pairs of blocks.

    Days inside a block were never mixed, so shuffling them would make chance look smaller than
    it is.

    Raises:
        DiaryRefused: The file is a plan in pairs of blocks, or its arms follow such pairs.
    """
    if trial.block is not None:
        message = _(
            "this file was planned in pairs of blocks, as its column pair says. Leave --scheme "
            "away."
        )
    else:
        # Days that were mixed follow six pairs of blocks about once in a million files.
        fitting = [
            length
            for length in range(LONGEST_BLOCK, SHORTEST_BLOCK - 1, -1)
            if len(trial.arms) >= 2 * FEWEST_PAIRS * length
            and _shift(trial.arms, length) is not None
        ]
        if not fitting:
            return
        message = _(
            "the arms follow pairs of blocks of {block} days; days inside a block were not mixed. "
            "Leave --scheme away and add --block {block}."
        ).format(block=fitting[0])
    raise DiaryRefused((Problem(trial.name, trial.header, trial.arm_column, message),))


def refuse_empty(trial: Trial, outcome: Array) -> None:
    """Refuse an outcome of which no day of the experiment has a number, or all (nearly) the same.

    Raises:
        DiaryRefused: Naming the column.
    """
    numbers = outcome[~np.isnan(outcome)]
    if len(numbers) == 0:
        message = _("no day of the experiment has a number here, so there is nothing to compare.")
    elif np.ptp(numbers) == 0:
        message = _("it is {value:g} on every day, so there is nothing to compare.").format(
            value=numbers[0]
        )
    elif np.ptp(numbers) < max(_LEAST_SPAN, _LEAST_SHARE * np.abs(numbers).max()):
        message = _(
            "its days differ by {span:.1g} at most, too little to compare. Write it in a smaller "
            "unit, or without what is the same every day."
        ).format(span=np.ptp(numbers))
    else:
        return
    raise DiaryRefused((Problem(trial.name, trial.header, trial.outcome_column, message),))
