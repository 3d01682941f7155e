"""Sessions and rounds of the safety check as a device tells them."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from psoas.care.assessment import screenings
from psoas.care.assessment.screening import is_due
from psoas.care.assessment.walking import quiet
from psoas.care.people.models import Person
from psoas.care.programme import sessions
from psoas.content.redflags import questions
from tests.cast import NOW, viewer

MINUTE = timedelta(minutes=1)


def item(slug: str, state: str = "done", **more: object) -> dict:
    return {"slug": slug, "side": "both", "state": state, **more}


def telling(*items: dict, at: datetime = NOW, step: int = 1, **more: object) -> dict:
    """What a device tells of a session that was begun ten minutes before."""
    begun = more.pop("begun_at", (at - 10 * MINUTE).isoformat())
    return {
        "v": 1,
        "step": step,
        "kind": "routine",
        "begun_at": begun,
        "at": at.isoformat(),
        "items": list(items),
        **more,
    }


def do(
    person: Person, *slugs: str, now: datetime = NOW, key: UUID | None = None, **more: object
) -> UUID:
    """Do these exercises to their end, and say how it was."""
    key = key or uuid4()
    numbers = {"before": 2, "during": 2, "after": 2, "effort": 4, "finished": True}
    told = {**telling(*(item(slug) for slug in slugs), at=now), **numbers, **more}
    sessions.tell(viewer(person), key, told, now)
    return key


def check(
    person: Person,
    given: Mapping[str, Any] | None = None,
    *,
    kind: str = "full",
    now: datetime = NOW,
) -> None:
    """Answer the safety check in one go, quietly but for what is given."""
    asked = questions()
    answers = {**quiet(asked), **(given or {})}
    for question in asked.questions:
        for follow_up in question.follow_ups:
            if is_due(question, follow_up, answers):
                answers.setdefault(f"{question.slug}.{follow_up.key}", "no")
    screenings.whole(viewer(person), answers, key=uuid4(), kind=kind, at=now, now=now)
