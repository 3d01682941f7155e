"""What a clinician sees of somebody's check, and a yes with name and reason."""

import pytest
from django.urls import reverse
from django.utils import timezone

from psoas.care.assessment import gate, replies
from psoas.care.assessment.models import Clearance
from psoas.care.people import sharing
from psoas.care.people.models import Person, TrailRow
from tests import cast
from tests.care.assessment.checks import go_through
from tests.web.clinic.clinic_of import STRANGERS, cared_for, stranger
from tests.web.signing_in import as_staff

pytestmark = pytest.mark.django_db
REST_PAIN = {"RF12": "yes", "RF12.severe": "no"}
NUMB = {"RF04": "yes"}


@pytest.fixture
def mara() -> Person:
    cast.installation()
    return cast.mara()


@pytest.fixture
def ines() -> Person:
    return cast.ines()


def url(person: Person) -> str:
    return reverse("person-check", args=[person.pk])


def main(client, person: Person) -> str:
    answer = client.get(url(person))
    assert answer.status_code == 200
    return str(answer.content.decode().split("<main")[1])


def token_in(client, person: Person) -> str:
    return str(client.get(url(person)).context["token"])


def says_yes(client, person: Person, reason: str, about: Person | None = None):
    typed = {"reason": reason, "person_token": token_in(client, about or person)}
    return client.post(url(person), typed)


def test_what_it_came_to_is_shown_in_words_and_the_answers_are_not(mara, ines) -> None:
    cared_for(ines, mara)
    go_through(mara, REST_PAIN, now=timezone.now())
    page = main(as_staff(ines), mara)
    assert "Clinician first" in page
    assert "Holds until" in page
    assert "What Mara answered is not shared with you" in page
    assert "lost weight" not in page


def test_with_questionnaires_shared_each_answer_that_matters_has_its_source(mara, ines) -> None:
    cared_for(ines, mara, "questionnaires")
    go_through(mara, REST_PAIN, now=timezone.now())
    page = main(as_staff(ines), mara)
    assert "lost weight without trying" in page
    assert "Is the pain severe" in page
    assert "Finucane" in page
    assert "questions answered no" in page


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (NUMB, "Emergency"),
        ({"RF12": "yes", "RF12.severe": "yes"}, "Same day"),
        ({}, "Go on"),
        ({"RF19": "not sure"}, "With limits"),
    ],
)
def test_every_outcome_has_its_words(given, words, mara, ines) -> None:
    cared_for(ines, mara)
    go_through(mara, given, now=timezone.now())
    assert f"<b>{words}</b>" in main(as_staff(ines), mara)


def test_without_a_check_it_asks_for_one(mara, ines) -> None:
    cared_for(ines, mara)
    page = main(as_staff(ines), mara)
    assert "Mara has not answered the check yet." in page
    assert "You say that exercise is fine" not in page


def test_a_yes_with_a_reason_opens_the_routine_and_stands_with_name(mara, ines) -> None:
    cared_for(ines, mara, "questionnaires")
    go_through(mara, REST_PAIN, now=timezone.now())
    client = as_staff(ines)
    assert not gate.may(mara, "routine", timezone.now()).allowed
    assert says_yes(client, mara, "Seen by oncology in May, examined today").status_code == 302
    assert gate.may(mara, "routine", timezone.now()).allowed
    page = main(client, mara)
    assert "Seen by oncology in May" in page
    assert "<b>Ines</b>" in page
    assert TrailRow.objects.filter(action="check overridden", actor=ines.pk).count() == 1


def test_a_yes_without_a_reason_is_refused_and_nothing_opens(mara, ines) -> None:
    cared_for(ines, mara)
    go_through(mara, REST_PAIN, now=timezone.now())
    answer = says_yes(as_staff(ines), mara, "   ")
    assert answer.status_code == 422
    assert "Write the reason" in answer.content.decode()
    assert not Clearance.objects.exists()


def test_what_was_typed_stays_when_it_is_refused(mara, ines) -> None:
    cared_for(ines, mara)
    go_through(mara, REST_PAIN, now=timezone.now())
    answer = says_yes(as_staff(ines), mara, "long " * 100)
    assert answer.status_code == 422
    assert "long long" in answer.content.decode()


def test_no_yes_stands_above_an_emergency(mara, ines) -> None:
    cared_for(ines, mara)
    go_through(mara, NUMB, now=timezone.now())
    client = as_staff(ines)
    assert "You say that exercise is fine" not in main(client, mara)
    answer = says_yes(client, mara, "I know better")
    assert answer.status_code == 422
    assert "No yes stands above it" in answer.content.decode()
    assert not Clearance.objects.exists()


def test_a_yes_is_taken_back_by_who_wrote_it_and_by_no_other_clinician(mara, ines) -> None:
    jonas = cast.jonas()
    for each in (ines, jonas):
        cared_for(each, mara, "questionnaires")
    go_through(mara, REST_PAIN, now=timezone.now())
    hers, his = as_staff(ines), as_staff(jonas)
    says_yes(hers, mara, "Examined today")
    yes = Clearance.objects.get()
    assert "Take it back" not in main(his, mara)
    typed = {"withdraw": yes.pk, "person_token": token_in(his, mara)}
    assert his.post(url(mara), typed).status_code == 404
    typed = {"withdraw": yes.pk, "person_token": token_in(hers, mara)}
    assert hers.post(url(mara), typed).status_code == 302
    assert not gate.may(mara, "routine", timezone.now()).allowed
    assert "Taken back" in main(hers, mara)


def test_a_form_of_one_person_is_refused_on_anothers_page(mara, ines) -> None:
    tom = cast.tom()
    for each in (mara, tom):
        cared_for(ines, each)
        go_through(each, REST_PAIN, now=timezone.now())
    answer = says_yes(as_staff(ines), tom, "Examined today", about=mara)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "This form was opened for somebody else" in page
    assert "Examined today" in page
    assert not Clearance.objects.exists()


def test_an_answer_about_dying_is_told_by_its_own_consent_alone(mara, ines) -> None:
    cared_for(ines, mara, "questionnaires")
    go_through(mara, REST_PAIN, now=timezone.now())
    hers = cast.viewer(mara)
    reply = replies.begin(hers, "phq-9", timezone.now())
    for number in (*range(1, 9), 9):
        value = "1" if number == 9 else "0"
        reply = replies.answer(
            hers, reply.id, number, value, revision=reply.revision, now=timezone.now()
        )
    client = as_staff(ines)
    assert "wishing to be dead" not in main(client, mara)
    refused = says_yes(client, mara, "Let us go on").content.decode()
    assert "No yes can be written just now. Speak with Mara first." in refused
    sharing.set_shares(mara, ines.pk, {"alarm"}, now=timezone.now())
    assert "wishing to be dead" in main(client, mara)


def test_each_look_stands_in_the_persons_record(mara, ines) -> None:
    cared_for(ines, mara)
    main(as_staff(ines), mara)
    assert TrailRow.objects.filter(action="check read", actor=ines.pk, subject=mara.pk).exists()


def test_for_anyone_else_the_page_does_not_exist(mara, ines) -> None:
    cared_for(ines, mara, "questionnaires")
    go_through(mara, REST_PAIN, now=timezone.now())
    token = token_in(as_staff(ines), mara)
    for name in STRANGERS:
        client = stranger(name, mara)
        typed = {"reason": "let me", "person_token": token}
        for answer in (client.get(url(mara)), client.post(url(mara), typed)):
            assert answer.status_code == 404
            assert "Clinician first" not in answer.content.decode()
    assert not Clearance.objects.exists()
