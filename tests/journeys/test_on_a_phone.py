"""What a newcomer stumbled over on a phone: the list of people, the key, words not yet saved."""

import pytest
from django.conf import settings
from playwright.sync_api import Dialog, Page, Route, expect

from psoas.care.people.models import Person
from tests import cast
from tests.journeys.pages import session_of
from tests.web.signing_in import with_second_factor


def come_in(page: Page, person: Person, origin: str) -> None:
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session_of(person), "url": origin}
    page.context.add_cookies([cookie])  # type: ignore[list-item]


@pytest.fixture
def writing(page: Page, address) -> Page:
    """A day entry with words in it that are not saved."""
    cast.installation()
    come_in(page, cast.mara(), address(""))
    page.goto(address("/days/new/"))
    page.get_by_label("Your words").press_sequentially("kestrel")
    return page


def test_everyone_is_on_the_screen_with_whoever_looks_after_them(page, address):
    cast.installation()
    mara, ines, olga = cast.mara(), cast.ines(), cast.olga()
    cast.under_care(ines, mara)
    come_in(page, with_second_factor(olga), address(""))
    page.goto(address("/people/"))
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Mara"))
    carers = row.get_by_role("cell", name="Ines")
    change = row.locator("details")
    change.locator("summary").tap()
    for part in (carers, change, change.get_by_role("button", name="End care by Ines")):
        box = part.bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= 390
    panel = change.bounding_box()
    assert panel and panel["width"] > 300
    page.get_by_role("columnheader", name="Role").get_by_role("link").tap()
    expect(page).to_have_url(address("/people/?order=role"))


def test_the_key_of_the_app_is_shown_whole_and_copied_without_spaces(page, address):
    cast.installation()
    come_in(page, cast.mara(), address(""))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address(""))
    page.goto(address("/me/keys/totp/activate/"))
    key = page.locator("#key")
    groups = key.locator("span").all_text_contents()
    assert {len(group) for group in groups} == {4}
    assert key.evaluate("(each) => each.scrollWidth <= each.clientWidth")
    secret = "".join(groups)
    page.get_by_role("button", name="Copy").tap()
    expect(page.locator("[data-copied]")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == secret
    link = page.get_by_role("link", name="Open the app on this phone").get_attribute("href") or ""
    assert link.startswith("otpauth://totp/") and f"secret={secret}" in link


def test_words_not_yet_saved_are_not_lost_by_a_tap_beside(writing, address):
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    writing.on("dialog", stay)
    writing.get_by_role("link", name="Today").tap()
    expect(writing.get_by_label("Your words")).to_have_value("kestrel")
    assert asked == ["beforeunload"]
    save = writing.get_by_role("button", name="Save", exact=True)
    save.tap()
    expect(writing.get_by_text("Not saved yet.")).to_be_visible()
    writing.get_by_role("link", name="Today").tap()
    assert asked == ["beforeunload"] * 2
    writing.locator(".scale label", has_text="4").first.tap()
    save.tap()
    expect(writing).to_have_url(address("/days/"))
    assert asked == ["beforeunload"] * 2


@pytest.mark.parametrize("way", ["button", "Escape"])
def test_leaving_never_waits_for_words_not_yet_saved(writing, way):
    def elsewhere(route: Route) -> None:
        route.fulfill(body="elsewhere")

    writing.on("dialog", lambda dialog: pytest.fail(f"asked: {dialog.type}"))
    writing.route("https://www.wikipedia.org/**", elsewhere)
    if way == "button":
        writing.locator(".leave").tap()
    for _ in range(3 if way == "Escape" else 0):
        writing.keyboard.press("Escape")
    writing.wait_for_url("https://www.wikipedia.org/")
