"""``psoas invite``: a one-time link for somebody who has no account yet."""

import argparse
from datetime import UTC, datetime
from typing import Any

from psoas.cli import environment, prepare

_ROLES = ("person", "clinician", "receptionist", "owner")


def add(verbs: "argparse._SubParsersAction[Any]") -> None:
    parser = verbs.add_parser("invite", help="print a one-time link to make an account with")
    parser.add_argument("--role", choices=_ROLES, default="person")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    env = environment.read_installed()
    prepare.open_installation(env)
    from psoas.care.people import links
    from psoas.care.people.models import Person

    if not Person.objects.exists():
        raise prepare.NotReady(
            "Nobody is here yet. Open the set-up link that “psoas serve” prints first, then invite."
        )
    token = links.make("join", now=datetime.now(UTC), role=args.role)
    print(f"{env.origin}/join/{token}/")
    print("It works once, for a week.")
    return 0
