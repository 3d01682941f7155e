"""What follows from how somebody feels: what to ask next, what to show, whom to tell.

Nobody in a crisis is told a score. What a questionnaire leads to is decided when it is finished
and kept with it; what is shown is decided whenever it is looked at, by what stands then.
"""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal
from uuid import UUID

from psoas.care.assessment import suicide_step, tasks
from psoas.care.assessment.choices import choose, chosen
from psoas.care.assessment.reply_rows import ASQ, PC_PTSD, OpenReply
from psoas.care.assessment.suicide_step import HELP_NOW, HELP_TODAY, PHQ_9, SUPPORT
from psoas.care.assessment.suicide_step import standing as standing
from psoas.care.people.access import Viewer, allows
from psoas.care.people.models import Person
from psoas.care.people.refusal import NotAllowed
from psoas.care.people.sharing import who_reads
from psoas.care.people.vault import Unreadable

ALARM: Final = "alarm"
# The sensitive cut of the trauma screen, for who asked to be told sooner.
SOONER: Final = 3
# From here on the PHQ-9 screens positive, and a letter to a professional is offered.
POSITIVE: Final = 10
CLINICIAN_THIS_WEEK, REFERRAL, TRAUMA = "clinician-this-week", "referral", "trauma-information"
Kind = Literal[
    "questions", "suicide-step", "phq-9", "gad-7", "help-now", "help-today", "support", "score",
    "stop",
]  # fmt: skip


@dataclass(frozen=True)
class Next:
    """Where a person goes from a reply.

    ``reply`` is the reply to open for "questions", "suicide-step", "phq-9" and "gad-7"; for
    "help-now", "help-today" and "support" it is the questionnaire that the step came from, where
    it came from one. ``steps`` is what to offer beside a score.
    """

    kind: Kind
    reply: UUID | None = None
    show_score: bool = False
    steps: tuple[str, ...] = ()


def after(reply: OpenReply, now: datetime) -> Next:
    """Say what comes after this reply as it stands."""
    if reply.slug == ASQ:
        return _after_step(reply)
    if reply.opened is not None and (urgent := _before_any_score(reply, reply.opened)):
        return urgent
    needs_help = reply.opened is not None or reply.finished_at is not None
    if needs_help and (urgent := _standing(reply, now)):
        return urgent
    if reply.finished_at is None:
        return Next("questions", reply.id)
    if reply.onward is not None:
        return Next("phq-9" if reply.slug == "phq-2" else "gad-7", reply.onward)
    if reply.slug == PC_PTSD and reply.answers[0] == 0:
        return Next("stop")
    return Next("score", reply.id, show_score=True, steps=reply.steps)


def step_opened(person: Person, reply: OpenReply, now: datetime) -> OpenReply:
    """The reply, with the suicide step opened where its answers, or an earlier step, ask for it."""
    if reply.opened is not None or reply.slug == ASQ or reply.entered:
        return reply
    if suicide_step.asked_by(reply):
        because = suicide_step.AFTER_ITEM_9
    elif (
        reply.finished_at is not None
        and reply.slug in suicide_step.MOOD
        and reply.onward is None
        and suicide_step.due_again(person, now)
    ):
        because = suicide_step.AGAIN
    else:
        return reply
    step = suicide_step.open_step(person, now, because=because, came_from=reply.id)
    return reply.changed(opened=step.id)


def linked(person: Person, reply: OpenReply, at: datetime) -> OpenReply:
    """A suicide step answered elsewhere, as the answer to the one that stands open here."""
    if reply.slug != ASQ:
        return reply
    step = suicide_step.under_way(person, at, beside=reply.id)
    if step is None:
        return reply
    return reply.changed(because=step.because, came_from=step.came_from)


def with_ninth(reply: OpenReply) -> OpenReply:
    """The PHQ-9 whose ninth question has no answer: silence there is never waited out."""
    if reply.slug != PHQ_9 or reply.answers[suicide_step.ITEM_9 - 1] is not None:
        return reply
    return reply.changed(left_out=reply.left_out | {suicide_step.ITEM_9})


def weighed(person: Person, reply: OpenReply) -> OpenReply:
    """The scored reply, with the steps that follow, the person's own cut considered."""
    if reply.score is None:
        return reply
    score, steps = reply.score.score or 0, set(reply.score.steps)
    if reply.slug == PHQ_9 and score >= POSITIVE:
        steps.add(REFERRAL)
    if reply.slug == PC_PTSD and score >= SOONER and told_sooner(person):
        steps |= {REFERRAL, TRAUMA}
    return reply.changed(steps=tuple(sorted(steps)))


def tell(person: Person, reply: OpenReply, now: datetime) -> None:
    """Tell those who may know, and guide with care from now on where the answers ask for it."""
    if not reply.entered and reply.slug == PC_PTSD and TRAUMA in reply.steps:
        choose(person, "careful", True)
    if reply.slug == ASQ and reply.finished_at is not None:
        found = suicide_step.outcome(reply)
        if found != SUPPORT or reply.because == suicide_step.AFTER_ITEM_9:
            _hard_answer(person, reply.came_from or reply.id, found, now)
    elif reply.opened and _thoughts_of_dying(reply):
        steps = suicide_step.steps_of(person)
        step = next((each for each in steps if each.id == reply.opened), None)
        if step is None or not suicide_step.answered_since(steps, step.begun_at):
            cause = step.came_from if step and step.came_from else reply.id
            _hard_answer(person, cause, "opened", now)
    if reply.finished_at is not None and CLINICIAN_THIS_WEEK in reply.steps and reply.score:
        facts = {"slug": reply.slug, "score": reply.score.score, "band": reply.score.band}
        tasks.make(person, tasks.SCORES, facts, needs="questionnaires", now=now, cause=reply.id)


def who_would_hear(person: Person, now: datetime) -> list[str]:
    """The names of those who get a task after a hard answer; empty: nobody is watching this."""
    return who_reads(person, ALARM, now=now)


def who_heard(person: Person, now: datetime) -> list[str]:
    """The names of those who have a task about the suicide step answered last, and may open it.

    Not of those who would hear of the next one: what was answered before is told to nobody.
    """
    step = suicide_step.answered_last(person)
    if step is None:
        return []
    cause = step.came_from or step.id
    return tasks.told_of(person, tasks.HARD_ANSWER, cause, needs=ALARM, now=now)


def careful(viewer: Viewer) -> bool:
    """Whether this person is guided with care for what happened to them."""
    try:
        return bool(chosen(_own(viewer)).get("careful", False))
    except Unreadable:
        # Not knowing, the gentler way is the one that does no harm.
        logging.getLogger(__name__).warning("A person's choices do not open.")
        return True


def set_careful(viewer: Viewer, on: bool, now: datetime) -> None:
    """Switch it; it comes on by itself again only with another positive answer."""
    choose(_own(viewer), "careful", on)


def told_sooner(person: Person) -> bool:
    """Whether the person asked for the cut that misses fewer and is wrong more often."""
    try:
        return bool(chosen(person).get("sooner", False))
    except Unreadable:
        logging.getLogger(__name__).warning("A person's choices do not open.")
        return True


def set_told_sooner(viewer: Viewer, on: bool, now: datetime) -> None:
    choose(_own(viewer), "sooner", on)


def _after_step(step: OpenReply) -> Next:
    if step.finished_at is None:
        return Next("suicide-step", step.id)
    return Next(suicide_step.outcome(step), step.came_from)


def _hard_answer(person: Person, cause: UUID, level: str, now: datetime) -> None:
    tasks.make(person, tasks.HARD_ANSWER, {"level": level}, needs=ALARM, now=now, cause=cause)


def _before_any_score(reply: OpenReply, key: UUID) -> Next | None:
    """The suicide step that this reply opened, as long as neither it nor a later one is answered.

    What its answers ask for is not decided here but by what stands.
    """
    steps = suicide_step.steps_of(_person(reply))
    step = next((each for each in steps if each.id == key), None)
    if step is None:
        # Damaged: what it said is not known, and not knowing is no all-clear.
        return Next(HELP_TODAY, reply.id)
    if step.finished_at is None and not suicide_step.answered_since(steps, step.begun_at):
        return Next("suicide-step", step.id)
    return None


def _standing(reply: OpenReply, now: datetime) -> Next | None:
    """What still stands from an earlier answer: no score is told meanwhile."""
    person = _person(reply)
    level = standing(person, now)
    step = suicide_step.under_way(person, now) if level == "S" else None
    if step is not None:
        return Next("suicide-step", step.id)
    if level is None:
        return None
    return Next(HELP_NOW if level == "E" else HELP_TODAY, reply.id)


def _thoughts_of_dying(reply: OpenReply) -> bool:
    return reply.slug == PHQ_9 and bool(reply.answers[suicide_step.ITEM_9 - 1])


def _person(reply: OpenReply) -> Person:
    return Person.objects.get(pk=reply.person_id)


def _own(viewer: Viewer) -> Person:
    if not allows("inside", viewer):
        raise NotAllowed
    return viewer.known
