"""The questions: listed neutrally, one a screen, left and gone on with, scored plainly."""

import re
from datetime import timedelta
from unittest import mock
from uuid import uuid4

import pytest
from django.urls import reverse

from psoas.care.assessment import mind, replies, taking
from psoas.care.assessment.models import Reply
from psoas.care.assessment.reply_rows import create
from psoas.care.people.models import Person
from psoas.content import questionnaires
from psoas.content.questionnaires import questionnaire
from tests import cast
from tests.cast import NOW
from tests.web.person.journal_of import at_nine, page
from tests.web.person.questionnaires_of import BEGIN, SKIP, Answering
from tests.web.signing_in import as_

__all__ = ["at_nine"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_nine")]
LIST = reverse("questions")
DONE = re.compile(r"^/questions/[0-9a-f-]{36}/done/$")


def test_the_list_names_nothing_that_others_should_not_read_and_says_who_can_read_it():
    mara, ines = cast.mara(), cast.ines()
    text = page(mara, LIST)
    assert "Only you can read your answers here." in text
    assert "Nobody here is watching this" in text
    visible = re.sub(r'value="[^"]*"', "", text)
    for word in ("PHQ", "GAD", "PTSD", "depress", "suicid", "trauma"):
        assert word not in visible, word
    cast.under_care(ines, mara, "questionnaires", "alarm")
    text = page(mara, LIST)
    assert "You and Ines can read your answers here." in text
    assert "Nobody here is watching this" not in text
    assert "a note asks Ines to contact you" in text


def test_no_address_says_what_is_answered():
    mara = Answering(cast.mara()).begin("phq-2")
    assert re.fullmatch(r"/questions/[0-9a-f-]{36}/", mara.url)
    assert "<title>Notes</title>" in mara.page


def test_begun_twice_is_one():
    mara = cast.mara()
    one, two = Answering(mara).begin("peg"), Answering(mara).begin("peg")
    assert one.url == two.url
    assert Reply.objects.count() == 1
    assert "Go on" in page(mara, LIST)


@pytest.mark.parametrize("slug", ["", "made-up", "hoos-12", "../x"])
def test_what_is_not_offered_cannot_be_begun(slug):
    mara = Answering(cast.mara()).begin(slug)
    assert mara.status in {404, 422}
    assert not Reply.objects.exists()


def test_three_taps_and_the_number_stands_with_what_it_means():
    mara = Answering(cast.mara()).begin("peg")
    assert "Question 1 of 3" in mara.page
    mara.tap(7, 8, 6)
    assert DONE.match(mara.url)
    for said in ("7", "a higher number is worse", "One number, read with others"):
        assert said in mara.page
    assert "Last answered 14 April 2026" in page(_mara(), LIST)


def test_back_changes_an_answer_and_goes_on_where_one_was():
    mara = Answering(cast.mara()).begin("peg").tap(7, 8)
    key = mara.url
    mara.open(f"{key}?n=1")
    assert "Question 1 of 3" in mara.page
    assert re.search(r'value="7" aria-pressed="true"', mara.page)
    mara.tap(2)
    assert "Question 3 of 3" in mara.page
    mara.tap(6)
    assert "5.3" in mara.page


def test_what_cannot_be_is_refused_and_stays_typed():
    mara = Answering(cast.mara()).begin("own-activities").tap("kestrel watching")
    assert "kestrel watching" in mara.page
    mara.tap(11)
    assert mara.status == 422
    assert "from 0 to 10" in mara.page
    assert replies.read(cast.viewer(_mara()), _key(mara)).answers[1] is None


def test_two_tabs_do_not_overwrite_each_other():
    mara = cast.mara()
    one, two = Answering(mara).begin("peg"), Answering(mara).begin("peg")
    one.tap(7)
    two.tap(3)
    assert two.status == 422
    assert "in another window" in two.page
    assert replies.read(cast.viewer(mara), _key(one)).answers[0] == 7


def test_left_out_is_no_zero_and_gives_no_number():
    mara = Answering(cast.mara()).begin("peg").tap(7, SKIP, 6)
    assert DONE.match(mara.url)
    assert "There is no number this time." in mara.page


def test_everything_left_out_is_all_right():
    mara = Answering(cast.mara()).begin("peg").tap(SKIP, SKIP, SKIP)
    assert mara.url == LIST
    assert "Nothing was answered, and that is all right." in mara.page


def test_after_naming_one_thing_the_rest_is_left_with_one_tap():
    mara = Answering(cast.mara()).begin("own-activities").tap("kneeling", 4, SKIP)
    assert DONE.match(mara.url)
    assert "4" in mara.page


def test_somebody_elses_answers_are_not_there():
    mara, tom = Answering(cast.mara()).begin("phq-2").tap(1), cast.tom()
    for url in (mara.url, f"{mara.url}done/", f"{mara.url}?n=1"):
        assert as_(tom).get(url).status_code == 404
    answer = as_(tom).post(mara.url, {**mara.hidden(), "value": "3"})
    assert answer.status_code == 404
    assert replies.read(cast.viewer(_mara()), _key(mara)).answers == (1, None)


def test_two_questions_go_on_as_nine_with_the_answers_kept():
    mara = Answering(cast.mara()).begin("phq-2").tap(1, 1)
    assert "Question 3 of 9" in mara.page
    assert "a few more questions" in mara.page
    mara.tap(2, 2, 1, 0, 1, 0, 0, SKIP)
    assert DONE.match(mara.url)
    assert re.search(r'<b class="hero-title">8</b>', mara.page)
    assert "“mild”" in mara.page
    assert "Pfizer" in mara.page


def test_two_questions_that_ask_for_no_more_end_with_their_number():
    mara = Answering(cast.mara()).begin("phq-2").tap(0, 1)
    assert DONE.match(mara.url)
    assert "Please see a doctor" not in mara.page
    assert reverse("letter") not in mara.page


def test_the_second_round_says_whether_the_change_means_something():
    mara = cast.mara()
    with mock.patch("django.utils.timezone.now", return_value=NOW - timedelta(days=30)):
        Answering(mara).begin("peg").tap(8, 8, 8)
    found = Answering(mara).begin("peg").tap(4, 4, 4)
    assert "Since the last time" in found.page


def test_a_gate_answered_with_no_ends_it():
    mara = Answering(cast.mara()).begin("pc-ptsd-5")
    assert "Rather not say" in mara.page
    assert "You need not tell what happened" in mara.page
    mara.tap(0)
    assert DONE.match(mara.url)
    assert "That was all." in mara.page
    assert not mind.careful(cast.viewer(_mara()))


def test_a_positive_screen_names_treatments_with_their_source_and_goes_carefully():
    mara = Answering(cast.mara()).begin("pc-ptsd-5").tap(1, 1, 1, 1, 1, 0)
    for said in ("cognitive processing therapy", "prolonged exposure", "EMDR", "VA/DoD"):
        assert said in mara.page, said
    assert "From now on psoas goes carefully with you" in mara.page
    assert reverse("letter") in mara.page
    assert mind.careful(cast.viewer(_mara()))


def test_three_are_enough_for_who_asked_to_be_told_sooner():
    mara = cast.mara()
    as_(mara).post(reverse("me-careful"), {"on": ["sooner"]})
    found = Answering(mara).begin("pc-ptsd-5").tap(1, 1, 1, 1, 0, 0)
    assert "EMDR" in found.page
    assert mind.careful(cast.viewer(mara))


def test_three_say_nothing_else():
    found = Answering(cast.mara()).begin("pc-ptsd-5").tap(1, 1, 1, 1, 0, 0)
    assert "EMDR" not in found.page
    assert not mind.careful(cast.viewer(_mara()))


def test_going_carefully_is_a_switch():
    mara = cast.mara()
    assert 'value="careful" checked' not in page(mara, reverse("me-careful"))
    as_(mara).post(reverse("me-careful"), {"on": ["careful"]})
    assert 'value="careful" checked' in page(mara, reverse("me-careful"))
    as_(mara).post(reverse("me-careful"), {})
    assert not mind.careful(cast.viewer(mara))


def test_beginning_takes_a_post():
    assert as_(cast.mara()).get(BEGIN).status_code == 405


def _mara():
    return Person.objects.get(name="Mara")


def _key(answering):
    return answering.url.split("/")[2]


def test_what_a_clinician_reads_shows_no_number_and_goes_into_a_letter():
    person = cast.mara()
    create(person, questionnaire("pcl-5"), NOW, answers=(2.0,) * 19 + (None,))
    mara = Answering(person).begin("pcl-5").tap(2)
    assert DONE.match(mara.url)
    assert "read together with a clinician" in mara.page
    assert "hero-title" not in mara.page
    assert "40" not in mara.page.split("<main")[1].split("<footer")[0]
    assert 'value="pcl-5" checked' in page(person, reverse("letter"))


def test_each_round_is_one_tap_away_and_the_newest_first():
    mara = cast.mara()
    with mock.patch("django.utils.timezone.now", return_value=NOW - timedelta(days=30)):
        first = Answering(mara).begin("peg").tap(8, 8, 8)
    assert "Earlier results" not in page(mara, LIST)
    second = Answering(mara).begin("peg").tap(4, 4, 4)
    text = page(mara, LIST)
    assert text.index(second.url) < text.index("Earlier results") < text.index(first.url)
    assert re.search(r'<b class="hero-title">8</b>', second.open(first.url).page)


def test_what_is_no_longer_asked_can_still_be_looked_at():
    mara = cast.mara()
    found = Answering(mara).begin("peg").tap(7, 8, 6)
    left = [each for each in questionnaires.questionnaires() if each.slug != "peg"]
    with mock.patch.object(questionnaires, "questionnaires", return_value=tuple(left)):
        text = page(mara, LIST)
    assert "Answered before" in text
    assert found.url in text
    assert 'value="peg"' not in text


def test_a_doctor_this_week_is_said_here_until_the_result_was_opened():
    mara = cast.mara()
    key = uuid4()
    asked = taking.asked(questionnaire("phq-9"))
    answers = [*[3] * 7, 1, 0, 1]
    taking.take(cast.viewer(mara), "phq-9", asked, answers, key, at=NOW, now=NOW)
    result = reverse("question-done", args=[key])
    for address in (LIST, reverse("today")):
        main = page(mara, address).split("<main")[1]
        card = main[main.index(result) :].partition("</a>")[0]
        assert "Please see a doctor this week" in card, address
        assert "From your answers of 14 April" in card
        assert not re.search(r"\b22\b|PHQ|severe", card)
    assert "Please see a doctor this week" in page(mara, result)
    for address in (LIST, reverse("today")):
        assert "Please see a doctor this week" not in page(mara, address)
