"""One measure over the weeks: what was answered when, and whether it moved enough to mean it."""

from dataclasses import dataclass
from datetime import date, timedelta

from psoas.scales.schedule import BASELINE

LOWER, HIGHER, NEITHER = "higher is worse", "higher is better", "none"
BETTER, WORSE, SAME, EARLY = "better", "worse", "no change that means something", "too early"
NOT_KNOWN = "not known"


@dataclass(frozen=True)
class Reading:
    """One time it was answered.

    Attributes:
        day: When.
        score: What came out, unrounded; None where something that it needs was not answered.
        weeks: The planned time it counts for, in weeks after the beginning; None in between.
    """

    day: date
    score: float | None
    weeks: int | None = None


@dataclass(frozen=True)
class Course:
    """One measure of one person from a beginning on.

    Attributes:
        slug: Of the questionnaire or test.
        name: What it is called; of one of its scales where it has no total.
        direction: ``LOWER`` or ``HIGHER`` is better, or ``NEITHER``.
        began: The day from which on the weeks are counted.
        readings: All answers there are, the oldest first; those from before the beginning too.
        missed: Planned times, in weeks, whose window closed without an answer.
        low: The low end of its scale; None where it has none.
        high: The high end.
        before: What the change is counted from.
        latest: The last answer with a number, where it is a later one.
        word: ``BETTER``, ``WORSE``, ``SAME``, ``NOT_KNOWN`` or ``EARLY``.
        said: The change, in a sentence.
        since_last: The change since the answer before, in a sentence; "" where there is none.
        band: From where to where a change means nothing, around ``before``.
        error: From where to where measuring alone may lead, where that is known.
        beyond_error: Whether the change is more than that; None where that is not known.
        matters: Whether as much was found to be important, or more than measuring alone gives.
        sources: Where these limits are from.
        ck: Whether one of them is common clinical knowledge, without a source.
    """

    slug: str
    name: str
    direction: str
    began: date
    readings: tuple[Reading, ...] = ()
    missed: tuple[int, ...] = ()
    low: float | None = None
    high: float | None = None
    before: Reading | None = None
    latest: Reading | None = None
    word: str = EARLY
    said: str = ""
    since_last: str = ""
    band: tuple[float, float] | None = None
    error: tuple[float, float] | None = None
    beyond_error: bool | None = None
    matters: bool = False
    sources: tuple[str, ...] = ()
    ck: bool = False

    def since_it_began(self) -> tuple[Reading, ...]:
        """Return the answers of this round: from the baseline's window on."""
        return tuple(each for each in self.readings if each.day >= self._opens)

    @property
    def _opens(self) -> date:
        return self.began - timedelta(days=BASELINE.before)
