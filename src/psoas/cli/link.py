"""``psoas link EMAIL``: a one-time sign-in link for somebody who cannot get in."""

import argparse
from datetime import UTC, datetime
from typing import Any

from psoas.cli import environment, prepare


def add(verbs: "argparse._SubParsersAction[Any]") -> None:
    parser = verbs.add_parser("link", help="print a one-time sign-in link for someone")
    parser.add_argument("email", metavar="EMAIL")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    env = environment.read_installed()
    prepare.open_installation(env)
    from psoas.care.people import links
    from psoas.care.people.models import Person

    person = Person.objects.filter(email__iexact=args.email.strip(), is_active=True).first()
    if person is None:
        raise prepare.NotReady(f"Nobody has an account with the address {args.email}.")
    # Of two links, the one that went astray must not work any more.
    links.withdraw_unused("enter", person)
    token = links.make("enter", now=datetime.now(UTC), person=person)
    print(f"{env.origin}/enter/{token}/")
    print("It works once, for a day. A second factor is still asked where there is one.")
    return 0
