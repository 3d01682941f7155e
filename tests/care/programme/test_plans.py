"""The plan in force and what today holds, checked against what is known at that moment."""

from datetime import timedelta

import pytest

from psoas.care.assessment import gate
from psoas.care.people.refusal import NotAllowed, Refusal
from psoas.care.programme import plans, preferences
from psoas.content.exercises import exercise
from tests import cast
from tests.care.programme.telling import check, do
from tests.cast import NOW, viewer

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def mara():
    cast.installation()
    mara = cast.mara()
    check(mara)
    return mara


def slugs(found):
    return [each.slug for each in found.routine.items]


def today(person, now=NOW, **more):
    return plans.today(viewer(person), now, **more)


def test_without_a_check_today_holds_nothing():
    cast.installation()
    mara = cast.mara()
    found = today(mara)
    assert (found.leave.allowed, found.leave.need) == (False, "check")
    assert found.routine.items == found.shortest.items == ()
    with pytest.raises(NotAllowed):
        plans.make(viewer(mara), NOW)


def test_somebody_alone_gets_a_plan_and_a_routine_from_the_outcome_of_the_check(mara):
    preferences.tell(viewer(mara), {"categories": ["tight-front"], "minutes": 5}, NOW)
    made = plans.make(viewer(mara), NOW)
    found = today(mara, when="morning")
    assert (made.number, made.by, found.plan.id) == (1, "rules", made.id)
    assert 0 < found.routine.minutes <= 5
    assert set(slugs(found)) <= set(made.slugs)
    assert all(each.why for each in made.items)


def test_a_routine_is_the_same_all_day_and_another_one_comes_on_other_days(mara):
    preferences.tell(viewer(mara), {"when": "morning"}, NOW)
    hours = [today(mara, NOW + timedelta(hours=each)) for each in range(0, 14, 6)]
    assert len({each.version for each in hours}) == 1
    days = {tuple(slugs(today(mara, NOW + each * DAY))) for each in range(8)}
    assert len(days) > 1


def test_what_was_done_today_does_not_change_today_and_strength_rests_tomorrow(mara):
    preferences.tell(viewer(mara), {"when": "morning"}, NOW)
    before = today(mara)
    strong = [each for each in slugs(before) if exercise(each).group == "strength"]
    assert strong
    do(mara, *slugs(before))
    assert slugs(today(mara)) == slugs(before)
    tomorrow = today(mara, NOW + DAY)
    assert not [each for each in slugs(tomorrow) if exercise(each).group == "strength"]
    assert "turn" in {each.rule for each in tomorrow.why}
    after = today(mara, NOW + 2 * DAY)
    assert [each for each in slugs(after) if exercise(each).group == "strength"]


def test_it_holds_for_a_week_and_never_longer_than_the_check(mara):
    assert today(mara).expires_at == NOW + 7 * DAY
    late = NOW + 25 * DAY
    assert today(mara, late).expires_at == gate.stand(mara, late).until
    assert today(mara, late).expires_at < late + 7 * DAY
    assert not today(mara, NOW + 28 * DAY).leave.allowed


def test_minutes_that_are_none_are_refused_by_their_name(mara):
    for minutes in (0, 3, -5, "", "many", None.__class__, True, float("nan"), 5.5):
        with pytest.raises(Refusal) as refused:
            today(mara, minutes=minutes)
        assert list(refused.value.fields) == ["minutes"]
    assert today(mara, minutes=2).routine.minutes <= 2
    with pytest.raises(Refusal):
        today(mara, when="at noon")


def test_a_version_changes_with_the_check_and_with_what_was_told(mara):
    versions = [today(mara, when="morning").version]
    preferences.tell(viewer(mara), {"conditions": ["kneeling-hurts"]}, NOW)
    versions.append(today(mara, when="morning").version)
    check(mara, {"RF19": "yes"}, now=NOW + timedelta(hours=1))
    versions.append(today(mara, NOW + timedelta(hours=1), when="morning").version)
    assert len(set(versions)) == 3


def test_a_ban_that_came_since_is_not_shown_because_an_older_plan_names_it(mara):
    preferences.tell(viewer(mara), {"categories": ["tight-front"], "when": "morning"}, NOW)
    made = plans.make(viewer(mara), NOW)
    assert "half-kneeling-stretch" in made.slugs
    later = NOW + timedelta(hours=1)
    check(
        mara,
        {"RF16": "yes", "RF16.time": "later", "RF16.approach": "anterior"},
        now=later,
    )
    for day in range(7):
        for when in ("morning", "evening"):
            found = today(mara, later + day * DAY, when=when, minutes=10)
            banned = {exercise(each).code for each in slugs(found)} & {"E01", "E02", "E03"}
            assert not banned
    assert "half-kneeling-stretch" in {each.slug for each in found.routine.left_out}
