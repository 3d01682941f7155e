"""The doctor finds each thing that does not hold, and names it."""

import shutil

import pytest

from tests.cli.conftest import overwrite_a_page_of_entries


def faults(psoas):
    answer = psoas.run("doctor")
    assert "Traceback" not in answer.stderr, answer.stderr
    assert answer.returncode in (0, 1), answer.stderr
    found = [line[6:].strip() for line in answer.stdout.splitlines() if line.startswith("FAULT")]
    assert bool(found) == (answer.returncode == 1)
    return found


def test_a_sound_installation_has_nothing_to_mend(demo):
    answer = demo.run("doctor")
    assert answer.returncode == 0, answer.stdout
    assert ", 0 to mend." in answer.stdout
    assert "255 entries opened" in answer.stdout


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
