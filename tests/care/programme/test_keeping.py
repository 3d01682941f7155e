"""What is told stays as it was told, closes to everybody else, and goes with its person."""

import json
from datetime import timedelta

import pytest
from django.db import connection

from psoas.care.people import erasing
from psoas.care.people.refusal import NotAllowed, Refusal
from psoas.care.people.vault import Unreadable
from psoas.care.programme import (
    everyday,
    exporting,
    flare,
    handout,
    morning,
    plans,
    preferences,
    sessions,
    walks,
)
from psoas.care.programme.models import FlarePlan, Plan, Preferences, Session
from psoas.care.programme.sealing import closed_rows
from tests import cast
from tests.care.programme.telling import check, do
from tests.cast import NOW, viewer

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
TABLES = (Plan, Session, Preferences, FlarePlan)


@pytest.fixture
def alone():
    cast.installation()
    return cast.mara()


@pytest.fixture
def mara(alone):
    """Somebody with a row in every table."""
    mara = alone
    check(mara)
    preferences.tell(viewer(mara), {"likes": ["cat-cow"], "goals": ["stairs"]}, NOW)
    plans.make(viewer(mara), NOW)
    flare.write(viewer(mara), {"call": "Ines, and the surgery\nat the corner"}, NOW)
    do(mara, "cat-cow", "bridge")
    return mara


def test_nothing_of_it_can_be_read_in_the_database(mara):
    dump = b"".join(bytes(row.sealed) for model in TABLES for row in model.objects.all())
    for word in (b"cat-cow", b"stairs", b"Ines", b"bridge", b"routine"):
        assert word not in dump


def test_what_was_changed_moved_or_put_under_another_day_is_named_and_nothing_else(mara):
    assert closed_rows(mara) == []
    Session.objects.update(day=NOW.date() - DAY)
    Preferences.objects.update(revision=7)
    Plan.objects.update(number=9)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE programme_flareplan SET sealed = 'text'")
    named = {each.table for each in closed_rows(mara)}
    assert named == {f"programme_{model.__name__.lower()}" for model in TABLES}
    with connection.cursor() as cursor:
        cursor.execute("UPDATE programme_session SET day = 'no day'")
    assert len(closed_rows(mara)) == len(TABLES)


def test_what_does_not_open_keeps_nothing_else_from_being_used_or_taken_away(mara):
    do(mara, "clamshell", now=NOW + DAY)
    Session.objects.filter(day=NOW.date()).update(revision=9)
    Plan.objects.update(number=9)
    record = exporting.documents(viewer(mara))
    assert [each["items"][0]["slug"] for each in record["sessions"]] == ["clamshell"]
    assert {each["kind"] for each in record["not_opened"]} == {"plan", "session"}
    assert plans.today(viewer(mara), NOW + DAY).routine.items


def test_it_can_be_taken_away_whole_and_by_its_person_alone(mara):
    record = exporting.documents(viewer(mara))
    assert json.loads(json.dumps(record, allow_nan=False)) == record
    assert record["plans"][0]["number"] == 1
    assert record["sessions"][0]["light"] == "amber"
    assert record["flare_plan"]["words"]["call"].startswith("Ines")
    assert record["preferences"]["goals"] == ["stairs"]
    other = exporting.documents(viewer(cast.tom()))
    assert (other["plans"], other["sessions"], other["flare_plan"]) == ([], [], {})


def test_an_account_that_is_erased_takes_all_of_it_along(mara):
    erasing.erase_account(mara, now=NOW)
    assert not any(model.objects.exists() for model in TABLES)


def test_what_is_told_is_checked_field_by_field_and_the_rest_stays(mara):
    for raw, field in (
        ({"minutes": 0}, "minutes"),
        ({"minutes": True}, "minutes"),
        ({"minutes": 6}, "minutes"),
        ({"when": "noon"}, "when"),
        ({"categories": ["thr"]}, "categories"),
        ({"conditions": ["fever"]}, "conditions"),
        ({"conditions": [1]}, "conditions"),
        ({"conditions": ["back-hurts"] * 61}, "conditions"),
        ({"equipment": "trampoline"}, "equipment"),
        ({"likes": ["no-such-thing"]}, "likes"),
        ({"goals": {"stairs": 1}}, "goals"),
        ({"led": ["siren"]}, "led"),
        ({"everyday": {}}, "everyday"),
        ({"told_by_clinician": ["gtp"]}, "told_by_clinician"),
    ):
        with pytest.raises(Refusal) as refused:
            preferences.tell(viewer(mara), {"when": "evening", **raw}, NOW)
        assert list(refused.value.fields) == [field]
    kept = preferences.of(viewer(mara))
    assert (kept.likes, kept.goals, kept.when) == (("cat-cow",), ("stairs",), "")
    told = preferences.tell(viewer(mara), {"minutes": "10", "equipment": ["mat"]}, NOW)
    assert (told.minutes, told.equipment, told.likes) == (10, ("mat",), ("cat-cow",))
    assert preferences.of(viewer(cast.tom())) == preferences.Preferences()


def test_everyday_things_are_taken_up_two_at_a_time_and_left(alone):
    first, second, third, *_rest = everyday.to_choose(viewer(alone), NOW)
    for each in (first, second, first):
        everyday.choose(viewer(alone), each.slug, NOW)
    with pytest.raises(Refusal) as refused:
        everyday.choose(viewer(alone), third.slug, NOW)
    assert list(refused.value.fields) == ["slug"]
    everyday.leave(viewer(alone), first.slug, NOW)
    everyday.choose(viewer(alone), third.slug, NOW + DAY)
    assert [each.item for each in everyday.chosen(viewer(alone), NOW)] == [second, third]
    assert third not in everyday.to_choose(viewer(alone), NOW)
    with pytest.raises(Refusal):
        everyday.choose(viewer(alone), ["standing"], NOW)


def test_what_suits_a_person_is_offered_first_and_what_must_be_asked_for_is_not(alone):
    preferences.tell(viewer(alone), {"categories": ["gtp"]}, NOW)
    offered = everyday.to_choose(viewer(alone), NOW)
    suiting = [("gtp" in each.suits) for each in offered]
    assert suiting[0]
    assert suiting == sorted(suiting, reverse=True)
    assert not any(each.only_if_asked for each in offered)


def test_the_plan_for_bad_days_keeps_each_part_and_says_what_stands_there_until_then(mara):
    flare.write(viewer(mara), {"first-days": "A warm pillow\u202e.\r\nThe short walk."}, NOW)
    found = {each.part.slug: each.words for each in flare.of(viewer(mara)).parts}
    assert found["first-days"] == "A warm pillow.\nThe short walk."
    assert found["call"].startswith("Ines")
    assert found["rebuild"] == ""
    for raw in ({"call": "x" * 1001}, {"call": None}, {"other": "words"}):
        with pytest.raises(Refusal) as refused:
            flare.write(viewer(mara), raw, NOW)
        assert list(refused.value.fields) == list(raw)


def test_a_high_entry_offers_the_plan_for_bad_days(alone):
    answers = {pain: flare.offered(pain, viewer(alone), NOW) for pain in (None, 6, 7, 10)}
    assert answers == {None: False, 6: False, 7: True, 10: True}


def walked(person, now):
    found = walks.weeks(viewer(person), now, "walk")
    assert found is not None
    return found


def test_walking_rises_by_minutes_or_days_on_green_alone_and_stays_while_it_is_not_told(alone):
    for baseline in ("far", -1, 0, 241, float("nan"), [10, 12], [10, 12, "x"]):
        with pytest.raises(Refusal):
            walks.begin(viewer(alone), "walk", baseline, NOW)
    with pytest.raises(Refusal):
        walks.begin(viewer(alone), "run", 10, NOW)
    assert walks.weeks(viewer(alone), NOW, "walk") is None
    walks.begin(viewer(alone), "walk", [14, "12,5", 20], NOW)

    def week(days):
        found = walked(alone, NOW + days * DAY).week
        return found.minutes, found.days, found.cause

    assert week(0) == (10, 3, "begin")
    assert week(7) == (10, 3, "hold")
    for days in (8, 9, 11, 12):
        done = sessions.record(viewer(alone), "walk", 10, 1, 3, NOW + days * DAY)
        morning.answer(viewer(alone), done.id, "usual", NOW + (days + 1) * DAY)
    assert week(14) == (11.5, 3, "minutes")
    found = walked(alone, NOW + 12 * DAY)
    assert (found.done, found.first) == (4, NOW.date() + 7 * DAY)


def test_a_red_walk_rests_and_comes_back_with_half(alone):
    check(alone)
    walks.begin(viewer(alone), "walk", 25, NOW)
    sessions.record(viewer(alone), "walk", 20, 7, 6, NOW)
    found = walked(alone, NOW + DAY)
    assert (found.minutes, found.closed[0].rule) == (0, "red")
    found = walked(alone, NOW + 3 * DAY)
    assert (found.minutes, found.why[-1].rule) == (10, "red")


def test_the_sheet_holds_what_is_open_and_says_what_is_not(mara):
    found, plan = handout.sheet(viewer(mara), NOW), plans.in_force(viewer(mara), NOW)
    assert plan is not None
    assert (found.name, found.clinic, found.allowed) == ("Mara", "Linden", True)
    assert {each.slug for each in found.items} == set(plan.slugs)
    later = NOW + timedelta(hours=1)
    check(mara, {"RF16": "yes", "RF16.time": "later", "RF16.approach": "anterior"}, now=later)
    found = handout.sheet(viewer(mara), later)
    codes = {each.exercise.code for each in found.items}
    assert not codes & {"E01", "E02", "E03", "E04", "E05", "E06", "E07", "E08", "E09", "E21"}
    assert found.left_out
    assert {each.slug for each in found.limits} >= {"flexion-90", "no-far-back"}


def test_a_clinicians_sheet_leaves_out_what_is_the_persons_own(mara):
    ines = cast.ines()
    with pytest.raises(NotAllowed):
        handout.sheet(viewer(ines), NOW, person_id=mara.pk)
    cast.under_care(ines, mara)
    found = handout.sheet(viewer(ines), NOW, person_id=mara.pk)
    assert found.items
    assert (found.flare, found.everyday, found.walking) == (None, (), ())
    assert not any(each.why for each in found.items)


def test_a_damaged_row_of_what_was_told_takes_nothing_out_of_what_takes_out(mara):
    Preferences.objects.update(revision=7)
    FlarePlan.objects.update(revision=7)
    with pytest.raises(Unreadable):
        preferences.tell(viewer(mara), {"minutes": 10}, NOW)
    preferences.tell(viewer(mara), {"categories": [], "conditions": ["back-hurts"]}, NOW)
    assert preferences.of(viewer(mara)).conditions == ("back-hurts",)
    assert not flare.of(viewer(mara)).own_words
    assert flare.write(viewer(mara), {"call": "Ines"}, NOW).own_words
