"""Take the README's pictures from a running demonstration, with the link `make run` printed.

python -m scripts.pictures http://localhost:8000/enter/…/
"""

import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Locator, Page, StorageState, sync_playwright

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1280, "height": 800}


def main(link: str) -> None:
    parts = urlsplit(link)
    origin = f"{parts.scheme}://{parts.netloc}"
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        state = _sign_in(browser, link)
        for name, path, size, scheme in (
            ("today", "/", PHONE, "dark"),
            ("now", "/now/", PHONE, "dark"),
            ("weeks", "/weeks/", PHONE, "light"),
            ("weeks-wide", "/weeks/", LAPTOP, "dark"),
            ("answers", "/answers/", PHONE, "light"),
            ("behind", "/answers/", PHONE, "light"),
            ("test", "/try/", PHONE, "light"),
            ("progress", "/progress/", PHONE, "light"),
            ("plan", "/move/plan/", PHONE, "light"),
            ("exercise", "/move/e01/", PHONE, "light"),
            ("player", "/move/go/?when=morning&minutes=7", PHONE, "dark"),
            ("result", "/care/", PHONE, "light"),
            # The last one: it begins a round of the check.
            ("check", "/check/again/", PHONE, "dark"),
        ):
            context = browser.new_context(
                viewport=size, color_scheme=scheme, storage_state=state, device_scale_factor=1
            )
            page = context.new_page()
            if name == "player":
                page.clock.install()
            page.goto(origin + path)
            page.wait_for_load_state("networkidle")
            if name in _BEFORE:
                _BEFORE[name](page)
            page.screenshot(path=FOLDER / f"{name}.png")
            context.close()
        browser.close()


def _sign_in(browser: Browser, link: str) -> StorageState:
    context = browser.new_context()
    page = context.new_page()
    page.goto(link)
    page.locator("main button").first.click()
    page.wait_for_load_state("networkidle")
    state = context.storage_state()
    context.close()
    return state


def _up_to(place: Locator) -> None:
    # A finger's breadth below the bar that stays on top, so that nothing is half covered.
    place.evaluate("e => scrollTo(0, e.getBoundingClientRect().top + scrollY - 130)")


def _choose_the_groin(page: Page) -> None:
    page.locator('.region[data-place="front-right-groin"]').dispatch_event("click")
    page.locator(".scale label", has_text="6").click()


def _in_the_middle(page: Page) -> None:
    """Go on to the first stretch, and a third of the way through it."""
    page.locator("#p-before .scale label").get_by_text("3", exact=True).first.click()
    page.get_by_role("button", name="Begin").click()
    while "stretch" not in page.locator("#p-title").inner_text().lower():
        page.clock.run_for(5_000)
    page.clock.run_for(11_000)
    page.wait_for_timeout(1500)


def _one_question(page: Page) -> None:
    page.locator("button[value=RF04]").click()
    page.wait_for_load_state("networkidle")


def _open(name: str) -> Callable[[Page], None]:
    def follow(page: Page) -> None:
        page.get_by_role("link", name=name).click()
        page.wait_for_load_state("networkidle")

    return follow


_BEFORE: dict[str, Callable[[Page], None]] = {
    "player": _in_the_middle,
    "plan": lambda page: page.locator("main summary").first.click(),
    "now": _choose_the_groin,
    "answers": lambda page: _up_to(page.get_by_text("Found", exact=True).first),
    "behind": lambda page: _up_to(page.get_by_role("heading", name="Day by day")),
    "test": _open("An evening stretch"),
    "progress": lambda page: _up_to(page.locator("main .card").first),
    "result": _open("What it says"),
    "check": _one_question,
}


if __name__ == "__main__":
    main(sys.argv[1])
