"""What came of one round of the check, as a page or a sheet of paper says it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from psoas.care.assessment.clearing import OpenClearance
from psoas.care.assessment.gate import Standing
from psoas.care.assessment.models import AGAIN, FULL, NIGHT
from psoas.care.assessment.rounds import OpenScreening, complete, rounds_of
from psoas.care.assessment.screening import Decision, Reason
from psoas.care.people.models import Person
from psoas.content.exercises import exercise
from psoas.content.language import gettext as said
from psoas.content.redflags import QuestionSet
from psoas.content.redflags import questions as installed
from psoas.web.person.check_reasons import (
    Said,
    Sorted,
    Unsure,
    by_question,
    day_of,
    not_sure,
    rule_of,
    told_apart,
)
from psoas.web.person.check_steps import answer_in_words
from psoas.web.person.check_words import OpenDoor, doors_in_words


@dataclass(frozen=True)
class Answered:
    """One line of the printed answers."""

    asked: str
    answer: str


@dataclass(frozen=True)
class Found:
    """One outcome, in the reader's language."""

    key: UUID
    at: datetime
    kind: str
    version: int
    disposition: str
    name: str
    title: str
    text: str
    reasons: tuple[Said, ...]
    unsure: tuple[Unsure, ...]
    covered: tuple[str, ...]
    notes: tuple[Said, ...]
    limits: tuple[str, ...]
    bans: tuple[str, ...]
    limit_sources: tuple[str, ...]
    limit_ck: str
    doors: tuple[OpenDoor, ...]
    answers: tuple[Answered, ...]
    self_care: bool
    # Whether this round is what the gate goes by now; what follows is said only then.
    holds: bool = False
    until: datetime | None = None
    needs_advised: bool = False
    may_tell: bool = False

    # What a rule of its own names as an emergency; the rest of the reasons stand behind it.
    named: frozenset[str] = frozenset()

    @property
    def dangers(self) -> tuple[Said, ...]:
        """What to say on the phone."""
        return tuple(each for each in self.reasons if each.question in self.named)

    @property
    def besides(self) -> tuple[str, ...]:
        """What was answered besides, by its short name."""
        others = [each.short for each in self.reasons if each.question not in self.named]
        return (*others, *(short for each in self.unsure for short in each.shorts))

    @property
    def is_emergency(self) -> bool:
        return self.holds and self.disposition == "E"

    @property
    def is_urgent(self) -> bool:
        return self.disposition in {"E", "S"}

    @property
    def goes_on(self) -> bool:
        return self.holds and self.disposition in {"C", "M", "G"}


def found(round_: OpenScreening, standing: Standing, yes: Sequence[OpenClearance] = ()) -> Found:
    """Say one round; as the gate reads it today where it is the one that counts."""
    holds = standing.screening is not None and standing.screening.id == round_.id
    decision = standing.decision if holds and standing.decision else round_.decision
    questions = round_.question_set
    apart = told_apart(questions, decision, standing.cleared if holds else None)
    words = {each.slug: standing.word(each.slug) for each in questions.doors}
    bounding = [each for each in (*decision.reasons, *decision.notes) if _bounds(questions, each)]
    name, title, text = _headed(questions, decision, apart, yes)
    return Found(
        key=round_.id,
        at=round_.finished_at or round_.begun_at,
        kind=_kind(round_.kind),
        version=questions.version,
        disposition=decision.disposition,
        name=name,
        title=title,
        text=text,
        reasons=by_question(questions, apart.sure),
        unsure=not_sure(questions, apart.unsure),
        covered=tuple(each.short for each in by_question(questions, apart.covered)),
        notes=by_question(questions, decision.notes),
        limits=tuple(each.said for each in questions.limits if each.slug in decision.limits),
        bans=tuple(exercise(code).label for code in decision.bans),
        limit_sources=tuple(dict.fromkeys(one for each in bounding for one in each.sources)),
        limit_ck="part" if any(each.ck for each in bounding) else "",
        doors=doors_in_words(
            questions,
            words if holds else decision.doors,
            advised=holds and standing.advised,
            limited=bool(decision.limits or decision.bans),
        ),
        answers=_answers(round_),
        self_care=decision.self_care,
        holds=holds,
        until=standing.until if holds else None,
        needs_advised=holds and "after advice" in words.values() and not standing.advised,
        may_tell=holds and _may_tell(decision, standing),
        named=frozenset(each.question for each in apart.sure if each.disposition == "E"),
    )


def _headed(
    questions: QuestionSet, decision: Decision, apart: Sorted, yes: Sequence[OpenClearance]
) -> tuple[str, str, str]:
    """Name, title and text of an outcome, as far as they are true of this one."""
    outcome = questions.outcome(decision.disposition)
    name, title, text = said(outcome.name), said(outcome.title), said(outcome.text)
    if not decision.self_care:
        return name, _("See a clinician, with a parent"), text
    if decision.disposition != "M":
        return name, title, text
    if not (decision.limits or decision.bans):
        title, text = _("You can go on, gently"), _("Stop when something new appears.")
    else:
        text = _("Keep to the limits below, and tell whoever treats you about them.")
    if covering := _covering(apart, yes):
        title = _("You can go on: a clinician said yes")
        first = _("A clinician said yes on %(day)s.") % {"day": day_of(covering)}
        text = f"{first} {text}"
    return name, title, text


def _covering(apart: Sorted, yes: Sequence[OpenClearance]) -> OpenClearance | None:
    covered = {each.question for each in apart.covered}
    return next((each for each in yes if each.holds and each.covers & covered), None)


def _may_tell(decision: Decision, standing: Standing) -> bool:
    held = decision.disposition == "C" and decision.self_care and standing.mind is None
    return held and standing.state == "holds"


def _bounds(questions: QuestionSet, reason: Reason) -> bool:
    """Whether the rule behind a reason is one that limits what is done."""
    rule = rule_of(questions, reason)
    return rule is not None and bool(rule.bans or rule.limits)


def _kind(kind: str) -> str:
    if kind == FULL:
        return _("all of them")
    return _("what is asked again") if kind == AGAIN else _("the night set")


def _answers(round_: OpenScreening) -> tuple[Answered, ...]:
    questions, lines = round_.question_set, []
    for question in questions.all:
        follow_ups = [(f"{question.slug}.{each.key}", each.ask) for each in question.follow_ups]
        for name, ask in ((question.slug, question.ask), *follow_ups):
            if name in round_.answers:
                answer = answer_in_words(questions, name, round_.answers)
                lines.append(Answered(said(ask), answer))
    return tuple(lines)


def way_back(person: Person, standing: Standing, outcome: Found) -> str:
    """Where the answer that led to an emergency can be changed."""
    if standing.under_way is not None:
        # Begun anew since: what is answered there counts, and it is the only one open.
        return reverse("check-one", args=[standing.under_way.id])
    slug = outcome.reasons[0].question if outcome.reasons else ""
    answered = [each for each in rounds_of(person) if slug in each.answers]
    if not answered:
        return reverse("check")
    last = answered[-1]
    if last.kind == NIGHT:
        return reverse("check-night")
    if last.kind == AGAIN:
        return reverse("check-again")
    if last.finished_at is not None and not last.stopped:
        return reverse("check")
    return reverse("check-one", args=[last.id], query={"n": last.asked.index(slug) + 1})


def way_on(person: Person, standing: Standing, outcome: Found) -> str:
    """Where to answer again once an emergency is over, or was looked at."""
    questions = {each.slug: each for each in installed().questions}
    asked_again = all(
        each.question in questions and questions[each.question].again for each in outcome.dangers
    )
    whole = complete(rounds_of(person), FULL)
    # The short round is enough where it asks all of it, beside a check that was gone through.
    short = asked_again and whole is not None and standing.state in {"holds", "due"}
    return reverse("check-again" if short else "check")
