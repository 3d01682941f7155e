"""Whether a position is the one that was meant: an angle held against what an exercise asks.

A camera is no goniometer, so what lies within the tolerance passes. What does not is told as the
way to go ("a little higher"), never as wrong; what was not seen is told as not seen.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from psoas.content.exercise import Look
from psoas.content.language import gettext as _
from psoas.motion.angles import measured

Verdict = Literal["passes", "below", "above", "not seen"]


@dataclass(frozen=True)
class Looked:
    """What one look came to.

    Attributes:
        verdict: Where the angle lies: within the range and its tolerance, below or above it.
        angle: Degrees; nan where it was not seen.
        words: What to do, in the reader's language; empty where it passes or nothing is to be
            done.
    """

    verdict: Verdict
    angle: float
    words: str = ""

    @property
    def passes(self) -> bool:
        """Whether it is as it was meant."""
        return self.verdict == "passes"


def look_at(
    look: Look,
    seen: float | Mapping[str, float] | NDArray[np.float64],
    worked: Literal["right", "left"] = "right",
) -> Looked:
    """Hold what was seen against what was meant.

    Args:
        look: Of the exercise: an angle, between which it is meant to be, and how far outside
            still passes.
        seen: The angle itself, or all that were measured, by name, in degrees; or the points of
            the body, (33, 3) as ``motion.angles`` takes them.
        worked: Which side works, where points are given.

    Returns:
        The verdict with its words. A look that counts repetitions is judged the same way, on the
        whole way between its ends.

    Raises:
        ValueError: the points have another shape.
    """
    if isinstance(seen, np.ndarray) and seen.ndim:
        seen = measured(seen, worked)
    angle = float(seen.get(look.joint, math.nan) if isinstance(seen, Mapping) else seen)
    if not math.isfinite(angle):
        return Looked("not seen", math.nan, _("This could not be seen."))
    if angle < look.low - look.tolerance:
        return Looked("below", angle, _(look.below) if look.below else "")
    if angle > look.high + look.tolerance:
        return Looked("above", angle, _(look.above) if look.above else "")
    return Looked("passes", angle)
