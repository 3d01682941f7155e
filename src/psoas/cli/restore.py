"""``psoas restore FILE``: put a backup back; what it replaces is set aside, not lost."""

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from psoas.care.people.keyring import KeyRefused, Keyring
from psoas.cli import environment, prepare


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
        aside = _set_aside(env, now)
        backup.copy(args.file, env.database)
        try:
            prepare.make_installation(env, now)
        except prepare.NotReady:
            _put_back(env, aside)
            raise
        gone = _replay(env.keys, now)
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


def _set_aside(env: environment.Environment, now: datetime) -> Path | None:
    if not env.database.exists():
        return None
    from psoas.care.people import backup

    aside = env.data / f"before-restore-{now.strftime('%Y%m%dT%H%M%SZ')}.sqlite3"
    backup.copy(env.database, aside)
    for name in ("", "-wal", "-shm"):
        env.database.with_name(env.database.name + name).unlink(missing_ok=True)
    return aside


def _put_back(env: environment.Environment, aside: Path | None) -> None:
    from psoas.care.people import backup

    env.database.unlink(missing_ok=True)
    if aside:
        backup.copy(aside, env.database)


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
