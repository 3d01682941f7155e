"""``psoas doctor``: looks at everything that must hold, and says what does not."""

import argparse
import shutil
import stat
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from psoas.cli import environment, prepare
from psoas.cli.environment import Environment

Finding = tuple[bool, str]


def add(verbs: "argparse._SubParsersAction[Any]") -> None:
    parser = verbs.add_parser("doctor", help="check keys, database, trail and set-up")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    env = environment.read()
    prepare.open_installation(env)
    checks: tuple[Callable[[Environment], Iterator[Finding]], ...] = (
        _keys,
        _database,
        _vault,
        _trail,
        _staff,
        _help_lines,
        _disk,
    )
    findings = [finding for check in checks for finding in check(env)]
    for good, sentence in findings:
        print(f"{'  ok  ' if good else 'FAULT '} {sentence}")
    faults = sum(not good for good, _sentence in findings)
    print(f"\n{len(findings) - faults} ok, {faults} to mend.")
    return 1 if faults else 0


def _keys(env: Environment) -> Iterator[Finding]:
    # That they are apart from the data was checked before anything was opened.
    yield True, f"The keys ({env.keys}) are apart from the data ({env.data})."
    for path in sorted(env.keys.glob("*.key")):
        private = not path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
        yield (
            private,
            f"{path.name} can be read by {'you alone' if private else 'others: chmod 600'}.",
        )
    stray = [path for pattern in ("*.key", "*.ledger") for path in env.data.rglob(pattern)]
    for path in stray:
        yield False, f"{path} is a key or ledger inside the data folder. Move it out."


def _database(env: Environment) -> Iterator[Finding]:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        answer = cursor.fetchone()[0]
        yield answer == "ok", f"The database says: {answer}."
        cursor.execute("PRAGMA foreign_key_check")
        loose = len(cursor.fetchall())
        yield not loose, f"Rows that point nowhere: {loose}."
        cursor.execute("PRAGMA synchronous")
        level = cursor.fetchone()[0]
        yield level == 2, "An acknowledged entry is on disk (synchronous=FULL)."
    executor = MigrationExecutor(connection)
    behind = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    yield not behind, f"Changes of the tables still to make: {behind} (psoas serve makes them)."


def _vault(env: Environment) -> Iterator[Finding]:
    from psoas.care.journal.sealing import journal_sealer, open_rows
    from psoas.care.people.models import Person
    from psoas.care.people.vault import Unreadable

    unreadable, opened = 0, 0
    for person in Person.objects.all():
        try:
            sealer = journal_sealer(person)
            opened += len(open_rows(sealer, person.entries.all()))
        except Unreadable:
            unreadable += 1
    yield (
        not unreadable,
        (f"{opened} entries opened; people whose record does not open: {unreadable}."),
    )


def _trail(env: Environment) -> Iterator[Finding]:
    from psoas.care.people import trail
    from psoas.care.people.models import TrailHead

    found = list(trail.faults())
    for fault in found[:20]:
        yield False, fault.sentence
    if not found:
        head = TrailHead.objects.filter(id=1).first()
        yield True, f"The trail holds: {head.number if head else 0} rows, none changed or missing."


def _staff(env: Environment) -> Iterator[Finding]:
    from allauth.mfa.models import Authenticator

    from psoas.care.people.models import STAFF, Person

    if env.demo and env.loopback:
        yield True, "Demonstration staff need no second factor on this machine."
        return
    strong = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES)
    weak = Person.objects.filter(role__in=STAFF, is_active=True).exclude(
        pk__in=strong.values("user")
    )
    # They are stopped at the door until they have one; the owner should still know.
    yield not weak.exists(), f"Staff without a second factor yet: {weak.count()}."


def _help_lines(env: Environment) -> Iterator[Finding]:
    from psoas.content.crisis import COUNTRIES

    oldest = min(country.verified_on for country in COUNTRIES)
    age = datetime.now(UTC).date() - oldest
    yield age < timedelta(days=366), f"The help lines were last looked at on {oldest}."


def _disk(env: Environment) -> Iterator[Finding]:
    free = shutil.disk_usage(env.data).free
    yield free > 500_000_000, f"Free on the disk: {free / 1e9:.1f} GB."
