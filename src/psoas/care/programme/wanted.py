"""What a routine is built from: what was asked for, what is known of the person, what is closed.

Pure: no tables and no clock. `circumstances.py` gathers it for a person, the command line makes
one up.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Final, Literal

from psoas.care.programme.dosage import Dosage
from psoas.content.exercise import Condition, When

Profile = Literal["oa", "tight-front", "gtp", "fai", "thr", "thr-anterior", "pregnancy", "distress"]
# The first that a person has shapes the routine; the limits of all of them hold.
PROFILES: Final[tuple[Profile, ...]] = (
    *("pregnancy", "thr-anterior", "thr", "distress"),
    *("gtp", "fai", "oa", "tight-front"),
)
MINUTES: Final = (5, 7, 10)
SHORTEST: Final = 2

# A limit of the safety check is the same as having what it protects.
_OF_LIMIT: Final[Mapping[str, Condition]] = {
    "flexion-90": "thr",
    "no-crossing": "thr",
    "no-turning-in": "thr",
    "no-far-back": "thr-anterior",
    "no-long-lying": "pregnancy",
    "no-straddle": "pelvic-girdle-pain",
}


@dataclass(frozen=True)
class Circumstances:
    """What a routine is built from.

    Attributes:
        minutes: 5, 7 or 10, or 2 for the shortest.
        when: Morning or evening.
        profiles: Working categories, for the plan; no diagnosis.
        bans: Codes the safety check or a clinician took out.
        limits: Slugs of the check's limits.
        conditions: What else hurts or is missing: "kneeling-hurts".
        equipment: What is there; None: nobody was asked, and nothing is left out for it.
        half: Begin with half: why, or empty.
        lighter: It is a lighter week: why, or empty.
        strength: It is a day for strength.
        gentle: Usual pain is so high that nothing is loaded from here.
        likes: Slugs the person likes.
        goals: Slugs of `GOALS`.
        older: Somebody older or frail: longer holds.
        rotation: Which turn it is, so that days differ; the same number gives the same routine.
        day: Which day it is for; None: no exercise is resting.
        doses: What the traffic light made of single exercises.
    """

    minutes: int
    when: When
    profiles: tuple[Profile, ...] = ()
    bans: frozenset[str] = frozenset()
    limits: tuple[str, ...] = ()
    conditions: frozenset[Condition] = frozenset()
    equipment: frozenset[str] | None = None
    half: str = ""
    lighter: str = ""
    strength: bool = True
    gentle: bool = False
    likes: frozenset[str] = frozenset()
    goals: frozenset[str] = frozenset()
    older: bool = False
    rotation: int = 0
    day: date | None = None
    doses: Mapping[str, Dosage] = field(default_factory=dict)

    @cached_property
    def all_conditions(self) -> frozenset[Condition]:
        """Everything that takes something out: told, of a profile, or behind a limit."""
        found: set[Condition] = {*self.conditions, *self.profiles}
        found.update(_OF_LIMIT[limit] for limit in self.limits if limit in _OF_LIMIT)
        if "thr-anterior" in found:
            found.add("thr")
        return frozenset(found)

    @cached_property
    def shaping(self) -> Profile | None:
        """The profile that shapes the routine; also one that only a limit tells of."""
        return next((each for each in PROFILES if each in self.all_conditions), None)

    def dosage(self, slug: str) -> Dosage:
        """What the traffic light made of one exercise."""
        return self.doses.get(slug, Dosage())

    def resting(self, slug: str) -> bool:
        """Whether an exercise rests after a red session."""
        return self.day is not None and self.dosage(slug).off(self.day)

    def of(self, **changes: object) -> "Circumstances":
        """The same with something else."""
        return replace(self, **changes)  # type: ignore[arg-type]
