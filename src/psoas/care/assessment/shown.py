"""What a clinician sees of the check of somebody they look after.

What it came to and when is shown to whoever treats the person: nobody can treat safely without
it. What was answered opens with the category it belongs to, and an answer about thoughts of dying
only by the consent of its own. Each look is written into the trail.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext as _

from psoas.care.assessment import clearing, gate, tasks
from psoas.care.assessment.clearing import OpenClearance
from psoas.care.assessment.models import FULL, Clearance
from psoas.care.assessment.named import Otherwise
from psoas.care.assessment.rounds import Given, combined, complete, rounds_of
from psoas.care.assessment.screening import Decision
from psoas.care.people import trail
from psoas.care.people.access import Viewer, people_looked_after, shared_categories
from psoas.care.people.models import Person
from psoas.care.people.refusal import NotAllowed, Refusal
from psoas.content.question import Disposition
from psoas.content.redflags import QuestionSet, questions

QUESTIONNAIRES, ALARM = "questionnaires", "alarm"


@dataclass(frozen=True)
class ShownCheck:
    """One person's check as far as one clinician may know it.

    Attributes:
        person: Whose.
        state: As the gate says it: "never", "under way", "due" or "holds".
        why_due: Where it is due: why; only with the answers, as a fall is one.
        disposition: What the answers come to; None where there are none.
        at: When it was last answered, to the end or as far as it went.
        until: When it is due again, where it holds.
        answers_shared: Whether the person lets this clinician read what was answered.
        decision: With the answers: the reasons, bans and limits.
        answers: With the answers: what was last answered to each question.
        questions: The version that was answered.
        mind: With the consent for alarms: what the suicide step leaves open.
        clearances: Every yes this clinician may read, the newest first.
        own: Ids of those this clinician wrote, and can take back.
        may_override: Whether a clinician's yes can be written now.
        before: With the answers: what an open task of theirs names, and was answered otherwise
            since.
    """

    person: Person
    state: str
    why_due: str
    disposition: Disposition | None
    at: datetime | None
    until: datetime | None
    answers_shared: bool
    decision: Decision | None
    answers: Given
    questions: QuestionSet
    mind: Literal["E", "S"] | None
    clearances: tuple[OpenClearance, ...]
    own: frozenset[UUID]
    may_override: bool
    before: tuple[Otherwise, ...] = ()


def shown(viewer: Viewer, person_id: UUID, now: datetime) -> ShownCheck:
    """Open what this clinician may see; for anybody else there is nobody."""
    person = people_looked_after(viewer, now).filter(pk=person_id).first()
    if person is None:
        raise NotAllowed
    shared = shared_categories(viewer, person, now)
    answers_shared = QUESTIONNAIRES in shared
    standing, rounds = gate.stand(person, now), rounds_of(person)
    decision, full = standing.decision, complete(rounds, FULL)
    last = rounds[-1] if rounds else None
    trail.record(
        "check read",
        actor=viewer.person,
        subject=person,
        now=now,
        item=QUESTIONNAIRES if answers_shared else "",
    )
    return ShownCheck(
        person=person,
        state=standing.state,
        why_due=standing.why_due if answers_shared else "",
        disposition=decision.disposition if decision else None,
        at=(last.finished_at or last.begun_at) if last else None,
        until=standing.until,
        answers_shared=answers_shared,
        decision=decision if answers_shared else None,
        answers=combined(rounds) if answers_shared else {},
        questions=full.question_set if full else questions(),
        mind=standing.mind if ALARM in shared else None,
        clearances=tuple(clearing.clearances(viewer, now, person_id=person.pk)),
        own=frozenset(
            Clearance.objects.filter(person=person, clinician=viewer.person).values_list(
                "pk", flat=True
            )
        ),
        may_override=_may_override(standing),
        before=_before(viewer, person, now) if answers_shared else (),
    )


def _before(viewer: Viewer, person: Person, now: datetime) -> tuple[Otherwise, ...]:
    return tuple(
        each for task in tasks.open_tasks(viewer, now, about=person) for each in task.otherwise
    )


def say_yes(viewer: Viewer, person_id: UUID, reason: str, now: datetime) -> None:
    """Write a clinician's yes; a refusal tells nothing that was not shared with them."""
    try:
        clearing.override(viewer, person_id, reason, now)
    except Refusal as refusal:
        person = people_looked_after(viewer, now).get(pk=person_id)
        hidden = gate.stand(person, now).mind and ALARM not in shared_categories(
            viewer, person, now
        )
        if hidden and "" in refusal.fields:
            raise Refusal(
                _("No yes can be written just now. Speak with %(name)s first.")
                % {"name": person.name}
            ) from None
        raise


def _may_override(standing: gate.Standing) -> bool:
    """As far as it is known before a reason is written; the story itself decides."""
    held = standing.decision is not None and standing.decision.disposition in {"C", "S"}
    return held and standing.state == "holds" and standing.under_way is None
