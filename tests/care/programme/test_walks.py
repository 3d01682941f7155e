"""Walking that was red: what comes back, and how fast."""

from datetime import timedelta

import pytest

from psoas.care.programme import morning, sessions, walks
from tests import cast
from tests.care.programme.telling import check
from tests.cast import NOW, viewer

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.mark.parametrize("baseline", [12.5, 25])
def test_after_red_the_minutes_come_back_from_week_to_week_by_a_fifth(baseline):
    cast.installation()
    mara = cast.mara()
    check(mara)
    walks.begin(viewer(mara), "walk", baseline, NOW)
    shown: list[set[int]] = [set() for _week in range(6)]
    usual: list[float] = []
    for day in range(42):
        at = NOW + day * DAY
        if day in (7, 14, 21, 28, 35):
            check(mara, kind="again", now=at)
        found = walks.weeks(viewer(mara), at, "walk")
        assert found is not None
        if not found.closed and day:
            shown[day // 7].add(found.minutes)
            usual.append(found.week.level[0])
        if day == 0 or day in range(3, 42, 1 if day < 14 else 2):
            pain = 7 if day == 0 else 1
            done = sessions.record(viewer(mara), "walk", 10, pain, 3, at)
            morning.answer(viewer(mara), done.id, "usual", at + DAY)
    assert all(len(week) == 1 for week in shown), shown
    weeks = [min(week) for week in shown]
    assert weeks[0] == max(1, int(usual[0] / 2))
    for before, after in zip(weeks, weeks[1:], strict=False):
        assert after <= max(before * 1.2, before + 1), weeks
    # The fourth is the lighter one.
    assert weeks[:3] == sorted(weeks[:3])
    assert weeks[-1] > weeks[0]
    assert usual[-1] == usual[0]
