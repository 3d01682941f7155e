"""The clinic's pages in a made-up language: whatever stays English was not marked."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from psoas.care.assessment import licences, replies, tasks
from psoas.care.programme import building, sessions
from psoas.web.clinic.measure import address
from tests import cast
from tests.care.assessment.asking import done
from tests.care.assessment.checks import go_through
from tests.care.programme.telling import do, item, telling
from tests.web.clinic.clinic_of import cared_for
from tests.web.signing_in import as_staff
from tests.web.test_every_word_is_marked import made_up_language, unmarked

__all__ = ["made_up_language"]
pytestmark = pytest.mark.django_db
FORMS = ("five-sit-to-stand", "chair-stand-30", "hip-range", "peg", "hoos-12")
CARED_FOR = (
    "person-check",
    "person-measure",
    "person-plan",
    "person-progress",
    "person-sessions",
    "people-shared",
)


@pytest.fixture
def clinic():
    """Everything a clinician can meet about one person."""
    cast.installation()
    mara, ines, olga = cast.mara(), cast.ines(), cast.olga()
    cared_for(ines, mara, "questionnaires", "movement", "alarm", "sessions")
    now = timezone.now()
    licences.state(cast.viewer(olga), "hoos-12", "Linden", now)
    go_through(mara, {"RF12": "yes", "RF12.severe": "no", "RF19": "not sure"}, now=now)
    done(cast.viewer(mara), "peg", [4, 5, 6], now=now)
    for slug, typed in (
        ("five-sit-to-stand", ["16", "66", "0"]),
        ("hip-range", ["100", *[""] * 11]),
        ("hoos-12", list("22131122343") + [""]),
    ):
        replies.enter(cast.viewer(ines), mara.pk, slug, typed, now)
    items = [{"slug": "clamshell", "side": "left", "sets": 2, "amount": 8}]
    raw = {"lock": True, "items": [*items, {"slug": "sit-to-stand"}]}
    building.build(cast.viewer(ines), mara.pk, raw, seen=0, now=now)
    skipped = telling(item("bridge", "skipped", reason="hurts"), at=now, stop="groin-catch")
    sessions.tell(cast.viewer(mara), uuid4(), skipped, now)
    do(mara, "bridge", now=now)
    tasks.make(mara, tasks.PLAN, {"why": "two-reds", "items": ["bridge"]}, needs="", now=now)
    facts = {"slug": "phq-9", "score": 21.0, "band": "severe"}
    tasks.make(mara, tasks.SCORES, facts, needs="questionnaires", now=now)
    tasks.make(mara, tasks.HARD_ANSWER, {"level": "opened"}, needs="alarm", now=now)
    return mara, ines, olga


def test_no_page_about_a_person_has_an_unmarked_word(made_up_language, clinic) -> None:  # noqa: F811
    mara, ines, _olga = clinic
    client, viewer = as_staff(ines), cast.viewer(ines)
    saved = replies.finished(viewer, "hip-range", mara.pk, now=timezone.now())[-1]
    pages = [reverse(name, args=[mara.pk]) for name in CARED_FOR]
    pages += [address(viewer, mara, slug) for slug in FORMS]
    pages += [reverse("tasks"), reverse("people"), f"{pages[1]}?saved={saved.id}"]
    assert {page: found for page in pages if (found := unmarked(client, page))} == {}


def test_the_page_of_licences_has_no_unmarked_word(made_up_language, clinic) -> None:  # noqa: F811
    assert unmarked(as_staff(clinic[2]), reverse("people-licences")) == []
