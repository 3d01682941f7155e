"""Answering: begin a questionnaire or a measurement, answer, finish; and reading what there is.

A person answers for themselves. A clinician who looks after them enters what was measured, and
the values of questionnaires that come without words. Whoever began finishes with what was asked
when they began, whatever is installed meanwhile.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from psoas.care.assessment import licences, mind, reply_access, suicide_step
from psoas.care.assessment.answering import answer_from, missing
from psoas.care.assessment.carrying import carried, going_on, under_way
from psoas.care.assessment.reply_rows import (
    ASQ,
    PC_PTSD,
    Answer,
    create,
    elsewhere,
    open_all,
    open_row,
    write,
)
from psoas.care.assessment.reply_rows import OpenReply as OpenReply
from psoas.care.assessment.sealing import clinical_sealer
from psoas.care.people import trail
from psoas.care.people.access import Viewer, allows
from psoas.care.people.models import Person
from psoas.care.people.refusal import NotAllowed, Refusal
from psoas.content import questionnaires
from psoas.content.questionnaire import Questionnaire
from psoas.scales.scoring import AnswersRefused, score

SIDES: Final = frozenset({"", "left", "right"})
NO_NAMES: Final[Mapping[int, str]] = MappingProxyType({})


@dataclass(frozen=True)
class Offered:
    """A questionnaire that can be begun, or gone on with where it is under way."""

    questionnaire: Questionnaire
    under_way: UUID | None
    last: datetime | None


def offered(viewer: Viewer, now: datetime) -> list[Offered]:
    """What the person may answer by themselves, in the order of lists."""
    own = [each for each in open_all(_me(viewer)).replies if not each.entered]
    licensed = licences.in_force()
    found = []
    for each in questionnaires.questionnaires():
        if each.slug != ASQ and reply_access.for_person(each, licensed):
            standing = under_way(own, each.slug, "", None, now)
            times = [r.finished_at for r in own if r.slug == each.slug and r.finished_at]
            found.append(Offered(each, standing.id if standing else None, max(times, default=None)))
    return found


def enterable(viewer: Viewer) -> list[Questionnaire]:
    """What a clinician may measure or type in, in the order of lists."""
    if not allows("clinician", viewer):
        raise NotAllowed
    licensed = licences.in_force()
    return [
        each
        for each in questionnaires.questionnaires()
        if reply_access.for_clinician(each, licensed)
    ]


def begin(
    viewer: Viewer, slug: str, now: datetime, *, person_id: UUID | None = None, side: str = ""
) -> OpenReply:
    """Begin one, or go on with the one begun within the day."""
    with transaction.atomic():
        person, clinician = reply_access.whose(viewer, person_id, now)
        questionnaire = reply_access.may_begin(slug, clinician)
        _check_side(side)
        replies = open_all(person).replies
        standing = under_way(replies, slug, side, clinician, now)
        if standing is not None:
            return standing
        return create(
            person,
            questionnaire,
            now,
            entered_by=clinician,
            side=side,
            answers=carried(questionnaire, replies, now),
        )


def read(viewer: Viewer, key: UUID, now: datetime | None = None) -> OpenReply:
    """One reply: the person's own, or (with ``now``) one a clinician entered or is let read."""
    row = reply_access.findable(viewer, key, now)
    reply = open_row(clinical_sealer(row.person), row)
    if now is not None:
        shared = reply_access.shared_with(viewer, row.person, now)
        if not reply_access.may_read(viewer, row.person, reply, shared):
            raise NotAllowed
        if reply.finished_at is not None:
            reply_access.looked(viewer, row.person, now)
    return reply


def answer(
    viewer: Viewer, key: UUID, number: int, value: Any, *, revision: int, now: datetime
) -> OpenReply:
    """Answer one question; None leaves it out.

    What needs no further question is finished at once: the suicide step after its last one, and
    the trauma screen after a no to the first.
    """
    with transaction.atomic():
        row = reply_access.writable(viewer, key, now)
        reply = open_row(clinical_sealer(row.person), row)
        if number not in reply.to_ask:
            raise Refusal(_("This question is not asked here. Open the page again."))
        changed = _with(reply, number, answer_from(reply.item(number), value))
        if reply.revision == revision + 1 and _same(changed, reply):
            # A tap that was sent twice: it is written already.
            return reply
        if reply.finished_at is not None:
            raise Refusal(_("This is finished. To answer anew, begin it again."))
        if reply.revision != revision:
            raise Refusal(elsewhere())
        changed = mind.step_opened(row.person, changed, now)
        if _ends_by_itself(changed):
            return conclude(row.person, changed, viewer.known, now)
        changed = write(row.person, changed)
        mind.tell(row.person, changed, now)
        return changed


def finish(viewer: Viewer, key: UUID, *, revision: int, now: datetime) -> OpenReply:
    """Finish and score. Said twice, it is finished once."""
    with transaction.atomic():
        row = reply_access.writable(viewer, key, now)
        reply = open_row(clinical_sealer(row.person), row)
        if reply.finished_at is not None:
            return reply
        if reply.revision != revision:
            raise Refusal(elsewhere())
        return conclude(row.person, reply, viewer.known, now)


def enter(
    viewer: Viewer,
    person_id: UUID,
    slug: str,
    answers: Sequence[Any],
    now: datetime,
    *,
    side: str = "",
    key: UUID | None = None,
    names: Mapping[int, str] = NO_NAMES,
) -> OpenReply:
    """A clinician enters a measurement, or a form filled in on paper, in one go.

    ``key`` is the id of the form: sent twice under the same one, it is entered once. ``names``
    says what its fields are called there, by the number of the item, for a refusal.
    """
    with transaction.atomic():
        person, clinician = reply_access.whose(viewer, person_id, now)
        if clinician is None:
            raise NotAllowed
        key = key or uuid4()
        if there := reply_access.entered_as(key, clinician, person):
            return open_row(clinical_sealer(person), there)
        questionnaire = reply_access.may_begin(slug, clinician)
        _check_side(side)
        given = all_given(questionnaire, answers, names)
        reply = create(
            person,
            questionnaire,
            now,
            entered_by=clinician,
            id=key,
            side=side,
            answers=given,
            left_out=frozenset(n for n, each in enumerate(given, 1) if each is None),
        )
        return conclude(person, reply, clinician, now)


def finished(
    viewer: Viewer, slug: str | None = None, person_id: UUID | None = None, *, now: datetime
) -> list[OpenReply]:
    """Every finished reply that this viewer may read, oldest first.

    The suicide step is not among them unless the person asks for it by its slug.
    """
    person, clinician = reply_access.whose(viewer, person_id, now)
    shared = reply_access.shared_with(viewer, person, now)
    found = [
        each
        for each in open_all(person).replies
        if each.finished_at is not None
        and (each.slug == slug if slug else each.slug != ASQ)
        and reply_access.may_read(viewer, person, each, shared)
    ]
    if clinician is not None:
        reply_access.looked(viewer, person, now)
    return sorted(found, key=lambda each: (each.finished_at or now, each.id))


def conclude(
    person: Person, reply: OpenReply, actor: Person, now: datetime, *, at: datetime | None = None
) -> OpenReply:
    """Score what is answered and let follow what follows; ``at``: when, on another device."""
    reply = mind.with_ninth(reply)
    if reply.slug != ASQ and (wrong := missing(reply)):
        raise Refusal(wrong)
    if reply.slug != ASQ and all(each is None for each in reply.answers):
        raise Refusal(_("Nothing is answered yet, so there is nothing to finish."))
    try:
        scored = score(reply.questionnaire, reply.answers)
    except AnswersRefused as refused:
        raise Refusal(str(refused)) from refused
    finished_at = suicide_step.counts_from(reply, at, now)
    reply = mind.weighed(person, reply.changed(finished_at=finished_at, score=scored))
    reply = going_on(person, reply, now) if at is None else mind.linked(person, reply, at)
    reply = mind.step_opened(person, reply, at or now)
    reply = write(person, reply)
    mind.tell(person, reply, now)
    action = "reply entered" if reply.entered else "reply finished"
    trail.record(action, actor=actor, subject=person, now=now, item=reply.id)
    return reply


def _with(reply: OpenReply, number: int, given: Answer) -> OpenReply:
    answers = (*reply.answers[: number - 1], given, *reply.answers[number:])
    left_out = reply.left_out - {number} | ({number} if given is None else set())
    changed = reply.changed(answers=answers, left_out=left_out)
    # What is no longer asked has no answer either.
    asked = set(changed.to_ask)
    return changed.changed(
        answers=tuple(a if n in asked else None for n, a in enumerate(changed.answers, 1)),
        left_out=frozenset(left_out & asked),
    )


def _same(one: OpenReply, other: OpenReply) -> bool:
    return (one.answers, one.left_out) == (other.answers, other.left_out)


def _ends_by_itself(reply: OpenReply) -> bool:
    if reply.slug == PC_PTSD:
        return reply.answers[0] == 0
    return reply.slug == ASQ and not reply.waiting


def all_given(
    questionnaire: Questionnaire, answers: Sequence[Any], names: Mapping[int, str] = NO_NAMES
) -> tuple[Answer, ...]:
    """Read one value for each item; a refusal names each that is no answer."""
    if len(answers) != len(questionnaire.items):
        raise Refusal(
            _("%(name)s has %(count)s values; %(given)s were given.")
            % {
                "name": questionnaire.label,
                "count": len(questionnaire.items),
                "given": len(answers),
            }
        )
    given: list[Answer] = []
    wrong: dict[str, list[str]] = {}
    for item, raw in zip(questionnaire.items, answers, strict=True):
        try:
            given.append(answer_from(item, raw, names.get(item.number, "")))
        except Refusal as refusal:
            wrong.update(refusal.fields)
    if wrong:
        raise Refusal(wrong)
    return tuple(given)


def _check_side(side: str) -> None:
    if side not in SIDES:
        raise Refusal({"side": [_("Choose left or right.")]})


def _me(viewer: Viewer) -> Person:
    return reply_access.inside(viewer)
