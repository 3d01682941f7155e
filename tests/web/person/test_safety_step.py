"""The suicide step on every way to it: before any score, and never a score after a hard answer."""

import re
from datetime import timedelta
from unittest import mock

import pytest
from django.urls import reverse

from psoas.care.assessment import replies
from psoas.care.assessment.models import Task
from psoas.care.assessment.reply_rows import create
from psoas.care.people.models import Person
from psoas.content.questionnaires import questionnaire
from tests import cast
from tests.cast import NOW
from tests.web.person.journal_of import at_nine, page
from tests.web.person.questionnaires_of import SKIP, Answering
from tests.web.signing_in import as_

__all__ = ["at_nine"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_nine")]
EIGHT = (2.0, 2.0, 3.0, 3.0, 1.0, 2.0, 1.0, 1.0)
ALONE = "You do not have to deal with this alone."
# Whatever tells how bad it is, in number or word.
SEVERITY = re.compile(r"severe|moderate|mild|minimal|\bscore|\b1[56]\b|of 0 to 27", re.IGNORECASE)


@pytest.fixture
def mara():
    cast.installation()
    person = cast.mara()
    person.country = "GB"
    person.save()
    return person


def main_of(answering):
    return answering.page.split("<main")[1].split("</main>")[0]


def to_the_step(person, ninth):
    """Eight of nine are answered already; the ninth is the one that leads there."""
    asked = questionnaire("phq-9")
    create(person, asked, NOW, answers=(*EIGHT, None, None))
    return Answering(person).begin("phq-9").tap(ninth)


@pytest.mark.parametrize("ninth", [1, 2, 3, SKIP])
def test_the_ninth_answer_leads_there_at_once(mara, ninth):
    found = to_the_step(mara, ninth)
    assert "Question 1 of 4" in found.page
    assert "wished you were dead" in found.page
    assert "because of your last answer" in found.page
    assert not SEVERITY.search(re.sub(r"<footer.*", "", main_of(found), flags=re.DOTALL))


def test_the_ninth_answered_with_not_at_all_leads_on(mara):
    page = to_the_step(mara, 0).page
    assert "One more question" in page
    assert "how often have you been bothered" not in page


@pytest.mark.parametrize(
    "answers", [(0, 0, 0, 1, 1), (1, 0, 0, 0, SKIP), (SKIP, SKIP, SKIP, SKIP, SKIP)]
)
def test_right_now_shows_whom_to_call_and_nothing_else(mara, answers):
    found = to_the_step(mara, 1).tap(*answers)
    for said in (
        ALONE,
        'href="tel:999"',
        "Ask someone to stay with you",
        "Move anything you could use to hurt yourself away",
        "Samaritans",
        "nobody was told",
        'class="leave"',
    ):
        assert said in found.page, said
    assert not SEVERITY.search(main_of(found))
    assert reverse("letter") not in main_of(found)


@pytest.mark.parametrize("answers", [(1, 0, 0, 0, 0), (0, 0, 0, SKIP, 0)])
def test_not_right_now_shows_help_for_today(mara, answers):
    found = to_the_step(mara, SKIP).tap(*answers)
    for said in (ALONE, "today", "Samaritans", 'href="tel:999"', "nobody was told"):
        assert said in found.page, said
    assert not SEVERITY.search(main_of(found))


def test_all_no_goes_on_with_the_questions_and_then_tells_the_number(mara):
    found = to_the_step(mara, 1).tap(0, 0, 0, 0)
    assert "you do not have to deal with them alone" in found.page
    assert "Help now" in found.page
    onward = re.findall(r'class="button" href="([^"]+)"', main_of(found))[0]
    found.open(onward)
    assert "One more question" in found.page
    found.tap(1)
    assert re.search(r'<b class="hero-title">16</b>', found.page)


def test_no_number_is_shown_while_it_stands_whatever_is_answered_next(mara):
    hard = to_the_step(mara, 3).tap(1, 1, 1, 1, 1)
    for slug, answers in (("phq-2", (3, 3)), ("peg", (9, 9, 9)), ("gad-2", (3, 3))):
        found = Answering(mara).begin(slug).tap(*answers)
        assert ALONE in found.page, slug
        assert not SEVERITY.search(main_of(found)), slug
    with mock.patch("django.utils.timezone.now", return_value=NOW + timedelta(days=9)):
        assert ALONE in hard.open(hard.url).page


def test_going_back_to_the_ninth_question_leads_there_too(mara):
    found = to_the_step(mara, 0)
    key = found.url
    found.open(f"{key}?n=9").tap(2)
    assert "wished you were dead" in found.page


def test_the_step_cannot_be_walked_around_by_its_address(mara):
    key = to_the_step(mara, 0).url
    found = Answering(mara).open(f"{key}?n=9").tap(2)
    for elsewhere in (f"{key}done/", key):
        found.open(elsewhere)
        assert "wished you were dead" in found.page


def test_who_may_be_told_is_told_and_named(mara):
    cast.under_care(cast.ines(), mara, "alarm")
    found = to_the_step(mara, 1).tap(0, 0, 0, 1, 1)
    assert "A note asks Ines to contact you" in found.page
    assert "a call reaches somebody now" in found.page
    assert "nobody was told" not in found.page
    assert Task.objects.filter(person=mara, clinician__name="Ines").exists()


def test_where_all_is_no_it_still_says_who_heard_of_the_ninth_answer(mara):
    cast.under_care(cast.ines(), mara, "alarm")
    found = to_the_step(mara, 1)
    assert "A note asks Ines to contact you, because of your last answer" in found.page
    found.tap(0, 0, 0, 0)
    assert "A note asks Ines to contact you" in found.page
    with mock.patch("django.utils.timezone.now", return_value=NOW + timedelta(minutes=5)):
        assert "nobody was told" in Answering(mara).begin("asq").tap(0, 0, 0, 0).page
    assert Task.objects.filter(person=mara).count() == 1


def test_without_that_consent_nobody_is_told(mara):
    cast.under_care(cast.ines(), mara, "pain", "questionnaires")
    to_the_step(mara, 1).tap(0, 0, 0, 1, 1)
    assert not Task.objects.exists()


def test_a_consent_given_afterwards_tells_nobody_and_the_page_says_so(mara):
    found = to_the_step(mara, 1).tap(0, 0, 0, 1, 1)
    cast.under_care(cast.ines(), mara, "alarm")
    found.open(found.url)
    assert "nobody was told" in found.page
    assert "Ines" not in found.page


def test_what_a_clinician_measured_shows_no_number_meanwhile_either(mara):
    ines = cast.ines()
    cast.under_care(ines, mara)
    paper = replies.enter(cast.viewer(ines), mara.pk, "peg", [9, 9, 9], NOW)
    to_the_step(mara, 1).tap(0, 0, 0, 1, 1)
    found = Answering(mara).open(reverse("question-done", args=[paper.id]))
    assert ALONE in found.page
    assert not SEVERITY.search(main_of(found))


def test_it_stands_behind_help_now_for_whoever_is_signed_in(mara):
    text = page(mara, reverse("help"))
    assert "Thoughts of ending your life?" in text
    found = Answering(mara).begin("asq")
    assert "Question 1 of 4" in found.page
    assert "They decide only whom to show you." in found.page
    assert "counts as a yes" in found.page
    found.tap(0, 0, 0, 0)
    assert "you do not have to deal with them alone" in found.page


def test_nobody_signed_out_is_asked(client):
    cast.installation()
    assert 'value="asq"' not in client.get(reverse("help")).content.decode()


def test_another_persons_step_is_not_there(mara):
    found = to_the_step(mara, 1)
    tom = as_(cast.tom())
    assert tom.get(found.url).status_code == 404
    assert tom.post(found.url, found.hidden() | {"value": "0"}).status_code == 404
    assert Person.objects.count() == 2


def test_an_emergency_stands_until_the_questions_are_answered_again(mara):
    found = to_the_step(mara, 1).tap(0, 0, 0, 1, 1)
    later = NOW + timedelta(days=9)
    with mock.patch("django.utils.timezone.now", return_value=later):
        assert "What you answered last asks for help first." in page(mara, reverse("questions"))
        assert "answer those questions again" in main_of(found)
        Answering(mara).begin("asq").tap(0, 0, 0, 0)
        assert "asks for help first" not in page(mara, reverse("questions"))
