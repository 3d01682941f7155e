"""The safety check as content: questions, what an answer leads to, and what each outcome opens.

Read from ``redflags/redflags.toml``. The engine that decides stands in
``psoas.care.assessment.screening``; the same rules go to the browser as JSON
(`QuestionSet.to_json`) and are decided there without a network.
"""

import hashlib
import json
import re
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, Literal, TypeVar

from psoas.content.language import gettext
from psoas.content.reader import (
    ContentError,
    brought_toml,
    entries_of,
    read_toml,
    record_of,
)

T = TypeVar("T")
Disposition = Literal["E", "S", "C", "M", "G"]
DISPOSITIONS: tuple[Disposition, ...] = ("G", "M", "C", "S", "E")
YES, NO, NOT_SURE = "yes", "no", "not sure"

_WORDS = ("yes", "with limits", "after advice", "no")
_FILE = "redflags/redflags.toml"
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


@dataclass(frozen=True)
class Limit:
    """Something to keep to while exercising."""

    slug: str
    label: str
    ck: Literal["", "part", "all"] = ""

    @property
    def said(self) -> str:
        """The limit in the reader's language."""
        return gettext(self.label)


@dataclass(frozen=True)
class Outcome:
    """What a disposition is called and what it tells the person."""

    slug: Disposition
    name: str
    title: str
    text: str


@dataclass(frozen=True)
class Door:
    """What a door does under each disposition: the one table behind every door."""

    slug: str
    name: str
    E: str
    S: str
    C: str
    M: str
    G: str
    closed: str

    def __post_init__(self) -> None:
        """Refuse a word that no door understands.

        Raises:
            ValueError: The word is none of yes, no, with limits, after advice.
        """
        for disposition in (*DISPOSITIONS, "closed"):
            word = getattr(self, disposition)
            if word not in _WORDS:
                raise ValueError(f"“{word}” at {disposition} is nothing a door can do")


@dataclass(frozen=True)
class QuestionSet:
    """The whole check of one version."""

    version: int
    age: Question
    questions: tuple[Question, ...]
    limits: tuple[Limit, ...]
    outcomes: tuple[Outcome, ...]
    doors: tuple[Door, ...]
    _text: str = field(repr=False, compare=False)

    @cached_property
    def all(self) -> tuple[Question, ...]:
        """The age, then every question, in the order they are asked."""
        return (self.age, *self.questions)

    @cached_property
    def by_slug(self) -> dict[str, Question]:
        """Each question by its slug, the age too."""
        return {each.slug: each for each in self.all}

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the set as text: what was answered, to the letter."""
        return hashlib.sha256(self._text.encode()).hexdigest()

    @cached_property
    def table(self) -> dict[tuple[Disposition, bool], dict[str, str]]:
        """What each door does, by disposition and by whether the pages are for this person."""
        return {
            (disposition, self_care): {
                each.slug: strictest(
                    getattr(each, disposition), "yes" if self_care else each.closed
                )
                for each in self.doors
            }
            for disposition in DISPOSITIONS
            for self_care in (True, False)
        }

    def outcome(self, disposition: Disposition) -> Outcome:
        """What is said under a disposition."""
        return next(each for each in self.outcomes if each.slug == disposition)

    def to_json(self) -> str:
        """The set as canonical JSON: kept with answers, and decided on by the browser."""
        return self._text


def strictest(*words: str) -> str:
    """Return the word that opens least: of yes, "with limits", "after advice" and no."""
    return max(words, key=_WORDS.index)


@cache
def questions() -> QuestionSet:
    """Return the safety check that is installed.

    Raises:
        ContentError: The file cannot be used; says where and what to do.
    """
    return _of(read_toml(_FILE), _FILE)


@cache
def as_brought() -> QuestionSet:
    """Return the safety check that travels with psoas, whatever the clinic has in its place."""
    return _of(brought_toml(_FILE), _FILE)


@cache
def from_json(text: str) -> QuestionSet:
    """Return a set as it was when somebody began to answer it."""
    return _of(json.loads(text), "a kept safety check")


def _of(document: dict[str, Any], file: str) -> QuestionSet:
    known = {"version", "age", "question", "limit", "outcome", "door"}
    for key in document:
        if key not in known:
            raise ContentError(file, "", key, "is not known here", f"Known are {', '.join(known)}")
    for key in sorted(known):
        if key not in document:
            raise ContentError(file, "", key, "is missing", f"Add {key}")
    version = document["version"]
    if type(version) is not int or version < 1:
        raise ContentError(file, "", "version", f"is {version!r}", "It must be a whole number")

    def several(key: str, shape: type[T]) -> tuple[T, ...]:
        return entries_of({key: document[key]}, file, key, shape)

    found = QuestionSet(
        version,
        record_of(document["age"], f"{file}, age", Question),
        several("question", Question),
        several("limit", Limit),
        several("outcome", Outcome),
        several("door", Door),
        json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False),
    )
    _refuse_loose_ends(found, file)
    return found


def _refuse_loose_ends(found: QuestionSet, file: str) -> None:
    """Refuse names that lead nowhere: a misspelt condition would never hold."""
    limits = {each.slug for each in found.limits}
    if {each.slug for each in found.outcomes} != set(DISPOSITIONS):
        raise ContentError(file, "", "outcome", "are not E, S, C, M, G", "Give each one entry")
    if len(found.by_slug) != len(found.all):
        raise ContentError(file, "", "question", "a slug is used twice", "Give each its own")
    _refuse_unknown_ages(found, file)
    for question in found.all:
        for rule in question.rules:
            entry = f"question “{question.slug}”, rule “{rule.slug}”"
            for limit in rule.limits:
                if limit not in limits:
                    raise ContentError(file, entry, "limits", f"no limit “{limit}”", "Add it")
            for condition in rule.conditions:
                if problem := _misfit(found, question, condition):
                    raise ContentError(file, entry, "when", problem, "Correct the condition")


def _refuse_unknown_ages(found: QuestionSet, file: str) -> None:
    """Refuse a question asked at an age that nobody can choose: it would never be asked."""
    ages = [each.slug for each in found.age.options]
    for question in found.all:
        for age in question.ages:
            if age not in ages:
                raise ContentError(
                    file,
                    f"question “{question.slug}”",
                    "ages",
                    f"there is no age “{age}”",
                    f"Use {', '.join(ages)}",
                )


def _misfit(found: QuestionSet, question: Question, condition: Condition) -> str:
    """Say why a condition can never hold; empty where it can."""
    slug, _dot, key = condition.name.partition(".")
    kind: str
    if slug != question.slug:
        return f"“{condition.name}” belongs to another question"
    if not key:
        kind, options = question.kind, question.options
    else:
        try:
            follow_up = question.follow_up(key)
        except KeyError:
            return f"there is no follow-up “{condition.name}”"
        kind, options = follow_up.kind, follow_up.options
    if condition.how in {">=", "<"} or isinstance(condition.what, int):
        return "" if kind == "features" else f"“{condition.name}” is nothing to count"
    if kind == "yes-no":
        return "" if condition.how == "yes" or condition.what == NO else "only =no fits here"
    if condition.what not in {each.slug for each in options}:
        return f"“{condition.what}” is none of the options of {condition.name}"
    return ""


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
