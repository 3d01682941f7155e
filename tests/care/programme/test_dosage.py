from datetime import date, timedelta
from itertools import product

import pytest

from psoas.care.programme.dosage import Amount, Done, Dosage, amount, following, three_ambers
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
    # The first of them is a day on which it still rested, and counts for nothing.
    assert following(sessions(("red", False), *greens)).share == 0.5
    history = sessions(("red", False), *greens, greens[0])
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
    assert reps == [(1, 8), (1, 9), (1, 10), (1, 12), (2, 7)]


def grown(what, step):
    return amount(what, dosage=Dosage(step=step))


COUNTED = [
    each
    for each in EXERCISES
    if each.kind == "exercise" and each.dose.kind in ("reps", "hold") and not each.information
]


def total(found: Amount) -> int:
    return found.sets * (found.hold_s or found.reps or found.seconds)


def test_no_step_is_more_than_a_fifth_of_all_repetitions_and_it_goes_on():
    for each in COUNTED:
        for older, sets in product((False, True), (None, 2)):
            found = [
                total(amount(each, dosage=Dosage(step=step), older=older, sets=sets))
                for step in range(14)
            ]
            assert all(a <= b <= a * 1.2 for a, b in zip(found, found[1:], strict=False)), each.slug
            assert each.dose.kind == "hold" or found[-1] >= 20


def test_red_leaves_no_more_than_half_of_what_it_had_grown_to():
    greens: list[tuple[Light, bool]] = [("green", False)] * 3
    for each in COUNTED:
        for steps in range(9):
            before = following(sessions(*(greens * steps)))
            after = following(sessions(*(greens * steps), ("red", False)))
            assert total(amount(each, dosage=after)) <= total(amount(each, dosage=before)) / 2


def test_the_way_back_from_red_is_a_fifth_at_a_time_or_the_least_there_is():
    for steps, reds in product((0, 2, 4, 6), (1, 2)):
        told: list[Done] = [Done(DAY, "green", effort=3)] * (3 * steps)
        told += [Done(DAY + timedelta(days=8 * number), "red") for number in range(1, reds + 1)]
        found = []
        for number in range(20):
            day = DAY + timedelta(days=30 + number)
            found.append(total(amount(exercise("bridge"), dosage=following(told))))
            told += [Done(day, "green", effort=3)] * 3
        for a, b in zip(found, found[1:], strict=False):
            assert a <= b <= max(a * 1.2, a + 1), (steps, found)
        assert found[-1] > 8


def test_a_rest_goes_on_whatever_is_told_within_it():
    red = Done(DAY, "red")
    soon = DAY + timedelta(days=1)
    greens = [Done(DAY, "green", effort=2)] * 2 + [Done(soon, "green", effort=2)] * 2
    found = following([red, *greens])
    assert (found.share, found.off(DAY + timedelta(days=2))) == (0.5, True)
    found = following([red, *[Done(soon, "amber", raised=True)] * 2])
    assert found.share == 0.4
    assert found.off(DAY + timedelta(days=2))


def test_what_a_clinician_set_is_kept_to_the_second_and_never_exceeded():
    stretch = exercise("half-kneeling-stretch")
    for seconds in range(1, 61):
        assert amount(stretch, start=seconds, sets=1).hold_s == seconds
        for share in (0.9, 0.5, 0.25):
            found = amount(stretch, dosage=Dosage(share=share), start=seconds, sets=1)
            assert (found.hold_s or 0) <= max(seconds * share, 5 if seconds % 5 == 0 else 1)
    assert amount(exercise("wall-sit"), dosage=Dosage(share=0.5)).hold_s == 5
    assert amount(exercise("wall-sit"), dosage=Dosage(share=0.5)).sets == 3
    assert amount(stretch, dosage=Dosage(share=0.5), start=15, sets=1).hold_s == 5


def test_a_night_counts_nothing_and_minutes_on_each_side_count_both():
    night = amount(exercise("side-lying-rest"), start=1)
    assert (night.reps, night.hold_s, night.minutes) == (None, None, 0)
    massage = amount(exercise("self-massage"))
    assert (massage.sets, massage.seconds, massage.minutes) == (2, 60, 4)
    assert amount(exercise("self-massage"), dosage=Dosage(share=0.5)).minutes == 2


def test_half_of_two_sets_is_one_whole_set_and_half_of_one_is_half_of_it():
    assert amount(exercise("half-kneeling-stretch"), half=True).sets == 1
    assert amount(exercise("half-kneeling-stretch"), half=True).hold_s == 30
    assert amount(exercise("bridge"), half=True).reps == 4


def test_every_exercise_can_be_measured_out_however_small_the_share():
    for each in EXERCISES:
        if each.information or each.dose.kind == "night":
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
