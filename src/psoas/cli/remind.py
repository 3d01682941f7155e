"""``psoas remind``: send the mails that are due, for a timer to run once or twice a day."""

import argparse
from datetime import UTC, datetime
from typing import Any

from psoas.cli import environment, prepare
from psoas.cli.refusal import CommandRefused


def add(verbs: "argparse._SubParsersAction[Any]") -> None:
    parser = verbs.add_parser("remind", help="mail whoever asked to be told that something waits")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    env = environment.read_installed()
    if not env.mail:
        raise CommandRefused(
            "Nothing was sent: PSOAS_MAIL is not set, so there is no mail server to send with. "
            "Write PSOAS_MAIL=smtp://user:password@host:587, for “psoas serve” as well, or leave "
            "it: what waits is shown on the first page in any case."
        )
    prepare.open_installation(env)
    from psoas.care.assessment import reminding

    done = reminding.send_due(datetime.now(UTC))
    print(f"{done.sent} sent.")
    if done.failed:
        print(f"{done.failed} not taken by the mail server; the next run tries them again.")
    return 1 if done.failed else 0
