"""Rounds of the safety check, gone through as a person does."""

from datetime import datetime

from psoas.care.assessment import screenings
from psoas.care.assessment.rounds import OpenScreening
from psoas.care.assessment.walking import quiet
from psoas.care.people.models import Person
from psoas.content.redflags import questions
from tests.cast import NOW, viewer


def go_through(
    person: Person, given: dict | None = None, *, kind: str = "full", now: datetime = NOW
) -> OpenScreening:
    """Answer a round to its end: what ``given`` names so, everything else quietly."""
    wanted = {**quiet(questions(), age="18-64"), **(given or {})}
    round_ = screenings.begin(viewer(person), kind, now)
    while round_.finished_at is None and round_.next:
        value = wanted.get(round_.next, "no")
        round_ = screenings.answer(
            viewer(person), round_.id, round_.next, value, revision=round_.revision, now=now
        )
    return round_
