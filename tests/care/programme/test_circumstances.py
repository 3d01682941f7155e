"""What a routine follows from: how somebody is, how old, what they told and what they did."""

from datetime import timedelta
from uuid import uuid4

import pytest

from psoas.care.assessment import clearing, mind
from psoas.care.journal import writing
from psoas.care.journal.models import DAY as DAY_ENTRY
from psoas.care.journal.models import MOMENT
from psoas.care.people.refusal import Refusal
from psoas.care.programme import building, plans, preferences, watching
from psoas.care.programme.circumstances import gather
from psoas.content.exercises import exercise
from tests import cast
from tests.care.assessment.asking import done
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


def given(person, now=NOW):
    return gather(person, now).given


def slugs_of(today):
    return {each.slug for each in (*today.routine.items, *today.shortest.items)}


def note(person, pain, at, kind=DAY_ENTRY):
    raw = {"pain": pain, "at": at.isoformat(), "places": ["front-left-groin"]}
    writing.write_entry(viewer(person), raw, entry_id=uuid4(), kind=kind, now=at)


def test_usual_pain_is_the_median_of_seven_days_and_moments_only_stand_in(mara):
    assert gather(mara, NOW).usual is None
    done(viewer(mara), "nprs", [5, 8, 4])
    assert gather(mara, NOW).usual == 4
    for days, pain in enumerate((3, 2, 3, 2, 3, 4, 3, 9, 9)):
        note(mara, pain, NOW - days * DAY)
    note(mara, 9, NOW - timedelta(hours=1), MOMENT)
    assert gather(mara, NOW).usual == 3
    assert gather(mara, NOW + 80 * DAY).usual == 4


def test_much_pain_begins_with_half_and_says_of_which_number(mara):
    assert given(mara).half == ""
    done(viewer(mara), "nprs", [6, 8, 4])
    assert "6" in given(mara).half
    done(viewer(mara), "peg", [7, 7, 7])
    assert "PEG" in given(mara).half
    assert given(mara, NOW + 60 * DAY).half == ""


def test_somebody_to_be_led_with_care_gets_what_calms(mara):
    assert given(mara).profiles == ()
    mind.set_careful(viewer(mara), True, NOW)
    assert given(mara).profiles == ("distress",)
    for when in ("morning", "evening"):
        today = plans.today(viewer(mara), NOW, when=when)
        groups = {each.exercise.group for each in today.routine.items}
        assert groups <= {"walking", "breath"}


def test_at_sixteen_a_routine_waits_for_a_clinicians_yes_and_below_it_there_is_none():
    cast.installation()
    ines = cast.ines()
    allowed = {}
    for age, name in (("16-17", "Mara"), ("under-16", "Tom")):
        young = cast.person(name)
        cast.under_care(ines, young, "questionnaires")
        check(young, {"age": age})
        before = plans.today(viewer(young), NOW)
        assert before.routine.items == before.shortest.items == ()
        try:
            clearing.override(viewer(ines), young.pk, "Seen today.", NOW)
        except Refusal:
            assert age == "under-16"
        allowed[age] = plans.today(viewer(young), NOW).leave.allowed
    assert allowed == {"16-17": True, "under-16": False}


def test_from_sixty_five_on_a_stretch_is_held_longer(mara):
    assert not given(mara).older
    check(mara, {"age": "65-or-older"}, now=NOW + DAY)
    assert given(mara, NOW + DAY).older


def test_what_is_at_hand_and_the_hour_decide_what_is_offered(mara):
    preferences.tell(viewer(mara), {"equipment": ["mat"], "minutes": 10}, NOW)
    for hours, when in ((0, "morning"), (8, "evening")):
        today = plans.today(viewer(mara), NOW + timedelta(hours=hours))
        assert today.when == when
        for each in today.routine.items:
            assert set(exercise(each.slug).equipment) <= {"mat"}


def test_above_five_a_clinician_who_may_know_is_asked_once_in_four_weeks(mara):
    ines = cast.ines()
    cast.under_care(ines, mara, "sessions")
    plans.make(viewer(mara), NOW)
    note(mara, 6, NOW)
    check(mara, now=NOW + timedelta(minutes=1))
    assert [watching.tell_clinicians(NOW + n * timedelta(minutes=5)) for n in (1, 2)] == [1, 0]


def test_beside_a_locked_plan_that_rests_nothing_but_breath_is_offered(mara):
    ines = cast.ines()
    cast.under_care(ines, mara)
    preferences.tell(viewer(mara), {"categories": ["tight-front"]}, NOW)
    raw = {"items": [{"slug": "bridge"}], "lock": True}
    building.build(viewer(ines), mara.pk, raw, seen=0, now=NOW)
    # The two minutes of a bad day load nothing.
    assert slugs_of(plans.today(viewer(mara), NOW)) == {"bridge", "long-exhale"}
    do(mara, "bridge")
    seen = slugs_of(plans.today(viewer(mara), NOW + DAY, when="morning"))
    assert {exercise(each).kind for each in seen} == {"practice"}
