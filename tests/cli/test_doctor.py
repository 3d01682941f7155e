"""The doctor finds each thing that does not hold, and names it."""

import re
import shutil
from importlib.resources import files

import pytest

from tests.cli.conftest import overwrite_a_page_of_entries


def faults(psoas):
    answer = psoas.run("doctor")
    assert "Traceback" not in answer.stderr, answer.stderr
    assert answer.returncode in (0, 1), answer.stderr
    found = [line[6:].strip() for line in answer.stdout.splitlines() if line.startswith("FAULT")]
    assert bool(found) == (answer.returncode == 1)
    return found


def entries_of(demo):
    ((count,),) = demo.sql("SELECT count(*) FROM journal_entry")
    return count


def test_a_sound_installation_has_nothing_to_mend(demo):
    answer = demo.run("doctor")
    assert "Nobody here has confirmed them yet." in answer.stdout
    assert answer.returncode == 0, answer.stdout
    assert ", 0 to mend." in answer.stdout
    # How many days are written down depends on the weekday the demonstration was made.
    assert f"{entries_of(demo)} entries opened" in answer.stdout


def test_looking_changes_nothing(demo):
    before = demo.database.read_bytes()
    demo.run("doctor")
    assert demo.database.read_bytes() == before


TRAIL = {
    "a row changed": (
        "UPDATE people_trailrow SET item = 'x' WHERE number = 5",
        "Row 5 of the trail",
    ),
    "a row taken out": ("DELETE FROM people_trailrow WHERE number = 5", "Row 5 of the trail"),
    "a row of nonsense": ("UPDATE people_trailrow SET at = 'soon' WHERE number = 5", "Row 5"),
    "the end cut off": ("DELETE FROM people_trailrow WHERE number > 50", "ends at row 50"),
}


@pytest.mark.parametrize(("damage", "named"), TRAIL.values(), ids=TRAIL.keys())
def test_a_trail_that_was_tampered_with(demo, damage, named):
    demo.sql(damage)
    assert any(named in fault for fault in faults(demo))


SEALED = {
    "an entry changed": "UPDATE journal_entry SET sealed = zeroblob(80) WHERE id = {one}",
    "an entry cut short": "UPDATE journal_entry SET sealed = x'0102' WHERE id = {one}",
    "an entry emptied": "UPDATE journal_entry SET sealed = x'' WHERE id = {one}",
    "an entry of another day's revision": "UPDATE journal_entry SET revision = 9 WHERE id = {one}",
    "two entries that changed places": (
        "UPDATE journal_entry SET sealed = (SELECT sealed FROM journal_entry WHERE id != {one} "
        "LIMIT 1) WHERE id = {one}"
    ),
    "an entry written over with text": "UPDATE journal_entry SET sealed = 'x' WHERE id = {one}",
    "a notebook written over with text": "UPDATE journal_notebook SET sealed = 'x'",
    "what happened in an experiment changed": "UPDATE experiment_course SET sealed = zeroblob(80)",
    "what happened in an experiment lost": "DELETE FROM experiment_course",
    "a journal key written over with text": "UPDATE people_wrappedkey SET wrapped = 'x'",
    "a notebook changed": "UPDATE journal_notebook SET revision = revision + 1",
    "a journal key changed": "UPDATE people_wrappedkey SET wrapped = zeroblob(40)",
    "a clinical key lost": "DELETE FROM people_wrappedkey WHERE purpose = 'clinical'",
    "a key nobody has": "UPDATE people_wrappedkey SET wrapped_by = 'feedfeedfeedfeed'",
}


@pytest.mark.parametrize("damage", SEALED.values(), ids=SEALED.keys())
def test_a_record_that_does_not_open(demo, damage):
    demo.sql(damage.format(one="(SELECT min(id) FROM journal_entry)"))
    assert any("does not open" in fault for fault in faults(demo))


def test_what_does_not_open_is_named_by_table_and_row(demo):
    ((one,),) = demo.sql("SELECT min(id) FROM journal_entry")
    demo.sql("UPDATE journal_entry SET sealed = zeroblob(80) WHERE id = ?", one)
    found = faults(demo)
    assert f"This does not open: journal_entry, id {one}." in found
    opened = entries_of(demo) - 1
    assert any(f"{opened} entries opened" in fault for fault in found)


DECIDE = """
from datetime import UTC, datetime
from psoas.cli import environment, prepare
prepare.open_installation(environment.read())
from psoas.care.journal.insights import decide_everybodys
decide_everybodys(datetime.now(UTC))
"""


def test_a_decision_that_does_not_open_is_named_by_person_and_answer_day(demo):
    answer = demo.python(DECIDE)
    assert answer.returncode == 0, answer.stderr
    assert faults(demo) == []
    ((one, person, day),) = demo.sql(
        "SELECT id, person_id, answer_day FROM journal_decision ORDER BY id DESC LIMIT 1"
    )
    demo.sql("UPDATE journal_decision SET sealed = zeroblob(80) WHERE id = ?", one)
    place = f"journal_decision, person_id {person}, answer_day {day}"
    assert f"This does not open: {place}." in faults(demo)


MISFITS = {
    "text for sealed bytes": ("journal_entry", "sealed", "'text'"),
    "no day": ("journal_entry", "day", "'garbage'"),
    "a day that does not exist": ("journal_entry", "day", "'2026-13-45'"),
    "bytes for a day": ("journal_entry", "day", "x'00ff'"),
    "no id": ("journal_entry", "id", "'garbage'"),
    "a number for an id": ("journal_entry", "id", "7"),
    "text for a revision": ("journal_entry", "revision", "'many'"),
    "no time": ("journal_entry", "deleted_at", "'soon'"),
    "text for a wrapped key": ("people_wrappedkey", "wrapped", "'text'"),
    "a person without an id": ("people_person", "id", "'garbage'"),
    "a person since never": ("people_person", "created_at", "'never'"),
    "bytes for a name": ("people_person", "name", "x'ff'"),
}


@pytest.mark.parametrize(("table", "column", "value"), MISFITS.values(), ids=MISFITS.keys())
def test_a_value_of_a_wrong_kind_is_a_finding_and_stops_nothing(demo, table, column, value):
    ((row,),) = demo.sql(f"SELECT max(rowid) FROM {table}")
    demo.sql("PRAGMA ignore_check_constraints = ON")
    demo.sql(f"UPDATE OR REPLACE {table} SET {column} = {value} WHERE rowid = {row}")
    assert any(f"{table}, row {row}, {column}" in fault for fault in faults(demo))


def test_an_entry_moved_to_another_day_does_not_open(demo):
    demo.sql(
        "UPDATE journal_entry SET day = '2020-01-01' WHERE id = (SELECT min(id) FROM journal_entry)"
    )
    assert any("does not open: journal_entry" in fault for fault in faults(demo))


CHANGE_AND_PUT_BACK = """
from datetime import UTC, datetime
from psoas.cli import environment, prepare
prepare.open_installation(environment.read())
from psoas.care.journal import writing
from psoas.care.journal.models import Entry
from psoas.care.people.access import Viewer
entry = Entry.objects.filter(kind="day", person__email="mara@demo.invalid").first()
sealed = bytes(entry.sealed)
raw = {"pain": 9, "at": f"{entry.day}T20:00"}
writing.change_entry(Viewer(entry.person), entry.pk, raw, revision=1, now=datetime.now(UTC))
Entry.objects.filter(pk=entry.pk).update(sealed=sealed, revision=1, day=entry.day)
print(entry.pk.hex)
"""


def test_an_older_text_put_back_whole_is_found_by_the_trail(demo):
    changed = demo.python(CHANGE_AND_PUT_BACK)
    assert changed.returncode == 0, changed.stderr
    found = faults(demo)
    assert any("written last" in fault and changed.stdout.strip() in fault for fault in found)


def test_a_key_in_the_data_folder_under_any_name(demo):
    folder = demo.data / "backups" / "2026"
    folder.mkdir(parents=True)
    secret = (demo.keys / "vault.key").read_text().strip()
    shutil.copy(demo.keys / "vault.key", demo.data / "vault.key")
    shutil.copy(demo.keys / "session.key", folder / "copy")
    (folder / "notes.txt").write_text(f"do not lose: {secret.upper()}")
    (folder / "notes.bin").write_bytes(b"\0" + bytes.fromhex(secret) + b"\0")
    (folder / "harmless.txt").write_text("a walk by the sea")
    (demo.data / "erased.ledger").write_text("")
    found = faults(demo)
    names = ("/data/vault.key", "2026/copy", "notes.txt", "notes.bin", "erased.ledger")
    assert [sum(name in fault for fault in found) for name in names] == [1] * 5
    assert len(found) == 5


@pytest.mark.parametrize("mode", [0o640, 0o604])
def test_a_key_that_others_can_read(demo, mode):
    (demo.keys / "vault.key").chmod(mode)
    assert any("vault.key" in fault and "chmod 600" in fault for fault in faults(demo))


def test_a_database_with_a_page_of_entries_overwritten(demo):
    overwrite_a_page_of_entries(demo)
    found = faults(demo)
    assert any("The database" in fault for fault in found), found
    assert any("does not" in fault for fault in found), found


def test_help_lines_nobody_looked_at_for_a_year(demo, tmp_path):
    lines = files("psoas.content").joinpath("crisis.toml").read_text(encoding="utf-8")
    old = re.sub(r"verified_on = \S+", "verified_on = 2024-02-29", lines, count=1)
    own = tmp_path / "own"
    own.mkdir()
    (own / "crisis.toml").write_text(old, encoding="utf-8")
    demo.settings["PSOAS_CONTENT"] = str(own)
    (fault,) = faults(demo)
    assert "help lines of South Africa were last looked at on 2024-02-29" in fault


def test_rows_that_point_nowhere(demo):
    demo.sql("DELETE FROM people_person WHERE email = 'tom@demo.invalid'")
    assert any("point nowhere" in fault for fault in faults(demo))


def test_tables_that_are_behind(demo):
    demo.sql("DELETE FROM django_migrations WHERE app = 'sessions'")
    assert any("still to make" in fault for fault in faults(demo))


def test_staff_without_a_second_factor_in_real_use(real):
    assert faults(real) == []
    real.sql("UPDATE people_person SET role = 'owner'")
    assert any("second factor" in fault for fault in faults(real))


def test_a_demonstration_that_others_can_reach_needs_second_factors_too(demo):
    demo.settings["PSOAS_URL"] = "https://clinic.example.org"
    assert any("second factor" in fault for fault in faults(demo))


def test_a_demonstration_that_listens_to_others_needs_second_factors_too(demo):
    demo.settings["PSOAS_BIND"] = "0.0.0.0:8000"
    assert any("second factor" in fault for fault in faults(demo))
