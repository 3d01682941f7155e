"""What a session's light makes of the next dose, and who is told."""

from datetime import timedelta
from uuid import uuid4

import pytest

from psoas.care.assessment import gate, tasks
from psoas.care.people import sharing
from psoas.care.people.refusal import NotAllowed, Refusal
from psoas.care.programme import (
    circumstances,
    lights,
    morning,
    plans,
    preferences,
    sessions,
    stopping,
)
from psoas.care.programme.reasons import of_amount
from psoas.content.exercises import exercise
from tests import cast
from tests.care.programme.telling import check, do, item, telling
from tests.cast import NOW, viewer

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def mara():
    cast.installation()
    mara = cast.mara()
    check(mara)
    return mara


def lit(person, key, now=NOW):
    return lights.lit(sessions.read(viewer(person), key, now))


def dose(person, slug, now):
    return lights.doses(sessions.recent(viewer(person), now, days=100), now.date()).get(slug)


def plan_tasks(clinician):
    return [each for each in tasks.open_tasks(viewer(clinician), NOW + 30 * DAY)]


def test_the_next_morning_decides_and_until_then_a_session_is_no_green(mara):
    key = do(mara, "bridge")
    assert (lit(mara, key).light, lit(mara, key).waits) == ("amber", True)
    assert morning.waiting(viewer(mara), NOW) is None
    waits = morning.waiting(viewer(mara), NOW + DAY)
    assert waits is not None
    assert waits.id == key
    found = morning.answer(viewer(mara), key, "usual", NOW + DAY)
    assert (found.light, found.waits) == ("green", False)
    assert morning.waiting(viewer(mara), NOW + DAY) is None


def test_the_answer_in_words_or_as_a_number_counts_against_what_is_usual(mara):
    for week, (said, pain, light) in enumerate(
        [("usual", None, "green"), ("bit", None, "amber"), ("much", None, "red"), ("bit", 4, "red")]
    ):
        at = NOW + 7 * week * DAY
        key = do(mara, "bridge", now=at)
        assert morning.answer(viewer(mara), key, said, at + DAY, pain=pain).light == light


def test_a_morning_is_answered_the_day_after_or_the_next_and_by_its_person_alone(mara):
    key = do(mara, "bridge")
    for now, said in ((NOW, "usual"), (NOW + 3 * DAY, "usual"), (NOW + DAY, "splendid")):
        with pytest.raises(Refusal) as refused:
            morning.answer(viewer(mara), key, said, now)
        assert list(refused.value.fields) == ["answer"]
    with pytest.raises(NotAllowed):
        morning.answer(viewer(cast.tom()), key, "usual", NOW + DAY)
    assert sessions.read(viewer(mara), key, NOW).next_day is None


def test_a_red_session_halves_the_dose_and_says_from_which_day(mara):
    do(mara, "bridge", during=6)
    found = dose(mara, "bridge", NOW)
    assert (found.share, found.on, found.off(NOW.date())) == (0.5, NOW.date(), True)
    later = NOW + 3 * DAY
    preferences.tell(viewer(mara), {"when": "morning"}, NOW)
    today = plans.today(viewer(mara), later)
    changed = {each.slug: each.why for each in today.changes}
    assert changed["bridge"][0].rule == "red"
    assert changed["bridge"][0].datum == NOW.date().isoformat()
    given = circumstances.circumstances(mara, later)
    assert next(of_amount(exercise("bridge"), given)).rule == "red"


def test_where_it_is_known_which_one_hurt_the_others_do_not_rest(mara):
    told = telling(item("bridge", pain=7), item("clamshell"), during=7, after=2, finished=True)
    sessions.tell(viewer(mara), uuid4(), told, NOW)
    assert dose(mara, "bridge", NOW).off(NOW.date())
    assert dose(mara, "clamshell", NOW + DAY).share == 1
    found = lights.lit(sessions.recent(viewer(mara), NOW)[0])
    assert (found.light, found.red) == ("red", ("bridge",))
    assert exercise("bridge").label in found.sentence


def test_one_that_was_skipped_because_it_hurt_rests_and_one_for_lack_of_time_does_not(mara):
    hurt = item("bridge", "skipped", reason="hurts")
    late = item("clamshell", "skipped", reason="no-time")
    told = telling(hurt, late, item("cat-cow"), during=1, after=1, finished=True)
    sessions.tell(viewer(mara), uuid4(), told, NOW)
    assert dose(mara, "bridge", NOW).off(NOW.date())
    assert dose(mara, "clamshell", NOW) is None
    assert dose(mara, "cat-cow", NOW + DAY).share == 1


def test_breath_never_rests_and_what_is_unknown_has_no_dose(mara):
    do(mara, "slow-breathing", "no-such-thing", "tremor-information", during=9)
    assert lights.doses(sessions.recent(viewer(mara), NOW), NOW.date()) == {}


def test_two_reds_within_a_week_ask_a_physiotherapist_who_may_know(mara):
    ines = cast.ines()
    cast.under_care(ines, mara, "sessions")
    for days in (0, 4):
        key = do(mara, "bridge", now=NOW + days * DAY)
        morning.answer(viewer(mara), key, "much", NOW + (days + 1) * DAY)
    found = plan_tasks(ines)
    assert [(each.kind, each.facts["why"], each.facts["items"]) for each in found] == [
        ("plan", "two-reds", ["bridge"])
    ]
    sharing.set_shares(mara, ines.pk, set(), now=NOW + 20 * DAY)
    assert [each.facts for each in plan_tasks(ines)] == [None]


def test_every_fourth_week_is_lighter_and_a_long_pause_begins_anew(mara):
    for days in range(0, 28, 3):
        do(mara, "bridge", now=NOW + days * DAY)
    found = sessions.recent(viewer(mara), NOW + 40 * DAY, days=100)[::-1]
    first = NOW.date()
    assert not lights.lighter(found, first + 20 * DAY)
    assert lights.lighter(found, first + 22 * DAY)
    assert not lights.lighter(found, first + 28 * DAY)
    assert not lights.lighter(found, first + 50 * DAY)


def test_three_ambers_that_are_known_make_a_lighter_week_and_unanswered_mornings_do_not(mara):
    for days in range(3):
        do(mara, "bridge", now=NOW + days * DAY)
    found = sessions.recent(viewer(mara), NOW + 3 * DAY)[::-1]
    assert not lights.lighter(found, NOW.date() + 3 * DAY)
    for each in found:
        at = NOW + (each.day - NOW.date()) + DAY
        morning.answer(viewer(mara), each.id, "bit", at)
    found = sessions.recent(viewer(mara), NOW + 3 * DAY)[::-1]
    assert lights.lighter(found, NOW.date() + 3 * DAY)
    assert not lights.lighter(found, NOW.date() + 10 * DAY)


def test_two_sessions_that_were_too_hard_make_a_lighter_week_and_a_sudden_week_is_said(mara):
    for days, effort, minutes in (
        *((0, 4, 5), (2, 4, 5), (4, 4, 5)),
        *((7, 4, 6), (9, 8, 6), (11, 9, 6)),
    ):
        do(mara, "bridge", now=NOW + days * DAY, effort=effort, minutes=minutes)
    found = sessions.recent(viewer(mara), NOW + 14 * DAY)[::-1]
    assert not lights.lighter(found, NOW.date() + 11 * DAY)
    assert "8 or more" in lights.lighter(found, NOW.date() + 12 * DAY)
    today = plans.today(viewer(mara), NOW + 14 * DAY)
    assert "load" in {each.rule for each in today.why}
    assert "load" not in {each.rule for each in plans.today(viewer(mara), NOW + 9 * DAY).why}


def test_a_sign_of_an_emergency_makes_the_check_due_again_once_and_tells_who_may_know(mara):
    ines, key = cast.ines(), do(mara, "bridge")
    cast.under_care(ines, mara, "sessions")
    for minutes in (1, 2):
        stop = sessions.stopped(
            viewer(mara), key, "chest-pain", NOW + timedelta(minutes=minutes), at="bridge"
        )
    assert stop.route == "help"
    assert gate.stand(mara, NOW + timedelta(hours=1)).why_due == "stop"
    assert not plans.today(viewer(mara), NOW + timedelta(hours=1)).routine.items
    check(mara, kind="again", now=NOW + timedelta(hours=2))
    later = NOW + timedelta(hours=3)
    sessions.stopped(viewer(mara), key, "chest-pain", later)
    assert gate.stand(mara, later).state == "holds"
    assert [each.facts["sign"] for each in plan_tasks(ines)] == ["chest-pain"]


def test_every_sign_has_its_way_on_and_what_rests_comes_back(mara):
    helps = {"chest-pain", "faint", "numb-leg", "calf-swelling"}
    assert {each.slug for each in stopping.SIGNS if each.emergency} == helps
    assert stopping.stop_of("made-up-by-a-device").route == "help"
    told = telling(
        item("clamshell"), item("bridge", "part"), stop="groin-catch", stopped_at="bridge",
        during=3, after=3, finished=True,
    )  # fmt: skip
    sessions.tell(viewer(mara), uuid4(), told, NOW)
    assert gate.stand(mara, NOW + DAY).state == "holds"
    assert dose(mara, "bridge", NOW).off(NOW.date() + 2 * DAY)
    assert not dose(mara, "clamshell", NOW + DAY).off(NOW.date() + DAY)
    told = telling(item("clamshell"), stop="giving-way", stopped_at="step-up")
    sessions.tell(viewer(mara), uuid4(), told, NOW)
    assert dose(mara, "step-up", NOW).off(NOW.date())
    assert not dose(mara, "clamshell", NOW + DAY).off(NOW.date() + DAY)
    with pytest.raises(Refusal) as refused:
        sessions.stopped(viewer(mara), do(mara, "bridge"), "bored", NOW)
    assert list(refused.value.fields) == ["stop"]


def test_panic_leads_to_looking_round_and_takes_nothing_away(mara):
    key = do(mara, "bridge")
    assert sessions.stopped(viewer(mara), key, "panic", NOW).route == "ground"
    assert gate.stand(mara, NOW).state == "holds"
    assert dose(mara, "bridge", NOW + DAY).share == 1
