"""The page of what changes, and what the first page says of it."""

from datetime import timedelta
from unittest import mock

import pytest
from django.urls import reverse

from psoas.care.assessment import plans
from psoas.care.people.models import Person
from tests import cast
from tests.care.assessment.asking import done
from tests.cast import NOW, viewer
from tests.web.person.journal_of import at_nine, page
from tests.web.signing_in import as_

__all__ = ["at_nine"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_nine")]
PROGRESS, BEGIN, TODAY = reverse("progress"), reverse("progress-begin"), reverse("today")
WAITING = "A few questions are waiting"


def followed(weeks: int, *answers: tuple[int, float, float], who: Person | None = None) -> Person:
    """Somebody who began so many weeks ago, and answered two of them after these weeks."""
    mara = who or cast.mara()
    began = NOW - timedelta(weeks=weeks)
    plans.begin(viewer(mara), ["nprs", "peg"], began)
    for after, number, three in answers:
        at = began + timedelta(weeks=after)
        done(viewer(mara), "nprs", [number, None, None], now=at)
        done(viewer(mara), "peg", [three, three, three], now=at)
    return mara


def test_before_it_begins_a_sensible_few_are_chosen_and_nothing_of_mood():
    text = page(cast.mara(), PROGRESS)
    for slug in ("nprs", "peg", "own-activities"):
        assert f'value="{slug}" checked' in text
    assert 'value="phq-9">' in text
    assert 'value="asq"' not in text
    assert "asked now, and again after 2, 6 and 12 weeks" in text
    assert "Common clinical knowledge; no source was found." in text


def test_it_begins_by_post_and_what_is_due_can_be_begun_there():
    client = as_(cast.mara())
    answer = client.post(BEGIN, {"chosen": ["peg", "nprs"]}, follow=True)
    assert answer.redirect_chain == [(PROGRESS, 302)]
    text = answer.content.decode()
    assert WAITING in text
    assert text.count(f'action="{reverse("questions-begin")}"') == 2
    assert "Not answered yet." in text


def test_nothing_chosen_is_said_beside_the_form_which_keeps_what_was_ticked():
    answer = as_(cast.mara()).post(BEGIN, {})
    assert answer.status_code == 422
    assert "Choose one at least." in answer.content.decode()


def test_what_was_not_offered_is_not_there():
    assert as_(cast.mara()).post(BEGIN, {"chosen": "asq"}).status_code == 404


def test_what_changed_is_said_in_words_with_its_numbers_and_where_they_are_from():
    text = page(followed(6, (0, 6, 7), (6, 4, 4)), PROGRESS)
    assert "2 of 2 measures moved by an amount that means something, for the better." in text
    assert "It went from 6 to 4, for the better." in text
    assert "pubmed.ncbi.nlm.nih.gov/15207508" in text
    assert text.count('<figure class="chart">') == 2
    assert text.count("<table") == 2
    assert "Time to talk" not in text


def test_after_six_weeks_without_change_it_is_time_to_talk():
    text = page(followed(6, (0, 6, 7), (6, 6, 6)), PROGRESS)
    assert "Time to talk" in text
    assert "less than 1 point" in text
    assert reverse("letter") in text


def test_one_answer_is_too_early():
    text = page(followed(0, (0, 6, 7)), PROGRESS)
    assert "Too early." in text
    assert "Nothing is waiting. The next time is 28 April 2026." in text


def test_the_first_page_says_that_something_waits_and_no_more():
    mara = cast.mara()
    assert WAITING not in page(mara, TODAY)
    followed(2, (0, 6, 7), who=mara)
    text = page(mara, TODAY)
    assert WAITING in text
    for word in ("PEG", "nprs", "Number", "Three questions"):
        assert word not in text
    done(viewer(mara), "nprs", [6, None, None])
    done(viewer(mara), "peg", [6, 6, 6])
    assert WAITING not in page(mara, TODAY)


def test_a_number_is_not_shown_while_help_is_what_counts():
    mara = cast.mara()
    plans.begin(viewer(mara), ["phq-9", "peg"], NOW)
    done(viewer(mara), "phq-9", [0] * 9, now=NOW - timedelta(days=2))
    text = page(mara, PROGRESS)
    assert "Nine questions" in text
    assert "PHQ-9" not in text
    with mock.patch("psoas.care.assessment.mind.standing", return_value="E"):
        text = page(mara, PROGRESS)
    assert "It began at" not in text
    assert WAITING not in text
    assert reverse("help") in text


def test_reminders_are_off_until_switched_on_and_only_where_there_is_a_mail_server(settings):
    mara = cast.mara()
    url = reverse("me-reminders")
    assert "This installation sends no mail." in page(mara, url)
    settings.SENDS_MAIL = True
    assert 'name="mail" value="on">' in page(mara, url)
    assert as_(mara).post(url, {"mail": "on"}).status_code == 302
    assert 'name="mail" value="on" checked>' in page(mara, url)
    as_(mara).post(url, {})
    assert 'name="mail" value="on">' in page(mara, url)
