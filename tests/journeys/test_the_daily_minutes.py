"""Journey 3: the daily minutes, with the network lost and the page closed in the middle."""

import json
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from psoas.care.programme import sessions
from psoas.care.programme.models import Session
from psoas.content.exercises import exercise
from psoas.motion.figure import animation
from tests import cast
from tests.care.assessment.checks import go_through
from tests.journeys.test_the_first_night import kept_for_offline

GO = "/move/go/?when=morning&minutes=10"
# What was said to a screen reader, in order.
LISTEN = """() => {
  window.heard = [];
  new MutationObserver(() => window.heard.push(document.getElementById('p-said').textContent))
    .observe(document.getElementById('p-said'), { childList: true });
}"""

ROUTINE_IS_GONE = """() => new Promise((resolve) => {
  const request = indexedDB.open('notes-kept');
  request.onsuccess = () => {
    const found = request.result.transaction('kept').objectStore('kept').get('routine');
    found.onsuccess = () => { request.result.close(); resolve(!found.result); };
  };
})"""


@pytest.fixture
def mara():
    cast.installation()
    who = cast.mara()
    go_through(who, now=timezone.now())
    return who


@pytest.fixture
def kept(page: Page, signed_in, mara, address) -> Page:
    """Her page, with everything on the device and time in the hands of the test."""
    page.context.clock.install()
    # Thirty bodies are solved in tests of their own; here each is the same one.
    drawn = json.dumps(animation(exercise("bridge")))
    page.context.route("**/move/figure/**", lambda route: route.fulfill(body=drawn))
    signed_in(page, mara)
    page.goto(address(GO))
    kept_for_offline(page)
    expect(page.locator("#p-before")).to_be_visible()
    page.evaluate(LISTEN)
    return page


def begin(page: Page, pain: str = "3") -> None:
    choose(page, "#p-before", pain)
    page.get_by_role("button", name="Begin").tap()
    expect(page.locator("#p-go")).to_be_visible()


def choose(page: Page, form: str, number: str) -> None:
    page.locator(f"{form} .scale label").get_by_text(number, exact=True).first.tap()


def ways(page: Page, *names: str) -> None:
    for name in names:
        page.locator("#stage").get_by_role("button", name=name).first.tap()


def run_out(page: Page) -> None:
    for _ in range(200):
        if page.locator("#p-after").is_visible():
            return
        page.clock.run_for(5000)
    raise AssertionError("It never came to an end.")


def sides_heard(page: Page) -> dict[str, Counter[str]]:
    """How often each side of each exercise was said."""
    sides: dict[str, Counter[str]] = {}
    for each in page.evaluate("window.heard"):
        for side in ("Left side", "Right side"):
            if side in each:
                sides.setdefault(each.split(". ")[0], Counter())[side] += 1
    return sides


def rows_become(count: int) -> None:
    for _ in range(100):
        if Session.objects.filter(finished_at__isnull=False).count() == count:
            return
        time.sleep(0.05)
    assert Session.objects.filter(finished_at__isnull=False).count() == count


def leave_the_first_out_and_close_the_page(page: Page) -> str:
    """Without a network: the first one is left out, the next begun; returns its name."""
    page.clock.run_for(6000)
    expect(page.locator("#p-ring")).to_have_attribute("role", "timer")
    first = page.locator("#p-title").inner_text()
    page.context.set_offline(True)
    page.locator("#p-skip").tap()
    ways(page, "Not today")
    expect(page.locator("#p-title")).not_to_have_text(first)
    # Said when it changes, not each second.
    assert len(set(page.evaluate("window.heard"))) == 2
    while "Right side" not in page.locator("#p-side").inner_text():
        page.clock.run_for(5000)
    name = page.locator("#p-title").inner_text()
    page.clock.run_for(8000)
    page.close()
    return name


def go_on_to_the_end(page: Page, stretch: str) -> None:
    """Where it was left; past a locked screen; with something else instead of one of them."""
    # Without a network danger is asked about before it goes on.
    page.get_by_role("button", name="None of these").tap()
    expect(page.locator("#stage")).to_contain_text(f"{stretch} · Right side · 1 of")
    ways(page, "Go on")
    page.evaluate(LISTEN)
    page.clock.fast_forward(180_000)
    expect(page.locator("#stage")).to_contain_text("Did you finish this one?")
    ways(page, "Yes, go on")
    expect(page.locator("#p-side")).to_contain_text("Left side · 2 of")
    expect(page.locator("#p-figure svg")).to_be_visible()
    while page.locator("#p-swap").is_hidden():
        page.clock.run_for(5000)
    page.locator("#p-swap").tap()
    ways(page, "")
    run_out(page)
    sides = sides_heard(page)
    # One turn of the stretch had begun on the page that was closed.
    sides[stretch]["Right side"] += 1
    assert len(sides) > 1
    assert all(each["Left side"] == each["Right side"] for each in sides.values()), sides


def is_sent(page: Page) -> None:
    page.context.set_offline(False)
    for _ in range(60):
        if "/move/after/" in page.url:
            break
        page.clock.run_for(1000)
        page.wait_for_timeout(50)
    expect(page.locator("main")).to_contain_text("So far so good")


def test_the_daily_minutes_survive_a_lost_network_and_a_closed_page(
    kept, mara, address, monkeypatch
):
    page, viewer = kept, cast.viewer(mara)
    begin(page)
    stretch = leave_the_first_out_and_close_the_page(page)
    page = page.context.new_page()
    page.goto(address(GO))
    go_on_to_the_end(page, stretch)
    choose(page, "#p-after", "2")
    page.get_by_role("button", name="Go on").tap()
    page.get_by_role("button", name="Done").tap()
    page.clock.run_for(4500)
    expect(page.locator("#p-told")).to_contain_text("Before 3, after 2.")
    expect(page.locator("#p-state")).to_contain_text("waits on this device")
    is_sent(page)
    rows_become(1)
    assert Session.objects.count() == 1
    (session,) = sessions.recent(viewer, timezone.now())
    slugs = {each["slug"] for each in session.items}
    assert (session.items[0]["state"], session.items[0]["reason"]) == ("skipped", "not-today")
    swapped = [each["for"] for each in session.items if each["state"] == "swapped"]
    assert len(swapped) == 1 and swapped[0] in slugs
    assert (session.number("before"), session.number("after")) == (3, 2)
    # The next morning one question waits, and its answer settles the light.
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    page.goto(address("/"))
    page.get_by_role("button", name="As usual").tap()
    expect(page.locator(".toast")).to_be_visible()
    (session,) = sessions.recent(viewer, tomorrow)
    assert session.next_day and session.next_day["answer"] == "usual"


def test_danger_comes_first_without_a_network_and_an_old_routine_is_not_begun(kept, mara, address):
    page = kept
    page.context.set_offline(True)
    page.goto(address(GO))
    expect(page.locator("#before-moving")).to_be_visible()
    expect(page.locator("#p-before")).to_be_hidden()
    page.get_by_role("button", name="None of these").tap()
    expect(page.locator("#p-before")).to_be_visible()
    shut = page.locator("#p-shut")
    now = page.evaluate("Date.now()")
    for days, words in ((-1, "was set back"), (8, "too long ago")):
        page.clock.set_system_time((now + days * 86_400_000) / 1000)
        page.goto(address(GO))
        expect(shut).to_contain_text(words)
    page.clock.set_system_time(now / 1000)
    page.goto(address(GO))
    begin(page)
    # Closed in the middle, and danger named meanwhile: it is not gone on with.
    page.evaluate("sessionStorage.clear()")
    page.goto(address(GO))
    expect(page.locator("#before-moving")).to_be_visible()
    expect(page.locator("#stage")).to_be_hidden()
    page.get_by_role("button", name="None of these").tap()
    ways(page, "Go on")
    # By keyboard: it stands still, and goes on.
    for key, paused in (("Escape", "true"), ("Space", "false")):
        page.keyboard.press(key)
        expect(page.locator("#p-pause")).to_have_attribute("aria-pressed", paused)
    # A milder sign first: it is over for that exercise, and a graver one still leads to help.
    page.locator("#p-wrong").tap()
    ways(page, "A sharp catch", "Go on with the rest")
    page.locator("#p-wrong").tap()
    ways(page, "Chest pain")
    expect(page.locator("#stage h1")).to_have_text("Get help now")
    expect(page.locator("#stage .sos")).to_have_attribute("href", "tel:999")
    expect(page.locator("#p-go")).to_be_hidden()
    page.context.set_offline(False)
    rows_become(1)
    (session,) = sessions.recent(cast.viewer(mara), timezone.now())
    assert session.stop == "chest-pain"
    assert session.items[0]["reason"] == "hurts"
    # What was kept goes with whoever leaves, also without a network.
    page.context.set_offline(True)
    page.locator(".leave").tap()
    away = page.context.new_page()
    away.goto(address("/help/"))
    names: list[str] = away.evaluate("indexedDB.databases().then((all) => all.map((e) => e.name))")
    assert "notes-kept" not in names


def test_what_changed_elsewhere_is_asked_for_at_begin_and_thrown_away(kept, mara, address):
    page = kept
    begin(page)
    page.keyboard.press("Escape")
    # On another device, while it stands still for long.
    go_through(mara, {"RF04": "yes"}, now=timezone.now())
    page.clock.fast_forward(6 * 60_000)
    page.keyboard.press("Space")
    expect(page.locator("#p-shut")).to_be_visible()
    rows_become(1)
    go_through(mara, now=timezone.now())
    page.goto(address(GO))
    expect(page.locator("#p-before")).to_be_visible()
    # The form lies open.
    go_through(mara, {"RF04": "yes"}, now=timezone.now())
    choose(page, "#p-before", "3")
    page.get_by_role("button", name="Begin").tap()
    expect(page.locator("#p-shut")).to_be_visible()
    go_through(mara, now=timezone.now())
    page.goto(address(GO))
    expect(page.locator("#p-before")).to_be_visible()
    # Any page that opens says so; from then on there is nothing to begin without a network.
    go_through(mara, {"RF13": "yes"}, now=timezone.now())
    page.goto(address("/help/"))
    page.wait_for_function(ROUTINE_IS_GONE)
    page.context.set_offline(True)
    page.goto(address(GO))
    expect(page.locator("#p-shut")).to_be_visible()
