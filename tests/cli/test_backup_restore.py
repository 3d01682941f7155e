"""Backing up and putting back: what comes back is what was there, and no key travels."""

import shutil
import sqlite3

import pytest

from tests.cli.conftest import copied, overwrite_a_page_of_entries

PEOPLE = "SELECT name FROM people_person ORDER BY name"
ENTRIES = "SELECT id, sealed FROM journal_entry ORDER BY id"
ERASE = """
import sys
from datetime import UTC, datetime
from psoas.cli import environment, prepare
prepare.open_installation(environment.read())
from psoas.care.journal.erasing import erase_journal
from psoas.care.people.erasing import erase_account
from psoas.care.people.models import Person
person = Person.objects.get(email=sys.argv[2])
{"journal": erase_journal, "account": erase_account}[sys.argv[1]](person, now=datetime.now(UTC))
"""
# Opens every entry of everybody, and counts.
OPEN = """
from psoas.cli import environment, prepare
prepare.open_installation(environment.read())
from psoas.care.journal.sealing import journal_sealer, open_rows
from psoas.care.people.models import Person
for person in Person.objects.order_by("email"):
    print(person.email, len(open_rows(journal_sealer(person), person.entries.all())))
"""


# Restores, and is killed the moment it comes to the function that is named.
KILLED = """
import os, sys
from importlib import import_module
from psoas.cli.main import main
module, name = sys.argv[1].rsplit(".", 1)
setattr(import_module(module), name, lambda *_a, **_k: os._exit(9))
main(["restore", sys.argv[2]])
"""
START = """
from datetime import UTC, datetime
from psoas.cli import environment, prepare
env = environment.read()
with prepare.hold(env):
    prepare.make_installation(env, datetime.now(UTC))
"""
WAYS_IN = """
from datetime import UTC, datetime
from psoas.cli import environment, prepare
prepare.open_installation(environment.read())
from django.contrib.sessions.models import Session
from django.core.cache import cache
from psoas.care.people import links
now = datetime.now(UTC)
Session.objects.create(session_key="a" * 32, session_data="SESSIONDATA", expire_date=now)
cache.set("attempts", "CACHEDATA")
links.make("join", now=now)
"""


def backed_up(psoas):
    answer = psoas.run("backup")
    assert answer.returncode == 0, answer.stderr
    (file,) = (psoas.data / "backups").iterdir()
    assert str(file) in answer.stdout
    return file


def restored(psoas, file):
    answer = psoas.run("restore", file)
    assert answer.returncode == 0, answer.stderr
    assert "Traceback" not in answer.stderr
    return answer.stdout


def refused(psoas, file, *parts):
    before = {name: data for name, data in psoas.files().items() if "static" not in name}
    answer = psoas.run("restore", file)
    assert answer.returncode == 2, answer.stdout + answer.stderr
    assert "Traceback" not in answer.stderr
    for part in parts:
        assert str(part) in answer.stderr
    after = {name: data for name, data in psoas.files().items() if "static" not in name}
    changed = {name for name in before | after if before.get(name) != after.get(name)}
    assert changed <= {f"{psoas.place.name}/data/serve.lock"}


def opened(psoas):
    answer = psoas.python(OPEN)
    assert answer.returncode == 0, answer.stderr
    return {
        who: int(count) for who, count in (line.split() for line in answer.stdout.split("\n")[:-1])
    }


def test_what_was_backed_up_comes_back_and_what_it_replaced_is_kept(demo):
    people, entries = demo.sql(PEOPLE), demo.sql(ENTRIES)
    file = backed_up(demo)
    demo.sql("DELETE FROM journal_entry")
    demo.sql("UPDATE people_person SET name = 'Nobody'")
    said = restored(demo, file)
    assert demo.sql(PEOPLE) == people
    assert demo.sql(ENTRIES) == entries
    (aside,) = demo.data.glob("before-restore-*.sqlite3")
    assert str(aside) in said
    kept = sqlite3.connect(aside)
    assert kept.execute("SELECT count(*) FROM journal_entry").fetchone() == (0,)
    kept.close()
    assert aside.stat().st_mode & 0o077 == 0
    assert sum(opened(demo).values()) == len(entries)


def test_a_backup_and_the_key_folder_bring_everything_back_on_a_fresh_machine(demo, tmp_path):
    entries = demo.sql(ENTRIES)
    file = shutil.move(backed_up(demo), tmp_path / "backup.sqlite3")
    shutil.rmtree(demo.data)
    restored(demo, file)
    assert demo.sql(ENTRIES) == entries
    assert demo.run("doctor").returncode == 0


def test_no_byte_of_a_key_is_in_a_backup(demo):
    file = backed_up(demo)
    data = file.read_bytes()
    for key in demo.keys.glob("*.key"):
        text = key.read_text().strip()
        for mark in (text, text.upper()):
            assert mark.encode() not in data
        assert bytes.fromhex(text) not in data


def test_a_restore_works_over_a_database_that_no_longer_opens(demo):
    entries = demo.sql(ENTRIES)
    file = backed_up(demo)
    damaged = b"x" * 5000
    demo.database.write_bytes(damaged)
    restored(demo, file)
    assert demo.sql(ENTRIES) == entries
    (aside,) = demo.data.glob("before-restore-*.sqlite3")
    assert aside.read_bytes() == damaged


@pytest.mark.parametrize("damage", ["missing", "cut short", "no database", "another database"])
def test_a_file_that_is_no_whole_backup_is_refused_and_nothing_changes(demo, damage, tmp_path):
    file = tmp_path / "backup.sqlite3"
    if damage == "cut short":
        file.write_bytes(backed_up(demo).read_bytes()[:100_000])
    elif damage == "no database":
        file.write_bytes(b"hello" * 1000)
    elif damage == "another database":
        other = sqlite3.connect(file)
        other.execute("CREATE TABLE photos (id)")
        other.commit()
        other.close()
    refused(demo, file, file, "Nothing was restored.")


def test_a_backup_of_the_demonstration_never_becomes_real_data(demo, real_beside):
    file = backed_up(demo)
    # The key would even be there.
    for key in demo.keys.glob("vault.key"):
        name = demo.sql("SELECT key_name FROM people_installation")[0][0]
        shutil.copy(key, real_beside.keys / f"vault-{name}.key")
    refused(real_beside, file, "never mix")
    assert real_beside.sql(PEOPLE) == [("Ana",)]


def test_a_backup_whose_key_is_not_here_is_refused_by_the_name_of_the_key(demo, real_beside):
    file = backed_up(demo)
    name = demo.sql("SELECT key_name FROM people_installation")[0][0]
    refused(real_beside, file, name, "Nothing was restored.")


def test_a_backup_from_before_a_rotation_is_taken_up_by_the_new_key(demo):
    counts = opened(demo)
    file = backed_up(demo)
    assert demo.run("keys", "rotate").returncode == 0
    restored(demo, file)
    assert opened(demo) == counts
    assert len(demo.sql("SELECT DISTINCT wrapped_by FROM people_wrappedkey")) == 1
    (old,) = demo.keys.glob("vault-*.key")
    old.unlink()
    assert opened(demo) == counts


def test_an_older_backup_brings_no_erased_journal_and_no_erased_account_back(demo):
    counts = opened(demo)
    file = backed_up(demo)
    for what, who in (("journal", "mara@demo.invalid"), ("account", "tom@demo.invalid")):
        assert demo.python(ERASE, what, who).returncode == 0
    said = restored(demo, file)
    assert "2 people's records" in said
    del counts["tom@demo.invalid"]
    assert opened(demo) == counts | {"mara@demo.invalid": 0}
    assert demo.run("doctor").returncode == 0


@pytest.mark.parametrize(
    "moment",
    [
        "psoas.cli.prepare._bring_up_to_date",
        "psoas.cli.restore._take_up_keys",
        "psoas.cli.restore._set_aside",
        "psoas.care.people.disk.settle",
    ],
)
def test_a_restore_killed_at_any_moment_brings_no_erased_journal_back(demo, moment):
    counts = opened(demo)
    file = backed_up(demo)
    assert demo.python(ERASE, "journal", "mara@demo.invalid").returncode == 0
    assert demo.python(KILLED, moment, file).returncode == 9
    assert opened(demo) == counts | {"mara@demo.invalid": 0}
    assert demo.run("doctor").returncode == 0
    answer = demo.python(START)
    assert answer.returncode == 0, answer.stderr
    assert opened(demo) == counts | {"mara@demo.invalid": 0}
    assert not (demo.data / "restoring").exists()


def test_a_backup_copied_over_the_database_by_hand_is_erased_again_at_the_start(demo):
    counts = opened(demo)
    file = backed_up(demo)
    assert demo.python(ERASE, "journal", "mara@demo.invalid").returncode == 0
    shutil.copy(file, demo.database)
    answer = demo.run("doctor")
    assert answer.returncode == 1
    assert "Keys that were destroyed and are back: 1" in answer.stdout
    assert demo.python(START).returncode == 0
    assert opened(demo) == counts | {"mara@demo.invalid": 0}
    assert demo.run("doctor").returncode == 0


def test_somebody_whose_keys_were_lost_is_not_taken_for_somebody_who_was_erased(demo):
    demo.sql("DELETE FROM people_wrappedkey")
    file = backed_up(demo)
    people = demo.sql(PEOPLE)
    restored(demo, file)
    assert demo.sql(PEOPLE) == people


def test_no_session_no_count_of_attempts_and_no_link_is_in_a_backup(demo):
    assert demo.python(WAYS_IN).returncode == 0
    data = backed_up(demo).read_bytes()
    for mark in (b"SESSIONDATA", b"a" * 32, b"attempts"):
        assert mark not in data
    assert demo.sql("SELECT count(*) FROM django_session") == [(1,)]


def test_a_restore_lets_nobody_in_who_was_in_before(demo, tmp_path):
    """Whatever the file is: also one that an older psoas made, or a plain copy."""
    assert demo.python(WAYS_IN).returncode == 0
    shutil.copy(demo.database, tmp_path / "copy.sqlite3")
    restored(demo, tmp_path / "copy.sqlite3")
    for table in ("django_session", "people_onetimelink", "cache"):
        assert demo.sql(f"SELECT count(*) FROM {table}") == [(0,)], table


def test_nothing_is_restored_while_psoas_runs(demo):
    file = backed_up(demo)
    held = """
import subprocess, sys
from psoas.cli import environment, prepare
with prepare.hold(environment.read()):
    words = [sys.executable, "-m", "psoas", "restore", sys.argv[1]]
    answer = subprocess.run(words, capture_output=True, text=True)
raise SystemExit("running already" not in answer.stderr or answer.returncode != 2)
"""
    assert demo.python(held, file).returncode == 0


def test_a_backup_goes_where_it_is_told_but_not_to_the_keys(demo, tmp_path):
    assert demo.run("backup", "--to", tmp_path / "disk").returncode == 0
    assert len(list((tmp_path / "disk").iterdir())) == 1
    answer = demo.run("backup", "--to", demo.keys / "backups")
    assert answer.returncode == 2
    assert not (demo.keys / "backups").exists()


def test_a_damaged_database_makes_no_backup_and_says_so(demo):
    overwrite_a_page_of_entries(demo)
    answer = demo.run("backup")
    assert answer.returncode == 2
    assert "Traceback" not in answer.stderr
    assert list((demo.data / "backups").iterdir()) == []


@pytest.fixture
def real_beside(_real, tmp_path):
    return copied(_real, tmp_path / "beside")
