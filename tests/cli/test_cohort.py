import os
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from psoas.cli.main import main
from tests.cohort.conftest import Here
from tests.cohort.tables import people, write

SOURCE = Path(__file__).parents[2] / "src"


@pytest.fixture
def table(tmp_path):
    return write(tmp_path / "in.parquet", people(4, days=40))


def test_a_table_is_answered_from_the_command_line(table, tmp_path):
    rows = people(4, days=40)
    rows[41]["day"] = rows[40]["day"]
    write(table, rows)
    # Relative names, from the folder they stand in, and without Django in reach.
    code = (
        "import sys; from psoas.cli.main import main\n"
        "if __name__ == '__main__':\n"
        "    done = main()\n"
        "    assert not any(name.partition('.')[0] == 'django' for name in sys.modules)\n"
        "    sys.exit(done)"
    )
    (tmp_path / "run.py").write_text(code)
    words = [sys.executable, "run.py", "cohort", "in.parquet", "--out", "out.parquet"]
    environment = {**os.environ, "PYTHONPATH": str(SOURCE), "PYTHONWARNINGS": "error"}
    answer = subprocess.run(
        [*words, "--workers", "1"], cwd=tmp_path, capture_output=True, text=True, env=environment
    )
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.splitlines() == [
        "3 people answered: 18 rows in out.parquet.",
        "1 person could not be answered; out.errors.csv says why.",
    ]
    assert "100% · 4 of 4 people" in answer.stderr
    assert pq.read_table(tmp_path / "out.parquet").num_rows == 18
    assert "2,42,2025-01-06 is there more than once." in (tmp_path / "out.errors.csv").read_text()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nowhere.parquet", "--out", "out.parquet"], "there is no such file"),
        (["in.parquet", "--out", "in.parquet"], "is the table itself"),
        (["in.parquet", "--out", "out.parquet", "--workers", "0"], "must be 1 or more"),
        (
            ["in.parquet", "--out", "out.parquet", "--workers", "2", "--cluster", "tcp://x:1"],
            "the cluster has its own",
        ),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_code_2(
    table, tmp_path, monkeypatch, capsys, words, said
):
    monkeypatch.chdir(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    assert main(["cohort", *words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert len(err.splitlines()) == 1
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_nobody_answered_is_said_with_code_2_and_keeps_the_list(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    rows = people(2, days=40)
    for row in rows:
        row["day"] = row["day"].strftime("%m/%d/%Y")
    write(tmp_path / "in.parquet", rows)
    monkeypatch.setattr("psoas.cli.cohort._engine", lambda _args, _progress: Here())
    assert main(["cohort", "in.parquet", "--out", "out.parquet"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines()[-1] == (
        "None of 2 people could be answered, so nothing was written to out.parquet; "
        "out.errors.csv says why of each."
    )
    assert "01/13/2025 has the month first" in (tmp_path / "out.errors.csv").read_text()
    assert {path.name for path in tmp_path.iterdir()} == {"in.parquet", "out.errors.csv"}


def test_a_cluster_without_its_extra_says_how_to_install_it(table, tmp_path, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "distributed", None)
    words = ["cohort", str(table), "--out", str(tmp_path / "out.parquet"), "--cluster", "tcp://x:1"]
    assert main(words) == 2
    assert "pip install 'psoas[cluster]'" in capsys.readouterr().err


def test_workers_must_be_a_number(table, capsys):
    with pytest.raises(SystemExit) as refusal:
        main(["cohort", str(table), "--out", "out.parquet", "--workers", "many"])
    assert refusal.value.code == 2
    assert "--workers" in capsys.readouterr().err
