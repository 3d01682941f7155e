"""The schedule of an experiment: pairs of equal blocks, a coin flip for the order of each."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from psoas.content.language import gettext as _
from psoas.diary.experiment.refusal import ExperimentRefused

DAYS, BLOCK, WASHOUT = 84, 3, 1
# With five pairs the smallest two-sided p is 2 / 2**5 = .06: nothing could ever be found.
FEWEST_PAIRS = 6
SHORTEST_BLOCK, LONGEST_BLOCK = 2, 6
MOST_DAYS = 1096
MOST_SEED = 2**63 - 1


@dataclass(frozen=True)
class Scheme:
    """How an experiment is laid out.

    Attributes:
        days: Calendar days at hand.
        block: Days in a block; a pair is one block with the practice and one without.
        washout: Days at the start of each block that are recorded and do not count, so that what
            the block before left behind is not counted for this one.

    Raises:
        ExperimentRefused: The layout could not answer anything; the sentence says what to change.
    """

    days: int = DAYS
    block: int = BLOCK
    washout: int = WASHOUT

    def __post_init__(self) -> None:
        if self.block > LONGEST_BLOCK:
            raise ExperimentRefused(
                _(
                    "Blocks of {block} days leave too few pairs to find anything. Use blocks of "
                    "{usual} days, or of {short} if the effect is surely gone the day after."
                ).format(block=self.block, usual=BLOCK, short=SHORTEST_BLOCK)
            )
        if self.block < SHORTEST_BLOCK:
            raise ExperimentRefused(
                _("A block needs at least {short} days. Use blocks of {usual} days.").format(
                    short=SHORTEST_BLOCK, usual=BLOCK
                )
            )
        if not 0 <= self.washout < self.block:
            raise ExperimentRefused(
                _(
                    "A washout of {washout} days does not fit a block of {block} days. "
                    "Use 0 to {most}."
                ).format(washout=self.washout, block=self.block, most=self.block - 1)
            )
        if self.days > MOST_DAYS:
            raise ExperimentRefused(
                _("An experiment may have at most {most} days. Use {usual} days.").format(
                    most=f"{MOST_DAYS:,}", usual=DAYS
                )
            )
        if self.pairs < FEWEST_PAIRS:
            raise ExperimentRefused(
                _(
                    "{days} days make fewer than {fewest} pairs of {block}-day blocks, and with "
                    "so few, chance can never be ruled out. Use at least {needed} days."
                ).format(
                    days=self.days,
                    fewest=FEWEST_PAIRS,
                    block=self.block,
                    needed=FEWEST_PAIRS * 2 * self.block,
                )
            )

    @property
    def pairs(self) -> int:
        """Whole pairs of blocks that fit into the days."""
        return max(self.days, 0) // (2 * self.block)

    @property
    def length(self) -> int:
        """Days the experiment takes: whole pairs only, so at most ``days``."""
        return self.pairs * 2 * self.block


@dataclass(frozen=True)
class Schedule:
    """Which day is in which arm, fixed before the first day and never changed.

    Attributes:
        scheme: The layout.
        arms: 1 (with the practice) or 0 (without), one a day, ``scheme.length`` long.
        seed: What the coin flips were drawn from; None when the schedule came from a file.

    Raises:
        ValueError: The arms are not whole pairs of one block with and one block without.
    """

    scheme: Scheme
    arms: tuple[int, ...]
    seed: int | None = None

    def __post_init__(self) -> None:
        block = self.scheme.block
        if len(self.arms) != self.scheme.length:
            raise ValueError("a schedule needs one arm a day, in whole pairs")
        for start in range(0, len(self.arms), 2 * block):
            one = self.arms[start]
            if self.arms[start : start + 2 * block] != (one,) * block + (1 - one,) * block:
                raise ValueError("each pair needs one block with and one block without")

    @cached_property
    def counts(self) -> tuple[bool, ...]:
        """Whether a day counts; False on washout days."""
        block, washout = self.scheme.block, self.scheme.washout
        return tuple(day % block >= washout for day in range(len(self.arms)))

    @property
    def flips(self) -> tuple[int, ...]:
        """The arm of each pair's first block, shape (pairs,)."""
        return self.arms[:: 2 * self.scheme.block]

    def pair_of(self, day: int) -> int:
        """Return the pair (from 0) of a day (0 = first day)."""
        return day // (2 * self.scheme.block)

    def block_of(self, day: int) -> int:
        """Return the block (from 0, two a pair) of a day (0 = first day)."""
        return day // self.scheme.block

    def pairs_over(self, day: int) -> int:
        """Return how many pairs are over at the end of a day (0 = first day, below 0: none)."""
        return min(max(day + 1, 0) // (2 * self.scheme.block), self.scheme.pairs)


def make_schedule(seed: int, scheme: Scheme | None = None) -> Schedule:
    """Draw the schedule of a seed: the same on every machine and in every version of numpy.

    The top bit of each raw number of PCG64 is the coin. numpy promises that the raw stream of a
    bit generator stays as it is, and does not promise it of the methods that shape it.

    Args:
        seed: 0 to 2**63 - 1.
        scheme: The layout; 84 days in blocks of three, the first day of each a washout, if None.

    Raises:
        ExperimentRefused: The seed is out of range.

    Example:
        >>> make_schedule(1).flips == make_schedule(1).flips
        True
    """
    scheme = Scheme() if scheme is None else scheme
    if not 0 <= seed <= MOST_SEED:
        raise ExperimentRefused(_("The seed must be a whole number from 0 to 2^63 - 1."))
    arms: list[int] = []
    for flip in coins(np.random.PCG64(seed), scheme.pairs):
        arms += [int(flip)] * scheme.block + [1 - int(flip)] * scheme.block
    return Schedule(scheme, tuple(arms), seed)


def coins(source: np.random.PCG64, count: int) -> NDArray[np.int64]:
    """Return ``count`` coin flips, each 0 or 1, from the raw stream of a bit generator."""
    raw = np.asarray(source.random_raw(count), dtype=np.uint64)
    return (raw >> np.uint64(63)).astype(np.int64)


def extended(schedule: Schedule, pairs: int) -> Schedule:
    """Return a drawn schedule with whole pairs added at its end; what was drawn stays.

    Args:
        schedule: One made from a seed: the same seed's further flips are taken.
        pairs: How many pairs to add, at least 0.

    Raises:
        ExperimentRefused: It would be too long.
        ValueError: The schedule has no seed.
    """
    if schedule.seed is None:
        raise ValueError("only a schedule drawn from a seed can be extended")
    was = schedule.scheme
    days = was.length + pairs * 2 * was.block
    return make_schedule(schedule.seed, Scheme(days, was.block, was.washout))
