"""What an exercise or a practice is made of."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal

from psoas.content.keyframe import Figure
from psoas.content.language import gettext

Group = Literal[
    "mobility",
    "stretch",
    "strength",
    "walking",
    "water",
    "yoga",
    "massage",
    "rest",
    "breath",
    "relaxation",
    "attention",
    "writing",
    "information",
]
Side = Literal["one at a time", "both", "alternating", "none"]
When = Literal["morning", "evening"]
Strength = Literal["good", "some", "weak", "none", "ck"]
# What a person may have, or be told they have, that takes an exercise out. Each is asked, told by
# a clinician, or follows from the safety check.
Condition = Literal[
    "oa",
    "tight-front",
    "gtp",
    "fai",
    "thr",
    "thr-anterior",
    "pregnancy",
    "pelvic-girdle-pain",
    "distress",
    "kneeling-hurts",
    "wrists-hurt",
    "knee-hurts",
    "back-hurts",
    "unsteady",
    "lying-flat-is-hard",
    "prolapse",
    "blood-thinners",
    "blood-pressure",
    "no-twisting",
    "adductor-strain",
    "seizures",
    "open-wound",
]
# Working categories: for the plan, no diagnosis. All but the last are conditions as well.
Category = Literal[
    "oa", "tight-front", "gtp", "fai",
    "thr", "thr-anterior", "pregnancy",
    "distress",
    "spine",
]  # fmt: skip
Equipment = Literal[
    "mat",
    "cushion",
    "wall",
    "bed",
    "blanket",
    "chair",
    "bolster",
    "step",
    "rail",
    "band",
    "pillow",
    "ball",
    "shoes",
    "pool",
    "door-frame",
]
# The first nine are those whose length `motion.muscles` works out.
Muscle = Literal[
    "psoas",
    "iliacus",
    "rectus-femoris",
    "tfl",
    "adductors",
    "hamstrings",
    "gluteus-maximus",
    "gluteus-medius",
    "piriformis",
    "quadriceps",
    "calf",
    "abdominals",
    "back",
    "deep-rotators",
]
# What can be measured from outside. The tilt of the pelvis and the turning of a hip cannot.
Joint = Literal[
    "worked hip_flexion",
    "worked hip_abduction",
    "worked knee_flexion",
    "worked shoulder_hip_knee",
    "other hip_flexion",
    "other knee_flexion",
    "lean",
    "side_lean",
]
# Nothing is counted in these.
_UNCOUNTED = ("night", "none")


@dataclass(frozen=True)
class Dose:
    """How much of it, as it is usually done.

    Attributes:
        kind: Held still, repeated, breathed, done for minutes or through the night; "none" where
            psoas gives no amount.
        low, high: Seconds, repetitions, breaths or minutes of one set; 0 where nothing is counted.
        sets: Of one side.
        minutes: What all sides and sets take, with getting ready for them.
        times: How often: "daily", "every other day" …, a sentence's end.
        older: The same for somebody older or frail, where it differs: (low, high).
    """

    kind: Literal["hold", "reps", "breaths", "minutes", "night", "none"]
    low: float
    high: float
    sets: int
    minutes: float
    times: str
    older: tuple[float, float] | None = None
    sources: tuple[str, ...] = ()
    ck: bool = False

    def __post_init__(self) -> None:
        """Refuse an amount that nobody could do.

        Raises:
            ValueError: low is above high, or something counted is nothing.
        """
        for low, high in ((self.low, self.high), self.older or (1.0, 1.0)):
            if low > high:
                raise ValueError(f"the dose goes from {low:g} to {high:g}")
        counted = (self.low, float(self.sets), self.minutes)
        if self.kind in _UNCOUNTED:
            if self.low or self.high or self.minutes:
                raise ValueError(f"a dose of kind {self.kind} counts nothing: low, high, minutes 0")
        elif min(counted) <= 0:
            raise ValueError("low, sets and minutes of a dose are above 0")

    @property
    def times_label(self) -> str:
        """How often, in the reader's language."""
        return gettext(self.times)


@dataclass(frozen=True)
class Way:
    """A way to make it harder or easier; ``to`` is another exercise's slug where it is one."""

    text: str
    to: str = ""

    @property
    def label(self) -> str:
        """The way in the reader's language."""
        return gettext(self.text)


@dataclass(frozen=True)
class Ban:
    """Who does not do it, and why.

    Attributes:
        when: The condition.
        why: A sentence a person reads.
        instead: Empty where it is taken out whole; else how it is done within the limit: then it
            stays, and this sentence stands with it.
    """

    when: Condition
    why: str
    instead: str = ""
    sources: tuple[str, ...] = ()
    ck: bool = False

    @property
    def label(self) -> str:
        """Why, in the reader's language."""
        return gettext(self.why)

    @property
    def instead_label(self) -> str:
        """How instead, in the reader's language."""
        return gettext(self.instead) if self.instead else ""


@dataclass(frozen=True)
class Evidence:
    """What is known of it.

    Attributes:
        strength: "ck" where no source was found.
        text: One or two sentences, with what was not shown.
        sources: Readable citations.
        ck: All or part of it is common clinical knowledge, no source found.
    """

    strength: Strength
    text: str
    sources: tuple[str, ...] = ()
    ck: bool = False

    @property
    def label(self) -> str:
        """The text in the reader's language."""
        return gettext(self.text)


@dataclass(frozen=True)
class Look:
    """One thing a camera, or somebody else, can look at.

    Attributes:
        joint: An angle's name as ``motion.angles`` measures it; "worked shoulder_hip_knee" is the
            angle between shoulder, hip and knee, 180 in one line.
        low, high: Between which it is meant to be at the end position, degrees.
        tolerance: How far outside still passes, degrees: a camera is no goniometer.
        below: Said when it is less: "glide a little forward".
        above: Said when it is more.
        count: It is a repetition counted between low and high rather than a position held.
    """

    joint: Joint
    low: float
    high: float
    tolerance: float
    below: str = ""
    above: str = ""
    count: bool = False

    def __post_init__(self) -> None:
        """Refuse a range that nothing lies in.

        Raises:
            ValueError: low is above high, or the tolerance is not above 0.
        """
        if self.low > self.high:
            raise ValueError(f"goes from {self.low:g} to {self.high:g}")
        if self.tolerance <= 0:
            raise ValueError("the tolerance is above 0")


@dataclass(frozen=True)
class Limited:
    """How it is drawn for somebody who does it within a limit.

    Attributes:
        when: For whoever has one of these.
        figure: The same movement within it.
    """

    when: tuple[Condition, ...]
    figure: Figure


@dataclass(frozen=True)
class Exercise:
    """An exercise or a practice: one file.

    Attributes:
        slug: Its fixed name in plans and records.
        code: Its fixed short name in rules: "E01".
        name: As it stands inside a sentence.
        kind: An exercise moves or loads the body; a practice is rest, breath or attention.
        group: What it counts as in a routine.
        about: One sentence: what it is for.
        steps: What to do, one short sentence each.
        cue: The one line that is read while doing it.
        side: Which sides, and how.
        targets: Slugs of muscle groups, or empty.
        dose: How much.
        when: Morning, evening, both; empty: any time.
        evidence: What is known, how strongly, from where.
        harder, easier: Ways.
        bans: Who does not do it, or only within a limit.
        care: What to take care of, short sentences.
        stop: When to stop, beyond what holds for every exercise.
        equipment: What it cannot be done without.
        handy: What helps, or a harder or easier way needs.
        parts: Slugs of what it is made of, where it is a set of others.
        figure: How it is drawn; None where there is nothing to draw.
        limited: How it is drawn within a limit; the first that fits counts.
        looks: What can be seen from outside.
        camera: Whether a camera can judge it, and from where.
        careful: A word before it, for somebody in trauma-careful mode.
        default_off: Nobody is offered it unless a clinic turns it on.
        information: It is read and never done from here.
    """

    slug: str
    code: str
    name: str
    kind: Literal["exercise", "practice"]
    group: Group
    about: str
    steps: tuple[str, ...]
    cue: str
    side: Side
    dose: Dose
    evidence: Evidence
    targets: tuple[Muscle, ...] = ()
    when: tuple[When, ...] = ()
    harder: tuple[Way, ...] = ()
    easier: tuple[Way, ...] = ()
    bans: tuple[Ban, ...] = ()
    care: tuple[str, ...] = ()
    stop: tuple[str, ...] = ()
    equipment: tuple[Equipment, ...] = ()
    handy: tuple[Equipment, ...] = ()
    parts: tuple[str, ...] = ()
    figure: Figure | None = None
    limited: tuple[Limited, ...] = ()
    looks: tuple[Look, ...] = ()
    camera: Literal["side", "front", "text only"] = "text only"
    careful: str = ""
    default_off: bool = False
    information: bool = False

    def __post_init__(self) -> None:
        """Refuse what contradicts itself.

        Raises:
            ValueError: no step, two bans for one condition, or a drawing for a condition that
                has no limit to keep.
        """
        if not self.steps or not all(step.strip() for step in self.steps):
            raise ValueError("there is no step, or an empty one")
        told = [ban.when for ban in self.bans]
        for condition in told:
            if told.count(condition) > 1:
                raise ValueError(f"two bans are for “{condition}”")
        stays = {ban.when for ban in self.bans if ban.instead}
        for condition in (condition for each in self.limited for condition in each.when):
            if condition not in stays:
                raise ValueError(f"it is drawn for “{condition}”, and no ban with instead is")

    def within(self, conditions: Collection[str]) -> "Exercise":
        """Return it as it is drawn for somebody with these conditions.

        A picture that goes past a limit says more than the sentence beside it.
        """
        for each in self.limited:
            if not set(each.when).isdisjoint(conditions):
                return replace(self, figure=each.figure)
        return self

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return gettext(self.name)

    @property
    def title(self) -> str:
        """The name as a heading."""
        return self.label[:1].upper() + self.label[1:]

    @property
    def about_label(self) -> str:
        """What it is for, in the reader's language."""
        return gettext(self.about)

    @property
    def step_labels(self) -> tuple[str, ...]:
        """What to do, in the reader's language."""
        return tuple(map(gettext, self.steps))

    @property
    def cue_label(self) -> str:
        """The one line read while doing it, in the reader's language."""
        return gettext(self.cue)

    @property
    def care_labels(self) -> tuple[str, ...]:
        """What to take care of, in the reader's language."""
        return tuple(map(gettext, self.care))

    @property
    def stop_labels(self) -> tuple[str, ...]:
        """When to stop, in the reader's language."""
        return tuple(map(gettext, self.stop))

    @property
    def careful_label(self) -> str:
        """The word before it, in the reader's language."""
        return gettext(self.careful) if self.careful else ""
