"""One question of the safety check: what is asked further, and what its answers lead to."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

Disposition = Literal["E", "S", "C", "M", "G"]
DISPOSITIONS: tuple[Disposition, ...] = ("G", "M", "C", "S", "E")
YES, NO, NOT_SURE = "yes", "no", "not sure"

_CONDITION = re.compile(
    r"(?P<name>age|RF\d\d(?:\.[a-z-]+)?)(?:(?P<how>>=|<|=)(?P<what>[a-z0-9-]+))?"
)


@dataclass(frozen=True)
class Option:
    """One choice of a follow-up."""

    slug: str
    label: str


@dataclass(frozen=True)
class FollowUp:
    """What is asked further, once the question itself was answered.

    Attributes:
        key: Its name below the question: ``RF01.fall`` is key ``fall`` of RF01.
        ask: The question in plain words.
        after: Asked after this answer; "not sure" counts as a yes here.
        kind: Yes or no; one of the options; any number of the options.
        options: What there is to choose from.
        hint: What makes answering easier; may be empty.
    """

    key: str
    ask: str
    after: Literal["yes", "no"]
    kind: Literal["yes-no", "choice", "features"] = "yes-no"
    options: tuple[Option, ...] = ()
    hint: str = ""

    def __post_init__(self) -> None:
        """Refuse a choice without options.

        Raises:
            ValueError: Options are missing, or stand where there is nothing to choose.
        """
        if (self.kind == "yes-no") == bool(self.options):
            raise ValueError(f"follow-up “{self.key}” of kind {self.kind} has the wrong options")


@dataclass(frozen=True)
class Condition:
    """One thing that must be so: ``RF05`` (a yes), ``RF16.time=later``, ``RF17.features>=4``."""

    name: str
    how: Literal["yes", "=", ">=", "<"]
    what: str | int

    @cached_property
    def key(self) -> str:
        """The key of the follow-up it speaks of; empty where it speaks of the question."""
        return self.name.partition(".")[2]


@dataclass(frozen=True)
class Rule:
    """What an answer leads to.

    Attributes:
        slug: Its name inside the question.
        when: Conditions, all of which must hold.
        then: The disposition; G makes it a remark.
        advice: What to tell the person.
        bans: Codes of exercises that are taken out.
        limits: Slugs of limits that hold.
        final: No clinician's yes changes it here.
        closes: The pages of self-care are not for this person at all.
    """

    slug: str
    when: tuple[str, ...]
    then: Disposition
    advice: str
    bans: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    final: bool = False
    closes: bool = False

    def __post_init__(self) -> None:
        """Refuse a condition that cannot be read.

        Raises:
            ValueError: A condition is not of the known forms.
        """
        if not self.when:
            raise ValueError(f"rule “{self.slug}” has no condition")
        for text in self.when:
            _condition(text)

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions, read."""
        return tuple(_condition(text) for text in self.when)


@dataclass(frozen=True)
class Question:
    """One question of the check.

    Attributes:
        slug: RF01 to RF24, or ``age``.
        short: Its name in a list.
        ask: The question in plain words.
        why: Why it is asked.
        sources: Where that is known from; empty where it is common knowledge (``ck``).
        rules: What answers lead to.
        hint: What makes answering easier.
        ck: ``all`` or ``part`` where no source was found for all or part of it.
        emergency: A yes can be an emergency; "not sure" never counts less than C.
        night: Part of the night set.
        again: Part of what is asked again.
        ages: Asked only of these; of everybody where it is empty.
        follow_ups: What is asked further.
        kind: ``yes-no``, or ``choice`` with options (the age alone).
        options: What there is to choose from.
    """

    slug: str
    short: str
    ask: str
    why: str
    sources: tuple[str, ...]
    rules: tuple[Rule, ...]
    hint: str = ""
    ck: Literal["", "part", "all"] = ""
    emergency: bool = False
    night: bool = False
    again: bool = False
    ages: tuple[str, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    kind: Literal["yes-no", "choice"] = "yes-no"
    options: tuple[Option, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a question whose reason has neither a source nor the mark of having none.

        Raises:
            ValueError: The sources and the mark do not go together.
        """
        if not all(each.strip() for each in self.sources):
            raise ValueError("names a source that is empty; write it, or take it out")
        names = [f"rule “{each.slug}”" for each in self.rules]
        names += [f"follow-up “{each.key}”" for each in self.follow_ups]
        for name in names:
            if names.count(name) > 1:
                raise ValueError(f"has {name} twice; give each its own")
        if not self.sources and self.ck != "all":
            raise ValueError('has no source; name one, or mark it ck = "all"')
        if self.sources and self.ck == "all":
            raise ValueError('is marked ck = "all" and names sources all the same')

    @property
    def dispositions(self) -> tuple[Disposition, ...]:
        """Every disposition an answer to it can lead to, the highest first."""
        return tuple(
            each for each in reversed(DISPOSITIONS) if each in {r.then for r in self.rules}
        )

    @cached_property
    def hears_no(self) -> bool:
        """Whether a no to it can lead to anything, by a rule or by what is asked further."""
        conditions = (each for rule in self.rules for each in rule.conditions)
        return any(each.what == NO for each in conditions) or any(
            each.after == NO for each in self.follow_ups
        )

    @cached_property
    def _by_key(self) -> dict[str, FollowUp]:
        return {each.key: each for each in self.follow_ups}

    def follow_up(self, key: str) -> FollowUp:
        """Return the follow-up with this key; raises KeyError where there is none."""
        return self._by_key[key]


def _condition(text: str) -> Condition:
    match = _CONDITION.fullmatch(text)
    if match is None:
        raise ValueError(f"the condition “{text}” cannot be read")
    how: Any = match["how"]
    what = match["what"]
    if how is None:
        return Condition(match["name"], "yes", YES)
    if how in {">=", "<"} and not what.isdigit():
        raise ValueError(f"the condition “{text}” counts up to something that is no number")
    return Condition(match["name"], how, int(what) if what.isdigit() else what)
