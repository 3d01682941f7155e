"""The safety check as content: questions, what an answer leads to, and what each outcome opens.

Read from ``redflags/redflags.toml``. The engine that decides stands in
``psoas.care.assessment.screening``; the same rules go to the browser as JSON
(`QuestionSet.to_json`) and are decided there without a network.
"""

import hashlib
import json
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, Literal, TypeVar

from psoas.content.language import gettext
from psoas.content.question import DISPOSITIONS, NO, Condition, Disposition, Question
from psoas.content.reader import (
    ContentError,
    brought_toml,
    entries_of,
    read_toml,
    record_of,
)

T = TypeVar("T")

_WORDS = ("yes", "with limits", "after advice", "no")
_FILE = "redflags/redflags.toml"


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
