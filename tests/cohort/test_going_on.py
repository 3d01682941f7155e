"""A run that was cut short goes on where it was; a changed table begins anew."""

import os

import pyarrow.parquet as pq
import pytest

from psoas.cohort.keeping import Folder
from psoas.cohort.refusal import CohortRefused
from psoas.cohort.running import parts_path
from tests.cohort.conftest import Here
from tests.cohort.tables import people, write


@pytest.fixture
def cut_short(tmp_path, answered, small_parts):
    """Answer twenty persons, stopped after two parts; returns the table's path."""

    def run(rows):
        path = write(tmp_path / "in.parquet", rows)
        with pytest.raises(KeyboardInterrupt):
            answered(path, Here(stop_after=2))
        assert not (tmp_path / "answers.parquet").exists()
        return path

    return run


def whole(tmp_path, answered):
    _outcome, out, _said = answered(tmp_path / "in.parquet", out=tmp_path / "whole.parquet")
    return pq.read_table(out)


@pytest.mark.parametrize("scattered", [False, True])
def test_finished_parts_are_not_done_again(tmp_path, answered, cut_short, scattered):
    rows = people(40, days=40)
    if scattered:
        rows.sort(key=lambda row: row["day"])
    path = cut_short(rows)
    engine = Here()
    outcome, out, said = answered(path, engine)
    assert "Going on: " in said
    assert engine.did
    assert min(engine.did) == 2
    assert outcome.people == 40
    assert pq.read_table(out).equals(whole(tmp_path, answered))
    assert not parts_path(out).exists()


def test_a_damaged_part_is_done_again(tmp_path, answered, cut_short):
    path = cut_short(people(20, days=40))
    part = Folder(parts_path(tmp_path / "answers.parquet")).part(0)
    part.write_bytes(part.read_bytes()[:-100])
    engine = Here()
    _outcome, out, _said = answered(path, engine)
    assert engine.did[0] == 0
    assert 1 not in engine.did
    assert pq.read_table(out).equals(whole(tmp_path, answered))


@pytest.mark.parametrize("change", ["content", "time"])
def test_a_changed_table_begins_anew(tmp_path, answered, cut_short, change):
    path = cut_short(people(20, days=40))
    if change == "content":
        write(path, people(21, days=40))
    else:
        os.utime(path, ns=(1, 1))
    engine = Here()
    outcome, out, said = answered(path, engine)
    assert "has changed since parts were finished; beginning anew" in said
    assert engine.did[0] == 0
    assert outcome.people == (21 if change == "content" else 20)
    assert pq.read_table(out).equals(whole(tmp_path, answered))


def test_another_version_of_psoas_begins_anew(tmp_path, answered, cut_short, monkeypatch):
    path = cut_short(people(20, days=40))
    monkeypatch.setattr("psoas.cohort.keeping.version", lambda _name: "9")
    engine = Here()
    _outcome, _out, said = answered(path, engine)
    assert "beginning anew" in said
    assert engine.did[0] == 0


def test_a_table_changed_under_way_is_refused(tmp_path, answered, small_parts):
    path = write(tmp_path / "in.parquet", people(20, days=40))

    class Meddling(Here):
        def run(self, jobs):
            for number, done in enumerate(super().run(jobs)):
                if number == 1:
                    os.utime(path, ns=(2, 2))
                yield done

    with pytest.raises(CohortRefused, match="was changed while it was read"):
        answered(path, Meddling())
    assert not (tmp_path / "answers.parquet").exists()


def test_two_runs_do_not_write_one_file(tmp_path, answered):
    path = write(tmp_path / "in.parquet", people(2))
    folder = Folder(parts_path(tmp_path / "answers.parquet"))
    with folder.held(), pytest.raises(CohortRefused, match="Another run is writing"):
        answered(path)


def test_nothing_is_put_in_place_when_the_disk_is_full_at_the_end(tmp_path, answered, monkeypatch):
    path = write(tmp_path / "in.parquet", people(2))

    def full(_handle):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        with pytest.raises(CohortRefused, match="no room left for .*answers.parquet. All of"):
            answered(path)
    assert not (tmp_path / "answers.parquet").exists()
    engine = Here()
    outcome, _out, _said = answered(path, engine)
    assert engine.did == []
    assert outcome.people == 2
