"""No page hinders anybody whom axe-core knows how to speak for: every page, light and dark."""

from typing import Any, Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, ViewportSize

from tests.journeys.pages import NO_PAGE, PARTS, Place, stops, walking
from tests.web.world import DOORS

# As wide as a phone, and as high as the page: what the bar at the bottom of a screen lies over
# while one scrolls is not covered.
WHOLE: ViewportSize = {"width": 390, "height": 5000}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WATCHED = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


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
def test_axe_finds_nothing_on_any_page_light_or_dark(part, browser, address, capsys):
    faults: list[str] = []
    count = 0
    with walking(browser, address(""), viewport=WHOLE, reduced_motion="reduce") as walk:
        for stop in PARTS[part](walk.place):
            page = walk.to(stop)
            # Through the debugger, past the page's own policy, which stays in force for the page.
            page.evaluate(AXE_SCRIPT)
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                # What a scheme changes is colour alone.
                rules = (
                    {"type": "tag", "values": WATCHED}
                    if scheme == "light"
                    else {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
                )
                faults += [f"{stop} ({scheme}): {fault}" for fault in violations(page, rules)]
                count += 1
    with capsys.disabled():
        print(f"\n{count // 2} pages x light and dark: {len(faults)} violations")
    assert not faults, "\n".join(faults)
    assert not walk.complaints, "\n".join(walk.complaints)
    assert count > 60
