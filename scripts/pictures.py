"""Take the README's pictures from a running demonstration, with the link `make run` printed.

python -m scripts.pictures http://localhost:8000/enter/…/
"""

import sys
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, StorageState, sync_playwright

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
        ):
            context = browser.new_context(
                viewport=size, color_scheme=scheme, storage_state=state, device_scale_factor=1
            )
            page = context.new_page()
            page.goto(origin + path)
            page.wait_for_load_state("networkidle")
            if name == "now":
                _choose_the_groin(page)
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


def _choose_the_groin(page: Page) -> None:
    page.locator('.region[data-place="front-right-groin"]').dispatch_event("click")
    page.locator(".scale label", has_text="6").click()


if __name__ == "__main__":
    main(sys.argv[1])
