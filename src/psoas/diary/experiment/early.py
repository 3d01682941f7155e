"""Looking before the end: evidence that may be read after every pair.

Under no effect the coin that ordered a pair makes its difference D as likely as -D, whatever the
days were like. So each factor exp(-λD)/cosh(λD) has mean one, and their product is an e-process:
however often one looks, it passes 20 with a chance of at most 1 in 20 (Ville's inequality; the
sign-flip e-process of Ramdas, Ruf, Larsson and Koolen, 2022).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from psoas.diary.experiment.analysis import kept_differences, pair_means
from psoas.diary.experiment.schedule import Schedule

Array = NDArray[np.float64]
RATES = np.array([0.15, 0.3, 0.6, 1.0, 1.6])
ENOUGH = 20.0
_STEPS, _FINENESS = 10, 32


@dataclass(frozen=True)
class Early:
    """What the pairs so far say.

    Attributes:
        e_value: Evidence against no effect in either direction; 1 says nothing.
        stop: Whether it is enough to stop (``e_value`` of 20 or more).
        estimate: Mean difference, with minus without; NaN before the first pair.
        low: Lower end of the interval that holds at every look; -inf where it has no bound.
        high: Upper end; inf where it has no bound.
        pairs: Pairs that had numbers on both sides.
    """

    e_value: float
    stop: bool
    estimate: float
    low: float
    high: float
    pairs: int

    @property
    def found(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.low > 0 or self.high < 0


def look(differences: Array, scale: float = 1.0) -> Early:
    """Say what the pairs so far are worth, at the end of any pair.

    Two-sided: half the evidence is put on lower and half on higher. The interval holds every
    effect whose own e-value is below 20. An experiment that ended before its time is reported
    from here, and not by the re-randomisation test, which is only right at the planned end.

    Args:
        differences: shape (P,), with minus without of the pairs that are over and complete, in
            order (see :func:`differences_so_far`).
        scale: What counts as one point, chosen before the first day and never from these data:
            1 for pain from 0 to 10; a tenth of the range for any other scale.

    Raises:
        ValueError: A difference is not finite, or the scale is not above 0.
    """
    if scale <= 0 or not np.isfinite(differences).all():
        raise ValueError("differences must be finite and the scale above 0")
    if len(differences) == 0:
        return Early(1.0, False, float("nan"), -np.inf, np.inf, 0)
    points = np.asarray(differences, dtype=np.float64) / scale
    evidence = float(np.exp(log_evidence(points, np.zeros(1))[0]))
    low, high = _bounds(points)
    return Early(
        evidence,
        evidence >= ENOUGH,
        float(np.mean(differences)),
        low * scale,
        high * scale,
        len(points),
    )


def differences_so_far(outcome: Array, schedule: Schedule, days: int) -> Array:
    """Return the differences of the pairs that are over after ``days`` days.

    Args:
        outcome: shape (T,), one a day from the first day on; NaN where nothing was recorded.
        schedule: As it was assigned.
        days: Days of the experiment that are over.
    """
    over = schedule.pairs_over(days - 1)
    return kept_differences(pair_means(outcome, schedule)[:over])


def log_evidence(points: Array, effects: Array) -> Array:
    """Return the log of the e-value against each effect, shape (M,).

    Args:
        points: shape (P,), differences in units of the scale.
        effects: shape (M,), in the same units.
    """
    moved = points[:, None] - effects[None, :]
    logs = []
    for rate in RATES:
        # log cosh without overflow: |x| + log((1 + exp(-2|x|)) / 2).
        size = np.abs(rate * moved)
        even = np.sum(size + np.log1p(np.exp(-2 * size)) - np.log(2), axis=0)
        tilt = rate * moved.sum(axis=0)
        logs += [-tilt - even, tilt - even]
    found: Array = np.logaddexp.reduce(np.array(logs), axis=0) - np.log(len(logs))
    return found


def _bounds(points: Array) -> tuple[float, float]:
    # The evidence against an effect grows with its distance from the pairs, up to a ceiling that
    # depends on the number of pairs alone; past this reach even the slowest rate has come to it.
    reach = 20 / RATES[0]
    middles = np.append(points, points.mean())
    middle = float(middles[np.argmin(log_evidence(points, middles))])
    low = _edge(points, middle, float(points.min()) - reach)
    high = _edge(points, middle, float(points.max()) + reach)
    return low, high


def _edge(points: Array, inside: float, outside: float) -> float:
    # The outer side of the last step is given back: the interval is never short by rounding.
    for step in range(_STEPS):
        grid = np.linspace(inside, outside, _FINENESS + 1)
        kept = np.flatnonzero(log_evidence(points, grid) < np.log(ENOUGH))
        if step == 0 and len(kept) and kept[-1] == _FINENESS:
            return float(np.copysign(np.inf, outside - inside))
        last = int(kept[-1]) if len(kept) else 0
        inside, outside = float(grid[last]), float(grid[min(last + 1, _FINENESS)])
    return outside
