"""The traffic light: what a session's pain, and the next morning's, say about the dose.

After Thomeé's pain-monitoring model as NEMEX-TJR uses it (Ageberg 2010, BMC Musculoskeletal
Disorders 11:126): up to 2 is safe, up to 5 acceptable, above 5 a high risk, and pain is back to
usual the next day. How far above usual a morning must be is common clinical knowledge.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final, Literal

Light = Literal["green", "amber", "red"]
GREEN: Final = "green"
AMBER: Final = "amber"
RED: Final = "red"
SAFE: Final = 2.0
HIGH: Final = 5.0
RAISED: Final = 1.0
MUCH: Final = 2.0
USUAL_DAYS: Final = 7
SOURCES: Final = ("Ageberg 2010, BMC Musculoskeletal Disorders 11:126",)


@dataclass(frozen=True)
class Told:
    """One session's numbers, each 0-10 or None where it was not told.

    Attributes:
        during: The highest while exercising.
        after: Right after.
        next_day: The next morning.
        usual: What is usual for this person.
        alarmed: Something new came with it: a limp, pain at night.
    """

    during: float | None
    after: float | None
    next_day: float | None
    usual: float
    alarmed: bool = False


def usual(diary: Sequence[float], baseline: float | None = None) -> float | None:
    """Return what is usual: the median of the last seven, or else the baseline.

    Args:
        diary: "Pain now" of the diary, the oldest first.
        baseline: What the person said at the start; None where nobody asked.
    """
    return float(median(diary[-USUAL_DAYS:])) if diary else baseline


def raised(told: Told) -> bool:
    """Whether the next morning was at least one above usual."""
    return told.next_day is not None and told.next_day - told.usual >= RAISED


def light(told: Told) -> Light:
    """Return the light of a session. What is missing is never green.

    Above 5 is red whatever is usual; between, what is usual for somebody whose pain is 3 is no
    reason to cut anything.
    """
    moments = [each for each in (told.during, told.after) if each is not None]
    above = None if told.next_day is None else told.next_day - told.usual
    if told.alarmed or any(each > HIGH for each in moments):
        return RED
    if above is not None and above >= MUCH:
        return RED
    accepted = max(SAFE, told.usual)
    if not moments or above is None or above >= RAISED or any(each > accepted for each in moments):
        return AMBER
    return GREEN
