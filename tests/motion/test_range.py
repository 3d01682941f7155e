"""What was seen, held against the looks of the library."""

import math

import numpy as np
import pytest

from psoas.content.exercises import exercise
from psoas.motion.body import LANDMARKS
from psoas.motion.range import look_at
from psoas.motion.solving import settle


def look(code, joint):
    (found,) = (look for look in exercise(code).looks if look.joint == joint)
    return found


def test_a_bridge_at_168_passes():
    assert look_at(look("E13", "worked shoulder_hip_knee"), 168).passes


def test_a_low_bridge_is_asked_a_little_higher():
    found = look_at(look("E13", "worked shoulder_hip_knee"), 150)
    assert (found.verdict, found.words) == ("below", "a little higher")


def test_half_a_squat_passes_in_all_that_is_looked_at():
    seen = {"worked knee_flexion": 100, "worked hip_flexion": 92, "lean": 28}
    looks = exercise("E21").looks
    assert len(looks) == 3
    assert all(look_at(each, seen).passes for each in looks)


def test_the_half_kneeling_stretch_passes_at_12_behind():
    assert look_at(look("E01", "worked hip_flexion"), -12).passes


def test_it_is_asked_to_glide_a_little_forward_at_2_behind():
    found = look_at(look("E01", "worked hip_flexion"), -2)
    assert found.words == "glide a little forward" and not found.passes


@pytest.mark.parametrize("code", ["E01", "E03", "E13", "E15", "E16", "E17", "E21"])
def test_the_ends_of_the_tolerance_still_pass(code):
    for each in exercise(code).looks:
        for angle in (each.low - each.tolerance, each.low, each.high, each.high + each.tolerance):
            assert look_at(each, angle).passes
        assert look_at(each, each.low - each.tolerance - 0.1).verdict == "below"
        assert look_at(each, each.high + each.tolerance + 0.1).verdict == "above"


@pytest.mark.parametrize("seen", [math.nan, math.inf, {}, {"lean": 3}])
def test_what_was_not_seen_is_neither_right_nor_wrong(seen):
    found = look_at(look("E01", "worked hip_flexion"), seen)
    assert found.verdict == "not seen" and math.isnan(found.angle) and not found.passes


def test_nothing_a_look_says_is_wrong_or_bad():
    for each in (look for code in range(1, 25) for look in exercise(f"E{code:02}").looks):
        assert "wrong" not in (each.below + each.above) and "bad" not in (each.below + each.above)


def points(slug):
    figure = exercise(slug).figure
    assert figure
    return settle(figure)[-1].landmarks


@pytest.mark.parametrize("slug", ["bridge", "supported-squat"])
def test_the_points_of_a_body_are_taken_too(slug):
    for each in exercise(slug).looks:
        assert look_at(each, points(slug)).passes, each.joint


def test_the_side_that_works_is_the_one_looked_at():
    """The side-lying leg raise: the upper leg is out, the lower one is not."""
    (each,) = exercise("side-leg-raise").looks
    assert look_at(each, points("side-leg-raise"), "right").passes
    assert look_at(each, points("side-leg-raise"), "left").verdict == "below"


def test_points_that_are_hidden_leave_only_their_own_angles_unseen():
    body = points("supported-squat").copy()
    body[LANDMARKS.index("right ankle")] = math.nan
    found = {each.joint: look_at(each, body).verdict for each in exercise("supported-squat").looks}
    assert found["worked knee_flexion"] == "not seen"
    assert found["worked hip_flexion"] == found["lean"] == "passes"


def test_points_of_another_shape_are_refused():
    with pytest.raises(ValueError, match="33"):
        look_at(look("E01", "worked hip_flexion"), np.zeros((17, 3)))
