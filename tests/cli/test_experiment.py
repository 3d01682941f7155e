import csv
import io
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from psoas.cli.main import main

SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "diaries"
MELATONIN = SHARED / "melatonin-experiment-70-days.csv"


def run(capsys, *words):
    code = main(["experiment", *map(str, words)])
    said = capsys.readouterr()
    return code, said.out, said.err


def filled(path, effect, *, seed=1):
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))
    chance = random.Random(seed)
    for row in rows:
        row["pain"] = str(round(5 + effect * int(row["arm"]) + chance.gauss(0, 1), 1))
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(out.getvalue(), "utf-8")
    return path


@pytest.fixture
def plan(tmp_path, capsys):
    path = tmp_path / "plan.csv"
    assert main(["experiment", "plan", "--seed", "7", "--out", str(path)]) == 0
    capsys.readouterr()
    return path


def test_a_plan_prints_schedule_power_and_a_file_to_fill(capsys):
    code, out, _err = run(capsys, "plan", "--seed", 7, "--start", "2026-01-05")
    assert code == 0
    assert "5 Jan 2026 to 29 Mar 2026: 84 days, 14 pairs of 3-day blocks." in out
    assert "Seed 7 gives this schedule again." in out
    assert out.count("  Pair ") == 14
    for said in ("0.5 points", "1 point ", "1.5 points"):
        assert said in out
    table = out[out.index("day,arm,pair,counts,pain") :].splitlines()
    assert len(table) == 85
    assert table[1] == "2026-01-05,1,1,no,"
    assert run(capsys, "plan", "--seed", 7, "--start", "2026-01-05")[1] == out


def test_a_plan_as_json_is_one_object(capsys):
    _code, out, _err = run(capsys, "plan", "--days", 48, "--block", 2, "--washout", 0, "--json")
    found = json.loads(out)
    assert (found["days"], found["block"], found["washout"], found["pairs"]) == (48, 2, 0, 12)
    assert set(found["power"]) == {"0.5", "1", "1.5"}
    assert len(found["schedule"]) == 48
    assert found["seed"] >= 0


def test_a_filled_plan_goes_straight_back(plan, capsys):
    code, out, _err = run(
        capsys, "analyse", filled(plan, -1.5), "--outcome", "pain", "--arm", "arm", "--json"
    )
    found = json.loads(out)
    assert code == 0
    assert list(found) == ["estimate", "low", "high", "p_value", "pairs", "sentence"]
    assert found["low"] < found["estimate"] < found["high"] < 0
    assert (found["pairs"], found["p_value"] < 0.05) == (14, True)
    assert found["sentence"].startswith("It lowered your pain by ")
    assert found["sentence"].endswith("hope may be part of it.")


def test_a_plan_of_other_blocks_knows_its_own_layout(tmp_path, capsys):
    path = tmp_path / "plan.csv"
    run(capsys, "plan", "--block", 2, "--washout", 0, "--seed", 1, "--out", path)
    words = ("analyse", filled(path, 0), "--outcome", "pain", "--arm", "arm")
    code, out, _err = run(capsys, *words)
    assert code == 0
    assert "days that count   84" in out
    same = run(capsys, *words, "--block", 2, "--washout", 0)[1]
    assert same == out
    assert run(capsys, *words, "--block", 3)[2].endswith("add --block 2.\n")


def test_a_plan_is_not_read_as_days_mixed_within_blocks(plan, capsys):
    words = ("analyse", filled(plan, -1.5), "--outcome", "pain", "--arm", "arm")
    for size in (7, 84):
        code, out, err = run(capsys, *words, "--scheme", f"within-blocks:{size}")
        assert (code, out) == (2, "")
        assert err.endswith("as its column pair says. Leave --scheme away.\n")


def test_a_plan_never_writes_over_a_file(plan, capsys):
    before = plan.read_bytes()
    code, out, err = run(capsys, "plan", "--out", plan)
    assert (code, out) == (2, "")
    assert "is already there" in err
    assert plan.read_bytes() == before
    assert plan.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "words",
    [
        ("plan", "--block", "7"),
        ("plan", "--days", "30"),
        ("plan", "--washout", "3"),
        ("plan", "--seed", "-1"),
        ("plan", "--start", "soon"),
        ("plan", "--outcome", "arm"),
        ("plan", "--out", "/nowhere/plan.csv"),
        ("analyse", "/nowhere/none.csv", "--outcome", "pain", "--arm", "arm"),
        ("analyse", "/", "--outcome", "pain", "--arm", "arm"),
        ("analyse", "x.csv", "--outcome", "pain", "--arm", "arm", "--scheme", "within-blocks:1"),
        ("analyse", "x.csv", "--outcome", "a", "--arm", "b", "--scheme", "within-blocks"),
        ("analyse", "x.csv", "--outcome", "a", "--arm", "b", "--scheme", "odd"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_code_two(words, capsys):
    code, out, err = run(capsys, *words)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.endswith(".\n")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda row: {"pain": "5"}, "plan.csv, line 1, column pain: it is 5 on every day"),
        (lambda row: {"pain": ""}, "plan.csv, line 1, column pain: no day has a number"),
        (lambda row: {"pain": row["pain"] + "e-300"}, "column pain: its days differ by 5e-300"),
        (lambda row: {"pain": f"9000000000.{row['arm']}"}, "column pain: its days differ by 0.1"),
        (lambda row: {"arm": "1"}, "plan.csv, line 2, column arm: every day is"),
        (lambda row: {"pain": "NaN"} if row["pair"] == "1" else {}, "line 2, column pain"),
        (lambda row: {"pain": ""} if int(row["pair"]) > 4 else {}, "Only 4 pairs"),
        (lambda row: {"arm": "2"} if row["pair"] == "3" else {}, "line 14, column arm"),
    ],
)
def test_a_bad_file_is_refused_without_a_number(plan, change, said, capsys):
    rows = list(csv.DictReader(io.StringIO(filled(plan, 0).read_text("utf-8"))))
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows([{**row, **change(row)} for row in rows])
    plan.write_text(out.getvalue(), "utf-8")
    code, printed, err = run(capsys, "analyse", plan, "--outcome", "pain", "--arm", "arm", "--json")
    assert (code, printed) == (2, "")
    assert said in err


def test_small_numbers_keep_their_digits(plan, capsys):
    rows = list(csv.DictReader(io.StringIO(filled(plan, -1.5).read_text("utf-8"))))
    lines = [f"{r['day']},{r['arm']},{r['pair']},{r['counts']},{r['pain']}e-4" for r in rows]
    plan.write_text("\n".join(["day,arm,pair,counts,grip", *lines]), "utf-8")
    words = ("analyse", plan, "--outcome", "grip", "--arm", "arm")
    found = json.loads(run(capsys, *words, "--json")[1])
    assert found["low"] < found["estimate"] < found["high"] < 0
    assert f"{-found['estimate']:.5f} lower ({-found['high']:.5f} to" in found["sentence"]
    assert f"{found['low']:.5f} to {found['high']:.5f}" in run(capsys, *words)[1]


def test_a_plan_half_filled_says_that_it_is_not_over(plan, capsys):
    lines = filled(plan, 0).read_text("utf-8").splitlines()
    kept = [*lines[:50], *(line.rpartition(",")[0] + "," for line in lines[50:])]
    plan.write_text("\n".join(kept), "utf-8")
    code, out, _err = run(capsys, "analyse", plan, "--outcome", "pain", "--arm", "arm")
    assert code == 0
    assert "This test is right at the planned end only" in " ".join(out.split())
    assert "6 pairs have no number on one side" in out


def test_a_reader_that_has_seen_enough_is_no_fault():
    words = [sys.executable, "-m", "psoas", "experiment", "plan", "--days", "1000", "--json"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


@pytest.mark.shared_data
@pytest.mark.skipif(not MELATONIN.exists(), reason="the real diaries are not beside the project")
def test_the_melatonin_experiment_finds_no_effect(capsys):
    words = ("analyse", MELATONIN, "--outcome", "mood", "--scheme", "within-blocks:7", "--json")
    _code, out, _err = run(capsys, *words, "--arm", "melatonin")
    found = json.loads(out)
    assert found["estimate"] == pytest.approx(0.87, abs=0.1)
    assert 0.3 < found["p_value"] < 0.5
    assert found["low"] < 0 < found["high"]
    assert found["sentence"].startswith("No effect was found: on days with melatonin, mood was")
    assert json.loads(run(capsys, *words, "--arm", "condition")[1]) == found
