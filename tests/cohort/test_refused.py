"""What cannot be answered at all is refused in one sentence, and nothing is changed."""

import errno
import os

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from psoas.cohort.refusal import CohortRefused
from psoas.cohort.running import parts_path
from psoas.cohort.source import Reader, open_source
from tests.cohort.conftest import Here
from tests.cohort.tables import people, write


@pytest.fixture
def refused(tmp_path, answered):
    """Have a table refused; returns the sentence. An earlier file of answers stays as it is."""

    def run(path, out=None):
        earlier = tmp_path / "answers.parquet"
        earlier.write_bytes(b"earlier")
        before = sorted(tmp_path.iterdir())
        with pytest.raises(CohortRefused) as refusal:
            answered(path, out=out)
        assert earlier.read_bytes() == b"earlier"
        assert sorted(tmp_path.iterdir()) == before
        assert "\n" not in str(refusal.value)
        return str(refusal.value)

    return run


def changed(tmp_path, change):
    table = pa.Table.from_pylist(people(2, days=10))
    pq.write_table(change(table), tmp_path / "in.parquet")
    return tmp_path / "in.parquet"


def test_a_missing_column_is_named(tmp_path, refused):
    path = changed(tmp_path, lambda table: table.drop_columns(["pain"]))
    assert "in.parquet has no column pain." in refused(path)
    path = changed(tmp_path, lambda table: table.drop_columns(["pain", "day"]))
    assert "in.parquet has no columns day and pain." in refused(path)


def test_a_trigger_of_words_is_named(tmp_path, refused):
    def change(table):
        words = pa.array(["much"] * table.num_rows)
        return table.set_column(table.schema.get_field_index("sleep"), "sleep", words)

    said = refused(changed(tmp_path, change))
    assert "the column sleep holds string, not numbers" in said


def test_a_table_without_triggers(tmp_path, refused):
    path = changed(tmp_path, lambda table: table.select(["person", "day", "pain"]))
    assert "in.parquet has no trigger columns." in refused(path)


def test_two_columns_of_one_name(tmp_path, refused):
    path = changed(tmp_path, lambda table: table.append_column("rain", table["rain"]))
    assert "there are two columns named rain" in refused(path)


@pytest.mark.parametrize(
    ("column", "kind", "said"),
    [
        ("person", pa.date32(), "person must be whole numbers or text, not date32[day]."),
        ("pain", pa.string(), "pain must be numbers from 0 to 10, not string."),
        ("pain", pa.bool_(), "pain must be numbers from 0 to 10, not bool."),
        ("day", pa.bool_(), "2026-04-14 or whole numbers, not bool."),
    ],
)
def test_a_column_of_the_wrong_kind(tmp_path, refused, column, kind, said):
    path = changed(
        tmp_path,
        lambda table: table.set_column(
            table.schema.get_field_index(column), column, pa.nulls(table.num_rows, kind)
        ),
    )
    assert said in refused(path)


def test_a_trigger_without_a_name_is_told_by_its_place(tmp_path, refused):
    for name in ("", " "):
        path = changed(
            tmp_path,
            lambda table, name=name: table.rename_columns(
                ["person", "day", "pain", "rain", name, "work"]
            ),
        )
        assert "in.parquet: column number 5 has no name." in refused(path)


@pytest.mark.parametrize("value", [1.5, float("inf"), 2.0**60])
def test_persons_of_decimals_that_are_not_whole(tmp_path, refused, value):
    def change(table):
        persons = pa.array([value, *[1.0] * (table.num_rows - 1)])
        return table.set_column(0, "person", persons)

    assert "is not a whole number, or too large" in refused(changed(tmp_path, change))


def test_no_rows(tmp_path, refused):
    assert "has no rows" in refused(changed(tmp_path, lambda table: table.slice(0, 0)))


def test_no_file_a_folder_and_no_parquet(tmp_path, refused):
    assert "there is no such file" in refused(tmp_path / "nowhere.parquet")
    assert "is a folder" in refused(tmp_path)
    (tmp_path / "diary.csv").write_text("person,day,pain\n")
    assert "is not a Parquet file" in refused(tmp_path / "diary.csv")
    (tmp_path / "short").write_bytes(b"PA")
    assert "is not a Parquet file" in refused(tmp_path / "short")
    (tmp_path / "empty").write_bytes(b"")
    assert "is not a Parquet file" in refused(tmp_path / "empty")


def test_half_a_file(tmp_path, refused):
    path = write(tmp_path / "in.parquet", people(2))
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    assert "or only a part of one" in refused(path)
    path.write_bytes(data[:4] + data[-60:])
    assert refused(path) == f"{path} is damaged or was cut short. Copy or write it again."


def test_damage_in_the_middle_is_found_before_anything_is_put_in_place(tmp_path, answered):
    path = write(tmp_path / "in.parquet", people(4))
    data = bytearray(path.read_bytes())
    data[4:400] = bytes(396)
    path.write_bytes(data)
    with pytest.raises(CohortRefused, match="is damaged or was cut short"):
        answered(path)
    assert not (tmp_path / "answers.parquet").exists()


def test_the_table_itself_is_never_written_over(tmp_path, refused):
    path = write(tmp_path / "in.parquet", people(1))
    data = path.read_bytes()
    link = tmp_path / "link.parquet"
    link.symlink_to(path)
    for out in (path, link):
        assert "is the table itself" in refused(path, out)
    assert path.read_bytes() == data
    errors = write(tmp_path / "in.errors.csv", people(1))
    assert "is the table itself" in refused(errors, tmp_path / "in.parquet")


def test_a_place_where_nothing_can_be_written(tmp_path, refused):
    path = write(tmp_path / "in.parquet", people(1))
    assert "is no folder" in refused(path, tmp_path / "nowhere" / "out.parquet")
    assert "is a folder" in refused(path, tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="an administrator may write anywhere")
def test_a_folder_that_may_not_be_written(tmp_path, refused):
    path = write(tmp_path / "in.parquet", people(1))
    (tmp_path / "theirs").mkdir(mode=0o555)
    assert "cannot be written" in refused(path, tmp_path / "theirs" / "out.parquet")


def test_a_folder_of_somebody_elses_is_left_alone(tmp_path, refused):
    path = write(tmp_path / "in.parquet", people(1))
    parts = parts_path(tmp_path / "answers.parquet")
    parts.mkdir()
    (parts / "letter.txt").write_text("mine")
    assert "is in the way" in refused(path)
    assert (parts / "letter.txt").read_text() == "mine"


def test_no_room_is_said_before_the_work(tmp_path, answered, monkeypatch):
    path = write(tmp_path / "in.parquet", people(2))
    monkeypatch.setattr("shutil.disk_usage", lambda _path: Free())
    with pytest.raises(CohortRefused, match="needs about 2 KB; 0 KB are free there"):
        answered(path)
    assert [found.name for found in tmp_path.iterdir()] == ["in.parquet"]


class Free:
    free = 0


def test_a_disk_that_fills_up_says_how_much_it_takes(tmp_path, answered, monkeypatch):
    path = write(tmp_path / "in.parquet", people(2))

    def full(*_words):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("psoas.cohort.keeping.write_whole", full)
    with pytest.raises(CohortRefused, match=r"no room left.* takes about \d+ KB; .* are free"):
        answered(path)
    monkeypatch.undo()
    monkeypatch.setattr("psoas.cohort.keeping.Folder.keep", full)
    with pytest.raises(CohortRefused, match=r"no room left.* takes about \d+ KB; .* are free"):
        answered(path)
    monkeypatch.undo()
    outcome, _out, _said = answered(path)
    assert outcome.people == 2


def test_a_table_that_is_changed_while_it_is_read(tmp_path, answered, small_parts):
    path = write(tmp_path / "in.parquet", people(8, days=40))

    class Changing(Here):
        def run(self, jobs):
            for done in super().run(jobs):
                write(path, people(9, days=40))
                yield done

    with pytest.raises(CohortRefused, match="was changed while it was read. Run it again"):
        answered(path, Changing())
    assert not (tmp_path / "answers.parquet").exists()


def test_bytes_written_over_under_a_reader_are_a_change_and_no_damage(tmp_path):
    source = open_source(write(tmp_path / "in.parquet", people(400), group=400))
    reader = Reader(source, source.columns.read)
    rows = reader.read(0, source.rows)
    next(rows)
    source.path.write_bytes(bytes(source.path.stat().st_size))
    with pytest.raises(CohortRefused, match="was changed while it was read"):
        list(rows)


def test_an_index_left_by_pandas_is_no_trigger(tmp_path, answered):
    path = changed(
        tmp_path,
        lambda table: table.append_column("__index_level_0__", pa.array(range(table.num_rows))),
    )
    outcome, out, _said = answered(path)
    assert set(pq.read_table(out)["trigger"].to_pylist()) == {"rain", "sleep", "work"}
    assert outcome.notes == (
        "__index_level_0__ is an index of a data frame, not a trigger, and was left out.",
    )


def test_a_time_zone_that_nobody_knows(tmp_path, answered):
    def change(table):
        there = table["day"].cast(pa.timestamp("ms")).cast(pa.timestamp("ms", "Mars/Olympus"))
        return table.set_column(1, "day", there)

    with pytest.raises(CohortRefused, match="cannot be read: .*Mars/Olympus"):
        answered(changed(tmp_path, change))
