"""The angles each exercise asks for at its ends, and what its figure shows after it has settled."""

import pytest

from psoas.content.exercises import exercise
from psoas.motion.angles import measured
from psoas.motion.solving import settle

# Degrees: from, to. "W" is the worked leg, "O" the other one, "B" both; "tr" the trunk's lean.
ASKED: dict[tuple[str, str], dict[str, tuple[float, float]]] = {
    ("half-kneeling-stretch", "start"): {"W hF": (0, 0), "W kF": (90, 90), "O hF": (90, 90)},
    ("half-kneeling-stretch", "end"): {
        "W hF": (-15, -10), "W kF": (90, 90), "O hF": (95, 95), "O kF": (100, 100), "tr": (0, 5),
    },
    ("thomas-stretch", "start"): {"B hF": (90, 90), "B kF": (90, 90)},
    ("thomas-stretch", "end"): {
        "O hF": (110, 110), "O kF": (120, 120), "W hF": (-10, 0), "W kF": (45, 80),
    },
    ("split-stance-stretch", "start"): {"B hF": (0, 0), "B kF": (0, 0), "tr": (0, 0)},
    ("split-stance-stretch", "end"): {
        "W hF": (-15, -15), "W kF": (10, 10), "O hF": (30, 30), "O kF": (40, 40), "tr": (0, 0),
    },
    ("bound-angle", "start"): {"B hF": (90, 90), "B hA": (10, 10), "B kF": (90, 90)},
    ("bound-angle", "end"): {
        "B hF": (90, 90), "B hA": (40, 40), "B hR": (35, 35), "B kF": (110, 110), "tr": (0, 10),
    },
    ("figure-4", "start"): {"B hF": (45, 45), "B kF": (90, 90)},
    ("figure-4", "end"): {
        "W hF": (80, 80), "W hA": (25, 25), "W hR": (45, 45), "W kF": (90, 90), "O hF": (90, 90),
        "O kF": (90, 90),
    },
    ("ninety-ninety", "start"): {"B hF": (80, 80), "B hA": (20, 20), "B kF": (90, 90)},
    ("ninety-ninety", "end"): {
        "W hF": (90, 90), "W hA": (40, 40), "W hR": (35, 35), "W kF": (90, 90), "O hF": (60, 60),
        "O hA": (30, 30), "O hR": (-30, -30), "O kF": (90, 90),
    },
    ("chair-pigeon", "start"): {"B hF": (90, 90), "B kF": (90, 90), "tr": (0, 0)},
    ("chair-pigeon", "end"): {
        "W hF": (95, 95), "W hA": (30, 30), "W hR": (40, 40), "W kF": (90, 90), "tr": (15, 15),
    },
    ("happy-baby", "start"): {"B hF": (60, 60), "B kF": (90, 90)},
    ("happy-baby", "end"): {
        "B hF": (110, 110), "B hA": (35, 35), "B hR": (20, 20), "B kF": (90, 90),
    },
    ("childs-pose", "start"): {"B hF": (90, 90), "B kF": (90, 90), "tr": (90, 90)},
    ("childs-pose", "end"): {
        "B hF": (110, 120), "B hA": (20, 20), "B kF": (130, 140), "tr": (80, 80),
    },
    ("cat-cow", "start"): {"B hF": (80, 100), "B kF": (90, 90), "tr": (90, 90)},
    ("cat-cow", "end"): {"B hF": (80, 100), "B kF": (90, 90), "tr": (90, 90)},
    ("pelvic-tilts", "start"): {"B hF": (45, 45), "B kF": (90, 90)},
    ("pelvic-tilts", "end"): {"B hF": (45, 45), "B kF": (90, 90)},
    ("constructive-rest", "start"): {"B hF": (45, 45), "B kF": (90, 90)},
    ("bridge", "start"): {"B hF": (45, 45), "B kF": (90, 90)},
    ("bridge", "end"): {"B hF": (0, 0), "B kF": (80, 80)},
    ("clamshell", "start"): {"B hF": (45, 45), "B hA": (0, 0), "B hR": (0, 0), "B kF": (90, 90)},
    ("clamshell", "end"): {"W hF": (45, 45), "W hA": (25, 25), "W hR": (30, 30), "W kF": (90, 90)},
    ("side-leg-raise", "start"): {"W hF": (0, 0), "W hA": (0, 0), "W kF": (0, 0)},
    ("side-leg-raise", "end"): {"W hF": (-5, -5), "W hA": (25, 25), "W kF": (0, 0)},
    ("standing-hip-extension", "start"): {"B hF": (0, 0), "B kF": (0, 0), "tr": (0, 0)},
    ("standing-hip-extension", "end"): {"W hF": (-15, -15), "W kF": (0, 0), "tr": (0, 5)},
    ("standing-hip-abduction", "start"): {"W hA": (0, 0), "tr": (0, 0)},
    ("standing-hip-abduction", "end"): {"W hA": (20, 30)},
    ("sit-to-stand", "start"): {"B hF": (90, 90), "B kF": (90, 90)},
    ("sit-to-stand", "end"): {"B hF": (0, 0), "B kF": (0, 0), "tr": (0, 0)},
    ("step-up", "start"): {"W hF": (45, 45), "W kF": (60, 60), "tr": (15, 15)},
    ("step-up", "end"): {"W hF": (0, 0), "W kF": (0, 0), "tr": (0, 0)},
    ("wall-sit", "start"): {"B hF": (0, 0), "B kF": (0, 0), "tr": (0, 0)},
    ("wall-sit", "end"): {"B hF": (60, 80), "B kF": (60, 80), "tr": (0, 0)},
    ("supported-squat", "start"): {"B hF": (0, 0), "B kF": (0, 0), "tr": (0, 0)},
    ("supported-squat", "end"): {"B hF": (60, 92), "B kF": (70, 100), "tr": (20, 30)},
    ("side-lying-rest", "start"): {"B hF": (30, 45), "B hA": (0, 0), "B kF": (45, 60)},
    ("back-lying-rest", "start"): {"B hF": (30, 30), "B kF": (40, 40)},
}  # fmt: skip
JOINTS = {"hF": "hip_flexion", "hA": "hip_abduction", "hR": "hip_rotation", "kF": "knee_flexion"}
SLACK = 5.0
# Where what the body rests on asks for another angle, or the one asked for cannot be: how far the
# figure may be from it, and why.
FORCED: dict[tuple[str, str], tuple[dict[str, float], str]] = {
    ("half-kneeling-stretch", "start"): (
        {"O hF": 9},
        "on a cushion of 5 cm the hip is a little higher than the knee of the foot that stands",
    ),
    ("pelvic-tilts", "start"): ({"B hF": 8}, "flat soles under a pelvis that tips"),
    ("pelvic-tilts", "end"): ({"B hF": 8}, "flat soles under a pelvis that tips"),
    ("bound-angle", "start"): (
        {"B hF": 38, "B hA": 23, "B kF": 38},
        "soles together on the floor lift the knees before they sink",
    ),
    ("bound-angle", "end"): (
        {"B hF": 17, "B hA": 9, "B hR": 26, "B kF": 14},
        "on a blanket 8 cm high, soles that touch and lie on the floor need more of each",
    ),
    ("figure-4", "end"): (
        {"W hF": 11, "W hR": 20, "W kF": 29, "O hF": 17},
        "at 45 and 90 the ankle would lie in the air in front of the other thigh",
    ),
    ("ninety-ninety", "start"): (
        {"B hF": 26},
        "seat and soles on the floor, leaning on the hands: the thighs come up to the trunk",
    ),
    ("ninety-ninety", "end"): (
        {"W hR": 30, "O hF": 10, "O hR": 24},
        "a shin that lies on the floor turns the thigh as far as the pelvis does not roll",
    ),
    ("childs-pose", "end"): (
        {"B hF": 26, "B hA": 13, "tr": 19},
        "chest and head lie on a bolster of 20 cm while the seat goes to the heels",
    ),
    ("clamshell", "start"): (
        {"B hA": 8},
        "the knees lie one on the other, and the hips are wider apart",
    ),
    ("half-kneeling-stretch", "end"): (
        {"W kF": 24, "O hF": 15, "O kF": 8},
        "the shin lies on the floor: a hip at -12 with an upright trunk opens the knee",
    ),
    ("chair-pigeon", "start"): (
        {"W hF": 9, "O hF": 16, "W kF": 26},
        "drawn with the ankle over the knee already, which lifts the worked thigh",
    ),
    ("chair-pigeon", "end"): (
        {"W hF": 14, "W hA": 10, "W hR": 19, "W kF": 29},
        "an ankle that lies on the other thigh asks for more turning and a bent knee",
    ),
    ("wall-sit", "start"): (
        {"B hF": 25},
        "back on the wall and feet 35 cm out of it",
    ),
    ("back-lying-rest", "start"): (
        {"B hF": 12, "B kF": 13},
        "the heels lie on the mat, and the bolster is 20 cm high",
    ),
}


def _shown(slug: str, end: str) -> dict[str, float]:
    figure = exercise(slug).figure
    assert figure is not None
    posture = settle(figure)[0 if end == "start" else -1]
    seen = measured(posture.landmarks)
    found = {"tr": seen["lean"]}
    for letter, side in (("W", "worked"), ("O", "other")):
        for short, joint in JOINTS.items():
            found[f"{letter} {short}"] = seen[f"{side} {joint}"]
    return found


def _each_leg(asked: dict[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Return what is asked of both legs as asked of each."""
    found = {}
    for short, limits in asked.items():
        for name in (short,) if short[0] != "B" else (f"W{short[1:]}", f"O{short[1:]}"):
            found[name] = limits
    return found


def _slack(forced: dict[str, float], name: str) -> float:
    return forced.get(name, forced.get(f"B{name[1:]}", SLACK))


@pytest.mark.parametrize(("slug", "end"), ASKED)
def test_a_figure_shows_the_angles_its_exercise_asks_for(slug: str, end: str) -> None:
    shown = _shown(slug, end)
    forced, _why = FORCED.get((slug, end), ({}, ""))
    off = [
        f"{name} {shown[name]:.0f}, asked {low}–{high} ±{_slack(forced, name):.0f}"
        for name, (low, high) in _each_leg(ASKED[slug, end]).items()
        if not low - _slack(forced, name) <= shown[name] <= high + _slack(forced, name)
    ]
    assert off == []


def test_every_exception_says_why_and_is_needed() -> None:
    for (slug, end), (forced, why) in FORCED.items():
        assert why
        shown, asked = _shown(slug, end), _each_leg(ASKED[slug, end])
        for short in forced:
            names = [name for name in asked if name == short or f"B{name[1:]}" == short]
            assert names, f"{slug} {end} asks for no {short}"
            inside = [asked[n][0] - SLACK <= shown[n] <= asked[n][1] + SLACK for n in names]
            assert not all(inside), f"{slug} {end} {short} needs no exception"
