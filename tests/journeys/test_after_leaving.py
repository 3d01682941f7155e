"""Who takes up the device after somebody left finds nothing: not by Back, not by the history."""

import re
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from psoas.care.journal.models import DAY
from psoas.care.journal.writing import write_entry
from psoas.care.people import applock
from tests import cast
from tests.journeys.pages import session_of

SECRET = "kestrelword"
KEY = UUID("3d7f6f64-7a45-4d0c-9c6e-5d9d9a2c2b11")
# Words that would tell what this is about, in a title or an address.
TELLING = re.compile(r"pain|hip\b|hurt|trigger|psoas|diary|therap|clinic|symptom", re.IGNORECASE)


@pytest.fixture
def mara():
    cast.installation()
    person = cast.mara()
    raw = {"pain": 7, "words": SECRET, "at": "2026-04-13T20:00"}
    write_entry(cast.viewer(person), raw, entry_id=KEY, kind=DAY, now=cast.NOW)
    return person


@pytest.fixture
def reading(page: Page, signed_in, mara, address) -> Page:
    """Mara reads her journal; the way out leads to a page that stands in for the neutral site."""
    page.context.route("https://www.wikipedia.org/**", lambda route: route.fulfill(body="neutral"))
    signed_in(page, mara)
    for path in ("/", "/days/?before=2026-04-20", f"/days/{KEY}/"):
        page.goto(address(path))
    assert SECRET in page.content()
    return page


def back_through_everything(page: Page) -> set[str]:
    """Go back as far as it goes; nothing may show, neither at once nor when it has settled."""
    seen: set[str] = set()
    while page.url != "about:blank":
        page.go_back(wait_until="commit")
        assert not tells(page.content()), page.url
        page.wait_for_load_state()
        page.wait_for_timeout(100)
        assert not tells(page.content()), page.url
        assert page.title() in ("Notes", "")
        seen.add(urlsplit(page.url).path)
    return seen - {"blank"}


def tells(content: str) -> bool:
    return SECRET in content or "7 of 10" in content or "pain-7" in content


def test_after_leave_back_shows_nothing(reading, address):
    reading.locator(".leave").click()
    reading.wait_for_url("https://www.wikipedia.org/")
    assert back_through_everything(reading) == {"/in/"}


def test_after_sign_out_back_shows_nothing(reading, address):
    reading.goto(address("/out/"))
    reading.locator("main").get_by_role("button", name="Sign out").click()
    expect(reading).to_have_url(address("/in/"))
    assert back_through_everything(reading) == {"/in/"}


@pytest.mark.parametrize("way", ["/leave/", "/out/"])
def test_every_way_out_has_the_browser_drop_what_it_kept(way, reading, address):
    token = next(each["value"] for each in reading.context.cookies() if "csrf" in each["name"])
    form = {"csrfmiddlewaretoken": token}
    answer = reading.context.request.post(address(way), form=form, max_redirects=0)
    assert answer.status == 302
    assert answer.headers["clear-site-data"] == '"cache"'
    assert answer.headers["cache-control"] == "no-store, private"


def test_with_a_pin_leave_locks_and_back_asks_for_it(reading, mara, address):
    applock.set_pin(mara, "2580", "2580", 5, now=cast.NOW)
    reading.reload()
    reading.locator(".leave").click()
    reading.wait_for_url("https://www.wikipedia.org/")
    assert back_through_everything(reading) == {"/locked/"}
    reading.goto(address("/days/"))
    expect(reading).to_have_url(address("/locked/"))
    expect(reading.locator("#pin")).to_be_visible()
    reading.locator("#pin").fill("2580")
    reading.get_by_role("button", name="Open").click()
    expect(reading).to_have_url(address("/"))


def test_a_page_out_of_the_back_forward_cache_asks_the_server_again(reading, address):
    # Chromium keeps no page that says no-store; a browser that does fires this event.
    reading.context.clear_cookies(name="sessionid")
    with reading.expect_navigation():
        reading.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(reading).to_have_url(address("/in/"))
    assert not tells(reading.content())


def test_nothing_of_the_journal_is_kept_by_the_worker_or_the_cache(reading, address):
    reading.evaluate("navigator.serviceWorker.ready.then(() => true)")
    kept = reading.evaluate(
        """async () => {
          const texts = [];
          for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const request of await cache.keys()) {
              texts.push(await (await cache.match(request)).text());
            }
          }
          return texts;
        }"""
    )
    assert len(kept) > 5
    assert not any(SECRET in text or "Mara" in text for text in kept)


def test_titles_and_addresses_tell_nothing(reading, address):
    visited: list[str] = []
    for path in ("/", "/now/", "/days/", "/weeks/", "/me/suspects/", "/me/own/", "/help/"):
        reading.goto(address(path))
        assert reading.title() == "Notes"
        links = reading.eval_on_selector_all("a[href]", "all => all.map((each) => each.pathname)")
        visited += [path, *links]
    assert not [path for path in visited if TELLING.search(path)]


@pytest.mark.parametrize("way", ["the button", "Escape three times"])
def test_leaving_hides_the_page_within_200_ms(way, reading, capsys):
    """From the event to the first frame in which nothing is shown, measured in the page."""
    reading.route("**/leave/", lambda route: None)  # A server that never answers.
    reading.evaluate(
        """() => {
          const first = (event) => { window.began ??= event.timeStamp; };
          addEventListener('pointerup', first, true);
          addEventListener('keydown', (event) => { window.began = event.timeStamp; }, true);
          new MutationObserver(() => {
            const took = performance.now() - window.began;
            sessionStorage.setItem('took', String(took));
          }).observe(document.documentElement, { attributeFilter: ['hidden'] });
        }"""
    )
    if way == "the button":
        reading.locator(".leave").click(no_wait_after=True)
    else:
        for _ in range(3):
            reading.keyboard.press("Escape")
    reading.wait_for_url("https://www.wikipedia.org/")
    reading.go_back(wait_until="commit")
    took = float(reading.evaluate("sessionStorage.getItem('took')"))
    with capsys.disabled():
        print(f"\n{way}: hidden after {took:.1f} ms")
    assert 0 < took < 200


def test_a_person_who_is_locked_out_meets_only_the_pin(page, mara, address, live_server):
    applock.set_pin(mara, "2580", "2580", 5, now=cast.NOW)
    cookie = {"name": "sessionid", "value": session_of(mara, locked=True), "url": address("")}
    page.context.add_cookies([cookie])
    for path in ("/", "/now/", "/days/", "/weeks/", "/me/", "/me/export/"):
        page.goto(address(path))
        expect(page).to_have_url(address("/locked/"))
