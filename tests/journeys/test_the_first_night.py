"""03:10, the hip aches, the room is dark: journey 1, with and without a network."""

import json
import time
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from psoas.care.journal.models import Entry
from psoas.care.journal.reading import entries
from psoas.care.people.models import Installation
from psoas.care.people.sessions import SessionStore
from psoas.web import middleware
from tests import cast

# Ready: the script that hears the tap has run.
GROIN = "[data-ready] [data-place=front-left-groin]"


@pytest.fixture
def mara():
    cast.installation()
    return cast.mara()


@pytest.fixture
def night(page: Page, signed_in, mara, address) -> Page:
    signed_in(page, mara)
    page.goto(address("/"))
    return page


def kept_for_offline(page: Page) -> None:
    """Wait until the worker has everything and rules this page."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    expect(page.locator("body")).to_be_visible()


def three_taps(page: Page) -> None:
    page.locator(GROIN).tap()
    page.locator(".scale label", has_text="6").tap()
    page.get_by_role("button", name="Done").tap()


def noted_documents(person) -> list[dict[str, Any]]:
    rows = Entry.objects.filter(person=person)
    days = [row.day for row in rows]
    return [each.document for each in entries(cast.viewer(person), min(days), max(days))]


def rows_become(count: int) -> None:
    for _ in range(100):
        if Entry.objects.count() == count:
            return
        time.sleep(0.1)
    assert Entry.objects.count() == count


def nothing_stands() -> None:
    for _ in range(60):
        if not Entry.objects.standing().exists():
            return
        time.sleep(0.1)
    assert not Entry.objects.standing().exists()


def test_three_taps_and_it_is_noted(night, mara, capsys):
    began = time.monotonic()
    night.get_by_role("link", name="Hurting now").tap()
    three_taps(night)
    expect(night.locator("#noted")).to_contain_text("left groin, 6 of 10.")
    expect(night.locator("#noted-state")).to_have_text("It is in your journal.")
    took = time.monotonic() - began
    with capsys.disabled():
        print(f"\nfrom today to acknowledged, three taps: {took:.2f} s")
    assert took < 10
    (document,) = noted_documents(mara)
    assert (document["pain"], document["places"]) == (6, ["front-left-groin"])
    assert document["zone"] == "Europe/London"


def test_nothing_is_noted_without_a_place_and_a_number(night, address):
    night.goto(address("/now/"))
    night.get_by_role("button", name="Done").tap()
    expect(night.locator("#wrong")).to_contain_text("Tap where it is first")
    expect(night.locator("#wrong")).to_contain_text("Choose how strong it is")
    assert not Entry.objects.exists()


def test_the_list_and_the_picture_are_one(night, address):
    night.goto(address("/now/"))
    night.get_by_text("Use a list").tap()
    night.locator("#list label", has_text="left groin").tap()
    expect(night.locator(GROIN)).to_have_attribute("aria-pressed", "true")
    expect(night.locator("#tag")).to_have_text("left groin")
    night.locator(GROIN).tap()
    expect(night.locator("#list [value=front-left-groin]")).not_to_be_checked()


def test_tension_is_tapped_on_the_whole_body_and_named_as_tension(night, mara, address):
    night.goto(address("/now/"))
    night.get_by_role("button", name="Whole body").tap()
    night.get_by_role("button", name="tension in the jaw").tap()
    night.locator(".scale label", has_text="Not sure").tap()
    night.get_by_role("button", name="Done").tap()
    expect(night.locator("#noted")).to_contain_text("tension in the jaw, not sure how strong.")
    rows_become(1)
    (document,) = noted_documents(mara)
    assert (document["tension"], document["unsure"]) == (["front-jaw"], True)


def test_a_finger_beside_a_small_place_finds_it(night, address):
    night.goto(address("/now/"))
    night.get_by_role("button", name="Whole body").tap()
    jaw = night.locator("[data-ready] [data-place=front-jaw]")
    box = jaw.bounding_box()
    assert box
    night.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] + 10)
    expect(jaw).to_have_attribute("aria-pressed", "true")


def test_undo_takes_it_back(night, address):
    night.goto(address("/now/"))
    three_taps(night)
    expect(night.locator("#noted-state")).to_have_text("It is in your journal.")
    night.get_by_role("button", name="Undo").tap()
    expect(night.locator("#noted-title")).to_have_text("Taken back. Nothing was noted.")
    nothing_stands()


def test_by_keyboard_alone(night, mara):
    def go_to(target: str) -> None:
        for _ in range(60):
            night.keyboard.press("Tab")
            if night.evaluate("(at) => document.activeElement.matches(at)", target):
                return
        raise AssertionError(f"Tab never reached {target}")

    go_to(".hero")
    night.keyboard.press("Enter")
    expect(night.locator("#now")).to_be_visible()
    go_to(GROIN)
    night.keyboard.press("Space")
    expect(night.locator(GROIN)).to_have_attribute("aria-pressed", "true")
    go_to("[name=pain]")
    night.keyboard.press("ArrowRight")
    night.keyboard.press("ArrowRight")
    go_to("#done")
    night.keyboard.press("Enter")
    expect(night.locator("#noted-title")).to_be_focused()
    expect(night.locator("#noted-home")).to_be_hidden()
    go_to("#night-none")
    night.keyboard.press("Enter")
    expect(night.locator("#offers-title")).to_be_focused()
    go_to("#noted-home")
    rows_become(1)
    assert noted_documents(mara)[0]["pain"] == 2


def test_without_a_network_an_entry_waits_and_becomes_one_row(night, address):
    kept_for_offline(night)
    night.context.set_offline(True)
    night.goto(address("/now/"))
    three_taps(night)
    expect(night.locator("#noted-state")).to_contain_text("waits on this device")
    expect(night.locator("#waiting")).to_contain_text("1 entry waiting.")
    assert not Entry.objects.exists()
    night.context.set_offline(False)
    expect(night.locator("#waiting")).to_have_text("Sent.")
    rows_become(1)
    expect(night.locator("#waiting")).to_be_hidden()
    night.goto(address("/"))
    expect(night.locator("#waiting")).to_be_hidden()
    assert Entry.objects.count() == 1


def test_without_a_network_nothing_looks_as_if_it_had_to_be_noted_again(night, address):
    kept_for_offline(night)
    night.context.set_offline(True)
    night.goto(address("/now/"))
    three_taps(night)
    expect(night.locator("#noted-state")).to_contain_text("waits on this device")
    night.get_by_role("button", name="None of these").tap()
    expect(night.locator("#offers")).to_contain_text("You can put the phone away.")
    expect(night.locator("#noted-home")).to_be_hidden()
    expect(night.locator(".back")).to_be_hidden()
    expect(night.get_by_role("link", name="Note another")).to_be_visible()
    night.context.set_offline(False)
    expect(night.locator("#noted-state")).to_have_text("It is in your journal.")
    expect(night.locator("#noted-home")).to_be_visible()
    expect(night.get_by_role("link", name="Note another")).to_be_hidden()


def test_an_entry_taken_back_is_never_called_sent(night, address):
    kept_for_offline(night)
    night.context.set_offline(True)
    night.goto(address("/now/"))
    three_taps(night)
    expect(night.locator("#waiting")).to_contain_text("1 entry waiting.")
    night.get_by_role("button", name="Undo").tap()
    expect(night.locator("#waiting")).to_be_hidden()
    expect(night.locator("#noted-home")).to_be_hidden()
    night.context.set_offline(False)
    expect(night.locator("#noted-home")).to_be_visible()
    assert not night.locator("#waiting span").text_content()


def test_a_banner_covers_neither_the_sides_nor_the_list(night, mara, address):
    Installation.objects.update(is_demo=True)
    night.goto(address("/now/"))
    sheet = night.locator("#now .sheet").bounding_box()
    assert sheet
    for below in (".body-sides:not([hidden])", ".places summary"):
        box = night.locator(below).bounding_box()
        assert box and box["y"] + box["height"] <= sheet["y"], below


def test_without_a_network_every_page_opens_the_map_and_help_opens_help(night, address):
    kept_for_offline(night)
    night.context.set_offline(True)
    for path in ("/", "/days/"):
        night.goto(address(path))
        expect(night.locator(GROIN)).to_be_visible()
    expect(night.locator("#elsewhere")).to_be_visible()
    night.goto(address("/help/"))
    expect(night.locator("h1")).to_be_visible()
    expect(night.locator("#now")).to_have_count(0)


def test_a_lost_acknowledgement_makes_one_row(night, address):
    lost: list[str] = []

    def lose(route: Route) -> None:
        if lost:
            route.continue_()
            return
        route.fetch()
        lost.append(json.loads(route.request.post_data or "")["id"])
        route.abort()

    night.route("**/outbox/", lose)
    night.goto(address("/now/"))
    three_taps(night)
    expect(night.locator("#waiting")).to_contain_text("1 entry waiting.")
    assert Entry.objects.count() == 1
    expect(night.locator("#noted-state")).to_have_text("It is in your journal.")
    expect(night.locator("#waiting")).to_be_hidden()
    assert [str(entry.pk) for entry in Entry.objects.all()] == lost


def test_undo_after_a_lost_acknowledgement_leaves_nothing(night, address):
    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    night.route("**/outbox/", lose)
    night.goto(address("/now/"))
    three_taps(night)
    expect(night.locator("#waiting")).to_contain_text("1 entry waiting.")
    night.get_by_role("button", name="Undo").tap()
    expect(night.locator("#noted-title")).to_have_text("Taken back. Nothing was noted.")
    nothing_stands()


def test_undo_while_it_is_on_its_way_leaves_nothing(night, address):
    held: list[Route] = []
    night.route("**/outbox/", lambda route: held.append(route))
    night.goto(address("/now/"))
    three_taps(night)
    expect(night.locator("#noted")).to_be_visible()
    night.get_by_role("button", name="Undo").tap()
    expect(night.locator("#noted-title")).to_have_text("Taken back. Nothing was noted.")
    held[0].continue_()
    rows_become(1)
    nothing_stands()


def test_an_entry_added_while_another_is_sent_is_sent_too(night, address):
    night.goto(address("/"))
    night.evaluate(
        """async (source) => {
          const { put, flush } = await import(source);
          const places = ['front-left-groin'];
          const entry = () => ({ at: new Date().toISOString(), places, pain: 4 });
          await put(entry());
          const first = flush();
          await put(entry());
          flush();
          await first;
        }""",
        "/static/js/outbox.mjs",
    )
    rows_become(2)


def test_a_refused_entry_stays_and_can_be_changed(night, address):
    night.goto(address("/now/"))
    night.evaluate(
        """async (source) => {
          const { put, flush } = await import(source);
          const where = { places: ['front-left-groin'], tension: [] };
          await put({ at: '2999-01-01T00:00:00Z', ...where, pain: 4, unsure: false });
          await flush();
        }""",
        "/static/js/outbox.mjs",
    )
    expect(night.locator(".waiting-refused")).to_contain_text("is in the future")
    assert not Entry.objects.exists()
    night.goto(address("/"))
    night.get_by_role("link", name="Change it").tap()
    expect(night.locator(GROIN)).to_have_attribute("aria-pressed", "true")
    night.locator("#at").fill("2026-04-14T03:10")
    night.get_by_role("button", name="Done").tap()
    rows_become(1)
    expect(night.locator(".waiting-refused")).to_have_count(0)


def test_a_refused_entry_can_be_discarded_and_is_not_called_noted(night, address):
    night.clock.set_fixed_time("2999-01-01T03:10:00")
    night.goto(address("/now/"))
    three_taps(night)
    expect(night.locator("#noted-state")).to_contain_text("did not accept it yet")
    night.get_by_role("button", name="Discard it").tap()
    expect(night.locator("#noted-state")).to_have_text("Discarded. Nothing was noted.")
    assert not Entry.objects.exists()


def test_why_an_entry_was_refused_is_told_to_its_writer_alone(night, signed_in, address):
    night.clock.set_fixed_time("2999-01-01T03:10:00")
    night.goto(address("/now/"))
    three_taps(night)
    expect(night.locator(".waiting-refused")).to_have_count(1)
    key = (night.locator(".waiting-refused a").get_attribute("href") or "").partition("#")[2]
    night.get_by_role("link", name="Change it").tap()
    expect(night.locator(GROIN)).to_have_attribute("aria-pressed", "true")
    night.context.clear_cookies()
    signed_in(night, cast.tom())
    night.goto(address("/"))
    night.goto(address(f"/now/#{key}"))
    expect(night.locator("#waiting")).to_contain_text("1 entry waiting. Sign in")
    expect(night.locator(".waiting-refused")).to_have_count(0)
    expect(night.locator(GROIN)).to_have_attribute("aria-pressed", "false")


def test_signed_out_an_entry_waits_for_its_owner(night, signed_in, mara, address):
    night.goto(address("/now/"))
    cookies = night.context.cookies()
    night.context.clear_cookies(name="sessionid")
    three_taps(night)
    expect(night.locator("#waiting")).to_contain_text("1 entry waiting. Sign in")
    night.goto(address("/"))
    expect(night.locator("#waiting")).to_contain_text("1 entry waiting. Sign in")
    night.context.clear_cookies()
    signed_in(night, cast.tom())
    night.goto(address("/"))
    expect(night.locator("#waiting")).to_contain_text("1 entry waiting. Sign in")
    assert not Entry.objects.exists()
    night.context.clear_cookies()
    night.context.add_cookies(cookies)
    night.goto(address("/"))
    rows_become(1)
    assert Entry.objects.get().person == mara


def test_leave_hides_the_page_within_200_ms(night, capsys):
    night.route("https://www.wikipedia.org/**", lambda route: route.fulfill(body="elsewhere"))
    took = night.evaluate(
        """() => new Promise((resolve) => {
          const began = performance.now();
          new MutationObserver(() => resolve(performance.now() - began))
            .observe(document.documentElement, { attributes: true, attributeFilter: ['hidden'] });
          document.querySelector('.leave').click();
        })"""
    )
    with capsys.disabled():
        print(f"\nleave hides after {took:.1f} ms")
    assert took < 200
    night.wait_for_url("https://www.wikipedia.org/")


@pytest.mark.parametrize("on", ["a page of one's own", "the shell"])
def test_leaving_without_a_network_signs_out_before_the_next_page(night, address, on):
    kept_for_offline(night)
    night.context.set_offline(True)
    if on == "the shell":
        night.goto(address("/now/"))
    night.locator(".leave").tap()
    night.wait_for_timeout(500)
    night.context.set_offline(False)
    again = night.context.new_page()
    again.goto(address("/"))
    expect(again).to_have_url(address("/in/"))


@pytest.mark.parametrize("way", ["leave", "out"])
def test_leaving_while_the_server_fails_signs_out_before_the_next_page(
    night, address, way, monkeypatch
):
    def fail(*args: object) -> None:
        raise ZeroDivisionError

    kept_for_offline(night)
    night.context.route("https://www.wikipedia.org/**", lambda route: route.fulfill(body="away"))
    if way == "out":
        night.goto(address("/out/"))
    with monkeypatch.context() as patch:
        # As behind a web server whose psoas is down: nothing of ours makes up for it.
        patch.setattr(middleware, "ways_out", lambda: ())
        patch.setattr(SessionStore, "flush", fail)
        if way == "leave":
            night.locator(".leave").tap()
        else:
            night.locator("main").get_by_role("button", name="Sign out").tap()
        night.wait_for_timeout(1000)
    again = night.context.new_page()
    again.goto(address("/"))
    expect(again).to_have_url(address("/in/"))
