"""What was answered without a network comes through the same door as what was noted."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from psoas.care.assessment import gate, mind, screenings
from psoas.care.assessment.models import Reply, Screening
from psoas.care.assessment.replies import finished
from psoas.care.assessment.taking import asked
from psoas.care.people.models import Person
from psoas.content.questionnaires import questionnaire
from tests import cast
from tests.web.person.test_outbox import send
from tests.web.signing_in import as_

pytestmark = pytest.mark.django_db
NIGHT = {f"RF{number:02}": "no" for number in range(1, 12)} | {"RF01.fall": "no"}


@pytest.fixture
def mara():
    return cast.mara()


def parcel(person: Person, kind: str, /, **entry: Any) -> dict[str, Any]:
    at = timezone.now() - timedelta(minutes=3)
    owner = str(person.outbox_owner)
    return {
        "id": str(uuid4()), "owner": owner, "kind": kind, "entry": {"at": at.isoformat(), **entry}
    }  # fmt: skip


def check(person: Person, **answers: str) -> dict[str, Any]:
    return parcel(person, "check", kind="night", digest="", answers=NIGHT | answers)


def reply(person: Person, slug: str, *answers: float | None) -> dict[str, Any]:
    digest = asked(questionnaire(slug))
    return parcel(person, "reply", slug=slug, digest=digest, answers=list(answers))


def test_a_night_set_is_one_round_however_often_it_arrives(mara):
    client, sent = as_(mara), check(mara, RF02="yes")
    for _ in range(2):
        answer = send(client, sent)
        assert (answer.status_code, answer.json()) == (200, {"id": sent["id"], "state": "kept"})
    assert Screening.objects.count() == 1
    assert not gate.may(mara, "breath", timezone.now()).allowed


def test_none_of_these_opens_breath(mara):
    send(as_(mara), check(mara))
    assert gate.may(mara, "breath", timezone.now()).allowed


def test_advice_that_was_read_opens_what_waits_for_it(mara):
    client, sent = as_(mara), check(mara, RF10="yes", **{"RF10.breathless": "no"})
    send(client, sent)
    assert not gate.may(mara, "breath", timezone.now()).allowed
    read = parcel(mara, "advised", check=sent["id"])
    assert [send(client, read).status_code for _ in range(2)] == [200, 200]
    assert gate.may(mara, "breath", timezone.now()).allowed


def test_a_strangers_round_is_neither_read_nor_advised(mara):
    tom, sent = cast.tom(), check(mara)
    send(as_(mara), sent)
    client = as_(tom)
    assert send(client, {**check(tom), "id": sent["id"]}).status_code == 404
    assert send(client, parcel(tom, "advised", check=sent["id"])).status_code == 404
    assert Screening.objects.count() == 1


def test_a_ninth_answer_and_its_step_stand_as_they_were_given(mara):
    client = as_(mara)
    nine = reply(mara, "phq-9", 1, 1, 2, 2, 1, 0, 1, 0, 1, None)
    assert send(client, nine).status_code == 200
    assert mind.standing(mara, timezone.now()) == "S"
    step = reply(mara, "asq", 0, 0, 0, 0, None)
    step["entry"]["at"] = timezone.now().isoformat()
    assert [send(client, step).status_code for _ in range(2)] == [200, 200]
    assert mind.standing(mara, timezone.now()) is None
    (found,) = finished(cast.viewer(mara), "phq-9", now=timezone.now())
    assert found.score and found.score.score == 9


def test_left_out_counts_as_yes_and_stands_as_an_emergency(mara):
    assert send(as_(mara), reply(mara, "asq", 0, None, 0, 0, None)).status_code == 200
    assert mind.standing(mara, timezone.now()) == "E"
    assert not gate.may(mara, "breath", timezone.now()).allowed


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"answers": [0, 9]}, "choose one of the answers"),
        ({"answers": [0]}, "2 values"),
        ({"answers": "00"}, "could not be read"),
        ({"digest": "0" * 64}, "have changed since"),
        ({"slug": "hoos-12"}, "not asked without a network"),
    ],
)
def test_answers_that_do_not_fit_are_refused_in_words(mara, wrong, sentence):
    sent = reply(mara, "phq-2", 0, 1)
    sent["entry"].update(wrong)
    answer = send(as_(mara), sent)
    said = [text for texts in answer.json()["fields"].values() for text in texts]
    assert answer.status_code == 422
    assert sentence in said[0]
    assert not Reply.objects.exists()


@pytest.mark.parametrize("at", ["", "never", "2026-04-14T03:10", "0001-01-01T00:00:00+14:00", 7])
def test_without_an_hour_that_can_be_it_counts_from_now(mara, at):
    sent = check(mara)
    sent["entry"]["at"] = at
    answer = send(as_(mara), sent)
    if at == 7:
        assert answer.status_code == 422
        return
    assert answer.status_code == 200
    found = screenings.read(cast.viewer(mara), Screening.objects.get().pk)
    assert timezone.now() - found.begun_at < timedelta(minutes=1)
