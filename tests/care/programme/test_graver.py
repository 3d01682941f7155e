"""What was worse is never taken back: a graver sign, a pain, a morning, in whatever order."""

from datetime import timedelta
from itertools import permutations
from uuid import uuid4

import pytest

from psoas.care.assessment import gate, tasks
from psoas.care.people.refusal import Refusal
from psoas.care.programme import lights, morning, plans, sessions, stopping
from psoas.care.programme.models import Session
from psoas.content.exercises import exercise
from tests import cast
from tests.care.programme.telling import check, do, item, telling
from tests.cast import NOW, viewer

pytestmark = pytest.mark.django_db

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def mara():
    cast.installation()
    mara = cast.mara()
    check(mara, now=NOW - HOUR)
    return mara


@pytest.fixture
def ines(mara):
    ines = cast.ines()
    cast.under_care(ines, mara, "sessions")
    return ines


def tell(person, key, raw, now=NOW):
    return sessions.tell(viewer(person), key, raw, now)


def read(person, key, now=NOW):
    return sessions.read(viewer(person), key, now)


def signs_told(clinician):
    found = tasks.open_tasks(viewer(clinician), NOW + HOUR)
    return [(each.facts["sign"], each.facts["urgent"]) for each in found if each.facts]


def rests(person, slug):
    found = lights.doses(sessions.recent(viewer(person), NOW), NOW.date())
    return slug in found and found[slug].off(NOW.date())


@pytest.mark.parametrize("milder", ["groin-catch", "panic"])
def test_help_follows_a_graver_sign_after_a_milder_one(mara, ines, milder):
    key = do(mara, "bridge", "clamshell")
    sessions.stopped(viewer(mara), key, milder, NOW, at="bridge")
    assert gate.stand(mara, NOW).state == "holds"
    at = NOW + MINUTE
    assert sessions.stopped(viewer(mara), key, "chest-pain", at, at="clamshell").route == "help"
    assert gate.stand(mara, NOW + HOUR).why_due == "stop"
    assert not plans.today(viewer(mara), NOW + HOUR).routine.items
    assert signs_told(ines)[0] == ("chest-pain", True)
    assert read(mara, key).stop == "chest-pain"
    assert rests(mara, "clamshell")
    # What the first sign rested stays at rest; panic takes nothing away.
    assert rests(mara, "bridge") == (milder == "groin-catch")


@pytest.mark.parametrize("milder", ["groin-catch", "panic"])
def test_a_device_that_tells_a_graver_sign_is_answered_with_help(mara, ines, milder):
    key = uuid4()
    first = tell(mara, key, telling(item("bridge"), step=1, stop=milder, stopped_at="bridge"))
    graver = telling(item("bridge"), step=2, stop="chest-pain", stopped_at="clamshell")
    second = tell(mara, key, graver)
    assert (first.stop.route == "help", second.stop.route) == (False, "help")
    assert gate.stand(mara, NOW + HOUR).why_due == "stop"
    assert ("chest-pain", True) in signs_told(ines)
    check(mara, kind="again", now=NOW + 2 * HOUR)
    assert tell(mara, key, graver, NOW + 3 * HOUR).stop.route == "help"
    assert gate.stand(mara, NOW + 3 * HOUR).state == "holds"


def test_a_milder_sign_after_a_graver_one_leaves_help_on_the_page(mara):
    key = do(mara, "bridge")
    sessions.stopped(viewer(mara), key, "faint", NOW)
    assert sessions.stopped(viewer(mara), key, "panic", NOW).route == "help"
    assert read(mara, key).stop == "faint"


def test_another_sign_of_an_emergency_asks_the_check_again_once_it_was_answered(mara):
    key = do(mara, "bridge")
    sessions.stopped(viewer(mara), key, "faint", NOW)
    check(mara, kind="again", now=NOW + HOUR)
    sessions.stopped(viewer(mara), key, "chest-pain", NOW + 2 * HOUR)
    assert gate.stand(mara, NOW + 2 * HOUR).why_due == "stop"


def test_in_whatever_order_signs_arrive_the_gravest_leads_and_none_is_lost(mara):
    told = [
        telling(item("bridge"), step=1, stop="panic"),
        telling(item("bridge"), step=2, stop="groin-catch", stopped_at="bridge"),
        telling(item("bridge"), step=3, stop="numb-leg", stopped_at="clamshell"),
    ]
    for order in permutations(told):
        key = uuid4()
        for each in order:
            tell(mara, key, each)
        found = read(mara, key)
        assert (found.stop, found.document["stopped_at"]) == ("numb-leg", "clamshell")
        assert sorted(found.signs) == [
            ("groin-catch", "bridge"),
            ("numb-leg", "clamshell"),
            ("panic", ""),
        ]
        revision = found.revision
        tell(mara, key, told[2])
        assert read(mara, key).revision == revision


def test_a_sign_of_a_newer_page_is_kept_and_leads_to_help(mara, ines):
    key = uuid4()
    assert tell(mara, key, telling(item("bridge"), stop="zzz")).stop.route == "help"
    assert gate.stand(mara, NOW + HOUR).why_due == "stop"
    assert signs_told(ines) == [("zzz", True)]
    assert read(mara, key).stop == "zzz"


@pytest.mark.parametrize(
    ("wrong", "sign"),
    [
        ({"minutes": 601, "stop": "chest-pain"}, "chest-pain"),
        ({"items": [item("bridge")] * 41, "stop": "chest-pain"}, "chest-pain"),
        ({"stop": "../../etc"}, stopping.UNKNOWN),
    ],
)
def test_a_refused_telling_does_not_take_an_emergency_with_it(mara, ines, wrong, sign):
    key = uuid4()
    for _ in range(2):
        with pytest.raises(Refusal):
            tell(mara, key, {**telling(item("bridge")), **wrong})
    assert gate.stand(mara, NOW + HOUR).why_due == "stop"
    assert signs_told(ines) == [(sign, True)]
    assert not Session.objects.exists()


def test_a_later_telling_that_knows_less_makes_no_red_session_green(mara):
    key = uuid4()
    tell(mara, key, telling(item("bridge"), step=1, during=2))
    sessions.finish(viewer(mara), key, NOW, during=7, after=6)
    tell(mara, key, telling(item("bridge"), item("cat-cow"), step=2, during=2, after=2))
    found = read(mara, key)
    assert (found.number("during"), found.number("after")) == (7, 6)
    assert rests(mara, "bridge")
    sessions.finish(viewer(mara), key, NOW, during=1, after=1)
    assert lights.lit(read(mara, key)).light == "red"


def test_one_that_hurt_is_not_made_well_by_a_later_telling(mara):
    key = uuid4()
    hurt = item("bridge", "skipped", reason="hurts")
    tell(mara, key, telling(hurt, item("clamshell", pain=8), step=1, during=2))
    tell(mara, key, telling(item("bridge", pain=1), item("clamshell", pain=1), step=2, during=2))
    assert rests(mara, "bridge")
    assert rests(mara, "clamshell")


@pytest.mark.parametrize("state", ["part", "skipped", "swapped"])
def test_one_left_out_because_it_hurt_rests_alone_and_is_named(mara, state):
    hurt, late = item("bridge", state, reason="hurts"), item("clamshell", "skipped")
    told = telling(item("slow-breathing"), hurt, late, during=1, after=1, finished=True)
    key = uuid4()
    tell(mara, key, told)
    found = lights.lit(read(mara, key))
    assert (found.light, found.red) == ("red", ("bridge",))
    assert exercise("bridge").label in found.sentence
    assert rests(mara, "bridge")
    assert not rests(mara, "clamshell")


def test_a_red_session_says_everything_rests_only_where_it_does(mara):
    whole, breath = do(mara, "bridge", "clamshell", during=7), do(mara, "slow-breathing", during=7)
    assert "what was done rests" in lights.lit(read(mara, whole)).sentence
    found = lights.lit(read(mara, breath))
    assert (found.light, found.red) == ("red", ())
    assert "rests" not in found.sentence


def test_an_empty_number_of_an_exercise_is_none_and_breaks_nothing(mara):
    key = uuid4()
    empty = dict.fromkeys(("sets", "reps", "hold_s", "done_s", "pain"), "")
    tell(mara, key, telling({**item("bridge"), **empty}, item("clamshell", done_s=60)))
    found = read(mara, key)
    assert found.items[0] == item("bridge")
    assert found.minutes == 1
    found.items[0]["done_s"] = None
    assert found.minutes == 1


def test_a_morning_answered_twice_keeps_the_worse_answer(mara):
    key = do(mara, "bridge")
    assert morning.answer(viewer(mara), key, "bit", NOW + DAY, pain=3).light == "amber"
    assert morning.answer(viewer(mara), key, "much", NOW + DAY).light == "red"
    assert morning.answer(viewer(mara), key, "usual", NOW + DAY, pain=0).light == "red"
    kept = read(mara, key).next_day
    assert (kept["answer"], kept["pain"]) == ("much", 3)
