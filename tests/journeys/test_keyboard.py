"""The first night without a finger: every stop of the way is seen, and none holds anybody fast."""

import pytest
from playwright.sync_api import Page, expect

from psoas.care.journal.models import Entry
from psoas.care.journal.reading import entries
from tests import cast

# How the element with the focus says so: an outline or shadow that is drawn, or a stroke in SVG.
RING = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return 'nothing';
  const label = at.closest('label:not(.check, .switch)');
  const drawn = (each) => {
    if (!each) return false;
    const style = getComputedStyle(each);
    const outline = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    const stroke = at.matches('.region, .door') && parseFloat(style.strokeWidth) >= 3;
    return outline || stroke;
  };
  const { width, height, top, left } = (drawn(at) ? at : label ?? at).getBoundingClientRect();
  const inView = width && height && top < innerHeight && left < innerWidth && top + height > 0;
  if (!drawn(at) && !drawn(label)) return `no ring: ${at.outerHTML.slice(0, 90)}`;
  return inView ? '' : `out of sight: ${at.outerHTML.slice(0, 90)}`;
}"""
AT = "(at) => document.activeElement.matches(at)"


@pytest.fixture
def mara():
    cast.installation()
    return cast.mara()


def tab_to(page: Page, target: str, key: str = "Tab", most: int = 80) -> int:
    """Press a key until the focus is at ``target``; every stop on the way must be visible."""
    for count in range(1, most + 1):
        page.keyboard.press(key)
        assert page.evaluate(RING) in ("", "nothing")
        if page.evaluate(AT, target):
            return count
    raise AssertionError(f"{key} never reached {target}")


def test_journey_one_by_keyboard_alone(page, mara, address):
    page.goto(address("/in/"))
    tab_to(page, "[name=login]")
    page.keyboard.type("mara@example.org")
    tab_to(page, "[name=password]")
    page.keyboard.type(cast.PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(address("/"))
    tab_to(page, ".hero")
    page.keyboard.press("Enter")
    expect(page).to_have_url(address("/now/"))
    tab_to(page, "[data-place=front-left-groin]")
    page.keyboard.press("Enter")
    expect(page.locator("[data-place=front-left-groin]")).to_have_attribute("aria-pressed", "true")
    tab_to(page, "[name=pain]")
    for _ in range(7):
        page.keyboard.press("ArrowRight")
    while page.evaluate("document.activeElement.value") != "6":
        page.keyboard.press("ArrowLeft")
    assert page.evaluate(RING) == ""
    tab_to(page, "#done")
    page.keyboard.press("Enter")
    expect(page.locator("#noted-title")).to_be_focused()
    expect(page.locator("#noted-state")).to_have_text("It is in your journal.")
    tab_to(page, "#night-none")
    page.keyboard.press("Enter")
    tab_to(page, "#noted-home")
    page.keyboard.press("Enter")
    expect(page).to_have_url(address("/"))
    row = Entry.objects.get()
    (noted,) = entries(cast.viewer(mara), row.day, row.day)
    assert (noted.document["pain"], noted.document["places"]) == (6, ["front-left-groin"])


@pytest.mark.parametrize("path", ["/", "/now/", "/days/new/", "/weeks/", "/me/", "/me/own/"])
def test_nothing_holds_the_focus_and_every_stop_is_visible(path, page, signed_in, mara, address):
    signed_in(page, mara)
    page.goto(address(path))
    stops = tab_to(page, "body", most=400)
    assert stops > 8
    tab_to(page, "body", key="Shift+Tab", most=400)


def test_the_skip_link_is_first_and_leads_to_the_page(page, signed_in, mara, address):
    signed_in(page, mara)
    page.goto(address("/days/"))
    assert tab_to(page, ".skip") == 1
    box = page.locator(".skip").bounding_box()
    assert box and box["height"] >= 40 and box["width"] > 80
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    tab_to(page, "main *")


def test_leave_is_a_few_keys_away_and_escape_three_times_leaves(page, signed_in, mara, address):
    page.route("https://www.wikipedia.org/**", lambda route: route.fulfill(body="neutral"))
    signed_in(page, mara)
    page.goto(address("/days/new/"))
    assert tab_to(page, ".leave") <= 5
    page.keyboard.press("Enter")
    page.wait_for_url("https://www.wikipedia.org/")
    signed_in(page, mara)
    page.goto(address("/days/new/"))
    page.locator("#words").focus()
    # All in one go: three presses count within a second and a half, however busy the machine is.
    page.evaluate(
        """() => { for (let n = 0; n < 3; n += 1)
            document.activeElement.dispatchEvent(
                new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })); }"""
    )
    page.wait_for_url("https://www.wikipedia.org/")
    # The server hears of it while the neutral page is shown; on a busy machine that takes a moment.
    for _ in range(20):
        page.goto(address("/"))
        if page.url == address("/in/"):
            break
        page.wait_for_timeout(250)
    expect(page).to_have_url(address("/in/"))
