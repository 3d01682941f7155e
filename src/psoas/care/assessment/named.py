"""Signs that a task names: put together while it is open, and what was answered to them since.

A yes that is followed by a no is not undone by it: somebody felt it at a quarter to eight and not
at eight. Whoever reads the task learns both times, and asks.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psoas.care.assessment.rounds import Given, OpenScreening, combined, rounds_of
from psoas.care.assessment.screening import decide
from psoas.care.assessment.sealing import Document
from psoas.care.people.models import Person
from psoas.content.question import DISPOSITIONS
from psoas.content.redflags import QuestionSet


@dataclass(frozen=True)
class Otherwise:
    """A sign that was named, and no longer when it was asked again."""

    question: str
    named_at: datetime
    at: datetime
    answers: Given
    question_set: QuestionSet


def signs(document: Document) -> frozenset[str]:
    """The questions that a task about a check names."""
    return frozenset(document["facts"].get("questions", ()))


def times(document: Document, made_at: datetime) -> dict[str, datetime]:
    """When each of them was named last; as the task was made, where that is not written."""
    written: Mapping[str, str] = document.get("named", {})
    return {
        slug: datetime.fromisoformat(written[slug]) if slug in written else made_at
        for slug in sorted(signs(document))
    }


def joined(open_: Document, made_at: datetime, fresh: Document) -> Document:
    """One task of two: every sign of both, as urgent as the more urgent of them."""
    found = [each["facts"].get("disposition") for each in (open_, fresh)]
    facts: dict[str, Any] = {**open_["facts"], **fresh["facts"]}
    if both := [each for each in found if each in DISPOSITIONS]:
        facts["disposition"] = max(both, key=DISPOSITIONS.index)
    if both_signs := signs(open_) | signs(fresh):
        facts["questions"] = sorted(both_signs)
    before = {slug: at.isoformat() for slug, at in times(open_, made_at).items()}
    return {**fresh, "facts": facts, "named": {**before, **fresh["named"]}}


def answered_otherwise(
    person: Person, named: Mapping[str, datetime], rounds: list[OpenScreening] | None = None
) -> tuple[Otherwise, ...]:
    """Those of these signs that later rounds do not bring up any more."""
    rounds = rounds_of(person) if rounds is None else rounds
    if not rounds or not named:
        return ()
    question_set, answers = rounds[-1].question_set, combined(rounds)
    still = {each.question for each in decide(question_set, answers).reasons}
    return tuple(
        Otherwise(slug, at, since, answers, question_set)
        for slug, at in named.items()
        if slug not in still and slug in question_set.by_slug and slug in answers
        for since in [_answered(rounds, slug)]
        if since is not None and since > at
    )


def _answered(rounds: Iterable[OpenScreening], slug: str) -> datetime | None:
    return max((each.moment(slug) for each in rounds if slug in each.questions), default=None)
