"""``psoas restore FILE``: put a backup back; what it replaces is set aside, not lost."""

import argparse
import os
import shutil
import sqlite3
from collections.abc import Collection
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from psoas.care.people.keyring import KeyRefused, Keyring
from psoas.cli import environment, prepare

# What may lie beside a SQLite database that was not closed.
_LOGS = ("-wal", "-shm")


def add(verbs: "argparse._SubParsersAction[Any]") -> None:
    parser = verbs.add_parser("restore", help="put a backup back")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    env = environment.read_installed()
    now = datetime.now(UTC)
    from psoas.care.people import backup

    try:
        backup.check(args.file)
    except backup.BackupRefused as refused:
        raise prepare.NotReady(f"{refused} Nothing was restored.") from None
    _check_key(args.file, env.keys)
    lock = prepare.hold(env)
    staged = replace(env, data=prepare.staging(env))
    try:
        _settle_ledger(env, now)
        _stage(args.file, staged)
        gone = prepare.take_up(staged, now)
        _take_up_keys()
        # Until here a kill changes nothing; from here on the erasures are in the copy already.
        aside = _swap_in(env, staged, now)
    finally:
        shutil.rmtree(staged.data, ignore_errors=True)
        lock.close()
    print(f"Restored {args.file}.")
    if aside:
        print(f"What was there before is in {aside}.")
    if gone:
        print(f"Erased again, because they were erased since that backup: {gone} people's records.")
    return 0


def _check_key(file: Path, keys: Path) -> None:
    from psoas.care.people import backup

    needed = backup.key_name(file)
    try:
        ring = Keyring.open(keys)
        if needed and needed != ring.current.name:
            ring.wrapping_key(needed)
    except KeyRefused as refused:
        raise prepare.NotReady(f"{refused} Nothing was restored.") from None


def _settle_ledger(env: environment.Environment, now: datetime) -> None:
    """Whether an erasure that a crash cut off took place, only the outgoing database knows."""
    from psoas.care.people import backup, ledger

    try:
        there: Collection[UUID] = backup.key_ids(env.database)
    except sqlite3.Error:
        # Nothing can be known: nobody's key is destroyed on a guess.
        there = ledger.unsettled(env.keys)
    ledger.settle(env.keys, there, now)


def _stage(file: Path, staged: environment.Environment) -> None:
    """Copy the backup into a folder of its own, where all that follows is done to it."""
    from psoas.care.people import backup

    # The settings read the environment themselves: they must open the copy and nothing else.
    os.environ["PSOAS_DATA"] = str(staged.data)
    try:
        shutil.rmtree(staged.data, ignore_errors=True)
        staged.data.mkdir(mode=0o700)
        # First of all, as it is what a full disk would stop.
        backup.copy(file, staged.database)
        backup.forget_ways_in(staged.database)
    except (backup.BackupRefused, OSError) as problem:
        raise prepare.NotReady(f"{problem} Nothing was restored.") from None


def _swap_in(
    env: environment.Environment, staged: environment.Environment, now: datetime
) -> Path | None:
    """Put the finished copy in place by one rename; return where the replaced database is."""
    from psoas.care.people.disk import settle

    aside = env.data / f"before-restore-{now.strftime('%Y%m%dT%H%M%SZ')}.sqlite3"
    there = env.database.exists()
    try:
        if there:
            _fold_in(env.database)
            _set_aside(env.database, aside)
        staged.database.replace(env.database)
        settle(env.data)
    except OSError as problem:
        raise prepare.NotReady(f"{problem} Nothing was restored.") from None
    return aside if there else None


def _fold_in(database: Path) -> None:
    """Write what is still in a log into the database itself, where it opens at all."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(database)) as outgoing:
        outgoing.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _set_aside(database: Path, aside: Path) -> None:
    for part in _LOGS:
        # Where it did not open: a log left here would be read into the database put in place.
        log = database.with_name(database.name + part)
        if log.exists():
            log.replace(aside.with_name(aside.name + part))
    try:
        # A second name, so that a database stands in its place at every moment.
        os.link(database, aside)
    except OSError:
        database.replace(aside)


def _take_up_keys() -> None:
    """Wrap with the key of today what an older one wraps since before a rotation."""
    from django.conf import settings
    from django.db import connection, transaction

    from psoas.care.people import vault
    from psoas.care.people.models import Installation

    with transaction.atomic():
        vault.rewrap(settings.KEYRING)
        Installation.objects.filter(id=1).update(key_name=settings.KEYRING.current.name)
    vault.settle_erasure()
    connection.close()
