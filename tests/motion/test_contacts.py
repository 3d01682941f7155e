"""Every figure that travels with psoas, as it settles on what it lies, stands and holds on."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from psoas.content.exercises import exercises
from psoas.content.keyframe import Contact, Figure, Keyframe, Leg, Prop
from psoas.content.reader import ContentError, build
from psoas.motion import flesh, solved
from psoas.motion.body import LIMITS
from psoas.motion.kinematics import Posture, lay
from psoas.motion.solving import between, on_the_way, settle, solve

FIGURES = {one.slug: one.figure for one in exercises() if one.figure} | {
    f"{one.slug} for {', '.join(each.when)}": each.figure
    for one in exercises()
    for each in one.limited
}


@cache
def every_position() -> tuple[tuple[str, Keyframe, Posture], ...]:
    return tuple(
        (slug, keyframe, posture)
        for slug, figure in FIGURES.items()
        for keyframe, posture in zip(figure.keyframes, settle(figure), strict=True)
    )


def test_nearly_every_exercise_has_a_figure() -> None:
    bare = {one.slug for one in exercises() if one.figure is None}
    assert bare <= {"tremor-information"}


def test_what_is_meant_to_touch_touches_within_two_centimetres() -> None:
    apart = [
        f"{slug}, {keyframe.name}: {met.part} on {met.on} {met.gap:.1f}"
        for slug, keyframe, posture in every_position()
        for met in posture.contacts
        if abs(met.gap) > 2.0
    ]
    assert apart == []


def test_hands_that_hold_do_hold() -> None:
    held = [
        (slug, met)
        for slug, _, posture in every_position()
        for met in posture.contacts
        if met.part.endswith("hand") and met.on != "floor"
    ]
    assert len(held) > 10
    assert [(slug, met.on, met.gap) for slug, met in held if abs(met.gap) > 1.0] == []


def test_nothing_is_under_the_floor() -> None:
    sunk = []
    for slug, keyframe, posture in every_position():
        felt = flesh.felt(lay(posture.pose[None], posture.base))
        heights = felt.lowest[0, :, 1]
        sunk += [
            f"{slug}, {keyframe.name}: {flesh.NAMES[at]} {heights[at]:.1f}"
            for at in np.flatnonzero(heights < -0.5)
        ]
    assert sunk == []


def test_nothing_is_inside_a_wall() -> None:
    sunk = []
    for slug, figure in FIGURES.items():
        walls = [prop.at for prop in figure.props if prop.kind == "wall" and prop.at is not None]
        for keyframe, posture in zip(figure.keyframes, settle(figure), strict=True):
            felt = flesh.felt(lay(posture.pose[None], posture.base))
            for at in walls:
                way = np.array([np.copysign(1.0, at), 0.0, 0.0])
                reach = felt.outermost(range(len(flesh.NAMES)), way)[0] @ way - abs(at)
                sunk += [
                    f"{slug}, {keyframe.name}: {flesh.NAMES[place]} {reach[place]:.1f}"
                    for place in np.flatnonzero(reach > 0.5)
                ]
    assert sunk == []


def test_no_joint_goes_further_than_joints_go() -> None:
    strained = []
    for slug, keyframe, posture in every_position():
        for name, angle in posture.angles.items():
            low, high = LIMITS.get(name.split(" ")[-1].removeprefix("shoulder_"), (-90, 90))
            if not low - 1 <= angle <= high + 1:
                strained.append(f"{slug}, {keyframe.name}: {name} {angle:.0f}")
    assert strained == []


def test_what_stands_still_does_not_slide() -> None:
    slid = []
    for slug, figure in FIGURES.items():
        first, *later = settle(figure)
        at = {(met.part, met.on): met.point for met in first.contacts}
        fixed = {"floor", *(prop.called for prop in figure.props)}
        for posture in later:
            for met in posture.contacts:
                here = at.get((met.part, met.on))
                if here is None or met.on not in fixed or not met.part.endswith("foot"):
                    continue
                far = float(np.linalg.norm((met.point - here)[::2]))
                if far > 1.5:
                    slid.append(f"{slug}: {met.part} {far:.1f}")
    assert slid == []


def test_on_the_way_between_two_positions_nothing_sinks_or_slides() -> None:
    figure = FIGURES["bridge"]
    start, end = settle(figure)
    for share in (0.25, 0.5, 0.75):
        posture = between(figure, share)
        assert start.joints["pelvis"][1] < posture.joints["pelvis"][1] < end.joints["pelvis"][1]
        slid = posture.joints["worked ball"] - start.joints["worked ball"]
        assert np.linalg.norm(slid) < 1.0
        felt = flesh.felt(lay(posture.pose[None], posture.base))
        assert felt.lowest[0, :, 1].min() > -0.5


def test_the_ends_of_the_way_are_the_positions_themselves() -> None:
    figure = FIGURES["clamshell"]
    assert between(figure, 0.0) is settle(figure)[0]
    assert between(figure, 1.0) is settle(figure)[-1]


def test_the_same_figure_settles_to_the_same_numbers() -> None:
    figure = FIGURES["bridge"]
    for one, two in zip(solve(figure), solve(figure), strict=True):
        assert np.array_equal(one, two)


def test_every_figure_lies_solved_beside_the_code() -> None:
    # Else: python -m scripts.solve_figures
    missing = [slug for slug, figure in FIGURES.items() if solved.poses(figure) is None]
    assert missing == []


@pytest.mark.parametrize("slug", ["bridge", "clamshell", "half-kneeling-stretch"])
def test_what_was_solved_beforehand_is_what_solving_gives(slug: str) -> None:
    # Else: python -m scripts.solve_figures
    kept, now = solved.poses(FIGURES[slug]), solve(FIGURES[slug])
    assert kept is not None
    for one, two in zip(kept, now, strict=True):
        assert np.abs(one - two).max() < 0.5
    kept_way = solved.way(FIGURES[slug], 0.5)
    assert kept_way is not None
    assert np.abs(kept_way - on_the_way(FIGURES[slug], now, 0.5)).max() < 0.5


def test_a_figure_that_is_not_kept_is_solved_when_it_is_shown() -> None:
    figure = replace(FIGURES["bridge"], seconds=2.25)
    assert solved.poses(figure) is None
    for one, two in zip(settle(figure), settle(FIGURES["bridge"]), strict=True):
        assert np.abs(one.landmarks - two.landmarks).max() < 0.5


def test_what_settles_is_a_whole_body() -> None:
    for slug, _, posture in every_position():
        assert posture.landmarks.shape == (33, 3), slug
        assert np.isfinite(posture.landmarks).all(), slug


@pytest.mark.parametrize(
    ("joint", "angle", "words"),
    [
        ("hip_flexion", 190, "hip_flexion is 190: a body goes from -30 to 145"),
        ("knee_flexion", -20, "knee_flexion is -20: a body goes from -5 to 155"),
    ],
)
def test_an_angle_no_joint_reaches_is_refused(joint: str, angle: float, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Leg(**{joint: angle})


def test_a_contact_with_what_is_not_there_is_refused() -> None:
    keyframe = Keyframe("start", Leg(), Leg(), (Contact("pelvis", "chair"),))
    with pytest.raises(ValueError, match="pelvis is on “chair”, which is not here: floor"):
        Figure((keyframe,))


def test_a_wall_that_stands_nowhere_is_refused() -> None:
    keyframe = Keyframe("start", Leg(), Leg(), (Contact("worked hand", "wall"),))
    with pytest.raises(ValueError, match="wall needs `at`"):
        settle(Figure((keyframe,), props=(Prop("wall"),)))


def test_two_things_of_one_name_are_refused() -> None:
    keyframe = Keyframe("start", Leg(), Leg(), ())
    with pytest.raises(ValueError, match="two props have one name"):
        Figure((keyframe,), props=(Prop("pillow"), Prop("pillow")))


def test_a_figure_without_a_position_is_refused() -> None:
    with pytest.raises(ValueError, match="there is no keyframe"):
        Figure(())


def test_a_file_with_an_impossible_angle_is_refused_by_name() -> None:
    keyframe = {
        "name": "end",
        "worked": {"hip_flexion": 190},
        "other": {},
        "contacts": [{"part": "pelvis", "on": "floor"}],
    }
    with pytest.raises(ContentError) as refused:
        build("exercises/bridge.toml", "figure", {"keyframes": [keyframe]}, Figure)
    told = str(refused.value)
    for word in ("bridge.toml", "keyframes", "worked", "hip_flexion is 190", "-30 to 145"):
        assert word in told


def test_a_file_with_an_unknown_joint_is_refused_by_name() -> None:
    keyframe = {"name": "end", "worked": {"hip_bend": 9}, "other": {}, "contacts": []}
    with pytest.raises(ContentError, match="“end”, worked, key “hip_bend”: is not a known key"):
        build("exercises/bridge.toml", "figure", {"keyframes": [keyframe]}, Figure)
