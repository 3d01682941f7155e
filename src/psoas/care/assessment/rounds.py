"""Rounds of the safety check, opened: what was asked, what was answered, what it comes to."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from psoas.care.assessment import kept_content
from psoas.care.assessment.models import AGAIN, FULL, NIGHT, AskAgain, Clearance, Screening
from psoas.care.assessment.screening import (
    Decision,
    asked_in,
    decide,
    is_emergency_already,
    next_name,
)
from psoas.care.assessment.sealing import clinical_sealer, open_sealed, seal
from psoas.care.people.models import Person
from psoas.care.people.vault import Sealer, Unreadable
from psoas.content.reader import ContentError
from psoas.content.redflags import QuestionSet, from_json

Given = dict[str, Any]
# More of them than were ever asked in the weeks a check holds.
_LATEST = 60


@dataclass(frozen=True)
class OpenScreening:
    """One round as it stands: answers by name, and what comes next."""

    id: UUID
    person_id: UUID
    kind: Any
    revision: int
    answers: Given
    question_set: QuestionSet
    begun_at: datetime
    finished_at: datetime | None
    advised_at: datetime | None
    # By question: when it was answered. A round may be left and taken up again days later.
    given_at: Mapping[str, datetime] = field(default_factory=dict)

    def moment(self, slug: str) -> datetime:
        """When a question of this round was answered."""
        return self.given_at.get(slug, self.begun_at)

    @property
    def latest(self) -> datetime:
        """When this round was answered last."""
        return max([self.begun_at, *self.given_at.values()])

    @cached_property
    def questions(self) -> tuple[str, ...]:
        """The questions answered in it; an age that was only carried along is none of them."""
        return tuple(name for name in self.asked if "." not in name)

    @property
    def decision(self) -> Decision:
        """What these answers alone come to."""
        return decide(self.question_set, self.answers)

    @property
    def next(self) -> str | None:
        """The name of what is to be asked next; None where nothing is left to ask."""
        return next_name(self.question_set, self.answers, self.kind)

    @property
    def asked(self) -> tuple[str, ...]:
        """The names answered so far, in the order they are asked."""
        return tuple(name for name in names_in(self) if name in self.answers)

    @property
    def stopped(self) -> bool:
        """Ended by an emergency before everything was asked."""
        return self.finished_at is not None and self.next is not None

    @property
    def is_emergency(self) -> bool:
        """Whether what was answered is an emergency, without counting what is still open."""
        return is_emergency_already(self.question_set, self.answers)


def names_in(round_: OpenScreening) -> tuple[str, ...]:
    """Every name that can be asked in this round, in order."""
    found = []
    for question in asked_in(round_.question_set, round_.kind):
        found.append(question.slug)
        found += [f"{question.slug}.{each.key}" for each in question.follow_ups]
    return tuple(found)


def rounds_of(person: Person) -> list[OpenScreening]:
    """Return the latest rounds of a person, oldest first; the last full one is always among them.

    What does not open keeps no other from being read; it leaves the check to be asked again.
    """
    newest = Screening.objects.filter(person=person).order_by("-begun_at", "-id")
    rows = list(newest[:_LATEST])
    if len(rows) == _LATEST:
        rows = _of_each_kind(person)
    return open_rows(person, sorted(rows, key=lambda row: (row.begun_at, row.pk)))


def _of_each_kind(person: Person) -> list[Screening]:
    """The latest of each kind: sixty nights must not push out what only the others ask."""
    rows = [
        row
        for kind in (FULL, AGAIN, NIGHT)
        for row in Screening.objects.filter(person=person, kind=kind).order_by("-begun_at", "-id")[
            :_LATEST
        ]
    ]
    full = Screening.objects.filter(person=person, kind=FULL).exclude(finished_at=None)
    last = full.order_by("-begun_at", "-id").first()
    if last is not None and all(each.pk != last.pk for each in rows):
        rows.append(last)
    return rows


def unread_since(person: Person, rounds: list[OpenScreening], moment: datetime) -> bool:
    """Whether a round begun after this moment does not open: a sign named in it is not known."""
    rows = Screening.objects.filter(person=person, begun_at__gt=moment).order_by("-begun_at", "-id")
    opened = {each.id for each in rounds}
    return any(key not in opened for key in rows.values_list("pk", flat=True)[:_LATEST])


def open_rows(person: Person, rows: list[Screening]) -> list[OpenScreening]:
    """Open these rows in their order, without those that do not open."""
    try:
        # Once for all of them: a key is unwrapped by each asking.
        with_ = clinical_sealer(person) if rows else None
        sets = {digest: _set(digest) for digest in {row.content_id for row in rows}}
    except Unreadable:
        with_, sets = None, {}
    found = [_open(with_, row, sets.get(row.content_id)) for row in rows]
    if None in found:
        logging.getLogger(__name__).warning("A round of the check does not open.")
    return [each for each in found if each is not None]


def open_row(person: Person, row: Screening) -> OpenScreening | None:
    """Open one row; None where it does not open."""
    return next(iter(open_rows(person, [row])), None)


def _set(digest: str) -> QuestionSet | None:
    try:
        return from_json(kept_content.kept(digest))
    except (Unreadable, ContentError):
        # Damaged, or written for an older reader than this one.
        return None


def _open(
    with_: Sealer | None, row: Screening, question_set: QuestionSet | None
) -> OpenScreening | None:
    if with_ is None or question_set is None:
        return None
    try:
        document = open_sealed(with_, "screening", row.pk, row.sealed, revision=row.revision)
    except Unreadable:
        return None
    return OpenScreening(
        row.pk,
        row.person_id,
        row.kind,
        row.revision,
        document["answers"],
        question_set,
        row.begun_at,
        row.finished_at,
        row.advised_at,
        {slug: datetime.fromisoformat(at) for slug, at in document.get("at", {}).items()},
    )


def seal_answers(
    person: Person, key: UUID, revision: int, answers: Given, given_at: Mapping[str, datetime]
) -> bytes:
    at = {slug: moment.isoformat() for slug, moment in given_at.items()}
    document = {"v": 1, "answers": answers, "at": at}
    return seal(clinical_sealer(person), "screening", key, document, revision=revision)


def combined(rounds: list[OpenScreening]) -> Given:
    """Return what was last answered to each question, in whichever round that was.

    A full check starts it anew. What was begun and not finished counts as far as it was answered:
    a sign that was just named is not outweighed by an older no.
    """
    anew = complete(rounds, FULL)
    last: dict[str, OpenScreening] = {}
    for round_ in rounds:
        for slug in round_.questions:
            at = round_.moment(slug)
            if anew is not None and at < anew.begun_at:
                continue
            if slug not in last or last[slug].moment(slug) <= at:
                last[slug] = round_
    return {
        name: given
        for slug, round_ in last.items()
        for name, given in round_.answers.items()
        if name.partition(".")[0] == slug
    }


def asked_since(rounds: list[OpenScreening], slug: str, moment: datetime) -> bool:
    """Whether a question was answered again after this moment."""
    return any(slug in each.questions and each.moment(slug) > moment for each in rounds)


def complete(rounds: list[OpenScreening], *kinds: str) -> OpenScreening | None:
    """Return the last round of these kinds that was answered to its end."""
    found = [
        each
        for each in rounds
        if each.kind in kinds and each.finished_at is not None and not each.stopped
    ]
    return found[-1] if found else None


def cleared(person: Person, rounds: list[OpenScreening]) -> dict[str, Any]:
    """Return for which questions a clinician's yes holds, and up to which disposition.

    It ends where the question was answered again.
    """
    found: dict[str, Any] = {}
    for row in Clearance.objects.filter(person=person, ended_at=None).order_by("at"):
        try:
            document = open_sealed(clinical_sealer(person), "clearance", row.pk, row.sealed)
        except Unreadable:
            logging.getLogger(__name__).warning("A clinician's yes does not open.")
            continue
        for slug in document["covers"]:
            if not asked_since(rounds, slug, row.at):
                found[slug] = max(found.get(slug, "C"), document["level"], key="CS".index)
    return found


def asked_for(person: Person, since: datetime) -> str:
    """Return why the check was asked for again after this moment; empty where it was not."""
    row = AskAgain.objects.filter(person=person, at__gt=since).order_by("-at").first()
    if row is None:
        return ""
    try:
        why: str = open_sealed(clinical_sealer(person), "askagain", row.pk, row.sealed)["why"]
    except Unreadable:
        return "unknown"
    return why
