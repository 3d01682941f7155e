"""What may be an emergency comes before anything calming, with and without a network."""

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
