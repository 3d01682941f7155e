"""One person's bad rows stop nobody else."""

import csv
from datetime import date, timedelta

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

    assert with_one_bad(change) == (
        163,
        "sleep is infinite or too large. Numbers may go up to 3e38.",
    )


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

    assert with_one_bad(change, schema, text=True) == (
        167,
        "“yesterday” is not a date. Write days as 2025-12-31.",
    )


def test_a_number_too_large_to_be_kept(with_one_bad):
    def change(mine):
        for row in mine:
            row["sleep"] = float(row["sleep"])
        mine[2]["sleep"] = 1e308

    row, sentence = with_one_bad(change)
    assert row == 163
    assert "sleep is infinite or too large." in sentence


def as_text(path, form, days=40, persons=3):
    rows = people(persons, days=days)
    for row in rows:
        row["day"] = row["day"].strftime(form)
    return write(path, rows)


@pytest.mark.parametrize("form", ["%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y 08:30"])
def test_days_written_day_first_are_the_same_days(tmp_path, answered, form):
    _outcome, out, _said = answered(write(tmp_path / "dates.parquet", people(3, days=40)))
    expected = pq.read_table(out)
    outcome, out, _said = answered(as_text(tmp_path / "text.parquet", form))
    assert outcome.errors is None
    assert pq.read_table(out).equals(expected)


def test_days_written_month_first_are_named_with_what_to_do(tmp_path, answered):
    rows = people(2, days=40)
    for row in rows[:40]:
        row["day"] = row["day"].strftime("%m/%d/%Y")
    for row in rows[40:]:
        row["day"] = row["day"].isoformat()
    outcome, _out, _said = answered(write(tmp_path / "in.parquet", rows))
    assert errors(outcome.errors) == [
        {
            "person": "1",
            "row": "8",
            "sentence": "01/13/2025 has the month first. Write days as 2025-12-31.",
        }
    ]


def test_a_person_of_few_days_leaves_two_readings(tmp_path, answered):
    rows = people(2, days=6)
    for row in rows[6:]:
        row["day"] = row["day"].strftime("%d/%m/%Y")
    for row in rows[:6]:
        row["day"] = (row["day"] + timedelta(days=9)).strftime("%d/%m/%Y")
    outcome, _out, _said = answered(write(tmp_path / "in.parquet", rows))
    assert outcome.people == 1
    assert [(line["row"], line["sentence"]) for line in errors(outcome.errors)] == [
        (
            "7",
            "06/01/2025 can be read in two ways, and no other day of this person settles it. "
            "Write days as 2025-12-31.",
        )
    ]


def test_day_first_days_are_settled_where_persons_are_scattered(tmp_path, answered):
    rows = people(5, days=30)
    rows.sort(key=lambda row: row["day"])
    for row in rows:
        row["day"] = row["day"].strftime("%d/%m/%Y")
    outcome, _out, _said = answered(write(tmp_path / "in.parquet", rows))
    assert (outcome.people, outcome.left_out) == (5, 0)


@pytest.mark.parametrize("kind", [pa.int8(), pa.int64(), pa.uint16(), pa.float64()])
def test_day_numbers_are_days_counted_from_any_start(tmp_path, answered, kind):
    _outcome, out, _said = answered(write(tmp_path / "dates.parquet", people(3, days=40)))
    expected = pq.read_table(out).drop_columns(["e_value", "posterior"])
    table = pa.Table.from_pylist(people(3, days=40))
    # The same weekday, so that nothing at all may differ.
    start = (FIRST - date(1970, 1, 1)).days % 7
    numbers = pa.array([start + n % 40 for n in range(table.num_rows)], pa.int64())
    pq.write_table(table.set_column(1, "day", numbers.cast(kind)), tmp_path / "in.parquet")
    outcome, out, _said = answered(tmp_path / "in.parquet")
    assert outcome.errors is None
    assert pq.read_table(out).drop_columns(["e_value", "posterior"]).equals(expected)


def test_what_is_no_day_number_is_named(tmp_path, answered):
    table = pa.Table.from_pylist(people(3, days=2))
    for cells, said in (
        ([20260414, 20260415, 3, 3, 0, None], ["20260414", "Day 3 is there more than once."]),
        ([0.5, 1.0, 3.0, 3.0, 0.0, None], ["0.5", "Day 3 is there more than once."]),
    ):
        pq.write_table(table.set_column(1, "day", pa.array(cells)), tmp_path / "in.parquet")
        outcome, _out, _said = answered(tmp_path / "in.parquet")
        assert [line["sentence"] for line in errors(outcome.errors)] == [
            f"{said[0]} is not the number of a day. Write days as dates or whole numbers.",
            said[1],
            "A row has no day.",
        ]


@pytest.mark.parametrize("scattered", [False, True])
def test_persons_of_whole_decimals_are_whole_numbers(tmp_path, answered, scattered):
    rows = people(4, days=30)
    if scattered:
        rows.sort(key=lambda row: row["day"])
    table = pa.Table.from_pylist(rows)
    persons = table["person"].cast(pa.float64()).to_pylist()
    persons = [None if person == 3 else person for person in persons]
    pq.write_table(table.set_column(0, "person", pa.array(persons)), tmp_path / "in.parquet")
    outcome, out, _said = answered(tmp_path / "in.parquet")
    found = pq.read_table(out)["person"]
    assert found.type == pa.int64()
    assert set(found.to_pylist()) == {1, 2, 4}
    assert [line["sentence"] for line in errors(outcome.errors)] == ["These rows name no person."]


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
    assert not out.exists()
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
        "A row's day lies outside the years 1 to 9999.",
        "1970-01-01 is there more than once.",
    ]
