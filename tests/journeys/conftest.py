"""A real browser before a real server. Each test has a browser profile of its own."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from psoas.care.people.models import Person
from psoas.care.people.sessions import SessionStore
from psoas.web.doors import LAST_SEEN

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
PHONE: ViewportSize = {"width": 390, "height": 844}

# Playwright's own loop runs in the thread of the test; Django would take it for async code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"There is no browser at {CHROMIUM}: apt-get install chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(
        viewport=PHONE, has_touch=True, timezone_id="Europe/London", reduced_motion="reduce"
    )
    made.set_default_timeout(8000)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext, live_server) -> Iterator[Page]:
    """An open page, at ``/`` of the live server; an error in a script fails the test."""
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    assert not errors, errors


@pytest.fixture
def address(live_server) -> Callable[[str], str]:
    # localhost by name: service workers and passkeys ask for it.
    return lambda path: f"http://localhost:{live_server.thread.port}{path}"


@pytest.fixture
def signed_in(live_server) -> Callable[[Page, Person], Page]:
    """Let a page's browser hold this person's session."""

    def come_in(page: Page, person: Person) -> Page:
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session[LAST_SEEN] = time.time()
        session.save()
        cookie = {
            "name": settings.SESSION_COOKIE_NAME,
            "value": str(session.session_key),
            "url": f"http://localhost:{live_server.thread.port}",
        }
        page.context.add_cookies([cookie])  # type: ignore[list-item]
        return page

    return come_in
