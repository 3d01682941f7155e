"""What a new reply begins with: one left in the middle, or what was asked in the same words."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from psoas.care.assessment.reply_rows import Answer, OpenReply, create, current, open_all, write
from psoas.care.people.models import Person
from psoas.content.questionnaire import Questionnaire

# What was begun longer ago asks about other weeks by now: one begins anew (a choice of ours).
RESUMES: Final = timedelta(hours=24)
# The longer one begins with the questions of the short one; they are not asked twice.
_SHORT: Final = {"phq-9": "phq-2", "gad-7": "gad-2"}
_LONG: Final = {short: long for long, short in _SHORT.items()}


def going_on(person: Person, reply: OpenReply, now: datetime) -> OpenReply:
    """The short one goes on as the long one where its score asks for that."""
    long = _LONG.get(reply.slug, "")
    questionnaire = current(long)
    if long not in reply.steps or reply.entered or questionnaire is None:
        return reply
    replies = open_all(person).replies
    if _finished_lately(replies, long, now):
        return reply
    standing = under_way(replies, long, "", None, now)
    if standing is None:
        answers = _take_over(questionnaire, reply)
        return reply.changed(onward=create(person, questionnaire, now, answers=answers).id)
    if standing.answers[:2].count(None):
        both = zip(standing.answers, _take_over(standing.questionnaire, reply), strict=True)
        kept = tuple(new if old is None else old for old, new in both)
        standing = write(person, standing.changed(answers=kept))
    return reply.changed(onward=standing.id)


def carried(
    questionnaire: Questionnaire, replies: Iterable[OpenReply], now: datetime
) -> tuple[Answer, ...]:
    """The answers a new reply begins with: what was asked in the same words just before."""
    nothing: tuple[Answer, ...] = (None,) * len(questionnaire.items)
    short = _SHORT.get(questionnaire.slug)
    own = [each for each in replies if not each.entered]
    if named := _named_before(questionnaire, own):
        return named
    if short is None or _finished_lately(own, questionnaire.slug, now):
        return nothing
    before = _finished_lately(own, short, now)
    return _take_over(questionnaire, before) if before else nothing


def _named_before(
    questionnaire: Questionnaire, own: Iterable[OpenReply]
) -> tuple[Answer, ...] | None:
    """What the person named last time: it is the same things whose change is looked at."""
    before = [each for each in own if each.slug == questionnaire.slug and each.finished_at]
    if not before or before[-1].questionnaire.items != questionnaire.items:
        return None
    pairs = zip(questionnaire.items, before[-1].answers, strict=True)
    named = tuple(each if item.kind == "text" else None for item, each in pairs)
    return named if any(named) else None


def _take_over(questionnaire: Questionnaire, short: OpenReply) -> tuple[Answer, ...]:
    rest = len(questionnaire.items) - len(short.answers)
    return (*short.answers, *(None,) * rest)


def _finished_lately(replies: Iterable[OpenReply], slug: str, now: datetime) -> OpenReply | None:
    return next(
        (
            each
            for each in reversed(list(replies))
            if each.slug == slug and each.finished_at and now - each.finished_at < RESUMES
        ),
        None,
    )


def under_way(
    replies: Iterable[OpenReply], slug: str, side: str, clinician: Person | None, now: datetime
) -> OpenReply | None:
    writer = clinician.pk if clinician else None
    return next(
        (
            each
            for each in reversed(list(replies))
            if (each.slug, each.side, each.entered_by) == (slug, side, writer)
            and each.entered == (clinician is not None)
            and each.finished_at is None
            and now - each.begun_at < RESUMES
        ),
        None,
    )
