"""``psoas serve``: make what is missing, say where things are, and serve until stopped."""

import argparse
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from psoas.cli import environment, prepare
from psoas.cli.arithmetic import make_ready
from psoas.cli.content_check import require_whole
from psoas.cli.environment import Environment
from psoas.cli.server import listen_on, serve


def add(verbs: "argparse._SubParsersAction[Any]") -> None:
    parser = verbs.add_parser("serve", help="run psoas for browsers on this machine")
    parser.add_argument(
        "--demo", action="store_true", help="with a made-up clinic, in a data folder of its own"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    if args.demo:
        os.environ["PSOAS_DEMO"] = "1"
    env = environment.read()
    # Before anything is made or anybody is let in: half of the content is worse than none.
    require_whole()
    now = datetime.now(UTC)
    bind = listen_on(env)
    lock = prepare.hold(env)
    try:
        prepare.make_installation(env, now)
        make_ready()
        _note_address(env)
        _greet(env, list(_links(env, now)))
        code = serve(env, bind)
    finally:
        lock.close()
    if code == 0:
        print("\nStopped. Everything is kept.", flush=True)
    return code


def _note_address(env: Environment) -> None:
    """For commands in another terminal that print links and were not told the address."""
    fresh = env.address_file.with_suffix(".part")
    fresh.write_text(env.origin + "\n", encoding="utf-8")
    fresh.replace(env.address_file)


def _links(env: Environment, now: datetime) -> Iterator[tuple[str, str]]:
    from django.db import connection, transaction

    from psoas.care.experiment import demonstration as tested
    from psoas.care.journal import demonstration, importing, writing
    from psoas.care.people import links, vault
    from psoas.care.people.models import Person
    from psoas.care.programme import demonstration as moved

    vault.settle_ledger(env.keys, now)
    writing.forget_deleted(now)
    importing.forget_waiting(now)
    if env.demo:
        if not Person.objects.exists():
            with transaction.atomic():
                tested.load(now)
                moved.fill(now)
        for who, email in (
            ("A person with 26 weeks of diary", demonstration.PERSON_EMAIL),
            ("Their physiotherapist", demonstration.CLINICIAN_EMAIL),
            ("The clinic's owner", demonstration.OWNER_EMAIL),
        ):
            person = Person.objects.filter(email=email).first()
            if person is not None:
                links.withdraw_unused("enter", person)
                token = links.make("enter", now=now, person=person)
                yield who, f"{env.origin}/enter/{token}/"
    elif not Person.objects.exists():
        links.withdraw_unused("setup")
        yield "Set psoas up", f"{env.origin}/setup/{links.make('setup', now=now)}/"
    connection.close()


def _greet(env: Environment, ways_in: list[tuple[str, str]]) -> None:
    kind = "psoas, a demonstration: everyone in it is made up." if env.demo else "psoas"
    print(f"\n{kind}\n")
    print(f"  Address   {env.origin}")
    print(f"  Data      {env.data}")
    print(f"  Keys      {env.keys}   (keep a copy elsewhere; without them nothing opens)")
    if env.content is not None:
        print(f"  Content   {env.content}   (your own files)")
    if ways_in:
        print("\n  Each of these links works once:\n")
        for who, link in ways_in:
            print(f"  {who}\n    {link}\n")
    else:
        print()
    print("  Ctrl-C stops it. Everything stays for the next start.\n", flush=True)
