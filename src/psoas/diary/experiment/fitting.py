"""From the arms of a file back to a schedule of paired blocks, or why they are none."""

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


def fit_schedule(trial: Trial, block: int, washout: int) -> tuple[Schedule, Array]:
    """Return the schedule that a file's arms follow, and the outcome beside it.

    The first pair starts on the first day that has an arm. A day without one has its block's,
    and a block without one is the other of its pair. Days after the last whole pair are left out.

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
    wrong = misfit(trial.arms, block)
    if wrong is not None:
        raise DiaryRefused((_problem(trial, wrong, block),))
    # The last days may lack a row; a pair of which both blocks were begun is a pair.
    pairs = (len(trial.arms) + block - 1) // (2 * block)
    if pairs < FEWEST_PAIRS:
        raise DiaryRefused((_too_short(trial, pairs, block),))
    scheme = Scheme(pairs * 2 * block, block, washout)
    arms = np.full(scheme.length, np.nan)
    arms[: len(trial.arms)] = trial.arms[: scheme.length]
    outcome = np.full(scheme.length, np.nan)
    outcome[: len(trial.outcome)] = trial.outcome[: scheme.length]
    filled: list[int] = []
    for pair in range(pairs):
        first = _first_arm(arms[pair * 2 * block : (pair + 1) * 2 * block], block)
        if first is None:
            # Nobody knows what these days were; without numbers the pair is dropped.
            first = 0
            outcome[pair * 2 * block : (pair + 1) * 2 * block] = np.nan
        filled += [first] * block + [1 - first] * block
    return Schedule(scheme, tuple(filled)), outcome


def misfit(arms: Array, block: int) -> int | None:
    """Return the first day (from 0) that breaks paired blocks of this length, or None.

    Args:
        arms: shape (T,), 0 or 1, NaN where unknown.
        block: Days in a block, at least 1.
    """
    for start in range(0, len(arms), 2 * block):
        pair = arms[start : start + 2 * block]
        # Turned over in its second block, a pair that fits is one and the same arm throughout.
        turned = np.where(np.arange(len(pair)) < block, pair, 1 - pair)
        known = np.flatnonzero(~np.isnan(turned))
        odd = [day for day in known if turned[day] != turned[known[0]]]
        if odd:
            return start + int(odd[0])
    return None


def _first_arm(pair: Array, block: int) -> int | None:
    turned = np.where(np.arange(len(pair)) < block, pair, 1 - pair)
    known = turned[~np.isnan(turned)]
    return int(known[0]) if len(known) else None


def _too_short(trial: Trial, pairs: int, block: int) -> Problem:
    message = ngettext(
        "{days} days are {n} pair of {block}-day blocks; at least {fewest} are needed, or chance "
        "can never be ruled out. Go on for some more pairs.",
        "{days} days are {n} pairs of {block}-day blocks; at least {fewest} are needed, or chance "
        "can never be ruled out. Go on for some more pairs.",
        pairs,
    ).format(days=len(trial.arms), n=pairs, block=block, fewest=FEWEST_PAIRS)
    return Problem(trial.name, None, trial.arm_column, message)


def _problem(trial: Trial, day: int, block: int) -> Problem:
    lengths = range(SHORTEST_BLOCK, LONGEST_BLOCK + 1)
    fitting = [length for length in lengths if misfit(trial.arms, length) is None]
    message = _(
        "this day does not fit pairs of blocks of {block} days that start on {first}."
    ).format(block=block, first=trial.first.isoformat())
    if fitting:
        message += " " + _("Blocks of {block} days would fit: add --block {block}.").format(
            block=fitting[-1]
        )
    else:
        message += " " + _(
            "If the arms were mixed day by day within every N days, add --scheme within-blocks:N."
        )
    return Problem(trial.name, trial.lines[day], trial.arm_column, message)


def refuse_empty(trial: Trial, outcome: Array) -> None:
    """Refuse an outcome of which no day of the experiment has a number, or all the same.

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
    else:
        return
    raise DiaryRefused((Problem(trial.name, None, trial.outcome_column, message),))
