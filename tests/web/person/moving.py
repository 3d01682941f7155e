"""People who move: their check is behind them, and some have a plan or were out yesterday."""

from datetime import timedelta
from uuid import UUID, uuid4

from django.utils import timezone

from psoas.care.assessment import screenings, walking
from psoas.care.people.models import Person
from psoas.care.programme import plans, preferences, sessions
from psoas.content.redflags import questions
from tests import cast
from tests.care.assessment.checks import go_through
from tests.web.signing_in import as_


def checked(name: str = "Mara", answers: dict | None = None) -> Person:
    """Somebody whose check was answered just now."""
    person, now = cast.person(name), timezone.now()
    if answers:
        go_through(person, answers, now=now)
    else:
        told = walking.quiet(questions())
        screenings.whole(cast.viewer(person), told, key=uuid4(), kind="full", at=now, now=now)
    return person


def with_plan(person: Person, **told: object) -> Person:
    """The same with a plan made by the rules, from what they told."""
    viewer, now = cast.viewer(person), timezone.now()
    preferences.tell(viewer, told, now)
    plans.make(viewer, now)
    return person


def walked(person: Person, days_ago: int = 1, *, minutes: int = 15) -> UUID:
    """A walk some days ago; returns its id."""
    at = timezone.now() - timedelta(days=days_ago)
    return sessions.record(cast.viewer(person), "walk", minutes, 2, 3, at).id


def page_of(person: Person, path: str) -> str:
    answer = as_(person).get(path)
    assert answer.status_code == 200, (answer.status_code, answer.headers.get("Location"))
    return answer.content.decode()
