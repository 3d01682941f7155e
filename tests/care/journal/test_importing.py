"""Bringing a diary in: a dry run that promises, a yes that keeps the promise."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from psoas.care.journal import importing, notebook, reading, writing
from psoas.care.journal.models import Entry, PendingImport
from psoas.care.people.access import Viewer
from psoas.care.people.refusal import NotAllowed, Refusal
from tests import cast
from tests.cast import NOW

pytestmark = pytest.mark.django_db
FILE = b"day,pain,poor sleep,hours sitting\n2026-04-01,4,1,6.5\n2026-04-02,,0,3\n2026-04-03,3.5,,\n"


@pytest.fixture
def mara():
    return cast.viewer(cast.mara())


def bring(viewer: Viewer, data: bytes = FILE) -> int:
    importing.keep(viewer, data, "me.csv", now=NOW)
    return importing.carry_out(viewer, now=NOW)


def test_the_dry_run_says_what_would_happen_and_does_nothing(mara):
    plan = importing.examine(mara, FILE, "me.csv", now=NOW)
    assert (plan.first, plan.last, len(plan.rows)) == (date(2026, 4, 1), date(2026, 4, 3), 3)
    assert plan.without_pain == 1
    assert [
        (each.name, each.key == "poor-sleep", each.fresh, each.number) for each in plan.columns
    ] == [("poor sleep", True, False, False), ("hours sitting", False, True, True)]
    assert not Entry.objects.exists()
    assert notebook.open_notebook(mara).own == ()


def test_yes_adds_the_days_and_the_new_triggers(mara):
    assert bring(mara) == 3
    own = notebook.open_notebook(mara).own[0]
    assert (own.name, own.number, own.since) == ("hours sitting", True, "2026-04-01")
    found = reading.entries(mara, date(2026, 4, 1), date(2026, 4, 3))
    assert [each.document["pain"] for each in found] == [4, None, 3.5]
    assert found[0].document["triggers"] == {"poor-sleep": 1, own.key: 6.5}
    assert "triggers" not in found[2].document
    assert all(each.kind == "backfill" for each in found)
    assert not PendingImport.objects.exists()


def test_nothing_was_asked_so_what_the_file_leaves_open_stays_unknown(mara):
    bring(mara)
    for each in reading.entries(mara, date(2026, 4, 1), date(2026, 4, 3)):
        assert each.document["asked"] == {"triggers": False, "feelings": False}
        assert "deadline" not in each.document.get("triggers", {})


def test_a_day_that_is_there_already_is_left_as_it_is(mara):
    raw = {"pain": 9, "at": "2026-04-02T10:00"}
    writing.write_entry(mara, raw, entry_id=uuid4(), kind="day", now=NOW)
    plan = importing.examine(mara, FILE, "me.csv", now=NOW)
    assert [(each.line, each.column) for each in plan.refused] == [(3, "day")]
    assert bring(mara) == 2
    found = reading.entries(mara, date(2026, 4, 2), date(2026, 4, 2))
    assert [each.document["pain"] for each in found] == [9]


def test_brought_in_twice_the_second_time_adds_nothing(mara):
    bring(mara)
    importing.keep(mara, FILE, "me.csv", now=NOW)
    with pytest.raises(Refusal, match=r"nothing in me\.csv to add"):
        importing.carry_out(mara, now=NOW)
    assert Entry.objects.count() == 3
    assert len(notebook.open_notebook(mara).own) == 1


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        (b"day,pain\n2026-04-01,11\n", 2, "pain"),
        (b"day,pain\n2026-04-15,4\n", 2, "day"),
        (b"day,pain,mood\n2026-04-01,4,sad\n", 2, "mood"),
        (b"day,pain\n2026-04-01,nan\n", 2, "pain"),
        (b"", None, None),
        ("day,pain\n2026-04-01,4\n".encode("utf-16"), None, None),
    ],
)
def test_a_bad_file_is_refused_with_its_line_and_column(mara, data, line, column):
    plan = importing.examine(mara, data, "me.csv", now=NOW)
    assert plan.rows == ()
    assert (plan.refused[0].line, plan.refused[0].column) == (line, column)
    assert str(plan.refused[0]).startswith("me.csv")


def test_both_rows_of_a_duplicate_day_are_left_out_and_the_rest_is_taken(mara):
    data = b"day,pain\n2026-04-01,4\n2026-04-01,5\n2026-04-02,6\n"
    plan = importing.examine(mara, data, "me.csv", now=NOW)
    assert len(plan.refused) == 1
    assert [row.day for row in plan.rows] == [date(2026, 4, 2)]


def test_what_spreadsheets_write_is_taken_and_said(mara):
    data = "\ufeffday;pain;cups\n13.04.2026;4,5;2\n01.04.2026;3;1\n".encode()
    plan = importing.examine(mara, data, "me.csv", now=NOW)
    assert [row.pain for row in plan.rows] == [3, 4.5]
    assert len(plan.notes) >= 2


def test_a_row_that_says_nothing_is_left_out_and_counted(mara):
    plan = importing.examine(mara, b"day,pain\n2026-04-01,\n2026-04-02,3\n", "me.csv", now=NOW)
    assert len(plan.rows) == 1
    assert any("says nothing" in note for note in plan.notes)


def test_a_file_above_the_cap_is_refused_in_a_sentence(mara):
    with pytest.raises(Refusal, match="larger than 5 MB"):
        importing.examine(mara, b"x" * (importing.LARGEST + 1), "me.csv", now=NOW)


def test_two_columns_of_one_trigger_are_refused(mara):
    data = b"day,pain,poor sleep,Poor-Sleep\n2026-04-01,4,1,0\n"
    with pytest.raises(Refusal):
        importing.examine(mara, data, "me.csv", now=NOW)


def test_the_file_waits_sealed_and_not_longer_than_its_hour(mara):
    importing.keep(mara, FILE, "kestrel.csv", now=NOW)
    sealed = bytes(PendingImport.objects.get().sealed)
    assert b"poor sleep" not in sealed
    assert b"kestrel" not in sealed
    later = NOW + timedelta(minutes=61)
    assert importing.waiting(mara, now=later) is None
    with pytest.raises(Refusal, match="waited too long"):
        importing.carry_out(mara, now=later)
    assert importing.forget_waiting(later) == 1


def test_another_file_takes_the_place_of_the_first(mara):
    importing.keep(mara, FILE, "one.csv", now=NOW)
    importing.keep(mara, FILE, "two.csv", now=NOW)
    plan = importing.waiting(mara, now=NOW)
    assert plan is not None
    assert plan.filename == "two.csv"
    importing.put_away(mara)
    assert importing.waiting(mara, now=NOW) is None


def test_a_stranger_finds_no_file_and_a_locked_screen_brings_none(mara):
    importing.keep(mara, FILE, "me.csv", now=NOW)
    tom = cast.viewer(cast.tom())
    assert importing.waiting(tom, now=NOW) is None
    with pytest.raises(Refusal):
        importing.carry_out(tom, now=NOW)
    with pytest.raises(NotAllowed):
        importing.examine(Viewer(mara.known, locked=True), FILE, "me.csv", now=NOW)


def test_a_column_name_that_cannot_be_a_trigger_is_refused_by_file_line_and_column():
    viewer = cast.viewer(cast.mara())
    data = f"day,pain,{'long ' * 20}name\n2026-04-01,4,1\n".encode()
    with pytest.raises(Refusal, match=r"my\.csv, line 1, column .*1 to 60 characters"):
        importing.examine(viewer, data, "my.csv", now=cast.NOW)


def test_two_columns_for_one_trigger_are_refused_by_file_line_and_column():
    viewer = cast.viewer(cast.mara())
    data = b"day,pain,heavy lift,a heavy lift\n2026-04-01,4,1,0\n"
    with pytest.raises(Refusal, match=r"my\.csv, line 1, column .*the same trigger as column"):
        importing.examine(viewer, data, "my.csv", now=cast.NOW)
