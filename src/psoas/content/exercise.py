"""What an exercise or a practice is made of."""

from dataclasses import dataclass
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
]


@dataclass(frozen=True)
class Dose:
    """How much of it, as it is usually done.

    Attributes:
        kind: Held still, repeated, breathed, or done for a time.
        low, high: Seconds, repetitions, breaths or minutes of one set.
        sets: Of one side.
        minutes: What it takes in a routine, all sides and sets.
        times: How often: "daily", "every other day" …, a sentence's end.
        older: The same for somebody older or frail, where it differs: (low, high).
    """

    kind: Literal["hold", "reps", "breaths", "minutes"]
    low: float
    high: float
    sets: int
    minutes: float
    times: str
    older: tuple[float, float] | None = None
    sources: tuple[str, ...] = ()
    ck: bool = False


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
        joint: An angle's name as ``motion.range`` measures it, such as "worked hip_flexion".
        low, high: Between which it is meant to be at the end position.
        tolerance: How far outside still passes: a camera is no goniometer.
        below: Said when it is less: "glide a little forward".
        above: Said when it is more.
        count: It is a repetition counted between low and high rather than a position held.
    """

    joint: str
    low: float
    high: float
    tolerance: float
    below: str = ""
    above: str = ""
    count: bool = False


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
        equipment: Slugs of things: "mat", "cushion", "chair", "wall" …
        parts: Slugs of what it is made of, where it is a set of others.
        figure: How it is drawn; None where there is nothing to draw.
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
    targets: tuple[str, ...] = ()
    when: tuple[When, ...] = ()
    harder: tuple[Way, ...] = ()
    easier: tuple[Way, ...] = ()
    bans: tuple[Ban, ...] = ()
    care: tuple[str, ...] = ()
    stop: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    figure: Figure | None = None
    looks: tuple[Look, ...] = ()
    camera: Literal["side", "front", "text only"] = "text only"
    careful: str = ""
    default_off: bool = False
    information: bool = False

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return gettext(self.name)

    @property
    def title(self) -> str:
        """The name as a heading."""
        return self.label[:1].upper() + self.label[1:]
