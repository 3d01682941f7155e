"""What somebody is shown beside a limit: every exercise, with everything it stays with."""

from dataclasses import replace
from itertools import combinations
from typing import get_args

import pytest

from psoas.care.programme.forbidding import forbidden
from psoas.care.programme.wanted import Circumstances
from psoas.content.exercise import Condition, Exercise
from psoas.content.exercises import EXERCISES, exercise

# The limits once more by hand, in the angles as they are written: what a joint does not go past.
MOST = {("thr", "hip_flexion"): 90, ("fai", "hip_flexion"): 90}
LEAST = {
    ("thr", "hip_abduction"): 0,
    ("thr", "hip_rotation"): -15,
    ("gtp", "hip_abduction"): 0,
    ("thr-anterior", "hip_flexion"): -10,
}
NOT_FLAT = {"pregnancy", "lying-flat-is-hard"}
CONDITIONS: tuple[Condition, ...] = get_args(Condition)
LIMITED = ("thr", "thr-anterior", "fai", "gtp", "pregnancy", "lying-flat-is-hard")
TOGETHER = [
    *[frozenset({each}) for each in CONDITIONS],
    *[frozenset({one, other}) for one in LIMITED for other in CONDITIONS if one != other],
    *[frozenset(three) for three in combinations(LIMITED, 3)],
]


def given(conditions: frozenset[Condition]) -> Circumstances:
    return Circumstances(5, "morning", conditions=conditions)


def past(drawn: Exercise, conditions: frozenset[str]) -> list[str]:
    """What the drawing does that one of the conditions does not allow."""
    found = []
    for frame in drawn.figure.keyframes if drawn.figure else ():
        for leg in (frame.worked, frame.other):
            for (condition, joint), most in MOST.items():
                if condition in conditions and getattr(leg, joint) > most:
                    found.append(f"{condition}: {joint} {getattr(leg, joint):g}")
            for (condition, joint), least in LEAST.items():
                if condition in conditions and getattr(leg, joint) < least:
                    found.append(f"{condition}: {joint} {getattr(leg, joint):g}")
        if conditions & NOT_FLAT and frame.base == "on the back" and frame.lean < 25:
            found.append("flat on the back")
    return found


@pytest.mark.parametrize("conditions", TOGETHER, ids=lambda each: " and ".join(sorted(each)))
def test_no_picture_contradicts_the_sentence_beside_it(conditions):
    known = given(conditions)
    for each in EXERCISES:
        if not forbidden(each, known):
            shown = each.within(known.all_conditions)
            assert past(shown, known.all_conditions) == [], each.slug


@pytest.mark.parametrize("condition", LIMITED)
def test_what_a_file_says_stays_is_not_taken_out_by_its_picture(condition):
    # Else a sentence of the library is never read by anybody: its picture has to be drawn again.
    known = given(frozenset({condition}))
    for each in EXERCISES:
        if any(ban.when == condition and ban.instead for ban in each.bans):
            assert not [why for why in forbidden(each, known) if why.rule == "position"], each.slug


@pytest.mark.parametrize(
    ("slug", "condition"),
    [
        ("sit-to-stand", "fai"),
        ("sit-to-stand", "thr"),
        ("belly-breathing", "pregnancy"),
        ("pelvic-tilts", "lying-flat-is-hard"),
    ],
)
def test_a_sentence_without_a_picture_that_keeps_to_it_is_not_enough(slug, condition):
    found = exercise(slug)
    known = given(frozenset({condition}))
    assert not forbidden(found, known)
    why = forbidden(replace(found, limited=()), known)
    assert [(each.rule, each.datum) for each in why] == [("position", condition)]


def test_whoever_is_pregnant_sits_or_stands_for_what_is_else_done_on_the_back():
    known = given(frozenset({"pregnancy"}))
    assert [why.rule for why in forbidden(exercise("bridge"), known)] == ["condition"]
    for slug in ("pelvic-tilts", "belly-breathing", "muscle-relaxation"):
        figure = exercise(slug).within({"pregnancy"}).figure
        assert figure
        assert {frame.base for frame in figure.keyframes} == {"upright"}


def test_somebody_whose_groin_pinches_stays_above_a_half_squat():
    figure = exercise("supported-squat").within({"fai"}).figure
    assert figure
    deepest = figure.keyframes[-1].worked
    assert (deepest.hip_flexion, deepest.knee_flexion) == (60, 70)
