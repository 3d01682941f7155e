import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psoas.motion.knee import joined, spline
from psoas.motion.muscle_lengths import PoseRefused, changes, lengths
from psoas.motion.muscle_paths import REACH
from tests.motion.tables import angles, golden, poses

POSE = ("hip_flexion", "hip_abduction", "hip_internal_rotation", "knee_flexion")
CONDITIONAL = ("psoas", "iliacus")


def test_the_golden_vectors_to_a_billionth_of_a_metre():
    table = golden()
    flexion, abduction, rotation, knee = (table[name] for name in POSE)
    found = lengths(flexion, abduction, rotation, knee, smoothed=False)
    lines = [name for name in table if name not in POSE]
    assert len(lines) == 23 and len(table["psoas"]) == 200
    for line in lines:
        assert np.abs(found[line] - table[line]).max() <= 1e-9, line


def test_the_named_poses_to_the_hundredth_they_were_published_with():
    for row in poses():
        found = changes(*angles(row), smoothed=False)
        for key, value in row.items():
            if key.endswith(" gait2392"):
                assert abs(found[key.split()[0]] - float(value)) <= 0.0051, (row["pose"], key)


def test_the_smoothed_form_is_the_one_the_models_were_compared_in():
    for row in poses():
        found = changes(*angles(row))
        for line in CONDITIONAL:
            assert abs(found[line] - float(row[f"{line} smoothed"])) <= 0.051, (row["pose"], line)


@settings(deadline=None)
@given(
    flexion=st.one_of(st.floats(-30, 20), st.floats(70, 120)),
    abduction=st.floats(-30, 50),
    rotation=st.floats(-50, 50),
)
def test_outside_the_span_of_fading_the_smoothed_form_is_the_plain_one(
    flexion, abduction, rotation
):
    smoothed = lengths(flexion, abduction, rotation, 30)
    plain = lengths(flexion, abduction, rotation, 30, smoothed=False)
    for line in CONDITIONAL:
        assert smoothed[line] == plain[line], line


def test_only_psoas_and_iliacus_are_smoothed():
    flexion = np.linspace(21, 69, 25)
    smoothed = lengths(flexion, 30, -40, 10)
    plain = lengths(flexion, 30, -40, 10, smoothed=False)
    for line, values in smoothed.items():
        assert np.array_equal(values, plain[line]) is (line not in CONDITIONAL), line


@pytest.mark.parametrize(("line", "jump"), [("psoas", 9.3), ("iliacus", 14.3)])
def test_the_jump_at_45_degrees_is_gone(line, jump):
    out, turned = np.array([(a, r) for a in (-20, 0, 50) for r in (-50, 0, 50)], float).T
    before, after = (
        lengths(flexion, out, turned, 0, smoothed=False)[line] for flexion in (44.99, 45.01)
    )
    assert np.abs(after - before).max() * 1000 > jump / 2, "the plain form no longer jumps"
    flexion = np.linspace(10, 80, 7001)[:, None]
    length = lengths(flexion, out, turned, 0)[line] * 1000
    slope = np.diff(length, axis=0) / 0.01
    # Millimetres a degree; and the slope itself has no step.
    assert np.abs(slope).max() < 3.0
    assert np.abs(np.diff(slope, axis=0)).max() < 0.01


def test_the_share_of_the_fading_point_only_falls():
    flexion = np.linspace(20, 70, 501)
    blended, without = (lengths(f, 50, -50, 0) for f in (flexion, 70.0))
    kept = lengths(flexion, 50, -50, 0, smoothed=False)["psoas"]
    before = flexion < 45
    # On the near side of 45° the plain form has the point: the blend leaves it gradually.
    away = np.abs(blended["psoas"] - kept)[before]
    assert away[0] == 0 and np.all(np.diff(away) >= -1e-12)
    assert blended["psoas"][-1] == without["psoas"]


def test_ninety_thousand_poses_take_less_than_a_second():
    rng = np.random.default_rng(5)
    many = np.array([rng.uniform(low, high, 90_000) for low, high in REACH.values()])
    began = time.process_time()
    lengths(*many)
    assert time.process_time() - began < 1.0


def test_any_shapes_that_broadcast_are_taken():
    found = lengths(np.zeros((3, 1)), 0, np.zeros((1, 4)), 10)
    assert all(values.shape == (3, 4) for values in found.values())
    assert lengths(0, 0, 0, 0)["psoas"].shape == ()
    assert lengths([], [], [], [])["psoas"].shape == (0,)


def test_many_poses_at_once_are_the_same_as_one_by_one():
    rng = np.random.default_rng(5)
    many = np.array([rng.uniform(low, high, 4100) for low, high in REACH.values()])
    found = lengths(*many)
    for number in (0, 2047, 2048, 4099):
        alone = lengths(*many[:, number])
        for line, values in found.items():
            assert values[number] == pytest.approx(alone[line], abs=1e-14)


@pytest.mark.parametrize(
    ("pose", "told"),
    [
        ((float("nan"), 0, 0, 0), "flexion nan"),
        ((0, float("inf"), 0, 0), "abduction inf"),
        ((121, 0, 0, 0), "flexion 121 .* from -30 to 120"),
        ((0, -31, 0, 0), "abduction -31 .* from -30 to 50"),
        ((0, 0, 50.1, 0), "rotation 50.1 .* from -50 to 50"),
        ((0, 0, 0, -1), "knee -1 .* from 0 to 120"),
        (([0, 10], 0, 0, [20, 200]), "knee 200"),
    ],
)
def test_what_the_model_was_never_checked_for_is_refused(pose, told):
    with pytest.raises(PoseRefused, match=told):
        lengths(*pose)


def test_the_reach_holds_every_pose_the_model_was_held_against():
    for name, (low, high) in zip(POSE, REACH.values(), strict=True):
        assert low <= golden()[name].min() and golden()[name].max() <= high
    for row in poses():
        for angle, (low, high) in zip(angles(row), REACH.values(), strict=True):
            assert low <= angle <= high, row["pose"]


def test_splines_that_share_their_knots_are_the_same_curves():
    first = spline([0, 1, 2.5, 4, 6], [1, 3, 2, 2, 5])
    second = spline([-1, 0.5, 3, 7], [0, 1, 0, 1])
    at = np.linspace(0, 6, 101)
    assert joined(first, second)(at) == pytest.approx(np.array([first(at), second(at)]), abs=1e-12)


def test_a_spline_through_a_cubic_is_that_cubic():
    knots = np.array([0.0, 0.5, 2.0, 3.0, 4.5])
    drawn = spline(knots, knots**3 - 2 * knots)
    between = np.linspace(0, 4.5, 40)
    assert drawn(between) == pytest.approx(between**3 - 2 * between, abs=1e-12)


@pytest.mark.parametrize("knots", [[0, 1, 2], [0, 1, 1, 2], [0, 2, 1, 3]])
def test_a_spline_needs_four_points_that_rise(knots):
    with pytest.raises(ValueError, match="four points"):
        spline(knots, [0.0] * len(knots))
