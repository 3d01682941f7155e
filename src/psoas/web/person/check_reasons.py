"""Why an outcome came out as it did: what was said, what was not sure, what a yes covers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from psoas.care.assessment.clearing import OpenClearance
from psoas.care.assessment.screening import Decision, Reason
from psoas.content.language import gettext as said
from psoas.content.question import DISPOSITIONS, Disposition, Rule
from psoas.content.redflags import QuestionSet


@dataclass(frozen=True)
class Said:
    """What one answer leads to: the advice of its rules, and where that is known from."""

    question: str
    short: str
    advice: tuple[str, ...]
    sources: tuple[str, ...]
    ck: str


@dataclass(frozen=True)
class Unsure:
    """The questions whose answer was "not sure", as far as they ask for the same."""

    asks: str
    shorts: tuple[str, ...]
    sources: tuple[str, ...]
    ck: str


@dataclass(frozen=True)
class Yes:
    """A clinician's yes that holds, with its day in words."""

    id: UUID
    kind: str
    who: str
    when: str
    what_for: str
    reason: str


@dataclass(frozen=True)
class Sorted:
    """The reasons of a decision, told apart."""

    sure: tuple[Reason, ...]
    unsure: tuple[Reason, ...]
    covered: tuple[Reason, ...]


def told_apart(
    questions: QuestionSet, decision: Decision, cleared: Mapping[str, str] | None = None
) -> Sorted:
    """Tell apart what was answered with a yes, with "not sure", and what a clinician's yes covers.

    A rule that counts lower than it says does so for one of the last two reasons. Its sentence
    would be wrong then: "needs a hospital now" is not what follows from "not sure".
    """
    found: dict[str, list[Reason]] = {"sure": [], "unsure": [], "covered": []}
    for each in decision.reasons:
        rule = rule_of(questions, each)
        lower = rule is not None and _rank(each.disposition) < _rank(rule.then)
        covered = lower and each.disposition == "M" and each.question in (cleared or {})
        found["covered" if covered else "unsure" if lower else "sure"].append(each)
    return Sorted(*(tuple(found[name]) for name in ("sure", "unsure", "covered")))


def rule_of(questions: QuestionSet, reason: Reason) -> Rule | None:
    """The rule behind a reason."""
    rules = questions.by_slug[reason.question].rules
    return next((each for each in rules if each.slug == reason.rule), None)


def by_question(questions: QuestionSet, reasons: Iterable[Reason]) -> tuple[Said, ...]:
    """One piece for each question, however many of its rules hold; in the order they stand."""
    together: dict[str, list[Reason]] = {}
    for each in reasons:
        together.setdefault(each.question, []).append(each)
    return tuple(
        Said(
            slug,
            said(questions.by_slug[slug].short),
            tuple(said(each.advice) for each in found),
            found[0].sources,
            found[0].ck,
        )
        for slug, found in together.items()
    )


def not_sure(questions: QuestionSet, reasons: tuple[Reason, ...]) -> tuple[Unsure, ...]:
    """The unsure ones by what they ask for, each question once, where it counts highest."""
    asks = {
        "S": _("Name it when you ring today. If you see that it is so, it can be an emergency."),
        "C": _("Ask a clinician about it before you exercise."),
        "M": _("Ask about it when you next see a clinician."),
    }
    highest = {each.question: each for each in reversed(reasons)}
    in_order = [each for each in reasons if highest[each.question] is each]
    groups = groupby(in_order, key=lambda each: each.disposition)
    return tuple(_alike(questions, asks[level], tuple(found)) for level, found in groups)


def _alike(questions: QuestionSet, asks: str, found: tuple[Reason, ...]) -> Unsure:
    sources = tuple(dict.fromkeys(one for each in found for one in each.sources))
    shorts = tuple(said(questions.by_slug[each.question].short) for each in found)
    return Unsure(asks, shorts, sources, "part" if any(each.ck for each in found) else "")


def in_words(yes: Iterable[OpenClearance]) -> tuple[Yes, ...]:
    """Each yes that holds, with its day as people write it."""
    return tuple(
        Yes(each.id, each.kind, each.who, day_of(each), each.what_for, each.reason)
        for each in yes
        if each.holds
    )


def day_of(yes: OpenClearance) -> str:
    """The day of a yes, in words."""
    return date_format(date.fromisoformat(yes.when), "j F Y")


def _rank(disposition: Disposition) -> int:
    return DISPOSITIONS.index(disposition)
