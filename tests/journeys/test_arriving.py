"""What the browser is asked when somebody arrives: its clock, never its language."""

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from psoas.care.people import links
from tests import cast

ZONES = {
    "Europe/London": "GB",
    "Europe/Dublin": "IE",
    "Africa/Johannesburg": "ZA",
    "Australia/Lord_Howe": "AU",
    "America/Indiana/Knox": "US",
    "America/Los_Angeles": "US",
    "America/Toronto": "CA",
    "America/Blanc-Sablon": "CA",
    "Europe/Berlin": "EU",
    "Atlantic/Canary": "EU",
    "America/Mexico_City": "other",
    "Asia/Tokyo": "other",
    "UTC": "other",
    "": "other",
}


@pytest.mark.parametrize(
    ("zone", "language", "country"),
    [("Europe/London", "en-US", "GB"), ("Asia/Tokyo", "en-US", "other")],
)
def test_the_country_is_guessed_from_the_clock(browser: Browser, address, zone, language, country):
    token = links.make("setup", now=timezone.now())
    context = browser.new_context(locale=language, timezone_id=zone, service_workers="block")
    page = context.new_page()
    page.goto(address(f"/setup/{token}/"))
    expect(page.locator("[data-zone]")).to_have_value(zone)
    expect(page.locator("[data-country]")).to_have_value(country)
    context.close()


def test_every_zone_speaks_for_its_country(page: Page, address):
    cast.installation()
    page.goto(address("/help/"))
    found = page.evaluate(
        """async (zones) => {
          const { countryOf } = await import('/static/js/country.mjs');
          return Object.fromEntries(zones.map((zone) => [zone, countryOf(zone)]));
        }""",
        list(ZONES),
    )
    assert found == ZONES
    assert (
        page.evaluate(
            """async (zones) => {
          const { countryOf } = await import('/static/js/country.mjs');
          return zones.filter((zone) => countryOf(zone) === 'other').length;
        }""",
            ["Europe/Oslo", "Europe/Paris", "US/Pacific", "Canada/Eastern", "Pacific/Honolulu"],
        )
        == 0
    )
