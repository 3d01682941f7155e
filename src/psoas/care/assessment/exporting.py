"""Taking away what was asked and answered: rounds of the check, replies, a clinician's yes."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from psoas.care.assessment import mind
from psoas.care.assessment.choices import chosen
from psoas.care.assessment.models import AskAgain, Clearance, OutcomePlan, Screening, Task
from psoas.care.assessment.reply_rows import OpenReply, open_all
from psoas.care.assessment.rounds import OpenScreening, open_row
from psoas.care.assessment.sealing import Document, clinical_sealer, open_sealed
from psoas.care.people.access import Viewer, allows
from psoas.care.people.models import Person
from psoas.care.people.refusal import NotAllowed
from psoas.care.people.vault import Unreadable


def documents(viewer: Viewer, now: datetime) -> dict[str, Any]:
    """Everything of the viewer's own, oldest first, with the words that were asked.

    What does not open is named in ``not_opened``; it keeps nothing else from being taken away.
    While help is what counts, answers are there and what was made of them is not: nobody in a
    crisis reads a score, in a file neither. ``scores_wait`` says so.
    """
    if not allows("inside", viewer):
        raise NotAllowed
    person = viewer.known
    closed: list[dict[str, str]] = []
    replies = open_all(person)
    waits = mind.standing(person, now) is not None
    closed += [{"kind": "reply", "id": str(key)} for key in replies.closed]
    return {
        "format": "psoas record 1",
        "checks": _checks(person, closed),
        "scores_wait": waits,
        "replies": [
            _reply(each.changed(score=None, steps=()) if waits else each)
            for each in replies.replies
        ],
        "asked_again": _asked_again(person, closed),
        "clinicians_said": _clearances(person, closed),
        "notes_to_clinicians": _tasks(person, closed),
        "follows": _plan(person, closed),
        "choices": _choices(person, closed),
        "not_opened": closed,
    }


def _checks(person: Person, closed: list[dict[str, str]]) -> list[dict[str, Any]]:
    found = []
    for row in Screening.objects.filter(person=person).order_by("begun_at", "pk"):
        opened = open_row(person, row)
        if opened is None:
            closed.append({"kind": "check", "id": str(row.pk)})
        else:
            found.append(_check(opened))
    return found


def _check(each: OpenScreening) -> dict[str, Any]:
    decision = each.decision
    return {
        "id": str(each.id),
        "kind": each.kind,
        "version": each.question_set.version,
        "begun_at": each.begun_at.isoformat(),
        "finished_at": _moment(each.finished_at),
        "advised_at": _moment(each.advised_at),
        "answers": [
            {"name": name, "asked": _asked(each, name), "answer": each.answers[name]}
            for name in each.asked
        ],
        "disposition": decision.disposition,
        "reasons": [
            {"question": reason.question, "advice": reason.advice} for reason in decision.reasons
        ],
    }


def _asked(each: OpenScreening, name: str) -> str:
    slug, _dot, key = name.partition(".")
    question = each.question_set.by_slug[slug]
    return question.follow_up(key).ask if key else question.ask


def _reply(each: OpenReply) -> dict[str, Any]:
    score = each.score
    return {
        "id": str(each.id),
        "questionnaire": each.slug,
        "name": each.questionnaire.name,
        "version": each.questionnaire.version,
        "language": each.language,
        "side": each.side,
        "entered_by_a_clinician": each.entered,
        "begun_at": each.begun_at.isoformat(),
        "finished_at": _moment(each.finished_at),
        "answers": [
            {
                "number": item.number,
                "asked": item.ask,
                "answer": each.answers[item.number - 1],
                "left_out": item.number in each.left_out,
            }
            for item in each.questionnaire.items
        ],
        "score": score.score if score else None,
        "band": score.band if score else None,
        "parts": {part.slug: part.score for part in score.parts} if score else {},
        "missing": list(score.missing) if score else [],
        "steps": list(each.steps),
    }


def _clearances(person: Person, closed: list[dict[str, str]]) -> list[dict[str, Any]]:
    rows = Clearance.objects.filter(person=person).order_by("at", "pk")
    return [
        {
            "id": str(row.pk),
            "kind": row.kind,
            "at": row.at.isoformat(),
            "ended_at": _moment(row.ended_at),
            **document,
        }
        for row, document in _open(person, "clearance", rows, closed)
    ]


def _asked_again(person: Person, closed: list[dict[str, str]]) -> list[dict[str, Any]]:
    rows = AskAgain.objects.filter(person=person).order_by("at", "pk")
    return [
        {"at": row.at.isoformat(), "why": document["why"]}
        for row, document in _open(person, "askagain", rows, closed)
    ]


def _tasks(person: Person, closed: list[dict[str, str]]) -> list[dict[str, Any]]:
    """What was told of the person, to whom: theirs to know, whoever it was written for."""
    rows = Task.objects.filter(person=person).order_by("made_at", "pk").select_related("clinician")
    return [
        {
            "to": row.clinician.name,
            "made_at": row.made_at.isoformat(),
            "done_at": _moment(row.done_at),
            "kind": document["kind"],
            "says": document["facts"],
            "needs": document["needs"],
        }
        for row, document in _open(person, "task", rows, closed)
    ]


def _plan(person: Person, closed: list[dict[str, str]]) -> dict[str, Any]:
    rows = OutcomePlan.objects.filter(person=person)
    for row, document in _open(person, "outcome plan", rows, closed):
        return {"began": row.began.isoformat(), **document}
    return {}


def _open(
    person: Person, table: str, rows: Iterable[Any], closed: list[dict[str, str]]
) -> Iterator[tuple[Any, Document]]:
    for row in rows:
        try:
            revision = getattr(row, "revision", 1)
            document = open_sealed(
                clinical_sealer(person), table, row.pk, row.sealed, revision=revision
            )
        except Unreadable:
            closed.append({"kind": table, "id": str(row.pk)})
        else:
            yield row, document


def _choices(person: Person, closed: list[dict[str, str]]) -> dict[str, Any]:
    try:
        return chosen(person)
    except Unreadable:
        closed.append({"kind": "choices", "id": str(person.pk)})
        return {}


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
