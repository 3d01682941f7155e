"""Routines: the worked cases of the programme's facts, and nothing forbidden, exhaustively."""

from itertools import combinations, product

import pytest

from psoas.care.programme.dosage import Done, Dosage, following
from psoas.care.programme.forbidding import forbidden, parts, within
from psoas.care.programme.prescribing import NoRoutine, fits, prescribe, shortest
from psoas.care.programme.shapes import GOALS
from psoas.care.programme.swapping import instead_of
from psoas.care.programme.wanted import MINUTES, PROFILES, Circumstances, Profile
from psoas.content.exercise import When
from psoas.content.exercises import EXERCISES, exercise
from tests.care.programme.banned import BY_CONDITION, LOADS

DAY_TIMES: tuple[When, ...] = ("morning", "evening")
SETS: list[tuple[Profile, ...]] = [(), *[(each,) for each in PROFILES], *combinations(PROFILES, 2)]


def slugs(*profiles, minutes=5, when="morning", **more):
    return [item.slug for item in prescribe(Circumstances(minutes, when, profiles, **more)).items]


def test_five_minutes_in_the_morning_for_a_tight_front():
    routine = prescribe(Circumstances(5, "morning", ("tight-front",)))
    assert [(item.slug, item.amount.minutes) for item in routine.items] == [
        ("cat-cow", 1),
        ("half-kneeling-stretch", 2),
        ("bridge", 1.5),
    ]
    assert routine.minutes == 4.5
    stretch, bridge = routine.items[1].amount, routine.items[2].amount
    assert (stretch.hold_s, stretch.sets) == (30, 2)
    assert (bridge.sets, bridge.reps) == (1, 8)


def test_ten_minutes_in_the_evening_for_a_tight_front():
    routine = prescribe(Circumstances(10, "evening", ("tight-front",)))
    assert [(item.slug, item.amount.minutes) for item in routine.items] == [
        ("pelvic-tilts", 1),
        ("thomas-stretch", 2),
        ("figure-4", 2),
        ("slow-breathing", 5),
    ]


def test_five_minutes_in_the_evening():
    routine = prescribe(Circumstances(5, "evening", ("tight-front",)))
    assert [(item.slug, item.amount.minutes) for item in routine.items] == [
        ("pelvic-tilts", 1),
        ("thomas-stretch", 2),
        ("long-exhale", 2),
    ]


def test_five_minutes_for_a_sore_outer_side():
    routine = prescribe(Circumstances(5, "morning", ("gtp",)))
    assert [item.slug for item in routine.items] == ["clamshell", "sit-to-stand", "slow-breathing"]
    clamshell = routine.items[0]
    assert (clamshell.amount.sets, clamshell.amount.reps) == (1, 8)
    assert any("pillow" in reason.text for reason in clamshell.within)


def test_after_a_hip_replacement():
    assert slugs("thr", minutes=10) == ["bridge", "side-leg-raise", "sit-to-stand", "walking"]
    rising = next(
        item
        for item in prescribe(Circumstances(5, "morning", ("thr",))).items
        if item.slug == "sit-to-stand"
    )
    assert any("seat" in reason.text for reason in rising.within)


@pytest.mark.parametrize("minutes", [0, 1, 3, 6, 11, -5, 60])
def test_other_minutes_are_refused_in_a_sentence(minutes):
    with pytest.raises(NoRoutine, match="5, 7 or 10 minutes"):
        prescribe(Circumstances(minutes, "morning"))


@pytest.mark.parametrize("condition", BY_CONDITION)
def test_what_each_condition_takes_out(condition):
    given = Circumstances(5, "morning", (), conditions=frozenset({condition}))
    out = {each.code for each in EXERCISES if forbidden(each, given)}
    assert BY_CONDITION[condition] <= out
    kept = {each.code for each in EXERCISES if each.kind == "exercise"} - out
    assert kept


def test_a_hip_replacement_caps_what_remains_at_ninety_degrees_or_says_how():
    given = Circumstances(5, "morning", ("thr",))
    for each in EXERCISES:
        if each.figure is None or forbidden(each, given):
            continue
        bent = max(
            leg.hip_flexion
            for frame in each.figure.keyframes
            for leg in (frame.worked, frame.other)
        )
        assert bent <= 90 or within(each, given), each.slug


def test_what_stays_within_a_limit_is_drawn_within_it():
    routine = prescribe(Circumstances(5, "morning", profiles=("thr",)))
    drawn = [item.exercise for item in routine.items if item.exercise.figure]
    assert "sit-to-stand" in [each.slug for each in drawn]
    for each in drawn:
        for frame in each.figure.keyframes if each.figure else ():
            assert max(frame.worked.hip_flexion, frame.other.hip_flexion) <= 90, each.slug


def test_nothing_forbidden_is_ever_in_a_routine():
    """Every profile, alone and in pairs, x times x minutes; alone also x every exercise banned."""
    for profiles, when, minutes in product(SETS, DAY_TIMES, MINUTES):
        plain = Circumstances(minutes, when, profiles)
        banned = set().union(*[BY_CONDITION.get(each, set()) for each in plain.all_conditions])
        codes = [each.code for each in EXERCISES] if len(profiles) < 2 else [""]
        for code in codes:
            given = plain.of(bans=frozenset({code}))
            for routine in (prescribe(given), shortest(given)):
                found = {item.exercise.code for item in routine.items}
                assert not found & (banned | {code, "E33"}), (profiles, when, minutes, found)


def test_every_ban_the_check_knows_holds_with_every_limit():
    for limits in ((), ("flexion-90",), ("no-far-back",), ("no-long-lying", "no-straddle")):
        for when, minutes in product(DAY_TIMES, MINUTES):
            given = Circumstances(minutes, when, limits=limits)
            banned = set().union(*[BY_CONDITION.get(each, set()) for each in given.all_conditions])
            found = {item.exercise.code for item in prescribe(given).items}
            assert not found & banned
    assert not slugs(bans=frozenset(each.code for each in EXERCISES))


def test_a_routine_keeps_to_its_time_and_to_five_items():
    for profiles, when, minutes in product(SETS, DAY_TIMES, MINUTES):
        for strength, half in product((True, False), ("", "your average pain is 6")):
            given = Circumstances(minutes, when, profiles, strength=strength, half=half)
            routine = prescribe(given)
            assert routine.minutes <= minutes
            assert 1 <= len(routine.items) <= 5
            assert len({item.slug for item in routine.items}) == len(routine.items)
            assert shortest(given).minutes <= 2


def test_every_item_says_why_with_its_datum():
    for profiles, when, minutes in product(SETS, DAY_TIMES, MINUTES):
        for item in prescribe(Circumstances(minutes, when, profiles)).items:
            assert item.why
            assert all(why.text and (why.datum or why.rule == "start") for why in item.why)


def test_on_a_day_without_strength_nothing_strengthens():
    for profiles, when, minutes in product(SETS, DAY_TIMES, MINUTES):
        given = Circumstances(minutes, when, profiles, strength=False)
        assert not any(item.exercise.group == "strength" for item in prescribe(given).items)


def test_usual_pain_above_five_loads_nothing():
    for profiles, when, minutes in product(SETS, DAY_TIMES, MINUTES):
        given = Circumstances(minutes, when, profiles, gentle=True)
        routine = prescribe(given)
        assert not {item.exercise.group for item in routine.items} & LOADS
        assert any("above 5" in note for note in routine.notes)


def test_a_goal_and_something_liked_are_in_it_where_anything_open_serves():
    for goal in GOALS:
        found = slugs("tight-front", minutes=10, goals=frozenset({goal}))
        evening = slugs("tight-front", minutes=10, when="evening", goals=frozenset({goal}))
        assert set(found + evening) & set(GOALS[goal]), goal
    assert "split-stance-stretch" in slugs(likes=frozenset({"split-stance-stretch"}))
    liked = {"likes": frozenset({"chair-pigeon"}), "goals": frozenset({"stairs"})}
    found = slugs(minutes=7, **liked)
    assert "chair-pigeon" in found
    assert set(found) & set(GOALS["stairs"])


def test_lying_still_is_offered_only_to_somebody_who_likes_it():
    liked = frozenset({"constructive-rest"})
    for profile in ("oa", "distress"):
        assert "constructive-rest" not in slugs(profile, minutes=10, when="evening")
        assert "constructive-rest" in slugs(profile, minutes=10, when="evening", likes=liked)
    assert "constructive-rest" not in slugs("pregnancy", minutes=10, when="evening", likes=liked)


def test_in_a_time_of_much_strain_a_calm_part_stands_in_every_routine():
    for other, when, minutes in product(PROFILES, DAY_TIMES, MINUTES):
        routine = prescribe(Circumstances(minutes, when, ("distress", other)))
        groups = {item.exercise.group for item in routine.items}
        assert groups & {"breath", "walking"}, (other, when, minutes)
        assert routine.minutes <= minutes


def test_a_wish_gives_way_to_a_ban_and_is_told():
    given = Circumstances(
        7, "evening", ("tight-front", "thr-anterior"), likes=frozenset({"happy-baby"})
    )
    routine = prescribe(given)
    told = {each.slug: each.reasons for each in routine.left_out}
    assert {"half-kneeling-stretch", "thomas-stretch", "happy-baby"} <= set(told)
    assert all(reason.text for reasons in told.values() for reason in reasons)
    assert any("limits of all" in note for note in routine.notes)


def test_turns_change_what_is_in_it_and_the_same_turn_gives_the_same():
    seen = {tuple(slugs("oa", minutes=10, rotation=turn)) for turn in range(4)}
    assert len(seen) > 1
    assert slugs("oa", rotation=3) == slugs("oa", rotation=3)


def test_equipment_that_is_not_there_is_not_asked_for():
    found = slugs("tight-front", minutes=10, equipment=frozenset())
    assert all(set(exercise(each).equipment) <= {"mat"} for each in found)


def test_an_exercise_that_rests_is_left_out_and_told():
    from datetime import date, timedelta

    day = date(2026, 3, 4)
    doses = {"bridge": Dosage(0.5, 0, day, False, "red", day - timedelta(days=2))}
    routine = prescribe(Circumstances(5, "morning", ("tight-front",), doses=doses, day=day))
    assert "bridge" not in [item.slug for item in routine.items]
    assert "bridge" in [each.slug for each in routine.left_out]
    later = prescribe(
        Circumstances(5, "morning", ("tight-front",), doses=doses, day=day + timedelta(days=1))
    )
    bridge = next(item for item in later.items if item.slug == "bridge")
    assert bridge.amount.reps == 4
    assert any(why.rule == "red" and why.datum == "2026-03-02" for why in bridge.why)


def test_after_red_no_second_set_comes_back_at_one_go_and_a_lighter_week_keeps_its_share():
    from datetime import date, timedelta

    day = date(2026, 3, 2)
    history = [Done(day, "red")]
    given = Circumstances(7, "morning", ("oa",), day=day + timedelta(days=90))

    def bridge(**changes):
        found = prescribe(given.of(**changes)).items
        much = next(item.amount for item in found if item.slug == "bridge")
        return much.sets * (much.reps or 0)

    assert bridge() == 16
    assert bridge(lighter="it is the fourth") == 9
    done = [bridge(doses={"bridge": following(history)})]
    assert done == [4]
    for number in range(10):
        history += [Done(day + timedelta(days=5 + number), "green", effort=3)] * 3
        done.append(bridge(doses={"bridge": following(history)}))
    assert all(a <= b <= max(a * 1.2, a + 1) for a, b in zip(done, done[1:], strict=False)), done


def test_a_composite_keeps_the_parts_that_are_open():
    yoga = exercise("gentle-yoga")
    assert set(parts(yoga, Circumstances(5, "morning"))) == set(yoga.parts)
    left = parts(yoga, Circumstances(5, "morning", ("thr",)))
    assert "bound-angle" not in left
    assert "cat-cow" in left


def test_a_position_that_bends_too_far_is_out_even_where_its_file_forgot_to_say_so():
    from dataclasses import replace

    happy = exercise("happy-baby")
    forgetful = replace(happy, bans=(), code="X1")
    for condition in ("thr", "fai"):
        given = Circumstances(5, "morning", conditions=frozenset({condition}))
        assert forbidden(forgetful, given)
    assert not forbidden(forgetful, Circumstances(5, "morning"))


def test_nothing_is_offered_instead_that_would_not_have_been_chosen_here():
    for profile, when in product(PROFILES, DAY_TIMES):
        given = Circumstances(10, when, (profile,))
        items = prescribe(given).items
        swaps = instead_of(given, items)
        for other in (other for item in items for other in swaps(item)):
            assert fits(exercise(other.slug), given), (profile, when, other.slug)
