"""Backups: whole, consistent and checked, made while people write. Never with a key in them."""

import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from psoas.care.people.disk import settle

# What opens a door without a password.
WAYS_IN = frozenset({"django_session", "cache", "people_onetimelink"})


class BackupRefused(Exception):
    """A backup cannot be made or is not one; the message says why."""


def make(database: Path, folder: Path, now: datetime) -> Path:
    """Copy the database as it stands at one moment, check the copy, and return where it is."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    target = folder / f"psoas-{stamp}.sqlite3"
    number = 1
    while target.exists():
        number += 1
        target = folder / f"psoas-{stamp}-{number}.sqlite3"
    unfinished = target.with_suffix(".part")
    try:
        copy(database, unfinished)
        forget_ways_in(unfinished)
        check(unfinished)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    settle(folder)
    return target


def copy(source: Path, target: Path) -> None:
    """Copy one SQLite database whole, whatever is being written to it meanwhile."""
    # Made by us first, so that the copy is never readable by others, not even while it grows.
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    try:
        with _opened(source) as original, _opened(target) as fresh:
            # All in one step: between steps somebody may write, and the copy would start again,
            # for ever on a busy day. Writers do not wait for it: they write beside (WAL).
            original.backup(fresh, pages=-1)
            # One file, without a write-ahead log beside it that could be forgotten.
            fresh.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as problem:
        raise BackupRefused(f"{source} cannot be copied ({problem}).") from None
    with target.open("rb") as file:
        os.fsync(file.fileno())


def forget_ways_in(path: Path) -> None:
    """Take sessions, counts of attempts and one-time links out of a copy.

    They would let whoever has the copy in, and let people in again who had signed out.
    """
    try:
        with _opened(path) as database:
            # Overwritten, not only unlinked; and no journal file of it on the disk meanwhile.
            database.execute("PRAGMA secure_delete=ON")
            database.execute("PRAGMA journal_mode=MEMORY")
            there = {row[0] for row in database.execute("SELECT name FROM sqlite_master")}
            for table in WAYS_IN & there:
                database.execute(f"DELETE FROM {table}")
            database.commit()
    except sqlite3.Error as problem:
        raise BackupRefused(f"{path} cannot be cleared of sessions ({problem}).") from None
    with path.open("rb") as file:
        os.fsync(file.fileno())


def check(path: Path) -> None:
    """Refuse a file that is no whole database of psoas."""
    if not path.is_file():
        raise BackupRefused(f"There is no file {path}.")
    try:
        with _opened(path, read_only=True) as database:
            answer = database.execute("PRAGMA integrity_check").fetchone()[0]
            names = {
                row[0] for row in database.execute("SELECT name FROM sqlite_master").fetchall()
            }
    except sqlite3.DatabaseError as problem:
        raise BackupRefused(f"{path} is not a whole backup ({problem}).") from None
    if answer != "ok":
        raise BackupRefused(f"{path} is damaged: {answer}.")
    if not {"people_person", "people_wrappedkey", "journal_entry"} <= names:
        raise BackupRefused(f"{path} is a database, but not one of psoas.")


def key_name(path: Path) -> str | None:
    """The name of the vault key a backup needs, or None for one made before set-up."""
    with _opened(path, read_only=True) as database:
        row = database.execute("SELECT key_name FROM people_installation").fetchone()
    return row[0] if row else None


def key_ids(path: Path) -> set[UUID]:
    """The ids of the data keys in a database, without opening any of them."""
    with _opened(path) as database:
        return {UUID(row[0]) for row in database.execute("SELECT id FROM people_wrappedkey")}


class _opened:
    """A connection that is really closed at the end; ``sqlite3``'s own block only commits."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        mode = "ro" if read_only else "rw"
        self.connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True)

    def __enter__(self) -> sqlite3.Connection:
        return self.connection

    def __exit__(self, *problem: object) -> None:
        self.connection.close()
