"""`psoas muscles`: angles in, bands out, and a plain sentence where that cannot be."""

import json

import pytest

from psoas.cli.main import main
from psoas.motion.muscles import GROUPS
from tests.motion.tables import angles, pose, poses

NAMES = ("flexion", "abduction", "rotation", "knee")


def run(capsys, *degrees, words=()):
    options = [f"--{name}={value}" for name, value in zip(NAMES, degrees, strict=True)]
    code = main(["muscles", *options, *words])
    told = capsys.readouterr()
    return code, told.out, told.err


def test_json_has_a_change_and_a_band_for_every_muscle(capsys):
    code, out, err = run(capsys, *pose("bound angle / butterfly seated"), words=["--json"])
    found = json.loads(out)
    assert (code, err, tuple(found)) == (0, "", GROUPS)
    assert found["psoas"] == {"change_mm": pytest.approx(-28.15, abs=0.006), "band": "slack"}
    assert found["adductors"]["band"] == "lengthened"


def test_the_changes_are_those_of_the_smoothed_form(capsys):
    for row in poses()[::4]:
        _, out, _ = run(capsys, *angles(row), words=["--json"])
        found = json.loads(out)
        for group in ("psoas", "iliacus"):
            assert abs(found[group]["change_mm"] - float(row[f"{group} smoothed"])) <= 0.051


def test_a_negative_angle_may_stand_by_itself(capsys):
    typed = ["--flexion", "-15", "--abduction", "0", "--rotation", "-20", "--knee", "90"]
    assert main(["muscles", *typed, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["psoas"]["band"] == "lengthened"


def test_without_json_a_table_and_what_it_cannot_say(capsys):
    code, out, _ = run(capsys, "-12,5", 0, 0, 80)
    assert code == 0
    assert "psoas" in out.splitlines()[0] and out.splitlines()[0].endswith("lengthened")
    assert "cannot tell whether your psoas is" in " ".join(out.split())


@pytest.mark.parametrize(
    ("degrees", "told"),
    [
        (("nan", 0, 0, 0), "flexion nan cannot be worked out: give degrees from -30 to 120"),
        ((0, "-inf", 0, 0), "abduction -inf cannot"),
        ((200, 0, 0, 0), "flexion 200 cannot"),
        ((0, 0, -51, 0), "rotation -51 cannot be worked out: give degrees from -50 to 50"),
        ((0, 0, 0, "bent"), "--knee bent is no number: give degrees from 0 to 120"),
    ],
)
def test_what_cannot_be_worked_out_is_refused_with_its_range(capsys, degrees, told):
    code, out, err = run(capsys, *degrees, words=["--json"])
    assert (code, out) == (2, "")
    assert told in err and "Traceback" not in err


def test_an_angle_that_is_left_out_is_asked_for(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["muscles", "--flexion", "0", "--json"])
    assert ended.value.code == 2
    assert "--abduction, --rotation, --knee" in capsys.readouterr().err
