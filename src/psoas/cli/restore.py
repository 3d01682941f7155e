"""``psoas restore FILE``: put a backup back; what it replaces is set aside, not lost."""

import argparse
import sqlite3
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from psoas.care.people.keyring import KeyRefused, Keyring
from psoas.cli import environment, prepare

# A SQLite database is up to three files.
_PARTS = ("", "-wal", "-shm")


def add(verbs: "argparse._SubParsersAction[Any]") -> None:
    parser = verbs.add_parser("restore", help="put a backup back")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    env = environment.read()
    now = datetime.now(UTC)
    from psoas.care.people import backup

    try:
        backup.check(args.file)
    except backup.BackupRefused as refused:
        raise prepare.NotReady(f"{refused} Nothing was restored.") from None
    _check_key(args.file, env.keys)
    lock = prepare.hold(env)
    try:
        _settle_ledger(env, now)
        aside = _swap_in(env, args.file, now)
        whole = False
        try:
            prepare.make_installation(env, now)
            gone = _replay(env.keys, now)
            whole = True
        finally:
            if not whole:
                _put_back(env, aside)
    finally:
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


def _swap_in(env: environment.Environment, file: Path, now: datetime) -> Path | None:
    """Put the backup in place; return where that is which stood there before."""
    from psoas.care.people import backup

    incoming = env.database.with_name("restoring.part")
    try:
        # First of all, as it is what a full disk would stop.
        backup.copy(file, incoming)
        aside = None
        if env.database.exists():
            aside = env.data / f"before-restore-{now.strftime('%Y%m%dT%H%M%SZ')}.sqlite3"
            _move(env.database, aside)
        incoming.replace(env.database)
    except (backup.BackupRefused, OSError) as problem:
        raise prepare.NotReady(f"{problem} Nothing was restored.") from None
    finally:
        incoming.unlink(missing_ok=True)
    return aside


def _put_back(env: environment.Environment, aside: Path | None) -> None:
    from django.db import connections

    connections.close_all()
    for part in _PARTS:
        env.database.with_name(env.database.name + part).unlink(missing_ok=True)
    if aside:
        _move(aside, env.database)


def _move(source: Path, target: Path) -> None:
    """Move a database with all that belongs to it, even one that no longer opens."""
    # The write-ahead log first: a database without it would stand there as of yesterday.
    for part in reversed(_PARTS):
        file = source.with_name(source.name + part)
        if file.exists():
            file.replace(target.with_name(target.name + part))


def _replay(keys: Path, now: datetime) -> int:
    """Erase again what was erased since, then take up keys rotated since."""
    from django.conf import settings
    from django.db import connection, transaction

    from psoas.care.journal.erasing import erase_again
    from psoas.care.people import vault
    from psoas.care.people.models import Installation

    with transaction.atomic():
        gone = erase_again(keys, now=now)
        vault.rewrap(settings.KEYRING)
        Installation.objects.filter(id=1).update(key_name=settings.KEYRING.current.name)
    vault.settle_erasure()
    connection.close()
    return gone
