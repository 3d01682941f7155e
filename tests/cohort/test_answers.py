"""From one Parquet file to another: what is in it, and that it is what one diary would say."""

import random
from datetime import UTC, datetime, time, timedelta, timezone

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from psoas.diary.answers.deciding import any_day
from psoas.diary.answers.sentences import sentence
from psoas.diary.table import Row, tabulate
from tests.cohort.tables import TRIGGERS, people, person, write

FIELDS = [
    "person",
    "trigger",
    "lag",
    "level",
    "estimate",
    "low",
    "high",
    "e_value",
    "posterior",
    "days_with",
    "days_without",
    "more_days",
    "sentence",
]


def by_place(table):
    return {(row["person"], row["trigger"], row["lag"]): row for row in table.to_pylist()}


def test_every_person_trigger_and_lag_has_one_row_with_plain_columns(tmp_path, answered):
    outcome, out, _said = answered(write(tmp_path / "in.parquet", people(5)))
    table = pq.read_table(out)
    assert table.column_names == FIELDS
    assert table.schema.field("person").type == pa.int64()
    assert table.schema.field("more_days").type == pa.list_(pa.int32())
    for name in ("trigger", "lag", "level", "sentence"):
        assert table.schema.field(name).type == pa.string()
    assert len(by_place(table)) == table.num_rows == 5 * 3 * 2 == outcome.rows
    assert (outcome.people, outcome.left_out, outcome.errors) == (5, 0, None)
    assert set(table["lag"].to_pylist()) == {"same day", "next day"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["answers.parquet", "in.parquet"]


def test_what_is_there_is_found_and_nothing_else(tmp_path, answered):
    _outcome, out, _said = answered(write(tmp_path / "in.parquet", people(6, days=120)))
    rows = by_place(pq.read_table(out))
    for name in range(1, 7):
        rain = rows[name, "rain", "same day"]
        assert rain["level"] == "found"
        assert 2 < rain["estimate"] < 4
        assert rain["low"] < rain["estimate"] < rain["high"]
        assert rain["posterior"] > 0.99
        assert rain["more_days"] is None
        assert "cannot tell which came first" in rain["sentence"]
    others = [row for place, row in rows.items() if place[1:] != ("rain", "same day")]
    assert {row["level"] for row in others} <= {"not sure", "possible", "no large effect"}
    low, high = rows[1, "work", "next day"]["more_days"]
    assert 0 < low < high


def test_each_answer_is_near_that_of_the_diary_alone(tmp_path, answered):
    rows = people(4, days=150)
    _outcome, out, _said = answered(write(tmp_path / "in.parquet", rows))
    found = by_place(pq.read_table(out))
    for name in range(1, 5):
        mine = [
            Row(
                row["day"],
                row["pain"],
                {key: float(row[key]) for key in TRIGGERS if row[key] is not None},
            )
            for row in rows
            if row["person"] == name
        ]
        for alone in any_day(tabulate(mine, TRIGGERS)).answers:
            here = found[name, alone.trigger, alone.lag]
            assert here["days_with"] == alone.days_with
            assert here["days_without"] == alone.days_without
            assert here["estimate"] == pytest.approx(alone.estimate, abs=0.15)
            assert here["low"] == pytest.approx(alone.low, abs=0.25)
            if here["level"] == alone.level == "too early":
                assert here["sentence"] == sentence(alone)


def test_pandas_reads_the_answers_plainly(tmp_path, answered):
    _outcome, out, _said = answered(write(tmp_path / "in.parquet", people(2)))
    frame = pd.read_parquet(out)
    assert list(frame.columns) == FIELDS
    assert frame.loc[frame.level == "found", "trigger"].tolist() == ["rain", "rain"]
    assert frame.estimate.dtype == np.float32


def test_eight_days_are_too_early_and_give_no_number(tmp_path, answered):
    _outcome, out, _said = answered(write(tmp_path / "in.parquet", people(1, days=8)))
    for row in pq.read_table(out).to_pylist():
        assert row["level"] == "too early"
        assert (row["estimate"], row["low"], row["high"], row["more_days"]) == (None,) * 4
        assert row["e_value"] == 1.0
        assert row["sentence"].startswith("Too early.")


def test_rows_in_any_order_give_the_same_answers(tmp_path, answered, small_parts):
    rows = people(20, days=40)
    _outcome, out, _said = answered(write(tmp_path / "in.parquet", rows))
    ordered = pq.read_table(out)
    backwards = [row for n in range(20) for row in reversed(rows[40 * n : 40 * n + 40])]
    _outcome, out, _said = answered(write(tmp_path / "back.parquet", backwards))
    assert pq.read_table(out).equals(ordered)
    random.Random(3).shuffle(rows)
    outcome, out, _said = answered(write(tmp_path / "mixed.parquet", rows, group=97))
    assert outcome.people == 20
    assert by_place(pq.read_table(out)) == by_place(ordered)
    assert not (tmp_path / "answers.parquet.parts").exists()


def test_a_table_sorted_by_day_gives_the_same_answers(tmp_path, answered):
    rows = people(20, days=40)
    _outcome, out, _said = answered(write(tmp_path / "in.parquet", rows))
    expected = by_place(pq.read_table(out))
    rows.sort(key=lambda row: row["day"])
    _outcome, out, _said = answered(write(tmp_path / "by-day.parquet", rows))
    assert by_place(pq.read_table(out)) == expected


def test_a_few_scattered_persons_of_many_rows(tmp_path, answered, small_parts):
    rows = people(2, days=1000)
    _outcome, out, _said = answered(write(tmp_path / "in.parquet", rows))
    expected = by_place(pq.read_table(out))
    rows.sort(key=lambda row: row["day"])
    _outcome, out, _said = answered(write(tmp_path / "by-day.parquet", rows))
    assert by_place(pq.read_table(out)) == expected


@pytest.mark.parametrize("group", [1, 7, 333, 100_000])
def test_row_groups_of_any_size_give_the_same_answers(tmp_path, answered, small_parts, group):
    rows = people(15, days=40)
    path = write(tmp_path / "in.parquet", rows, group=group)
    outcome, out, _said = answered(path)
    assert outcome.people == 15
    whole = write(tmp_path / "whole.parquet", rows)
    _outcome, other, _said = answered(whole, out=tmp_path / "other.parquet")
    assert pq.read_table(out).equals(pq.read_table(other))


def retyped(rows, **columns):
    """The same rows with some columns of another type."""
    return [{**row, **{name: to(row[name]) for name, to in columns.items()}} for row in rows]


def test_days_may_be_dates_times_or_text(tmp_path, answered):
    rows = people(3, days=40)
    _outcome, out, _said = answered(write(tmp_path / "in.parquet", rows))
    expected = pq.read_table(out)
    east = timezone(timedelta(hours=13))
    kinds = {
        "text": (lambda day: day.isoformat(), pa.string()),
        "text with a time": (lambda day: f"{day.isoformat()} 21:30:00", pa.large_string()),
        "evening": (lambda day: datetime.combine(day, time(23, 59)), pa.timestamp("us")),
        "early in the east": (
            lambda day: datetime.combine(day, time(0, 10), east).astimezone(UTC),
            pa.timestamp("ms", "Pacific/Auckland"),
        ),
        "date64": (lambda day: day, pa.date64()),
        "category": (lambda day: day.isoformat(), pa.dictionary(pa.int16(), pa.string())),
    }
    for to, kind in kinds.values():
        schema = pa.schema(
            [
                ("person", pa.int64()),
                ("day", kind),
                ("pain", pa.float64()),
                ("rain", pa.int64()),
                ("sleep", pa.int64()),
                ("work", pa.bool_()),
            ]
        )
        path = write(tmp_path / "days.parquet", retyped(rows, day=to), schema)
        _outcome, out, _said = answered(path, out=tmp_path / "days-out.parquet")
        assert pq.read_table(out).equals(expected), kind


def test_numbers_may_be_of_any_kind(tmp_path, answered):
    rows = people(3, days=40)
    _outcome, out, _said = answered(write(tmp_path / "in.parquet", rows))
    expected = pq.read_table(out)
    for kind in (pa.int8(), pa.uint16(), pa.float16(), pa.float64(), pa.decimal128(5, 2)):
        table = pa.Table.from_pylist(rows)
        for name in ("rain", "sleep"):
            at = table.schema.get_field_index(name)
            table = table.set_column(at, name, table[name].cast(pa.float32()).cast(kind))
        pq.write_table(table, tmp_path / "kind.parquet")
        _outcome, out, _said = answered(
            tmp_path / "kind.parquet", out=tmp_path / "kind-out.parquet"
        )
        assert pq.read_table(out).equals(expected), kind


@pytest.mark.parametrize(
    "kind",
    [
        pa.string(),
        pa.large_string(),
        pa.dictionary(pa.int32(), pa.string()),
        pa.uint64(),
        pa.int8(),
    ],
)
def test_persons_may_be_text_or_whole_numbers(tmp_path, answered, small_parts, kind):
    text = not pa.types.is_integer(kind)
    names = [f"p-{n}" if text else 100 - n for n in range(12)]
    rows = [row for n, name in enumerate(names) for row in person(name, n, 40)]
    table = pa.Table.from_pylist(rows)
    table = table.set_column(0, "person", pa.array([row["person"] for row in rows]).cast(kind))
    for path, sorted_by in (("in.parquet", "person"), ("mixed.parquet", "day")):
        here = table if sorted_by == "person" else table.sort_by("day")
        pq.write_table(here, tmp_path / path, row_group_size=100)
        _outcome, out, _said = answered(tmp_path / path)
        found = pq.read_table(out)
        plain = pa.string() if text else kind
        assert found.schema.field("person").type == plain
        assert set(found["person"].to_pylist()) == set(names)
        assert {row["person"] for row in found.to_pylist() if row["level"] == "found"} <= set(names)


def test_a_trigger_from_0_to_10_is_held_between_0_and_10(tmp_path, answered):
    rows = person(1, 1, 120, effect=0)
    for row in rows:
        row["pain"] = 2.0 + 0.5 * row["sleep"] + (row["day"].day % 3) / 3
    _outcome, out, _said = answered(write(tmp_path / "in.parquet", rows))
    sleep = by_place(pq.read_table(out))[1, "sleep", "same day"]
    assert sleep["level"] == "found"
    assert sleep["estimate"] == pytest.approx(5, abs=0.5)
    assert "at 10 rather than 0" in sleep["sentence"]


def test_two_columns_that_cannot_be_told_apart_share_one_answer(tmp_path, answered):
    rows = [{**row, "wet": row["rain"]} for row in people(2, days=120)]
    for row in rows[120:]:
        row["wet"] = (row["rain"] or 0) * (row["day"].day % 2)
    _outcome, out, _said = answered(write(tmp_path / "in.parquet", rows))
    found = by_place(pq.read_table(out))
    one, other = found[1, "rain", "same day"], found[1, "wet", "same day"]
    assert one["level"] == other["level"] == "found"
    assert one["estimate"] == other["estimate"]
    assert "“wet and rain”" in other["sentence"]
    assert "cannot be told apart" in one["sentence"]
    assert "cannot be told apart" not in found[2, "rain", "same day"]["sentence"]


def test_a_column_that_never_changes_is_too_early(tmp_path, answered):
    rows = [{**row, "home": 1, "never": None} for row in people(1)]
    _outcome, out, _said = answered(write(tmp_path / "in.parquet", rows))
    found = by_place(pq.read_table(out))
    for name in ("home", "never"):
        for lag in ("same day", "next day"):
            assert found[1, name, lag]["level"] == "too early"
            assert found[1, name, lag]["estimate"] is None


def test_names_of_columns_are_only_names(tmp_path, answered):
    odd = {"rain": "row", "sleep": "a.b \x00{name}", "work": "person+"}
    rows = [{odd.get(key, key): value for key, value in row.items()} for row in people(4)]
    for order in ("person", "day"):
        rows.sort(key=lambda row: row[order])
        _outcome, out, _said = answered(write(tmp_path / "in.parquet", rows))
        found = by_place(pq.read_table(out))
        assert {place[1] for place in found} == set(odd.values())
        assert found[1, "row", "same day"]["level"] == "found"
        for (_person, trigger, _lag), row in found.items():
            assert f"\u201c{trigger}\u201d" in row["sentence"]


def test_two_hundred_triggers_and_five_thousand_days(tmp_path, answered):
    rng = np.random.default_rng(1)
    for days, count in ((60, 200), (5000, 2)):
        table = {
            "person": np.ones(days, int),
            "day": np.arange(days).astype("datetime64[D]"),
            "pain": rng.integers(0, 11, days).astype(float),
            **{f"t{k}": rng.integers(0, 2, days) for k in range(count)},
        }
        pq.write_table(pa.table(table), tmp_path / "in.parquet")
        outcome, out, _said = answered(tmp_path / "in.parquet")
        assert outcome.rows == 2 * count
        levels = set(pq.read_table(out)["level"].to_pylist())
        assert levels <= {"not sure", "possible", "no large effect"}
