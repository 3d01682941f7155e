"""``psoas keys rotate``: a fresh vault key; every person's keys are wrapped anew with it."""

import argparse
from typing import Any

from psoas.cli import environment, prepare
from psoas.cli.refusal import CommandRefused


def add(verbs: "argparse._SubParsersAction[Any]") -> None:
    parser = verbs.add_parser("keys", help="change the vault key")
    parser.add_argument("act", nargs="?", metavar="rotate", help="make a fresh key and use it")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    if args.act != "rotate":
        said = f"“{args.act}” is nothing that can be done with keys. " if args.act else ""
        raise CommandRefused(f"{said}To change the vault key, type: psoas keys rotate")
    env = environment.read_installed()
    prepare.expect_database(env)
    lock = prepare.hold(env)
    try:
        prepare.open_installation(env)
        from django.conf import settings

        from psoas.care.people import vault
        from psoas.care.people.keyring import KeyRefused

        try:
            fresh, count = vault.rotate(settings.KEYRING)
        except (KeyRefused, vault.Unreadable) as problem:
            raise prepare.NotReady(f"{problem} Nothing was changed; see “psoas doctor”.") from None
    finally:
        lock.close()
    print(f"{count} keys are now wrapped with key {fresh.current.name} ({env.keys / 'vault.key'}).")
    for key in fresh.older:
        print(
            f"Backups made before today need {env.keys / f'vault-{key.name}.key'}: "
            "keep it as long as you keep them."
        )
    return 0
