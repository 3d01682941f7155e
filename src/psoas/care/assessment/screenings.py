"""Going through the safety check: begin, answer, go back, hand in a whole round at once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from psoas.care.assessment import gate, kept_content, tasks
from psoas.care.assessment.models import AGAIN, FULL, NIGHT, AskAgain, Screening
from psoas.care.assessment.rounds import (
    Given,
    OpenScreening,
    combined,
    open_row,
    rounds_of,
    seal_answers,
)
from psoas.care.assessment.screening import decide, is_due
from psoas.care.assessment.sealing import clinical_sealer, seal
from psoas.care.people import trail
from psoas.care.people.access import Viewer, allows
from psoas.care.people.models import Person
from psoas.care.people.refusal import NotAllowed, Refusal
from psoas.care.people.vault import Unreadable
from psoas.content.question import NO, NOT_SURE, YES
from psoas.content.redflags import QuestionSet, questions

_LATE = timedelta(days=7)
KINDS = frozenset({FULL, AGAIN, NIGHT})


def begin(viewer: Viewer, kind: str, now: datetime) -> OpenScreening:
    """Begin a round, or go on with the one of this kind that is under way."""
    person = _own(viewer)
    if kind not in KINDS:
        raise LookupError(f"There is no round of the kind “{kind}”.")
    with transaction.atomic():
        row = Screening.objects.filter(person=person, kind=kind, finished_at=None).first()
        if row is not None:
            found = open_row(person, row)
            if found is not None:
                # Who began with a version of the questions finishes with it.
                return found
            # Damaged: it is put aside, and asked anew.
            row.finished_at = now
            row.save(update_fields=["finished_at"])
        key = uuid4()
        answers = _age_known(person) if kind == AGAIN else {}
        row = _create(person, key, kind, questions(), answers, now)
        trail.record("check begun", actor=person, subject=person, now=now, item=key)
    return _opened(person, row)


def read(viewer: Viewer, key: UUID) -> OpenScreening:
    """Return one round of the viewer's own."""
    person = _own(viewer)
    row = Screening.objects.visible_to(viewer).filter(pk=key).first()
    if row is None:
        raise NotAllowed
    return _opened(person, row)


def answer(
    viewer: Viewer, key: UUID, name: str, value: object, *, revision: int, now: datetime
) -> OpenScreening:
    """Answer one question, the next one or one that was answered before.

    The round ends by itself when nothing is left to ask, or at once when it is an emergency. A
    round that an emergency ended goes on where that answer turns out to have been a slip.
    """
    person = _own(viewer)
    with transaction.atomic():
        row = Screening.objects.visible_to(viewer).select_for_update().filter(pk=key).first()
        if row is None:
            raise NotAllowed
        round_ = _opened(person, row)
        _refuse_late(round_, revision)
        if name != round_.next and name not in round_.answers:
            raise Refusal(_("That question is not asked now. Answer the one on this page."))
        given = checked(round_.question_set, name, value)
        answers = _without_loose_ends(round_.question_set, {**round_.answers, name: given})
        given_at = {**round_.given_at, name.partition(".")[0]: now}
        changed = replace(round_, answers=answers, revision=round_.revision + 1, given_at=given_at)
        ends = changed.next is None or changed.is_emergency
        if not ends:
            _refuse_beside_another(row)
        row.revision = changed.revision
        row.sealed = seal_answers(person, key, changed.revision, answers, given_at)
        row.finished_at = now if ends else None
        row.advised_at = None
        row.save(update_fields=["revision", "sealed", "finished_at", "advised_at"])
        if ends:
            _finish(person, key, answers, now)
    return _opened(person, row)


def whole(
    viewer: Viewer,
    raw: Mapping[str, object],
    *,
    key: UUID,
    kind: str,
    at: datetime,
    now: datetime,
) -> OpenScreening:
    """Take a whole round at once, as a device answers it without a network.

    Sent twice under the same key, it is taken once. What the device asked under another version
    of the questions is taken as far as names and answers are known; nothing that was a yes is
    dropped for being one of several.
    """
    person = _own(viewer)
    if kind not in KINDS:
        raise Refusal(_("This is no round of the check."))
    with transaction.atomic():
        row = Screening.objects.filter(pk=key).first()
        if row is not None:
            if row.person_id != person.pk:
                raise NotAllowed
            return _opened(person, row)
        question_set = questions()
        # Only a full round asks the age; in another, what a device kept of it may be old.
        said = {name: given for name, given in raw.items() if kind == FULL or name != "age"}
        answers = _without_loose_ends(question_set, _known(question_set, said))
        if not answers:
            raise Refusal(_("Nothing was answered. Answer the questions again."))
        if kind != FULL:
            answers |= _age_known(person)
        # A clock that is days off would put today's answers behind older ones.
        moment = at if now - _LATE < at <= now else now
        # One that is off by less must not hide a sign behind an older no: what speaks against
        # going on counts from when it is heard of, until it is asked again.
        heard = {each.question: now for each in decide(question_set, answers).reasons}
        # Finished from the first: one of its kind may be under way in a browser.
        row = _create(
            person, key, kind, question_set, answers, moment, given_at=heard, finished_at=moment
        )
        _finish(person, key, answers, now)
    return _opened(person, row)


def advised(viewer: Viewer, key: UUID, now: datetime) -> None:
    """Note that the advice of this round was read."""
    if not _own(viewer) or not (
        Screening.objects.visible_to(viewer).filter(pk=key).update(advised_at=now)
    ):
        raise NotAllowed


def fell(viewer: Viewer, now: datetime) -> None:
    """The person says that they fell: the check is due again."""
    ask_again(_own(viewer), "fall", now)


def ask_again(person: Person, why: str, now: datetime) -> None:
    """Let the check be due again before its time, for a reason that is kept sealed."""
    key = uuid4()
    trail.record("check asked again", actor=person, subject=person, now=now, item=key)
    sealed = seal(clinical_sealer(person), "askagain", key, {"v": 1, "why": why})
    AskAgain.objects.create(id=key, person=person, at=now, sealed=sealed)


def checked(question_set: QuestionSet, name: str, value: object) -> Any:
    """Return the answer as it is kept.

    Raises:
        Refusal: There is no such question, or this is no answer to it.
    """
    slug, dot, key = name.partition(".")
    question = question_set.by_slug.get(slug)
    if question is None:
        raise Refusal(_("There is no question called “%(name)s”.") % {"name": name[:40]})
    if dot:
        try:
            follow_up = question.follow_up(key)
        except KeyError:
            raise Refusal(
                _("There is no question called “%(name)s”.") % {"name": name[:40]}
            ) from None
        kind, options = str(follow_up.kind), follow_up.options
    else:
        kind, options = str(question.kind), question.options
    allowed = [each.slug for each in options] or [YES, NO, NOT_SURE]
    if kind == "features":
        several = ([value] if value else []) if isinstance(value, str) else value
        if isinstance(several, Sequence) and all(each in allowed for each in several):
            return [each for each in allowed if each in several]
    elif isinstance(value, str) and value in allowed:
        return value
    raise Refusal({name: [_("Choose one of the answers on this page.")]})


def _known(question_set: QuestionSet, raw: Mapping[str, object]) -> Given:
    found: Given = {}
    for name, value in raw.items():
        try:
            found[name] = checked(question_set, name, value)
        except Refusal:
            # Left unanswered, a further question counts as a yes; nothing gets safer by it.
            continue
    return found


def _without_loose_ends(question_set: QuestionSet, answers: Given) -> Given:
    """Drop what was asked further after an answer that was changed since."""
    kept = dict(answers)
    for question in question_set.all:
        for follow_up in question.follow_ups:
            name = f"{question.slug}.{follow_up.key}"
            if name in kept and not is_due(question, follow_up, kept):
                del kept[name]
    return kept


def _refuse_late(round_: OpenScreening, revision: int) -> None:
    if round_.revision != revision:
        raise Refusal(
            _("You answered this in another window. Here is the question that comes next.")
        )
    if round_.finished_at is not None and not round_.stopped:
        raise Refusal(_("This check is finished. To change an answer, begin a new one."))


def _refuse_beside_another(row: Screening) -> None:
    """Refuse to take up a round again while another of its kind is under way."""
    others = Screening.objects.filter(person=row.person_id, kind=row.kind, finished_at=None)
    if others.exclude(pk=row.pk).exists():
        raise Refusal(
            _("You have begun another check since. Answer this question there; it counts then.")
        )


def _finish(person: Person, key: UUID, answers: Given, now: datetime) -> None:
    """Note the end, and let the clinicians know what this round itself brought up."""
    trail.record("check finished", actor=person, subject=person, now=now, item=key)
    decision = gate.stand(person, now).decision
    fresh = [each for each in decision.reasons if each.question in answers] if decision else []
    if fresh:
        facts = {
            "disposition": fresh[0].disposition,
            "questions": sorted({each.question for each in fresh}),
        }
        tasks.make(person, tasks.CHECK, facts, needs="questionnaires", now=now, cause=key)


def _create(
    person: Person,
    key: UUID,
    kind: str,
    question_set: QuestionSet,
    answers: Given,
    moment: datetime,
    *,
    given_at: Mapping[str, datetime] | None = None,
    finished_at: datetime | None = None,
) -> Screening:
    return Screening.objects.create(
        id=key,
        person=person,
        kind=kind,
        content_id=kept_content.keep("redflags", question_set.to_json()),
        begun_at=moment,
        finished_at=finished_at,
        sealed=seal_answers(person, key, 1, answers, given_at or {}),
    )


def _age_known(person: Person) -> Given:
    """The age of the last check, which this round does not ask and one of its questions needs."""
    age = combined(rounds_of(person)).get("age")
    return {"age": age} if age else {}


def _opened(person: Person, row: Screening) -> OpenScreening:
    found = open_row(person, row)
    if found is None:
        raise Unreadable("This round of the check does not open.")
    return found


def _own(viewer: Viewer) -> Person:
    if not allows("inside", viewer):
        raise NotAllowed
    return viewer.known
