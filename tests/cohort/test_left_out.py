"""One person's bad rows stop nobody else."""

import csv
from datetime import timedelta

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.cohort.tables import FIRST, people, person, write


def errors(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def with_one_bad(tmp_path, answered, small_parts):
    """Answer ten persons of whom the fifth's rows are changed; return the one line about them."""

    def run(change, schema=None, text=False):
        rows = people(10, days=40)
        for row in rows if text else ():
            row["day"] = row["day"].isoformat()
        mine = [row for row in rows if row["person"] == 5]
        change(mine)
        rows[160:200] = mine
        path = write(tmp_path / "in.parquet", rows, schema)
        outcome, out, _said = answered(path)
        assert outcome.errors == tmp_path / "answers.errors.csv"
        assert (outcome.people, outcome.left_out) == (9, 1)
        assert set(pq.read_table(out)["person"].to_pylist()) == set(range(1, 11)) - {5}
        (line,) = errors(outcome.errors)
        assert line["person"] in ("5", "")
        return int(line["row"]), line["sentence"]

    return run


def test_a_day_that_is_there_twice(with_one_bad):
    def change(mine):
        mine[7]["day"] = mine[3]["day"]

    row, sentence = with_one_bad(change)
    assert row == 168
    assert sentence == "2025-01-09 is there more than once."


def test_no_day_with_pain(with_one_bad):
    def change(mine):
        for row in mine:
            row["pain"] = None

    assert with_one_bad(change) == (161, "No day has pain recorded.")


@pytest.mark.parametrize(
    ("pain", "said"), [(10.5, "10.5"), (-1, "-1"), (np.inf, "inf"), (-np.inf, "-inf"), (80, "80")]
)
def test_pain_that_is_none(with_one_bad, pain, said):
    def change(mine):
        mine[20]["pain"] = float(pain)

    assert with_one_bad(change) == (181, f"Pain is {said}, outside 0 to 10.")


def test_a_day_that_is_missing(with_one_bad):
    def change(mine):
        mine[4]["day"] = None
        mine[9]["day"] = None

    assert with_one_bad(change) == (165, "A row has no day.")


def test_an_infinite_trigger_is_named(with_one_bad):
    def change(mine):
        for row in mine:
            row["sleep"] = float(row["sleep"])
        mine[2]["sleep"] = np.inf

    assert with_one_bad(change) == (163, "sleep is not a finite number.")


def test_half_a_century_between_two_days(with_one_bad):
    def change(mine):
        mine[39]["day"] = FIRST + timedelta(days=20_000)

    row, sentence = with_one_bad(change)
    assert row == 200
    assert sentence == "The first and the last day are more than 54 years apart."


def test_pain_that_never_moves(with_one_bad):
    def change(mine):
        for row in mine:
            row["pain"] = 4.0

    assert with_one_bad(change) == (
        161,
        "Pain is 4 on every recorded day: what does not move cannot go with anything.",
    )


def test_rows_that_name_nobody(with_one_bad):
    def change(mine):
        for row in mine:
            row["person"] = None

    assert with_one_bad(change) == (161, "These rows name no person.")


def test_text_that_is_no_day(with_one_bad):
    schema = pa.schema(
        [
            ("person", pa.int64()),
            ("day", pa.string()),
            ("pain", pa.float64()),
            ("rain", pa.int64()),
            ("sleep", pa.int64()),
            ("work", pa.bool_()),
        ]
    )

    def change(mine):
        mine[6]["day"] = "yesterday"

    assert with_one_bad(change, schema, text=True) == (167, "A row's day is not a day.")


def test_a_few_days_of_the_same_pain_are_too_early_and_not_a_fault(tmp_path, answered):
    rows = people(2, days=40)
    for row in rows[:40]:
        row["pain"] = 4.0 if row["day"] < FIRST + timedelta(days=10) else None
    outcome, out, _said = answered(write(tmp_path / "in.parquet", rows))
    assert outcome.left_out == 0
    levels = {row["level"] for row in pq.read_table(out).to_pylist() if row["person"] == 1}
    assert levels == {"too early"}


def test_rows_are_numbered_as_in_the_table_though_persons_are_scattered(tmp_path, answered):
    rows = people(6, days=30)
    rows.sort(key=lambda row: row["day"])
    rows[100]["pain"] = 11.0
    outcome, _out, _said = answered(write(tmp_path / "in.parquet", rows))
    (line,) = errors(outcome.errors)
    assert line["row"] == "101"
    assert line["person"] == str(rows[100]["person"])


def test_everybody_may_be_left_out(tmp_path, answered):
    rows = [{**row, "pain": None} for row in people(3, days=5)]
    schema = pa.Table.from_pylist(people(1)).schema
    outcome, out, _said = answered(write(tmp_path / "in.parquet", rows, schema))
    assert (outcome.people, outcome.left_out, outcome.rows) == (0, 3, 0)
    assert pq.read_table(out).num_rows == 0
    assert len(errors(outcome.errors)) == 3


def test_an_earlier_list_goes_away_when_nobody_is_left_out_any_more(tmp_path, answered):
    bad = write(tmp_path / "bad.parquet", [*people(1), *person(2, 2, 1), *person(2, 2, 1)])
    outcome, _out, _said = answered(bad)
    assert outcome.errors is not None and outcome.errors.exists()
    outcome, _out, _said = answered(write(tmp_path / "good.parquet", people(1)))
    assert outcome.errors is None
    assert not (tmp_path / "answers.errors.csv").exists()


def test_a_name_of_commas_quotes_and_lines_stays_itself(tmp_path, answered):
    name = 'Ana "the first",\nof Ü'
    rows = [{**row, "pain": None} for row in person(name, 1, 3)]
    rows += person("b", 2, 30)
    outcome, _out, _said = answered(write(tmp_path / "in.parquet", rows))
    (line,) = errors(outcome.errors)
    assert line["person"] == name


def test_days_before_and_after_everything_are_no_days(tmp_path, answered):
    table = pa.Table.from_pylist(people(2, days=3))
    far = pa.array([2**40, 5, 6, 7, 8, 9], pa.int64()).cast(pa.timestamp("s"))
    table = table.set_column(1, "day", far)
    pq.write_table(table, tmp_path / "in.parquet")
    outcome, _out, _said = answered(tmp_path / "in.parquet")
    assert [line["sentence"] for line in errors(outcome.errors)] == [
        "A row's day is not a day.",
        "1970-01-01 is there more than once.",
    ]
