import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from psoas.cli.main import main

SOURCE = Path(__file__).parents[2] / "src"
GOOD = "day,pain,rain\n2026-01-05,4,1\n2026-01-06,,0\n2026-01-07,6.5,\n"
SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "diaries"


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(GOOD, "utf-8")
    return path


def test_answers_and_summary_are_printed_in_sentences(good, capsys):
    assert main(["diary", str(good)]) == 0
    out = capsys.readouterr().out
    assert "Too early, nothing to read here yet: rain." in out
    assert "2 of at least 28 days with pain so far." in out
    assert "5 Jan 2026 to 7 Jan 2026: 3 days, 2 with pain recorded." in out
    assert "Too few days yet" in out
    assert out.index("Too early") < out.index("5 Jan 2026")


def test_json_prints_one_object_with_exactly_what_was_promised(good, capsys):
    assert main(["diary", str(good), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["days", "answers", "notes"]
    assert found["days"] == {
        "first": "2026-01-05",
        "last": "2026-01-07",
        "span": 3,
        "recorded": 2,
    }
    assert found["notes"] == [
        "1 day has other values and no pain; they are kept.",
        "2 of at least 28 days with pain so far.",
    ]
    same, following = found["answers"]
    assert same == {
        "trigger": "rain",
        "lag": "same day",
        "level": "too early",
        "estimate": None,
        "low": None,
        "high": None,
        "e_value": 1.0,
        "posterior": 0.15,
        "days_with": 1,
        "days_without": 0,
        "more_days": None,
        "sentence": "Too early. Nothing to read here yet. Days with \u201crain\u201d so far: 1; "
        "without: 0.",
    }
    assert following["lag"] == "next day"


def test_a_page_is_written_and_only_the_owner_may_read_it(good, tmp_path, capsys):
    out = tmp_path / "out.html"
    assert main(["diary", str(good), "--html", str(out)]) == 0
    # Calendar, line, and what goes with the pain for a narrow and for a wide place.
    assert out.read_text("utf-8").count("<svg") == 4
    assert out.stat().st_mode & 0o077 == 0
    assert str(out) in capsys.readouterr().out
    assert sorted(p.name for p in tmp_path.iterdir()) == ["mine.csv", "out.html"]


def test_the_diary_itself_is_never_written_over(good, tmp_path, capsys):
    link = tmp_path / "link.html"
    link.symlink_to(good)
    for out in (good, link):
        assert main(["diary", str(good), "--html", str(out)]) == 2
        assert good.read_text("utf-8") == GOOD
    assert "is the diary itself" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["", "day,pain\n2026-01-01,11\n", "day,pain\n2999-01-01,1\n"])
def test_a_refused_file_writes_nothing_and_says_why(text, tmp_path, capsys):
    path = tmp_path / "bad.csv"
    path.write_text(text, "utf-8")
    out = tmp_path / "out.html"
    assert main(["diary", str(path), "--html", str(out), "--json"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("bad.csv")
    assert not out.exists()


def test_a_path_that_is_no_readable_file_is_one_sentence(tmp_path, capsys):
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(50_000_000)
    for path, said in (
        (tmp_path / "none.csv", "there is no such file."),
        (tmp_path, "is a folder, not a CSV file."),
        (large, "the file has 50.0 MB. A diary file may have at most 5 MB."),
    ):
        assert main(["diary", str(path)]) == 2
        error = capsys.readouterr().err
        assert error.strip().endswith(said)
        assert error.count("\n") == 1


def test_a_file_that_may_not_be_read_is_one_sentence(good, capsys, monkeypatch):
    # By a stand-in: the superuser, who runs tests in containers, may read everything.
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert main(["diary", str(good)]) == 2
    assert "you may not read this file" in capsys.readouterr().err


@pytest.mark.parametrize("out", ["missing/out.html", "/dev/null"])
def test_a_place_that_cannot_be_written_is_one_sentence(out, good, tmp_path, capsys):
    assert main(["diary", str(good), "--html", str(tmp_path / out)]) == 2
    assert "written" in capsys.readouterr().err


def test_reading_a_diary_never_loads_the_web_framework(good):
    code = (
        "import sys; from psoas.cli.main import main; main(['diary', sys.argv[1]]);"
        "sys.exit(any(m.split('.')[0] in ('django', 'allauth') for m in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(good)],
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.shared_data
@pytest.mark.skipif(not SHARED.is_dir(), reason="the real diaries are not beside the project")
@pytest.mark.parametrize(
    ("name", "span", "recorded"),
    [("hip-pain-82-days.csv", 82, 64), ("knee-pain-8-years.csv", 2916, 2908)],
)
def test_a_real_diary_becomes_facts_and_a_small_page(name, span, recorded, tmp_path, capsys):
    out = tmp_path / "out.html"
    assert main(["diary", str(SHARED / name), "--json", "--html", str(out)]) == 0
    days = json.loads(capsys.readouterr().out)["days"]
    assert (days["span"], days["recorded"]) == (span, recorded)
    assert out.stat().st_size < 250_000
