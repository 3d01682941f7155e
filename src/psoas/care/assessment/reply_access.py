"""Whose replies are whose: who may begin, enter and read which."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from psoas.care.assessment import licences
from psoas.care.assessment.models import Reply
from psoas.care.assessment.reply_rows import ASQ, OpenReply, current
from psoas.care.assessment.suicide_step import MOOD
from psoas.care.people import trail
from psoas.care.people.access import Viewer, allows, people_looked_after, shared_categories
from psoas.care.people.models import Person, TrailRow
from psoas.care.people.refusal import NotAllowed, Refusal
from psoas.content.questionnaire import Questionnaire

QUESTIONNAIRES, MOVEMENT = "questionnaires", "movement"
# A page draws several lists at once; that is one look.
_ONE_LOOK: Final = timedelta(minutes=1)


def inside(viewer: Viewer) -> Person:
    if not allows("inside", viewer):
        raise NotAllowed
    return viewer.known


def whose(viewer: Viewer, person_id: UUID | None, now: datetime) -> tuple[Person, Person | None]:
    """The person it is about, and the clinician where somebody else is at the keyboard."""
    me = inside(viewer)
    if person_id is None or person_id == me.pk:
        return me, None
    person = people_looked_after(viewer, now).filter(pk=person_id).first()
    if person is None:
        raise NotAllowed
    return person, me


def for_person(questionnaire: Questionnaire, licensed: Iterable[str]) -> bool:
    """Whether a person can answer it by themselves: their own kind, in words, and allowed."""
    if questionnaire.restricted:
        return questionnaire.slug in licensed and _can_be_read(questionnaire)
    return questionnaire.scored_by == "person"


def _can_be_read(questionnaire: Questionnaire) -> bool:
    """Whether questions and answers have words: a clinic may have given those of the questions."""
    options = (option for item in questionnaire.items for option in item.options)
    return questionnaire.has_words and all(option.label for option in options)


def for_clinician(questionnaire: Questionnaire, licensed: Iterable[str]) -> bool:
    """Whether a clinician enters it: what is measured, and what was filled in on paper.

    Not what asks how somebody feels: an answer there may have to be followed by help at once, and
    only the person in front of the questions can be shown it.
    """
    if questionnaire.slug in MOOD or questionnaire.slug == ASQ:
        return False
    return not questionnaire.restricted or questionnaire.slug in licensed


def may_begin(slug: str, clinician: Person | None) -> Questionnaire:
    """The questionnaire as it is now, or a plain no."""
    questionnaire = current(slug)
    if questionnaire is None:
        raise NotAllowed
    licensed = licences.in_force()
    if questionnaire.restricted and slug not in licensed:
        raise Refusal(
            _("%(name)s is not free to use, and no licence of this clinic is stated here.")
            % {"name": questionnaire.label}
        )
    fits = for_clinician if clinician else for_person
    if not fits(questionnaire, licensed):
        raise Refusal(
            _("The person answers this one themselves: an answer may call for help at once.")
            if clinician
            else _("This one is measured, or typed in, by a physiotherapist.")
        )
    return questionnaire


def category(questionnaire: Questionnaire) -> str:
    """The category of consent that opens it to a clinician."""
    measured = questionnaire.scored_by == "clinician" and not questionnaire.restricted
    return MOVEMENT if measured else QUESTIONNAIRES


def writable(viewer: Viewer, key: UUID, now: datetime) -> Reply:
    """The row this viewer is answering or entering; for anybody else there is none."""
    me = inside(viewer)
    own = Reply.objects.visible_to(viewer).filter(pk=key, entered_by=None)
    entering = Reply.objects.filter(
        pk=key, entered_by=me, person__in=people_looked_after(viewer, now)
    )
    # One after the other: which of them it is must not depend on the database's moods.
    for rows in (own, entering):
        row: Reply | None = rows.select_for_update(of=("self",)).select_related("person").first()
        if row is not None:
            return row
    raise NotAllowed


def findable(viewer: Viewer, key: UUID, now: datetime | None) -> Reply:
    """The row this viewer may ask for; whether they may read it, `may_read` says."""
    inside(viewer)
    rows = Reply.objects.visible_to(viewer)
    if now is not None:
        cared = people_looked_after(viewer, now)
        rows = rows | Reply.objects.filter(person__in=cared)
    row: Reply | None = rows.filter(pk=key).select_related("person").first()
    if row is None:
        raise NotAllowed
    return row


def entered_as(key: UUID, clinician: Person, person: Person) -> Reply | None:
    """What this clinician entered for this person under this id already; nobody else's row."""
    row: Reply | None = Reply.objects.filter(pk=key).first()
    if row is not None and (row.person_id, row.entered_by_id) != (person.pk, clinician.pk):
        raise NotAllowed
    return row


def shared_with(viewer: Viewer, person: Person, now: datetime) -> frozenset[str]:
    """What somebody else shares with this viewer; one's own is open without it."""
    if person.pk == viewer.known.pk:
        return frozenset()
    return shared_categories(viewer, person, now)


def may_read(viewer: Viewer, person: Person, reply: OpenReply, shared: frozenset[str]) -> bool:
    """Whether this viewer reads this reply of a person they look after, or their own."""
    if person.pk == viewer.known.pk or reply.entered_by == viewer.known.pk:
        return True
    # Who hears of the suicide step is told in a task, by a consent of its own.
    return reply.slug != ASQ and category(reply.questionnaire) in shared


def looked(viewer: Viewer, person: Person, now: datetime) -> None:
    """Write down that a clinician read; the lists of one page are one look."""
    if person.pk == viewer.known.pk:
        return
    opened = shared_categories(viewer, person, now) & {QUESTIONNAIRES, MOVEMENT}
    if not opened:
        # Nothing but what they entered themselves.
        return
    item = ",".join(sorted(opened))
    before = TrailRow.objects.filter(
        subject=person.pk,
        actor=viewer.known.pk,
        action="answers read",
        item=item,
        at__gt=now - _ONE_LOOK,
    )
    if not before.exists():
        trail.record("answers read", actor=viewer.known, subject=person, now=now, item=item)
