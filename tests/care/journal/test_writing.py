"""Writing in one's own journal: once, changed, deleted, brought back, and by nobody else."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from psoas.care.journal import reading, writing
from psoas.care.journal.models import Entry
from psoas.care.journal.notebook import open_notebook
from psoas.care.people.access import Viewer
from psoas.care.people.models import TrailRow
from psoas.care.people.refusal import NotAllowed, Refusal
from tests import cast
from tests.cast import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def mara() -> Viewer:
    return cast.viewer(cast.mara())


@pytest.fixture
def tom() -> Viewer:
    return cast.viewer(cast.tom())


def write(viewer: Viewer, kind: str = "day", **raw: object) -> UUID:
    raw = {"pain": 4, **raw}
    return writing.write_entry(viewer, raw, entry_id=uuid4(), kind=kind, now=NOW).id


def test_an_entry_is_read_back_as_it_was_written(mara):
    key = write(mara, pain="6", feelings={"worried": 3}, words="kestrel", triggers=["deadline"])
    found = reading.entry(mara, key)
    assert (found.kind, found.revision, found.day) == ("day", 1, date(2026, 4, 14))
    assert found.document["pain"] == 6
    assert found.document["feelings"] == {"worried": 3}
    assert found.document["words"] == "kestrel"


def test_the_same_id_again_writes_nothing(mara):
    key = uuid4()
    first = writing.write_entry(mara, {"pain": 4}, entry_id=key, kind="day", now=NOW)
    again = writing.write_entry(mara, {"pain": 9}, entry_id=key, kind="day", now=NOW)
    assert (first.fresh, again.fresh) == (True, False)
    assert Entry.objects.count() == 1
    assert reading.entry(mara, key).document["pain"] == 4


def test_a_late_repeat_of_an_entry_that_is_gone_does_not_bring_it_back(mara, tom):
    key = write(mara, words="kestrel")
    writing.delete_entry(mara, key, now=NOW)
    later = NOW + timedelta(hours=2)
    writing.forget_deleted(later)
    again = writing.write_entry(mara, {"pain": 4}, entry_id=key, kind="day", now=later)
    assert not again.fresh
    assert not Entry.objects.exists()
    with pytest.raises(NotAllowed):
        writing.write_entry(tom, {"pain": 4}, entry_id=key, kind="day", now=later)


def test_somebody_elses_id_cannot_be_written_over(mara, tom):
    key = write(mara)
    with pytest.raises(NotAllowed):
        writing.write_entry(tom, {"pain": 9}, entry_id=key, kind="day", now=NOW)


def test_a_refused_entry_leaves_nothing_behind(mara):
    with pytest.raises(Refusal):
        write(mara, pain=11)
    assert not Entry.objects.exists()
    assert not TrailRow.objects.filter(action="entry written").exists()


@pytest.mark.parametrize("act", ["read", "change", "delete", "undo"])
def test_a_stranger_finds_no_entry(mara, tom, act):
    key = write(mara, words="kestrel")
    if act == "undo":
        writing.delete_entry(mara, key, now=NOW)
    acts = {
        "read": lambda: reading.entry(tom, key),
        "change": lambda: writing.change_entry(tom, key, {"pain": 1}, revision=1, now=NOW),
        "delete": lambda: writing.delete_entry(tom, key, now=NOW),
        "undo": lambda: writing.undo_delete(tom, key, now=NOW),
    }
    with pytest.raises(NotAllowed):
        acts[act]()
    assert reading.entries(tom, date(2026, 1, 1), date(2026, 12, 31)) == []
    assert reading.span(tom) is None


def test_a_locked_screen_writes_nothing(mara):
    with pytest.raises(NotAllowed):
        write(Viewer(mara.known, locked=True))


def test_changing_an_entry_moves_it_to_its_new_day(mara):
    key = write(mara)
    raw = {"pain": 2, "at": "2026-04-10T10:00"}
    writing.change_entry(mara, key, raw, revision=1, now=NOW)
    found = reading.entry(mara, key)
    assert (found.day, found.revision, found.document["pain"]) == (date(2026, 4, 10), 2, 2)


def test_two_windows_do_not_overwrite_each_other(mara):
    key = write(mara)
    writing.change_entry(mara, key, {"pain": 2}, revision=1, now=NOW)
    with pytest.raises(Refusal, match="changed in another window"):
        writing.change_entry(mara, key, {"pain": 9}, revision=1, now=NOW)
    assert reading.entry(mara, key).document["pain"] == 2


def test_a_deleted_entry_comes_back_within_the_hour_and_not_after(mara):
    key = write(mara)
    writing.delete_entry(mara, key, now=NOW)
    with pytest.raises(NotAllowed):
        reading.entry(mara, key)
    writing.undo_delete(mara, key, now=NOW + timedelta(minutes=59))
    assert reading.entry(mara, key).document["pain"] == 4
    writing.delete_entry(mara, key, now=NOW)
    with pytest.raises(NotAllowed):
        writing.undo_delete(mara, key, now=NOW + timedelta(minutes=61))


def test_what_was_deleted_is_gone_for_good_after_its_hour(mara):
    writing.delete_entry(mara, write(mara), now=NOW)
    assert writing.forget_deleted(NOW + timedelta(minutes=59)) == 0
    assert writing.forget_deleted(NOW + timedelta(minutes=61)) == 1
    assert not Entry.objects.exists()


def test_the_next_entry_sweeps_out_what_was_deleted_before(mara):
    writing.delete_entry(mara, write(mara), now=NOW - timedelta(hours=2))
    write(mara)
    assert Entry.objects.count() == 1


def test_the_last_places_are_remembered_for_next_time(mara):
    write(mara, places=["front-left-groin"], tension=["front-jaw"])
    write(mara)
    assert open_notebook(mara).remembered == {
        "places": ["front-left-groin"],
        "tension": ["front-jaw"],
    }


def test_each_act_leaves_a_line_in_the_trail(mara):
    key = write(mara)
    writing.change_entry(mara, key, {"pain": 2}, revision=1, now=NOW)
    writing.delete_entry(mara, key, now=NOW)
    writing.undo_delete(mara, key, now=NOW)
    acts = TrailRow.objects.filter(subject=mara.known.pk, item=str(key)).order_by("number")
    assert [row.action for row in acts] == [
        "entry written",
        "entry changed",
        "entry deleted",
        "entry brought back",
    ]


def test_entries_stand_in_the_order_of_time_also_when_the_clocks_go_back(mara):
    for at in ("2025-10-26T01:20+00:00", "2025-10-26T01:40+01:00"):
        write(mara, at=at)
    found = reading.entries(mara, date(2025, 10, 26), date(2025, 10, 26))
    assert [each.document["at"][11:16] for each in found] == ["01:40", "01:20"]
