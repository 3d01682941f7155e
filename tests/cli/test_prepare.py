"""Starting: what is missing is made once; what does not fit together is refused, and left alone."""

import shutil

import pytest

from psoas.care.people.keyring import Keyring

PREPARE = """
from datetime import UTC, datetime
from psoas.cli import environment, prepare
from psoas.cli.refusal import CommandRefused
env = environment.read()
try:
    with prepare.hold(env):
        prepare.make_installation(env, datetime.now(UTC))
except CommandRefused as refused:
    raise SystemExit(str(refused))
"""


def refused(psoas, *parts, **settings):
    """Nothing starts, every part is named in one sentence or two, and no file changes."""
    before = psoas.files()
    answer = psoas.python(PREPARE, **settings)
    assert answer.returncode == 1, answer.stdout
    assert "Traceback" not in answer.stderr
    for part in parts:
        assert str(part) in answer.stderr
    after = psoas.files()
    after.pop(str((psoas.data / "serve.lock").relative_to(psoas.home)), None)
    before.pop(str((psoas.data / "serve.lock").relative_to(psoas.home)), None)
    assert after == before
    return answer.stderr


def test_a_first_start_makes_folders_keys_and_database_for_this_account_alone(nothing):
    answer = nothing.python(PREPARE)
    assert answer.returncode == 0, answer.stderr
    for path in (nothing.database, nothing.keys / "vault.key", nothing.keys / "session.key"):
        assert not path.stat().st_mode & 0o077, path
    for folder in (nothing.data, nothing.keys):
        assert folder.stat().st_mode & 0o777 == 0o700
    assert nothing.sql("PRAGMA journal_mode") == [("wal",)]


def test_a_second_start_keeps_keys_and_data(real):
    keys = {path.name: path.read_bytes() for path in real.keys.iterdir()}
    people = real.sql("SELECT * FROM people_person")
    answer = real.python(PREPARE)
    assert answer.returncode == 0, answer.stderr
    assert {path.name: path.read_bytes() for path in real.keys.iterdir()} == keys
    assert real.sql("SELECT * FROM people_person") == people
    assert not (real.data / "backups").exists()


@pytest.mark.parametrize("name", ["vault.key", "session.key"])
def test_a_missing_key_beside_a_database_is_refused_by_its_file(real, name):
    (real.keys / name).unlink()
    refused(real, f"The key file {real.keys / name} is missing")
    assert not (real.keys / name).exists()


def test_a_missing_key_folder_beside_a_database_is_refused_and_not_made(real):
    shutil.rmtree(real.keys)
    refused(real, real.keys / "vault.key", "missing")
    assert not real.keys.exists()


def test_a_damaged_key_is_refused_by_its_file(real):
    (real.keys / "vault.key").write_text("ab" * 20)
    refused(real, real.keys / "vault.key", "damaged")


def test_the_key_of_another_installation_is_refused(real, tmp_path):
    needed = real.sql("SELECT key_name FROM people_installation")[0][0]
    other = Keyring.create(tmp_path / "other")
    shutil.copy(tmp_path / "other" / "vault.key", real.keys / "vault.key")
    refused(real, real.keys / "vault.key", needed, other.current.name)


def test_keys_inside_the_data_folder_are_refused_and_nothing_is_made(nothing):
    for settings in (
        {"PSOAS_KEYS": str(nothing.data / "keys")},
        {"PSOAS_KEYS": str(nothing.data)},
        {"PSOAS_DATA": str(nothing.keys / "data")},
    ):
        refused(nothing, "PSOAS_KEYS", **settings)
        assert list(nothing.home.iterdir()) == []


def test_keys_that_are_inside_the_data_folder_by_a_symbolic_link_are_refused(real):
    shutil.move(real.keys, real.data / "hidden")
    real.keys.symlink_to(real.data / "hidden")
    refused(real, "may not be in the data folder")


def test_a_demonstration_never_starts_on_real_data(real):
    same = {"PSOAS_DATA": str(real.data), "PSOAS_KEYS": str(real.keys)}
    refused(real, "PSOAS_DEMO=0", "never mix", PSOAS_DEMO="1", **same)


def test_real_use_never_starts_on_the_demonstration(demo):
    same = {"PSOAS_DATA": str(demo.data), "PSOAS_KEYS": str(demo.keys)}
    refused(demo, "PSOAS_DEMO=1", "never mix", PSOAS_DEMO="0", **same)


@pytest.mark.parametrize("damage", ["not a database", "cut short", "a page overwritten"])
def test_a_corrupted_database_is_refused_with_what_to_do(real, damage):
    data = bytearray(real.database.read_bytes())
    if damage == "not a database":
        data[:100] = b"x" * 100
    elif damage == "cut short":
        del data[5000:]
    else:
        # Every page but the first: the tables' own roots.
        data[4096:] = b"\xa5" * (len(data) - 4096)
    real.database.write_bytes(data)
    refused(real, real.database, "psoas restore FILE", real.data / "backups")


def test_a_database_of_a_newer_version_is_refused_and_left_alone(real):
    applied = "INSERT INTO django_migrations (app, name, applied) VALUES (?, ?, ?)"
    real.sql(applied, "journal", "0999_from_a_later_year", "2031-01-01")
    refused(real, "newer psoas")


def test_a_folder_that_cannot_be_made_is_a_sentence(nothing):
    (nothing.home / "real").write_text("a file in the way")
    refused(nothing, "cannot be made")


def test_a_first_start_names_the_installation_before_anybody_is_in_it(nothing):
    assert nothing.python(PREPARE).returncode == 0
    assert nothing.sql("SELECT is_demo, length(key_name) FROM people_installation") == [(0, 16)]


def test_nobody_is_invited_before_psoas_is_set_up(nothing):
    assert nothing.python(PREPARE).returncode == 0
    answer = nothing.run("invite", "--role", "owner")
    assert answer.returncode == 2
    assert "set-up link" in answer.stderr
    assert nothing.sql("SELECT count(*) FROM people_onetimelink") == [(0,)]


def test_people_in_a_database_without_a_name_are_refused(real):
    real.sql("DELETE FROM people_installation")
    same = {"PSOAS_DATA": str(real.data), "PSOAS_KEYS": str(real.keys)}
    for settings in ({}, {"PSOAS_DEMO": "1", **same}):
        refused(real, real.database, "not whole", "psoas restore FILE", **settings)


def test_a_key_that_opens_nobodys_record_is_refused_whatever_it_is_called(real, tmp_path):
    other = Keyring.create(tmp_path / "other")
    shutil.copy(tmp_path / "other" / "vault.key", real.keys / "vault.key")
    real.sql("UPDATE people_installation SET key_name = ?", other.current.name)
    refused(real, real.keys / "vault.key", "opens no record")


def test_a_database_that_is_gone_is_a_loss_and_no_beginning(real):
    assert real.run("backup").returncode == 0
    (backup,) = (real.data / "backups").iterdir()
    real.database.unlink()
    refused(real, real.database, f"psoas restore {backup}", "begin anew")
    assert real.run("restore", backup).returncode == 0
    assert real.python(PREPARE).returncode == 0


def test_a_data_folder_that_is_gone_is_a_loss_and_no_beginning(real):
    shutil.rmtree(real.data)
    refused(real, real.database, real.keys, "right disk", "psoas restore FILE")


def test_a_first_start_cut_short_after_the_keys_is_simply_tried_again(nothing):
    Keyring.create(nothing.keys)
    assert nothing.python(PREPARE).returncode == 0


def test_a_data_folder_that_cannot_be_written_to_is_a_sentence(real):
    # Root may write anywhere but where a disk was mounted for reading alone.
    hindered = """
import os
os.access = lambda path, mode: not (mode & os.W_OK)
"""
    answer = real.python(hindered + PREPARE)
    assert answer.returncode == 1
    assert "Traceback" not in answer.stderr
    assert f"{real.data} cannot be written to" in answer.stderr
    assert "restore" not in answer.stderr


def test_a_change_of_tables_is_preceded_by_a_backup(real):
    # As a database of the version before: its last migration is still to come.
    real.sql("DELETE FROM django_migrations WHERE app = 'sessions'")
    real.sql("DROP TABLE django_session")
    answer = real.python(PREPARE)
    assert answer.returncode == 0, answer.stderr
    assert len(list((real.data / "backups").iterdir())) == 1
    assert real.sql("SELECT count(*) FROM django_session") == [(0,)]


def test_two_servers_never_share_a_data_folder(real):
    held = """
import subprocess, sys
from psoas.cli import environment, prepare
lock = prepare.hold(environment.read())
second = subprocess.run([sys.executable, "-c", sys.argv[1]], capture_output=True, text=True)
raise SystemExit(second.returncode == 1 and "running already" not in second.stderr)
"""
    assert real.python(held, PREPARE).returncode == 0


@pytest.mark.parametrize("verb", [("doctor",), ("backup",), ("keys", "rotate"), ("invite",)])
def test_a_verb_that_needs_an_installation_makes_none(nothing, verb):
    answer = nothing.run(*verb)
    assert answer.returncode == 2
    assert f"There is no database at {nothing.database}" in answer.stderr
    assert list(nothing.home.iterdir()) == []


def test_connections_are_durable_and_checked(real):
    asked = """
from psoas.cli import environment, prepare
prepare.open_installation(environment.read())
from django.db import connection
with connection.cursor() as cursor:
    for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete"):
        cursor.execute(f"PRAGMA {name}")
        print(name, cursor.fetchone()[0])
"""
    answer = real.python(asked)
    assert answer.stdout.split("\n")[:4] == [
        "journal_mode wal",
        "synchronous 2",
        "foreign_keys 1",
        "secure_delete 1",
    ]
