"""What the person of the demonstration does for the hip."""

from datetime import timedelta

import pytest

from psoas.care.people import trail
from psoas.care.programme import demonstration, lights, morning, plans, sessions, walks
from tests import cast
from tests.care.programme.telling import check
from tests.cast import NOW, viewer

pytestmark = pytest.mark.django_db


def test_a_plan_three_weeks_of_sessions_and_a_morning_that_waits():
    cast.installation()
    mara, ines = cast.mara(), cast.ines()
    cast.under_care(ines, mara, "sessions")
    check(mara, now=NOW - timedelta(days=26))
    demonstration.let_pass(mara, ines, NOW)
    found = plans.today(viewer(mara), NOW)
    assert found.routine.items
    assert found.plan is not None
    assert (found.plan.by, found.plan.locked) == ("clinician", True)
    done = sessions.recent(viewer(mara), NOW)
    colours = {lights.lit(each).light for each in done}
    assert (len(done), colours >= {"green", "amber"}) == (19, True)
    assert "hurts" in {item.get("reason") for each in done for item in each.items}
    assert morning.waiting(viewer(mara), NOW) is not None
    assert walks.weeks(viewer(mara), NOW, "walk") is not None
    assert list(trail.faults()) == []
