"""Which of the library's end positions lengthens what, and what is said of them that is not so."""

import dataclasses

import pytest

from psoas.content.exercises import exercise, exercises
from psoas.motion.muscles import GROUPS, of_exercise, which, which_lengthens


def test_these_lengthen_the_psoas():
    found = which_lengthens("psoas")
    assert {
        "half-kneeling-stretch",
        "thomas-stretch",
        "split-stance-stretch",
        "standing-hip-extension",
    } <= set(found)
    # The hip is straight or bent at the end of everything else but a long step.
    assert set(found) <= {
        "half-kneeling-stretch",
        "thomas-stretch",
        "split-stance-stretch",
        "standing-hip-extension",
        "walking",
    }


@pytest.mark.parametrize(
    "slug",
    [
        "bound-angle",
        "supported-squat",
        "childs-pose",
        "side-lying-rest",
        "figure-4",
        "happy-baby",
        "constructive-rest",
        "wall-sit",
    ],
)
def test_these_slacken_it_whatever_is_said_of_them(slug):
    found = of_exercise(exercise(slug))
    assert found and found["psoas"] == found["iliacus"] == "slack"
    assert slug not in which_lengthens("psoas")


def test_a_stretch_lengthens_what_it_says_it_stretches():
    stretches = [each for each in exercises() if each.group == "stretch" and each.figure]
    assert stretches
    for each in stretches:
        found = of_exercise(each) or {}
        for target in set(each.targets) & set(GROUPS):
            assert found[target] == "lengthened", (each.slug, target)


def test_the_other_legs_hip_is_told_too():
    """The leg that is hugged, or stands in front, is bent."""
    others = {end.slug: end.band for end in which("psoas") if end.leg == "other"}
    assert others["half-kneeling-stretch"] == others["thomas-stretch"] == "slack"


def test_without_the_tucked_pelvis_the_half_kneeling_stretch_is_less_of_one():
    each = exercise("half-kneeling-stretch")
    assert each.figure
    end = each.figure.keyframes[-1]
    assert end.pelvis_tilt > 0
    tipped = dataclasses.replace(end, pelvis_tilt=-10.0)
    figure = dataclasses.replace(each.figure, keyframes=(each.figure.keyframes[0], tipped))
    assert which_lengthens("psoas", [each]) == ("half-kneeling-stretch",)
    assert which_lengthens("psoas", [dataclasses.replace(each, figure=figure)]) == ()


def test_what_is_not_drawn_has_no_answer():
    blank = dataclasses.replace(exercise("bound-angle"), figure=None)
    assert of_exercise(blank) is None and which("psoas", [blank]) == ()


def test_a_muscle_that_is_not_there_is_refused():
    with pytest.raises(KeyError):
        which_lengthens("heart")
