from datetime import date, timedelta

import pytest

from psoas.care.programme.dosage import Done, Dosage, amount, following, three_ambers
from psoas.care.programme.grading import Week
from psoas.care.programme.light import Light
from psoas.content.exercises import EXERCISES, exercise

DAY = date(2026, 3, 2)


def sessions(*told: tuple[Light, bool], effort: float | None = 4) -> list[Done]:
    return [
        Done(DAY + timedelta(days=2 * number), light, raised, effort)
        for number, (light, raised) in enumerate(told)
    ]


def walk(dosage: Dosage) -> float:
    return 15 * dosage.share


def test_two_ambers_that_lasted_take_a_fifth_away():
    found = following(sessions(("amber", True), ("amber", True)))
    assert walk(found) == 12
    assert found.cause == "ambers"


def test_two_ambers_that_settled_take_nothing_away():
    assert walk(following(sessions(("amber", False), ("amber", False)))) == 15


def test_ambers_count_only_in_a_row():
    assert walk(following(sessions(("amber", True), ("green", False), ("amber", True)))) == 15
    assert walk(following(sessions(("amber", True), ("amber", False), ("amber", True)))) == 15


def test_one_red_halves_it_and_rests_it_for_two_days():
    found = following(sessions(("red", False)))
    assert walk(found) == 7.5
    assert Week(1, walk(found), 3, "hold").shown == 8
    assert [found.off(DAY + timedelta(days=days)) for days in (0, 1, 2, 3)] == [
        True,
        True,
        True,
        False,
    ]
    assert not found.ask


def test_two_reds_within_a_week_ask_for_a_physiotherapist_and_later_ones_do_not():
    near = [Done(DAY, "red"), Done(DAY + timedelta(days=7), "red")]
    far = [Done(DAY, "red"), Done(DAY + timedelta(days=8), "red")]
    assert following(near).ask
    assert not following(far).ask
    assert following(near).share == 0.25


def test_three_easy_greens_take_one_step_and_hard_or_untold_ones_none():
    greens: list[tuple[Light, bool]] = [("green", False)] * 3
    assert following(sessions(*greens, effort=5)).step == 1
    assert following(sessions(*greens, effort=6)).step == 0
    assert following(sessions(*greens, effort=None)).step == 0
    assert following(sessions(*greens[:2])).step == 0


def test_what_was_taken_away_comes_back_before_anything_is_added():
    greens: list[tuple[Light, bool]] = [("green", False)] * 3
    history = sessions(("red", False), *greens)
    found = following(history)
    assert found.share == pytest.approx(0.6)
    assert found.step == 0


def test_three_ambers_in_a_row_call_for_a_lighter_week():
    assert three_ambers(["green", "amber", "amber", "amber"])
    assert not three_ambers(["amber", "amber"])
    assert not three_ambers(["amber", "green", "amber"])


def test_a_strengthening_exercise_begins_with_one_set_and_grows_by_repetitions_then_a_set():
    bridge = exercise("bridge")
    reps = [(found.sets, found.reps) for step in range(5) if (found := grown(bridge, step))]
    assert reps == [(1, 8), (1, 9), (1, 10), (1, 12), (2, 8)]


def grown(what, step):
    return amount(what, dosage=Dosage(step=step))


def test_no_step_is_more_than_a_fifth_of_the_repetitions():
    found = [grown(exercise("bridge"), step).reps for step in range(4)]
    assert all(b <= a * 1.2 for a, b in zip(found, found[1:], strict=False))


def test_half_of_two_sets_is_one_whole_set_and_half_of_one_is_half_of_it():
    assert amount(exercise("half-kneeling-stretch"), half=True).sets == 1
    assert amount(exercise("half-kneeling-stretch"), half=True).hold_s == 30
    assert amount(exercise("bridge"), half=True).reps == 4


def test_every_exercise_can_be_measured_out_however_small_the_share():
    for each in EXERCISES:
        if each.information:
            continue
        for share in (0.25, 0.5, 1.0):
            found = amount(each, dosage=Dosage(share=share), half=True, lighter=True, minutes=2)
            assert found.minutes > 0
            assert found.seconds > 0


def test_what_a_clinician_set_is_still_cut_by_a_red_light():
    given = amount(exercise("bridge"), dosage=Dosage(share=0.5), sets=2, start=12)
    assert (given.sets, given.reps) == (2, 6)
    held = amount(exercise("half-kneeling-stretch"), sets=3, start=40)
    assert (held.sets, held.hold_s) == (3, 40)
