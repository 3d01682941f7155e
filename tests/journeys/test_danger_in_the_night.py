"""What may be an emergency comes before anything calming, with and without a network."""

import re
import time

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from psoas.care.assessment import mind
from psoas.care.assessment.models import Reply, Screening
from psoas.care.journal.models import Entry
from tests import cast
from tests.journeys.test_the_first_night import kept_for_offline, three_taps


@pytest.fixture
def mara():
    cast.installation()
    return cast.mara()


@pytest.fixture
def offline(page: Page, signed_in, mara, address) -> Page:
    signed_in(page, mara)
    page.goto(address("/"))
    kept_for_offline(page)
    page.context.set_offline(True)
    return page


def answer(page: Page, *words: str) -> None:
    for word in words:
        page.locator("#stage").get_by_role("button", name=word, exact=True).tap()


def arrives(rows: type[Screening | Reply | Entry], count: int) -> None:
    for _ in range(100):
        if rows.objects.count() == count:
            return
        time.sleep(0.1)
    assert rows.objects.count() == count


def test_danger_is_asked_before_any_way_home_and_told_without_a_network(offline, mara, address):
    offline.goto(address("/now/"))
    three_taps(offline)
    expect(offline.locator("#night .row-button")).to_have_count(11)
    for way in ("#offers", ".back", "#noted-home"):
        expect(offline.locator(way)).to_be_hidden()
    offline.locator("#night .row-button", has_text="suddenly cold").tap()
    answer(offline, "Not sure")
    # What a yes would be told is not told to who is not sure.
    expect(offline.locator("#night-so-far")).to_contain_text("You were not sure about this")
    offline.locator("#night .row-button", has_text="newly swollen").tap()
    answer(offline, "Yes", "No")
    expect(offline.locator("#night-so-far")).to_contain_text("Speak to a clinician today")
    offline.locator("#night .row-button", has_text="Sudden, severe hip pain").tap()
    answer(offline, "Yes")
    expect(offline.locator("#stage h1")).to_have_text("Get help now")
    expect(offline.locator("#stage .sos")).to_have_attribute("href", "tel:999")
    expect(offline.locator("#stage")).to_contain_text("Sudden severe pain with a hip")
    offline.goto(address("/check/"))
    answer(offline, "18 to 64", "Yes")
    expect(offline.locator("#stage h1")).to_have_text("Get help now")
    assert not Screening.objects.exists()
    offline.context.set_offline(False)
    expect(offline.locator("#waiting")).to_have_text("Sent.")
    arrives(Screening, 2)
    arrives(Entry, 1)
    # An emergency keeps breathing shut, on the server as on the device.
    offline.goto(address("/calm/breath/"))
    expect(offline.locator("body")).to_contain_text("999")


def test_the_suicide_step_is_one_tap_away_without_a_network(offline, mara, address):
    offline.goto(address("/now/"))
    three_taps(offline)
    offline.locator("#night [data-thoughts]").tap()
    expect(offline.locator("#stage")).to_contain_text("116 123")
    answer(offline, "Back")
    offline.goto(address("/questions/"))
    answer(offline, "Begin", "Several days", "Several days", *["Not at all"] * 6)
    # The ninth: the step is the next screen, and what is left out of it counts as yes.
    answer(offline, "Several days", "No", "Leave this out (it counts as yes)", "No", "No", "No")
    for words in ("Please talk about it", "Call 999", "116 123", "Nobody here is watching this"):
        expect(offline.locator("#stage")).to_contain_text(words)
    offline.context.set_offline(False)
    # With the step that the ninth answer opened there, and that was answered here.
    arrives(Reply, 4)
    assert mind.standing(mara, timezone.now()) == "S"


def test_nothing_calming_opens_after_thoughts_of_doing_it_now(offline, mara, address):
    offline.goto(address("/calm/breath/"))
    offline.locator("#night-none").tap()
    expect(offline.locator("#breath")).to_be_visible()
    offline.goto(address("/questions/"))
    answer(offline, "Begin", "Several days", "Several days", *["Not at all"] * 6)
    answer(offline, "Several days", "Yes", "No", "No", "No", "Yes")
    expect(offline.locator("#stage")).to_contain_text("You do not have to deal with this alone")
    offline.goto(address("/calm/breath/"))
    expect(offline.locator("#breath")).to_be_hidden()
    expect(offline.locator("#stage")).to_contain_text("116 123")


def test_hard_weeks_are_said_in_words_without_a_network_and_stay_said(offline, mara, address):
    stage, waiting = offline.locator("#stage"), offline.locator("#waiting")
    offline.goto(address("/questions/"))
    answer(offline, "Begin", *["Nearly every day"] * 8)
    expect(stage).to_contain_text("Question 9")
    answer(offline, "Several days")
    expect(stage).to_contain_text("Before anything else, a few short questions")
    answer(offline, "No", "No", "No", "No")
    expect(stage).to_contain_text("Please see a doctor this week")
    assert not re.search(r"\b2[0-7]\b|severe", stage.inner_text())
    # The kept page of help knows nobody: it asks nobody to sign in, and leads to the questions.
    offline.goto(address("/help/"))
    expect(waiting).to_have_text("Answers waiting. Kept on this device until there is a network.")
    offline.get_by_role("link", name="Answer them").tap()
    expect(stage).to_contain_text("If it might be now, please call now.")
    offline.context.set_offline(False)
    arrives(Reply, 4)
    offline.goto(address("/"))
    offline.get_by_role("link", name="Please see a doctor this week").tap()
    expect(offline.locator("main")).to_contain_text("ask for an appointment")
    offline.goto(address("/"))
    expect(offline.locator("main")).not_to_contain_text("Please see a doctor this week")


def test_what_was_sent_while_the_first_page_stood_open_is_on_it(offline, mara, address):
    first = offline
    other = first.context.new_page()
    other.goto(address("/"))
    expect(other.locator("#elsewhere")).to_contain_text("There is no network")
    three_taps(other)
    expect(first.locator("#waiting")).to_contain_text("1 entry waiting.")
    expect(first.locator("main")).not_to_contain_text("Last check-in")
    first.context.set_offline(False)
    expect(first.locator("main")).to_contain_text("Last check-in")
