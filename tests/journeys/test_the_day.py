"""The day entry: what was looked at counts as asked, and nothing else does."""

import pytest
from playwright.sync_api import Page, expect

from psoas.care.journal.models import Entry
from psoas.care.journal.reading import entries
from tests import cast


@pytest.fixture
def day(page: Page, signed_in, address) -> Page:
    cast.installation()
    signed_in(page, cast.mara())
    page.goto(address("/days/new/"))
    return page


def document():
    row = Entry.objects.get()
    return entries(cast.viewer(row.person), row.day, row.day)[0].document


def test_a_number_alone_asks_nothing(day: Page):
    day.locator("label.pain-4").tap()
    day.get_by_role("button", name="Save just this").tap()
    expect(day.get_by_text("Saved.")).to_be_visible()
    assert document()["pain"] == 4
    assert document()["asked"] == {"triggers": False, "feelings": False}
    assert "triggers" not in document()


def test_choosing_one_ticks_the_list_in_sight_and_the_person_has_the_last_word(day: Page):
    tick = day.locator("[name=asked-triggers]")
    expect(tick).not_to_be_checked()
    day.locator("label.chip", has_text="Deadline").tap()
    expect(tick).to_be_checked()
    tick.uncheck()
    day.locator("label.chip", has_text="Stairs").first.tap()
    expect(tick).not_to_be_checked()
    day.locator("label.pain-4").tap()
    day.get_by_role("button", name="Save", exact=True).tap()
    expect(day.get_by_text("Saved.")).to_be_visible()
    assert document()["triggers"] == {"deadline": 1, "stairs": 1}
