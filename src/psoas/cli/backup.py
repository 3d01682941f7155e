"""``psoas backup``: one checked copy of the database, made while people write."""

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from psoas.cli import environment, prepare


def add(verbs: "argparse._SubParsersAction[Any]") -> None:
    parser = verbs.add_parser("backup", help="copy the database, checked, while people write")
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="where to put the copy")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    env = environment.read_installed()
    prepare.open_installation(env)
    from psoas.care.people import backup

    folder = args.to or env.data / "backups"
    if folder.resolve().is_relative_to(env.keys.resolve()):
        raise prepare.NotReady("A backup does not belong in the key folder. Choose another.")
    try:
        path = backup.make(env.database, folder, datetime.now(UTC))
    except (backup.BackupRefused, OSError) as problem:
        raise prepare.NotReady(f"No backup was made: {problem}") from None
    print(f"Backed up and checked: {path} ({path.stat().st_size / 1e6:.1f} MB)")
    print(f"It cannot be read without the keys in {env.keys}. Keep a copy of them elsewhere.")
    return 0
