import json
import os
import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from psoas.cli.main import main
from psoas.diary.synthetic import make_diary
from psoas.diary.table import DayTable, Row
from psoas.diary.writing import write_csv

SOURCE = Path(__file__).parents[2] / "src"
LAST = date(2026, 4, 14)


def written(path, table):
    rows = [
        Row(
            day,
            None if np.isnan(pain) else float(pain),
            {
                name: float(value)
                for name, value in zip(table.triggers, values, strict=True)
                if not np.isnan(value)
            },
        )
        for day, pain, values in zip(table.days, table.pain, table.values, strict=True)
    ]
    path.write_text(write_csv(rows, table.triggers), "utf-8")
    return path


@pytest.fixture
def demo(tmp_path):
    """A made-up person whose conflicts raise the next day's pain by a point."""
    return written(tmp_path / "demo.csv", make_diary(1, LAST).table)


def asked(capsys, *words):
    assert main(["diary", *map(str, words), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_what_is_found_comes_first_as_a_sentence(demo, capsys):
    assert main(["diary", str(demo)]) == 0
    out = capsys.readouterr().out
    first = out.split("\n\n")[2]
    assert "conflict" in first
    assert "beyond trend, weekday and carried-over pain." in " ".join(first.split())


def test_every_number_is_a_number_and_levels_and_lags_are_the_promised_words(demo, capsys):
    found = asked(capsys, demo)
    assert len(found["answers"]) == 16
    for one in found["answers"]:
        assert one["lag"] in ("same day", "next day")
        assert one["level"] in ("too early", "not sure", "possible", "found", "no large effect")
        assert one["low"] < one["estimate"] < one["high"]
        assert 0 < one["posterior"] < 1
        assert one["e_value"] > 0
        assert one["days_with"] + one["days_without"] <= found["days"]["recorded"]
        if one["more_days"] is not None:
            assert 0 < one["more_days"][0] <= one["more_days"][1]
    assert found["answers"][0]["trigger"] == "conflict"


def test_answer_days_name_the_next_one_and_date_the_claims(demo, capsys):
    found = asked(capsys, demo, "--answer-days")
    first = date.fromisoformat(found["days"]["first"])
    assert found["days"]["next_answer_day"] == (first + timedelta(days=270)).isoformat()
    assert "Found on 13 Apr 2026." in found["answers"][0]["sentence"]
    assert main(["diary", str(demo), "--answer-days"]) == 0
    out = capsys.readouterr().out
    assert "Decided on 13 Apr 2026, on the days before it." in out
    assert "next_answer_day" not in asked(capsys, demo)["days"]


def test_before_the_first_answer_day_its_date_is_all_there_is(demo, capsys, tmp_path):
    table = make_diary(1, LAST).table
    short = written(tmp_path / "short.csv", table.before(table.first + timedelta(days=40)))
    found = asked(capsys, short, "--answer-days")
    assert {one["level"] for one in found["answers"]} == {"too early"}
    assert found["days"]["next_answer_day"] == (table.first + timedelta(days=45)).isoformat()
    assert main(["diary", str(short), "--answer-days"]) == 0
    assert "The first answer day is" in capsys.readouterr().out


def test_a_star_is_taken_by_name_and_an_unknown_one_refused_with_the_names(demo, capsys):
    found = asked(capsys, demo, "--star", "conflict", "--star", "cold")
    assert len(found["answers"]) == 16
    assert main(["diary", str(demo), "--star", "conflicts"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "There is no trigger called “conflicts”. The triggers are: long-sitting," in said.err
    words = [word for name in make_diary(1, LAST).table.triggers[:6] for word in ("--star", name)]
    assert main(["diary", str(demo), *words]) == 2
    assert "choose at most 5" in capsys.readouterr().err


def test_the_help_says_what_a_star_means(capsys):
    with pytest.raises(SystemExit):
        main(["diary", "--help"])
    assert "before these data" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("rule", [[], ["--answer-days"]])
def test_the_page_has_the_four_charts_and_no_id_twice(rule, demo, tmp_path):
    out = tmp_path / "out.html"
    assert main(["diary", str(demo), *rule, "--html", str(out)]) == 0
    page = out.read_text("utf-8")
    for title in ("Calendar", "What goes with the pain"):
        assert f">{title}</h2>" in page
    assert page.count('<h2 id="days-with-') == 3
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert "carried-over pain" in page[: page.index("</ul>")]
    assert not re.search(r"\b(nan|inf)\b", page, re.IGNORECASE)


def test_forty_triggers_stay_readable(tmp_path, capsys):
    chance = np.random.default_rng(1)
    days = tuple(date(2025, 1, 1) + timedelta(days=n) for n in range(200))
    names = tuple(f"trigger {k}" for k in range(40))
    values = (chance.random((200, 40)) < 0.3).astype(float)
    values[:, 30:] = np.arange(200)[:, None] == np.arange(10)
    table = DayTable(days, np.round(4 + chance.normal(size=200)), names, values)
    assert main(["diary", str(written(tmp_path / "forty.csv", table))]) == 0
    out = capsys.readouterr().out
    assert len(out.splitlines()) < 75
    assert max(map(len, out.splitlines())) <= 88
    assert out.count("Too early") == 1
    assert all(name in " ".join(out.split()) for name in names)


def test_a_note_that_file_and_answers_share_is_said_once(tmp_path, capsys):
    path = tmp_path / "same.csv"
    path.write_text("day,pain,tea,rum\n2026-01-01,4,1,\n2026-01-02,5,1,\n", "utf-8")
    assert asked(capsys, path)["notes"] == [
        "“tea” is 1 on every day it is known, so it tells nothing.",
        "“rum” is empty on every day.",
        "2 of at least 28 days with pain so far.",
    ]


def test_a_file_of_pain_alone_says_that_there_is_nothing_to_compare(tmp_path, capsys):
    path = tmp_path / "pain.csv"
    path.write_text("day,pain\n2026-01-01,4\n2026-01-02,5\n", "utf-8")
    assert main(["diary", str(path)]) == 0
    assert "no columns beside day and pain" in capsys.readouterr().out
    assert asked(capsys, path)["answers"] == []


def test_a_short_diary_waits_for_no_arithmetic(tmp_path):
    path = tmp_path / "short.csv"
    path.write_text("day,pain,rain\n2026-01-01,4,1\n2026-01-02,5,0\n", "utf-8")
    code = (
        "import sys; from psoas.cli.main import main; main(['diary', sys.argv[1]]);"
        "sys.exit('numba' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)],
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_the_first_answer_prepares_the_arithmetic_and_says_so_the_second_is_quick(demo, tmp_path):
    command = [sys.executable, "-m", "psoas.cli.main", "diary", str(demo), "--json"]
    told = {**os.environ, "PYTHONPATH": str(SOURCE), "NUMBA_CACHE_DIR": str(tmp_path / "kept")}
    first = subprocess.run(command, env=told, capture_output=True, text=True, check=True)
    again = subprocess.run(command, env=told, capture_output=True, text=True, check=True)
    assert "Preparing the arithmetic" in first.stderr
    assert again.stderr == ""
    assert first.stdout == again.stdout
