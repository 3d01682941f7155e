"""From re-drawn estimates to a p-value and an interval.

Were the effect ``b``, the outcome without it would be ``y - b·a``. Every estimate is linear in the
outcome, so under ``b`` a re-drawn one becomes ``u - b·v``, where ``v`` is the estimate that its
schedule makes of the real schedule itself; the real one becomes ``estimate - b``. A re-drawn
schedule thus speaks for ``b`` on one stretch around the estimate whose ends are known in closed
form, and the interval's ends are order statistics of those ends.
"""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
# Two schedules that mirror each other give the same number up to rounding; they must tie.
_TIE = 1e-9


def p_value(estimate: float, drawn: Array) -> float:
    """Return the share of schedules at least as far from zero, the real one counted.

    Args:
        estimate: Of the real schedule.
        drawn: shape (S,), of the others: all there are (the p-value is then exact), or a draw.
    """
    as_far = np.abs(drawn) >= abs(estimate) * (1 - _TIE)
    return float(1 + as_far.sum()) / (1 + len(drawn))


def interval(estimate: float, drawn: Array, leans: Array, level: float) -> tuple[float, float]:
    """Return the effects that the test does not refuse.

    Args:
        estimate: Of the real schedule.
        drawn: shape (S,), estimates of the others.
        leans: shape (S,), what the others would estimate on the real schedule (``v`` above).
        level: Such as 0.95.

    Returns:
        Low and high; infinite where nothing is refused.
    """
    rest = drawn - estimate * leans
    with np.errstate(divide="ignore", invalid="ignore"):
        one, two = rest / (leans + 1), rest / (leans - 1)
    # A schedule that leans on the real one as much as it leans on itself can refuse nothing.
    free = np.abs(leans) >= 1 - _TIE
    below = np.where(free, -np.inf, np.minimum(one, two))
    above = np.where(free, np.inf, np.maximum(one, two))
    # p > 1 - level needs this many others to speak for an effect.
    needed = int(np.floor((1 - level) * (1 + len(drawn)) - 1 + _TIE)) + 1
    return estimate + float(np.sort(below)[needed - 1]), estimate + float(np.sort(above)[-needed])
