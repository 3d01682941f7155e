"""A backup is whole while people write, says what it is, and holds no key."""

import sqlite3
import stat
import subprocess
import sys
import time
from datetime import timedelta

import pytest

from psoas.care.people import backup
from psoas.care.people.backup import BackupRefused
from tests.cast import NOW

TABLES = """
CREATE TABLE people_person (id TEXT PRIMARY KEY);
CREATE TABLE people_wrappedkey (id TEXT PRIMARY KEY);
CREATE TABLE people_installation (id INTEGER PRIMARY KEY, key_name TEXT);
CREATE TABLE journal_entry (id INTEGER PRIMARY KEY, one INTEGER, other INTEGER, sealed BLOB);
INSERT INTO people_installation VALUES (1, 'abcdef0123456789');
"""
# Two columns that are equal in every row that was committed, and a total that never changes.
WRITER = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=20)
database.execute("PRAGMA synchronous=OFF")
n = 0
while True:
    n += 1
    database.execute("BEGIN IMMEDIATE")
    database.execute("UPDATE journal_entry SET one = ? WHERE id <= 50", (n,))
    database.execute("UPDATE journal_entry SET other = ? WHERE id <= 50", (n,))
    database.execute("COMMIT")
    if n == 1:
        print("writing", flush=True)
"""


def make_database(path, rows=50, size=200):
    database = sqlite3.connect(path)
    database.execute("PRAGMA journal_mode=WAL")
    database.executescript(TABLES)
    database.executemany(
        "INSERT INTO journal_entry (one, other, sealed) VALUES (0, 0, zeroblob(?))",
        [(size,)] * rows,
    )
    database.commit()
    database.close()
    return path


@pytest.fixture
def database(tmp_path):
    return make_database(tmp_path / "psoas.sqlite3")


def ask(path, question):
    connection = sqlite3.connect(path)
    try:
        return connection.execute(question).fetchall()
    finally:
        connection.close()


def test_a_backup_made_while_somebody_writes_is_whole_and_does_not_wait_for_quiet(tmp_path):
    # 36 MB: many steps of a copy that goes page by page, and starts again on a write.
    busy = make_database(tmp_path / "psoas.sqlite3", rows=3000, size=12_000)
    began = time.monotonic()
    backup.make(busy, tmp_path / "quiet", NOW)
    quiet = time.monotonic() - began
    writer = subprocess.Popen([sys.executable, "-c", WRITER, busy], stdout=subprocess.PIPE)
    try:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"writing\n"
        began = time.monotonic()
        copies = [backup.make(busy, tmp_path / "backups", NOW) for _n in range(2)]
        # Each step that starts again waits a quarter of a second first.
        assert time.monotonic() - began < 10 * quiet + 3
        assert writer.poll() is None
    finally:
        writer.kill()
        writer.communicate()
    for copy in copies:
        backup.check(copy)
        assert ask(copy, "SELECT count(*), sum(one != other) FROM journal_entry") == [(3000, 0)]
    assert ask(copies[-1], "SELECT max(one) FROM journal_entry")[0][0] > 0


def test_a_backup_is_one_file_for_its_owner_alone(database, tmp_path):
    copy = backup.make(database, tmp_path / "backups", NOW)
    assert [path.name for path in copy.parent.iterdir()] == ["psoas-20260414T080000Z.sqlite3"]
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700
    assert ask(copy, "PRAGMA journal_mode") == [("delete",)]


def test_two_backups_at_the_same_second_are_two_files(database, tmp_path):
    made = {backup.make(database, tmp_path, NOW) for _n in range(3)}
    assert len(made) == 3


def test_a_backup_holds_what_lay_only_in_the_write_ahead_log(database, tmp_path):
    writer = sqlite3.connect(database)
    writer.execute("UPDATE journal_entry SET one = 77 WHERE id = 1")
    writer.commit()
    copy = backup.make(database, tmp_path, NOW + timedelta(days=1))
    writer.close()
    assert ask(copy, "SELECT one FROM journal_entry WHERE id = 1") == [(77,)]


def test_a_backup_tells_which_key_it_needs(database, tmp_path):
    assert backup.key_name(backup.make(database, tmp_path, NOW)) == "abcdef0123456789"


def test_a_backup_from_before_set_up_needs_no_key(database):
    connection = sqlite3.connect(database)
    connection.execute("DELETE FROM people_installation")
    connection.commit()
    connection.close()
    assert backup.key_name(database) is None


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(BackupRefused, match=r"There is no file .*nothing\.sqlite3"):
        backup.check(tmp_path / "nothing.sqlite3")
    with pytest.raises(BackupRefused):
        backup.check(tmp_path)


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\0", b"\0" * 5000])
def test_a_file_that_is_no_database_is_refused(tmp_path, content):
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(BackupRefused):
        backup.check(tmp_path / "file")


def test_a_database_of_something_else_is_refused(tmp_path):
    other = sqlite3.connect(tmp_path / "other.sqlite3")
    other.execute("CREATE TABLE holiday_photos (id)")
    other.commit()
    other.close()
    with pytest.raises(BackupRefused, match="not one of psoas"):
        backup.check(tmp_path / "other.sqlite3")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_backup_cut_short_is_refused(database, tmp_path, share):
    copy = backup.make(database, tmp_path / "backups", NOW)
    data = copy.read_bytes()
    copy.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(BackupRefused):
        backup.check(copy)


def test_a_backup_with_a_page_overwritten_is_refused(tmp_path):
    copy = backup.make(make_database(tmp_path / "db", rows=500), tmp_path / "backups", NOW)
    data = bytearray(copy.read_bytes())
    data[5 * 4096 : 6 * 4096] = b"\xa5" * 4096
    copy.write_bytes(data)
    with pytest.raises(BackupRefused):
        backup.check(copy)


def test_a_database_that_cannot_be_copied_leaves_no_half_backup(tmp_path):
    (tmp_path / "psoas.sqlite3").write_bytes(b"x" * 8192)
    with pytest.raises(BackupRefused):
        backup.make(tmp_path / "psoas.sqlite3", tmp_path / "backups", NOW)
    assert list((tmp_path / "backups").iterdir()) == []


def test_checking_changes_nothing(database, tmp_path):
    copy = backup.make(database, tmp_path / "backups", NOW)
    before = copy.read_bytes()
    backup.check(copy)
    assert copy.read_bytes() == before
    assert len(list(copy.parent.iterdir())) == 1
