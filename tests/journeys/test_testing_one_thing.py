"""From a guess to a drawn schedule in one tap, and from its last day to what came out."""

from datetime import timedelta

from django.utils import timezone

from psoas.care.experiment import reading
from psoas.care.people.access import Viewer
from tests import cast
from tests.care.assessment.checks import go_through
from tests.care.experiment import lab


def test_a_guess_becomes_a_test_in_one_tap_and_today_says_what_it_asks(page, signed_in, address):
    cast.installation()
    nils = lab.newcomer("Nils")
    go_through(nils, now=timezone.now())
    signed_in(page, nils)
    page.goto(address("/me/suspects/"))
    page.locator("#suspect-1").select_option("long-sitting")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Test sitting breaks").click()
    assert page.get_by_text("Does it make a difference for you: sitting breaks?").is_visible()
    assert "sitting" not in page.url
    page.get_by_role("button", name="Start").dblclick()
    page.get_by_role("button", name="Stop this test").wait_for()
    assert len(reading.experiments(Viewer(nils))) == 1
    page.goto(address("/"))
    found = reading.latest(Viewer(nils))
    assert found
    line = found.plan.switch.line(with_it=bool(found.schedule.arms[0]))
    assert page.get_by_text(f": {line}").is_visible()


def test_what_came_out_is_one_tap_away_when_the_days_are_over(page, signed_in, address):
    cast.installation()
    mara = cast.mara()
    viewer = Viewer(mara)
    key = lab.begin(viewer, now=timezone.now() - timedelta(days=85))
    lab.write_days(viewer, key, effect=-1.5, noise=0.8)
    signed_in(page, mara)
    page.goto(address("/"))
    page.get_by_text("Your test is over").click()
    page.get_by_role("button", name="See what came out").click()
    page.get_by_text("You knew which days were which").first.wait_for()
    assert page.locator("figure svg[role=img]").count() == 2
    page.go_back()
    page.reload()
    assert page.get_by_text("Sitting breaks lowered your pain").first.is_visible()


def test_stopping_and_going_on_ask_nothing(page, signed_in, address):
    cast.installation()
    mara = cast.mara()
    go_through(mara, now=timezone.now())
    key = lab.begin(Viewer(mara), now=timezone.now() - timedelta(days=5))
    signed_in(page, mara)
    page.goto(address(f"/try/{key}/"))
    page.get_by_role("button", name="Stop this test").click()
    page.get_by_role("button", name="Go on with it").click()
    page.get_by_role("button", name="Stop this test").wait_for()
