"""Taking the journal away: the same values, and nothing that a spreadsheet would run."""

import json
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from psoas.care.journal import exporting, importing, notebook, writing
from psoas.care.people.access import Viewer
from psoas.diary.reading import read_csv
from tests import cast
from tests.cast import NOW

pytestmark = pytest.mark.django_db
DIARIES = Path(__file__).parents[3].parent / "shared" / "data" / "diaries"
TODAY = date(2026, 4, 14)


@pytest.fixture
def mara():
    return cast.viewer(cast.mara())


def bring(viewer: Viewer, data: bytes, name: str = "me.csv") -> None:
    importing.keep(viewer, data, name, now=NOW)
    importing.carry_out(viewer, now=NOW)


def test_an_empty_journal_is_a_header(mara):
    assert exporting.export_csv(mara) == "day,pain\n"
    assert json.loads(exporting.export_json(mara))["entries"] == []


def test_what_is_brought_in_comes_out_the_same(mara):
    data = b"day,pain,poor sleep,hours sitting\n2026-04-01,4,1,6.5\n2026-04-02,,0,3\n"
    bring(mara, data)
    assert exporting.export_csv(mara).encode() == data


@pytest.mark.shared_data
@pytest.mark.skipif(not DIARIES.is_dir(), reason="the real diaries are not beside the project")
@pytest.mark.parametrize("name", ["hip-pain-82-days.csv", "knee-pain-8-years.csv"])
def test_a_real_diary_goes_through_and_keeps_its_values(mara, name):
    data = (DIARIES / name).read_bytes()
    before = read_csv(data, name, TODAY)
    bring(mara, data, name)
    after = read_csv(exporting.export_csv(mara).encode(), name, TODAY)
    said = {row.day: (row.pain, dict(row.values)) for row in before.rows}
    kept = {row.day: (row.pain, dict(row.values)) for row in after.rows}
    # A row that says nothing at all is left out on the way in, and the dry run said so.
    assert kept == {day: each for day, each in said.items() if each != (None, {})}


def test_two_entries_of_a_day_become_one_row(mara):
    for pain, kind, hour in ((9, "moment", "03"), (4, "day", "08")):
        raw = {"pain": pain, "at": f"2026-04-14T{hour}:00", "places": ["front-left-groin"]}
        writing.write_entry(mara, raw, entry_id=uuid4(), kind=kind, now=NOW)
    assert exporting.export_csv(mara) == "day,pain\n2026-04-14,4\n"


def test_a_name_that_a_spreadsheet_would_run_is_made_harmless_and_read_back(mara):
    own = notebook.add_own(mara, "=1+1", number=False, now=NOW)
    raw = {"pain": 4, "triggers": {own.key: 1}}
    writing.write_entry(mara, raw, entry_id=uuid4(), kind="day", now=NOW)
    text = exporting.export_csv(mara)
    assert text.startswith("day,pain,'=1+1\n")
    other = cast.viewer(cast.tom())
    bring(other, text.encode())
    assert notebook.open_notebook(other).own[0].name == "=1+1"
    assert exporting.export_csv(other) == text


def test_everything_holds_the_words_and_the_suspects(mara):
    notebook.name_suspects(mara, [("deadline", False)], now=NOW)
    raw = {"pain": 4, "words": "kestrel", "feelings": {"worried": 3}}
    writing.write_entry(mara, raw, entry_id=uuid4(), kind="day", now=NOW)
    everything = json.loads(exporting.export_json(mara))
    assert everything["entries"][0]["words"] == "kestrel"
    assert everything["entries"][0]["feelings"] == {"worried": 3}
    assert everything["suspects"] == [
        {"trigger": "deadline", "since": "2026-04-14", "helps": False}
    ]


def test_a_stranger_takes_nothing_of_it(mara):
    bring(mara, b"day,pain,kestrel\n2026-04-01,4,1\n")
    tom = cast.viewer(cast.tom())
    assert exporting.export_csv(tom) == "day,pain\n"
    assert "kestrel" not in exporting.export_json(tom)
