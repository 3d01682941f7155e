"""Answers that a device gives all at once: asked and decided there, without a network.

Help was on that screen before anything was sent. Here it becomes what it would have become: a
finished reply, the step it asks for, and a task for whom the person lets know.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from psoas.care.assessment.models import Reply
from psoas.care.assessment.replies import all_given, conclude
from psoas.care.assessment.reply_access import inside
from psoas.care.assessment.reply_rows import ASQ, Answer, OpenReply, create, current, open_row
from psoas.care.assessment.sealing import clinical_sealer
from psoas.care.people.access import Viewer
from psoas.care.people.models import Person
from psoas.care.people.refusal import NotAllowed, Refusal
from psoas.content.questionnaire import Questionnaire

# What is asked without a network: how somebody feels, and the suicide step.
OFFLINE: Final = ("phq-2", "phq-9", ASQ)
# A clock that is further off would put these answers behind older ones (as for the check).
_LATE: Final = timedelta(days=7)


def asked(questionnaire: Questionnaire) -> str:
    """The hash of what was asked, to the letter; a new source or note does not change it."""
    items = [
        [item.ask, [[option.value, option.label] for option in item.options]]
        for item in questionnaire.items
    ]
    text = json.dumps([questionnaire.slug, questionnaire.version, items], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def take(
    viewer: Viewer,
    slug: str,
    digest: str,
    answers: Sequence[Any],
    key: UUID,
    *,
    at: datetime,
    now: datetime,
) -> OpenReply:
    """Take one questionnaire, all of it; sent twice under one key, it is taken once.

    Raises:
        Refusal: It is none of those asked offline, it was worded differently, or something in it
            is no answer.
        NotAllowed: The key is somebody else's.
    """
    person = inside(viewer)
    try:
        with transaction.atomic():
            return _there(person, key) or _taken(
                person, _asked_then(slug, digest), answers, key, at, now
            )
    except IntegrityError:
        # The same one arrived twice at the same moment, and the other was first.
        found = _there(person, key)
        if found is None:
            raise
        return found


def _taken(
    person: Person,
    questionnaire: Questionnaire,
    answers: Sequence[Any],
    key: UUID,
    at: datetime,
    now: datetime,
) -> OpenReply:
    moment = at if now - _LATE < at <= now else now
    given = all_given(questionnaire, answers)
    reply = create(person, questionnaire, moment, id=key, answers=given)
    reply = reply.changed(left_out=_left_out(reply, given))
    return conclude(person, reply, person, now, at=moment)


def _left_out(reply: OpenReply, given: tuple[Answer, ...]) -> frozenset[int]:
    """What was asked and not answered. The fifth of the step is asked after any other yes."""
    empty = frozenset(number for number, each in enumerate(given, 1) if each is None)
    return empty & frozenset(reply.changed(left_out=empty - {5}).to_ask)


def _there(person: Person, key: UUID) -> OpenReply | None:
    row = Reply.objects.filter(pk=key).first()
    if row is None:
        return None
    if row.person_id != person.pk:
        raise NotAllowed
    return open_row(clinical_sealer(person), row)


def _asked_then(slug: str, digest: str) -> Questionnaire:
    questionnaire = current(slug) if slug in OFFLINE else None
    if questionnaire is None:
        raise Refusal(_("This is not asked without a network."))
    if asked(questionnaire) != digest:
        raise Refusal(_("These questions have changed since. Please answer them again."))
    return questionnaire
