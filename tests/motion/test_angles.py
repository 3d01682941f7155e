import math

import numpy as np
import pytest

from psoas.content.keyframe import Arm, Keyframe, Leg
from psoas.motion.angles import measured
from psoas.motion.body import LANDMARKS
from psoas.motion.kinematics import LIMBS, Posture, forward


def _anybody(seed: int) -> Posture:
    """Return a body in some position within what joints allow."""
    draw = np.random.default_rng(seed)

    def leg() -> Leg:
        return Leg(
            draw.uniform(-25, 130),
            draw.uniform(-25, 50),
            draw.uniform(-40, 60),
            draw.uniform(20, 140),
            draw.uniform(-45, 25),
        )

    def arm() -> Arm:
        return Arm(
            draw.uniform(-40, 170),
            draw.uniform(-30, 80),
            draw.uniform(-80, 80),
            draw.uniform(20, 140),
        )

    return forward(
        Keyframe(
            "anyhow",
            leg(),
            leg(),
            (),
            near_arm=arm(),
            far_arm=arm(),
            lean=draw.uniform(-30, 90),
            pelvis_tilt=draw.uniform(-20, 20),
            back=draw.uniform(-20, 50),
            head=draw.uniform(-30, 30),
        )
    )


@pytest.mark.parametrize("seed", range(30))
def test_what_is_read_off_the_points_is_what_the_joints_were_set_to(seed: int) -> None:
    posture = _anybody(seed)
    seen = measured(posture.landmarks)
    asked = {
        name: angle
        for name, angle in posture.angles.items()
        if name.split(" ")[-1] not in ("toes", "wrist", "deviation")
        and (" " in name or name == "lean")
    }
    assert len(asked) == 1 + 2 * 9
    for name, angle in asked.items():
        assert seen[name] == pytest.approx(angle, abs=1e-6), name


def test_what_rounds_the_back_or_tilts_the_pelvis_moves_no_other_angle() -> None:
    plain = measured(forward(Keyframe("a", Leg(90, knee_flexion=90), Leg(), ())).landmarks)
    rounded = Keyframe("a", Leg(90, knee_flexion=90), Leg(), (), pelvis_tilt=15, back=40)
    for name, angle in measured(forward(rounded).landmarks).items():
        assert angle == pytest.approx(plain[name], abs=1e-6, nan_ok=True), name


def test_the_other_side_may_be_the_one_that_works() -> None:
    points = forward(Keyframe("a", Leg(80, 10, 5, 70), Leg(20, 0, 0, 30), ())).landmarks
    seen = measured(points, worked="left")
    assert seen["other hip_flexion"] == pytest.approx(80)
    assert seen["worked knee_flexion"] == pytest.approx(30)


def test_one_line_from_shoulder_to_knee_is_180() -> None:
    seen = measured(forward(Keyframe("a", Leg(), Leg(90, knee_flexion=90), ())).landmarks)
    assert seen["worked shoulder_hip_knee"] == pytest.approx(180)
    assert seen["other shoulder_hip_knee"] == pytest.approx(90)


def test_a_point_that_was_not_seen_takes_its_angles_with_it_and_no_more() -> None:
    points = forward(Keyframe("a", Leg(30, knee_flexion=40), Leg(), ())).landmarks.copy()
    points[LANDMARKS.index("right ankle")] = math.nan
    seen = measured(points)
    assert math.isnan(seen["worked knee_flexion"])
    assert math.isnan(seen["worked ankle"])
    assert seen["worked hip_flexion"] == pytest.approx(30)
    assert seen["other knee_flexion"] == pytest.approx(0, abs=1e-6)


def test_a_straight_leg_does_not_tell_its_rotation() -> None:
    seen = measured(forward(Keyframe("a", Leg(0, 0, 30, 0), Leg(), ())).landmarks)
    assert math.isnan(seen["worked hip_rotation"])


def test_points_of_another_number_are_refused() -> None:
    with pytest.raises(ValueError, match=r"\(33, 3\)"):
        measured(np.zeros((17, 3)))


def test_there_are_33_landmarks_and_four_limbs() -> None:
    assert len(LANDMARKS) == len(set(LANDMARKS)) == 33
    assert len(LIMBS) == 4
