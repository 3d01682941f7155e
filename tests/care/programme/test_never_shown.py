"""Whatever an older or a locked plan names: what is taken out now is not shown now."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from psoas.care.journal import writing
from psoas.care.journal.models import DAY as DAY_ENTRY
from psoas.care.programme import handout, plan_rows, plans, preferences, written
from psoas.care.programme.models import Preferences
from psoas.care.programme.plan_rows import Planned
from psoas.care.programme.wanted import PROFILES, Circumstances
from psoas.content.exercises import exercise, exercises
from tests import cast
from tests.care.programme.banned import BY_CONDITION, LOADS
from tests.care.programme.telling import check, do
from tests.cast import NOW, viewer

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
EVERYTHING = tuple(Planned(each.slug) for each in exercises())
THR = {"RF16": "yes", "RF16.time": "later"}


@pytest.fixture
def mara():
    """A person whose clinician locked a plan that names every exercise there is."""
    cast.installation()
    mara, ines = cast.mara(), cast.ines()
    cast.under_care(ines, mara, "sessions")
    document: dict[str, Any] = {
        "items": plan_rows.planned_documents(EVERYTHING),
        "template": "",
        "note": "",
        "minutes": None,
        "when": "",
        "built_from": {},
    }
    plan_rows.write(mara, document, NOW - DAY, by=ines, locked=True)
    return mara


def shown(person, now=NOW):
    """The codes of all that today and the sheet show."""
    found = {each.exercise.code for each in handout.sheet(viewer(person), now).items}
    for when, minutes in (("morning", None), ("evening", 10)):
        today = plans.today(viewer(person), now, when=when, minutes=minutes)
        for each in (*today.routine.items, *today.shortest.items):
            found.add(each.exercise.code)
    return found


def test_with_a_quiet_check_the_plan_is_shown_as_it_was_written_but_what_is_only_read(mara):
    check(mara)
    assert shown(mara) == {each.code for each in exercises() if not each.information}


@pytest.mark.parametrize(
    ("given", "conditions"),
    [
        ({**THR, "RF16.approach": "posterior"}, ["thr"]),
        ({**THR, "RF16.approach": "anterior"}, ["thr-anterior"]),
        ({**THR, "RF16.approach": "not-sure"}, ["thr-anterior"]),
        ({"RF19": "yes"}, ["pregnancy"]),
        ({**THR, "RF16.approach": "anterior", "RF19": "not sure"}, ["thr-anterior", "pregnancy"]),
    ],
    ids=["posterior", "anterior", "approach unknown", "pregnant", "both add up"],
)
def test_what_the_check_takes_out_is_not_shown(mara, given, conditions):
    check(mara, given)
    seen = shown(mara)
    assert seen
    for condition in conditions:
        assert not seen & BY_CONDITION[condition]


def test_what_was_told_takes_out_whoever_told_it(mara):
    check(mara)
    told = [each for each in BY_CONDITION if each in preferences.CONDITIONS]
    for turn, condition in enumerate(told):
        both = ["conditions", "told_by_clinician"]
        preferences.keep(mara, {both[turn % 2]: (condition,), both[1 - turn % 2]: ()})
        assert not shown(mara) & BY_CONDITION[condition], condition
    for category in ("gtp", "fai"):
        preferences.keep(mara, {"categories": (category,)})
        assert not shown(mara) & BY_CONDITION[category], category


def test_with_a_usual_pain_above_five_nothing_that_loads_is_shown(mara):
    check(mara)
    for days in range(3):
        at = NOW - days * DAY
        raw = {"pain": 6, "at": at.isoformat()}
        writing.write_entry(viewer(mara), raw, entry_id=uuid4(), kind=DAY_ENTRY, now=at)
    check(mara)
    seen = shown(mara)
    assert seen
    assert not [each for each in seen if exercise(each).group in LOADS]


def test_a_red_light_takes_away_from_a_locked_plan_for_two_days(mara):
    check(mara)
    do(mara, "bridge", "clamshell", during=6)
    for days in (0, 2):
        seen = shown(mara, NOW + days * DAY)
        assert not seen & {"E13", "E14"}, days
    assert {"E13", "E14"} <= shown(mara, NOW + 3 * DAY)


def test_when_preferences_do_not_open_the_strictest_is_assumed(mara):
    check(mara)
    row = Preferences(person=mara, sealed=b"\x01" + b"0" * 64)
    row.save(force_insert=True)
    seen = shown(mara)
    for condition in ("gtp", "fai", "prolapse", "blood-thinners"):
        assert not seen & BY_CONDITION[condition]
    found = plans.today(viewer(mara), NOW)
    assert "unknown" in {each.rule for each in found.why}


def test_every_exercise_against_every_source_of_a_ban():
    plan = plan_rows.OpenPlan(
        uuid4(), 1, NOW, None, True, "clinician", None, "Ines", EVERYTHING, "", "", None, "", {}
    )
    sources: dict[str, Any] = {
        **{
            f"check {each.code}": ({"bans": frozenset({each.code})}, {each.code})
            for each in exercises()
        },
        **{
            f"condition {name}": ({"conditions": frozenset({name})}, banned)
            for name, banned in BY_CONDITION.items()
            if name not in PROFILES
        },
        **{
            f"profile {name}": ({"profiles": (name,)}, BY_CONDITION[name])
            for name in PROFILES
            if name in BY_CONDITION
        },
    }
    for name, (change, banned) in sources.items():
        for when in ("morning", "evening"):
            given = Circumstances(10, when, **change)
            due = written.due(plan, given, minutes=None)
            seen = {each.exercise.code for each in due.items}
            left = {exercise(each.slug).code for each in due.left_out}
            assert not seen & banned, name
            assert seen | left == {each.code for each in exercises()}, name
            assert banned <= left, name
