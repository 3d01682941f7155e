"""How often an experiment would find an effect of a given size, said before it starts."""

import numpy as np
from numpy.typing import NDArray

from psoas.diary.experiment.contrast import CARRIED, DECAY, Contrast
from psoas.diary.experiment.schedule import Scheme, coins

Array = NDArray[np.float64]
EFFECTS = (0.5, 1.0, 1.5)
# What is left of an effect the day after, and how much pain varies from day to day.
CARRY_OVER = 0.3
SPREAD = 1.5
_ROUNDS, _DRAWS, _SEED, _WARM = 2000, 400, 20, 60


def power(
    scheme: Scheme,
    effect: float,
    *,
    carry_over: float = CARRY_OVER,
    spread: float = SPREAD,
) -> float:
    """Return the chance that an experiment ends with p <= .05, by simulation.

    The same simulated days are used for every effect and every call, so that the same question
    has the same answer. Every day is taken as recorded: with a third of them missing, a chance of
    .55 becomes .39 (see docs/benchmarks.md).

    Args:
        scheme: The layout.
        effect: Points by which the practice changes a day's outcome.
        carry_over: Share of a day's effect that is still there the day after (and its square the
            day after that), 0 to below 1.
        spread: Standard deviation of the outcome from day to day, in the units of ``effect``.
    """
    source = np.random.PCG64(_SEED)
    flips = _arms(source, scheme, _ROUNDS)
    drawn = _arms(source, scheme, _DRAWS)
    generator = np.random.Generator(source)
    outcome = effect * lasting(flips, carry_over) + spread * _days(generator, flips.shape)
    counting = np.arange(scheme.length) % scheme.block >= scheme.washout
    return _found(np.flatnonzero(counting), outcome, flips, drawn)


def lasting(arms: Array, carry_over: float) -> Array:
    """Return how much of the effect each day holds: 1 with it, fading by ``carry_over`` after."""
    held = np.zeros_like(arms)
    before = np.zeros(len(arms))
    for day in range(arms.shape[1]):
        before = np.maximum(arms[:, day], carry_over * before)
        held[:, day] = before
    return held


def _found(day: NDArray[np.int64], outcome: Array, flips: Array, drawn: Array) -> float:
    contrast = Contrast(day)
    of_drawn = np.abs(contrast.estimates(drawn[:, day], outcome[:, day].T))
    own = np.abs(contrast.own(flips[:, day], outcome[:, day]))
    as_far = 1 + np.sum(of_drawn >= own, axis=0)
    return float(np.mean(as_far <= 0.05 * (1 + len(drawn))))


def _arms(source: np.random.PCG64, scheme: Scheme, count: int) -> Array:
    first = coins(source, count * scheme.pairs).astype(np.float64)
    pair = np.stack([first, 1 - first], axis=1).reshape(count, 2 * scheme.pairs)
    return np.repeat(pair, scheme.block, axis=1)


def _days(generator: np.random.Generator, shape: tuple[int, int]) -> Array:
    rounds, length = shape
    shocks = generator.standard_normal((rounds, length + _WARM)) * np.sqrt(1 - DECAY**2)
    carried = shocks.copy()
    for day in range(1, length + _WARM):
        carried[:, day] += DECAY * carried[:, day - 1]
    carried = carried[:, _WARM:]
    own = generator.standard_normal(shape)
    found: Array = np.sqrt(CARRIED) * carried + np.sqrt(1 - CARRIED) * own
    return found
