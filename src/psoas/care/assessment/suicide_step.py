"""The suicide step: when it is asked, what its answers mean, and how long they stand.

Four questions, and a fifth after any yes. A question left out counts as yes. How long an outcome
stands is a rule of ours: nobody published one. An emergency stands until the step was answered
again; anything less, and a step that was opened and left, stands for a day.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

from psoas.care.assessment.reply_rows import ASQ, OpenReply, create, current, open_all
from psoas.care.people.models import Person

HELP_NOW: Final = "help-now"
HELP_TODAY: Final = "help-today"
SUPPORT: Final = "support"
Outcome = Literal["help-now", "help-today", "support"]
PHQ_9: Final = "phq-9"
ITEM_9: Final = 9
# Where the step is asked once more after it was asked: the questionnaires about how one feels.
MOOD: Final = frozenset({"phq-2", PHQ_9, "gad-2", "gad-7", "pc-ptsd-5", "pcl-5"})
STANDS: Final = timedelta(hours=24)
AFTER_ITEM_9, AGAIN = "item 9", "again"


def outcome(step: OpenReply) -> Outcome:
    """What the answers mean, whatever was left unanswered counting as yes."""
    *first, right_now = step.answers[:5]
    if right_now == 1:
        return HELP_NOW
    if all(each == 0 for each in first):
        return SUPPORT
    return HELP_TODAY if right_now == 0 else HELP_NOW


def counts_from(reply: OpenReply, at: datetime | None, now: datetime) -> datetime:
    """When a reply counts as finished; ``at``: when it was, by the clock of another device.

    That clock may be slow. A no counts from then; what asks for help from when it is heard of, so
    that it is not hidden behind an older no, until the step is answered again.
    """
    if at is None or (reply.slug == ASQ and outcome(reply) != SUPPORT):
        return now
    return at


def asked_by(reply: OpenReply) -> bool:
    """Whether this questionnaire opens the step: thoughts of dying, or that question left out."""
    if reply.slug != PHQ_9:
        return False
    if reply.answers[ITEM_9 - 1] is None:
        return ITEM_9 in reply.left_out or reply.finished_at is not None
    return reply.answers[ITEM_9 - 1] != 0


def open_step(person: Person, now: datetime, *, because: str, came_from: UUID) -> OpenReply:
    """Begin the step, or go on with the one that is open."""
    found = under_way(person, now)
    if found is not None:
        return found
    questionnaire = current(ASQ)
    if questionnaire is None:
        raise LookupError("The questions of the suicide step are missing from the content.")
    return create(person, questionnaire, now, because=because, came_from=came_from)


def due_again(person: Person, now: datetime) -> bool:
    """Whether the step, once asked, is asked again with the next questionnaire of another day."""
    steps = steps_of(person)
    if not steps or now - (steps[-1].finished_at or steps[-1].begun_at) < STANDS:
        return False
    last = steps[-1]
    # Once more, and after an answer of no to all of it not for ever.
    return last.finished_at is None or outcome(last) != SUPPORT or last.because != AGAIN


def standing(person: Person, now: datetime) -> Literal["E", "S"] | None:
    """What the last step leaves open: an emergency, help on the same day, or nothing."""
    steps = steps_of(person)
    last = _last_finished(steps)
    if last is not None and last.finished_at is not None:
        found = outcome(last)
        if found == HELP_NOW:
            return "E"
        if found == HELP_TODAY and now - last.finished_at < STANDS:
            return "S"
    return "S" if _left_open(steps, now) else None


def under_way(person: Person, now: datetime, *, beside: UUID | None = None) -> OpenReply | None:
    """The step that was opened within the day and not answered since; another than ``beside``."""
    return _left_open([each for each in steps_of(person) if each.id != beside], now)


def answered_since(steps: Iterable[OpenReply], moment: datetime) -> bool:
    return any(each.finished_at is not None and each.finished_at >= moment for each in steps)


def answered_last(person: Person) -> OpenReply | None:
    """The step that was answered to its end last."""
    return _last_finished(steps_of(person))


def steps_of(person: Person) -> list[OpenReply]:
    """Every suicide step of a person, oldest first."""
    return open_all(person, slug=ASQ).replies


def _last_finished(steps: list[OpenReply]) -> OpenReply | None:
    """The one answered last, which need not be the one begun last."""
    last = None
    for each in steps:
        if each.finished_at is None:
            continue
        if last is None or last.finished_at is None or each.finished_at >= last.finished_at:
            last = each
    return last


def _left_open(steps: list[OpenReply], now: datetime) -> OpenReply | None:
    return next(
        (
            each
            for each in reversed(steps)
            if each.finished_at is None
            and now - each.begun_at < STANDS
            and not answered_since(steps, each.begun_at)
        ),
        None,
    )
