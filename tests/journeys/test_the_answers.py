"""The answer, weeks later: a sentence before any picture, and one tap from there to a test."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from psoas.care.journal import notebook
from psoas.care.people.access import Viewer
from psoas.care.people.models import Person
from tests import cast
from tests.care.assessment.checks import go_through
from tests.care.journal.diary_of import write_days


@pytest.fixture
def mara() -> Person:
    cast.installation()
    return cast.mara()


def days(person: Person, count: int) -> None:
    write_days(person, timezone.localdate() - timedelta(days=count), count, cause="long-sitting")


def test_until_there_is_enough_it_says_how_far_it_is(page: Page, signed_in, address, mara):
    days(mara, 19)
    signed_in(page, mara)
    page.goto(address("/days/"))
    page.get_by_role("link", name="Answers").tap()
    expect(page.get_by_text("19 of at least 28 days so far.")).to_be_visible()
    expect(page.get_by_text("Your next answer day is")).to_be_visible()
    assert page.title() == "Notes"


def test_the_first_answers_are_there_at_once_and_a_test_one_tap_after_them(
    page: Page, signed_in, address, mara
):
    days(mara, 130)
    # The diary's own pain jumps; a test of something one does waits for the check.
    go_through(mara, now=timezone.now())
    signed_in(page, mara)
    page.goto(address("/answers/"))
    first = page.locator("article").first
    expect(first).to_contain_text("The day after “long sitting”, pain was")
    above = first.bounding_box()
    chart = page.locator("#effects-heading").bounding_box()
    assert above and chart and above["y"] < chart["y"]
    page.get_by_role("link", name="What these words mean").tap()
    expect(page.get_by_role("heading", name="Answer day, and why you wait for it")).to_be_visible()
    page.get_by_role("link", name="Back").tap()
    page.locator("article").first.get_by_role("link", name="Test sitting breaks").tap()
    expect(page.get_by_text("sitting breaks").first).to_be_visible()
    assert "sitting" not in page.url


def test_each_picture_unfolds_to_its_numbers(page: Page, signed_in, address, mara):
    days(mara, 130)
    then = timezone.now() - timedelta(days=130)
    notebook.name_suspects(Viewer(mara), [("long-sitting", False)], now=then)
    signed_in(page, mara)
    page.goto(address("/answers/"))
    for summary in page.get_by_text("The same as a table").all():
        if summary.is_visible():
            summary.tap()
    assert page.locator("table:visible").count() >= 2
