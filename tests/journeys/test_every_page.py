"""Every page, in one visit: the narrowest phone, letters twice as large, and what axe-core finds.

On the narrowest phone and with letters twice as large nothing is cut, and nothing has to be hit
twice. No page hinders anybody whom axe-core knows how to speak for, light or dark. The same walk
writes down every request: none goes to another origin. One visit, because opening a page and
bringing it into its state takes longer than looking at it.
"""

from typing import Any, Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, ViewportSize

from tests.journeys.pages import NO_PAGE, PARTS, Place, Stop, stops, walking
from tests.web.world import DOORS

NARROW: ViewportSize = {"width": 320, "height": 640}
# A phone of 390 points at 200%: half the points, each of two pixels.
LARGE_LETTERS: ViewportSize = {"width": 195, "height": 422}
# As wide as a phone, and as high as the page: what the bar at the bottom of a screen lies over
# while one scrolls is not covered.
WHOLE: ViewportSize = {"width": 390, "height": 5000}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WATCHED = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# Whatever reaches beyond the screen, and words cut off by their own box.
LOOK = """(narrowest) => {
  const found = [];
  const root = document.scrollingElement;
  if (root.scrollWidth > innerWidth) {
    const wide = [...document.querySelectorAll('body *')].filter((each) =>
      each.getBoundingClientRect().right > innerWidth + 1 && !each.closest('.table-wrap'));
    const names = wide.map((each) => `${each.tagName}.${each.getAttribute('class')}`).slice(0, 4);
    found.push(`scrolls to ${root.scrollWidth}: ${names}`);
  }
  const seen = (each) => each.checkVisibility({ visibilityProperty: true, opacityProperty: false });
  for (const each of document.querySelectorAll('h1, h2, p, a, button, label, summary, small, td')) {
    if (!seen(each) || each.closest('.hidden, .skip, .table-wrap')) continue;
    const style = getComputedStyle(each);
    const cut = style.overflowX !== 'visible' && each.scrollWidth > each.clientWidth + 1;
    if (cut) found.push(`cut: ${each.textContent.trim().slice(0, 40)}`);
  }
  if (!narrowest) return found;
  // Links inside a sentence are as high as its line; a box or circle counts with its label.
  const targets = 'a.button, button, summary, .nav a, .top a, .tabs a, .list-row, .chip,'
    + ' label.check, label.switch, .tabs label, .scale label, .steps label, select';
  for (const each of document.querySelectorAll(targets)) {
    if (!seen(each) || each.closest('.hidden, .skip')) continue;
    const { width, height } = each.getBoundingClientRect();
    if (!width || height >= 47.5 && width >= 43.5) continue;
    const words = each.textContent.trim().slice(0, 30);
    found.push(`${Math.round(width)} x ${Math.round(height)}: ${each.tagName} ${words}`);
  }
  return found;
}"""


def unfit(page: Page, stop: Stop) -> list[str]:
    """Look on the narrowest phone, on which the page stands, and with letters twice as large."""
    faults = [f"{stop} at 320: {each}" for each in page.evaluate(LOOK, True)]
    page.set_viewport_size(LARGE_LETTERS)
    return faults + [f"{stop} at 200%: {each}" for each in page.evaluate(LOOK, False)]


def hindering(page: Page, stop: Stop) -> list[str]:
    """Ask axe-core, by light and in the dark."""
    page.set_viewport_size(WHOLE)
    # Through the debugger, past the page's own policy, which stays in force for the page.
    page.evaluate(AXE_SCRIPT)
    faults = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        # What a scheme changes is colour alone.
        rules = (
            {"type": "tag", "values": WATCHED}
            if scheme == "light"
            else {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
        )
        faults += [f"{stop} ({scheme}): {fault}" for fault in violations(page, rules)]
    return faults


def violations(page: Page, rules: dict[str, Any]) -> list[str]:
    found = page.evaluate(
        "(rules) => axe.run({ resultTypes: ['violations'], runOnly: rules })", rules
    )["violations"]
    return [
        f"{each['id']}: {node['target']} {node['html'][:160]} {node['failureSummary'][:300]}"
        for each in found
        for node in each["nodes"]
    ]


def test_every_door_that_answers_with_a_page_has_a_stop():
    from uuid import uuid4

    class Anybody(dict[str, Any]):
        def __missing__(self, key: str) -> Any:
            return type("Someone", (), {"pk": key})()

    links = dict.fromkeys(("setup", "join", "enter"), "x")
    tests = dict.fromkeys(("tries", "tried", "over", "ended"), uuid4())
    place = Place(Anybody(), uuid4(), uuid4(), links, tests)
    assert {stop.door for stop in stops(place)} | NO_PAGE == set(DOORS)
    assert not {stop.door for stop in stops(place)} & NO_PAGE


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("part", PARTS)
def test_every_page_fits_small_screens_and_hinders_nobody(part, browser, address, capsys):
    faults: list[str] = []
    count = 0
    with walking(browser, address(""), viewport=NARROW, reduced_motion="reduce") as walk:
        for stop in PARTS[part](walk.place):
            page = walk.to(stop)
            faults += unfit(page, stop)
            faults += hindering(page, stop)
            page.set_viewport_size(NARROW)
            count += 1
    elsewhere = {url for url in walk.requests if not url.startswith((address("/"), "data:"))}
    with capsys.disabled():
        print(f"\n{count} pages, 320 and 200%, light and dark: {len(faults)} faults")
        print(f"{len(walk.requests)} requests: {len(elsewhere)} to another origin")
    assert not faults, "\n".join(faults)
    assert not elsewhere
    assert not walk.complaints, "\n".join(walk.complaints)
    assert count > 60
