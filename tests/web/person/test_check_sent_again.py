"""The check, as a form that comes back: from the way back, from two fingers, from a broken page."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from psoas.care.assessment import gate, screenings
from psoas.care.assessment.models import Clearance, Screening
from psoas.care.people.access import Viewer
from tests import cast
from tests.care.assessment.checks import go_through
from tests.web.signing_in import as_

pytestmark = pytest.mark.django_db
NIGHT = reverse("check-night")


@pytest.fixture
def mara():
    cast.installation()
    return cast.mara()


def test_a_sign_named_on_the_way_back_from_none_of_these_counts(mara):
    client, form = as_(mara), {"key": str(uuid4())}
    assert client.post(NIGHT, {**form, "RF05": "no", "done": "1"})["Location"] == reverse("calm")
    client.post(NIGHT, {**form, "name": "RF05", "answer": "yes"})
    assert gate.stand(mara, timezone.now()).disposition == "E"
    assert client.get(reverse("calm")).status_code == 302


@pytest.mark.parametrize("number", ["9" * 5000, "²", "-1", "NaN", ""])
def test_a_number_that_is_none_is_answered_with_the_question_that_comes_next(mara, number):
    client = as_(mara)
    client.post(reverse("check"), {"age": "18-64"})
    here = reverse("check-one", args=[Screening.objects.get().pk])
    assert client.get(here, {"n": number}).status_code == 200
    sent = {"name": "RF01", "answer": "no", "revision": number}
    assert client.post(here, sent).status_code == 422


@pytest.mark.parametrize("given", [{"RF17.features": None}, {"RF17.features": 0}, {"RF17.": "no"}])
def test_what_a_device_sends_instead_of_an_answer_counts_as_not_answered(mara, given):
    now = timezone.now()
    taken = screenings.whole(
        Viewer(mara), {"RF17": "yes", **given}, key=uuid4(), kind="full", at=now, now=now
    )
    assert taken.answers == {"RF17": "yes"}
    assert taken.decision.disposition == "C"


def test_two_taps_on_begin_are_one_check(mara, monkeypatch):
    client, begin = as_(mara), screenings.begin

    def both(viewer, kind, now):
        round_ = begin(viewer, kind, now)
        # The other tap answers between beginning and the age.
        screenings.answer(viewer, round_.id, "age", "18-64", revision=round_.revision, now=now)
        return round_

    monkeypatch.setattr(screenings, "begin", both)
    answer = client.post(reverse("check"), {"age": "18-64"})
    assert (answer.status_code, Screening.objects.count()) == (302, 1)


def test_two_taps_on_a_clinicians_yes_are_one_and_none_is_refused(mara):
    round_ = go_through(mara, {"RF15": "yes"}, now=timezone.now())
    form = {"who": "Dr Ito", "when": timezone.localdate().isoformat(), "what_for": "walking"}
    told = reverse("check-told", args=[round_.id])
    assert [as_(mara).post(told, form).status_code for _ in range(2)] == [302, 302]
    assert Clearance.objects.count() == 1
