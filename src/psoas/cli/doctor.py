"""``psoas doctor``: looks at everything that must hold, and says what does not."""

import argparse
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from psoas.care.people.keyring import KeyRefused
from psoas.cli import environment, prepare
from psoas.cli.doctor_rows import misfits
from psoas.cli.environment import Environment

Finding = tuple[bool, str]
Check = Callable[[Environment], Iterator[Finding]]
# No file that holds a key is larger than this.
_KEY_FILE = 4096
# So many of one kind are named one by one.
_NAMED = 20
# Numbers of help lines change; nobody notices until somebody needs one.
_A_YEAR = timedelta(days=365)


def add(verbs: "argparse._SubParsersAction[Any]") -> None:
    parser = verbs.add_parser("doctor", help="check keys, database, trail and set-up")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    env = environment.read_installed()
    prepare.open_installation(env)
    checks: tuple[Check, ...] = (
        _keys,
        _database,
        _rows,
        _vault,
        _revisions,
        _ledger,
        _trail,
        _staff,
        _help_lines,
        _disk,
    )
    findings = [finding for check in checks for finding in _findings(check, env)]
    for good, sentence in findings:
        print(f"{'  ok  ' if good else 'FAULT '} {sentence}")
    faults = sum(not good for good, _sentence in findings)
    print(f"\n{len(findings) - faults} ok, {faults} to mend.")
    return 1 if faults else 0


def _findings(check: Check, env: Environment) -> list[Finding]:
    from django.db import DatabaseError

    found: list[Finding] = []
    try:
        found.extend(check(env))
    except (DatabaseError, sqlite3.Error) as problem:
        # A database so damaged that a question to it fails is a finding, too.
        found.append((False, f"The database does not answer ({problem}). Restore a backup."))
    except (ValueError, TypeError) as problem:
        # A value of a wrong kind in a row; which one, ``_rows`` says.
        found.append((False, f"A row stops this look at it ({type(problem).__name__})."))
    return found


def _keys(env: Environment) -> Iterator[Finding]:
    # That they are apart from the data was checked before anything was opened.
    yield True, f"The keys ({env.keys}) are apart from the data ({env.data})."
    for path in sorted(env.keys.glob("*.key")):
        private = not path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
        yield (
            private,
            f"{path.name} can be read by {'you alone' if private else 'others: chmod 600'}.",
        )
    yield from _stray_keys(env)


def _stray_keys(env: Environment) -> Iterator[Finding]:
    """A key under any name, in the data folder or in a backup folder inside it, is one too many."""
    secrets = [path.read_text(encoding="ascii").strip() for path in env.keys.glob("*.key")]
    marks = [mark for each in secrets for mark in (each.encode(), bytes.fromhex(each))]
    for path in sorted(env.data.rglob("*")):
        if not path.is_file():
            continue
        named = path.suffix in {".key", ".ledger"}
        if named or (path.stat().st_size <= _KEY_FILE and _holds(path, marks)):
            yield False, f"{path} is a key or ledger inside the data folder. Move it out."


def _holds(path: Path, marks: list[bytes]) -> bool:
    data = path.read_bytes()
    return any(mark in data or mark.upper() in data for mark in marks)


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


def _rows(env: Environment) -> Iterator[Finding]:
    found = list(islice(misfits(env.database), _NAMED + 1))
    for place in found[:_NAMED]:
        yield False, f"What stands here was not written by psoas: {place}."
    if len(found) > _NAMED:
        yield False, f"And there are more than these {_NAMED} of that kind."


def _vault(env: Environment) -> Iterator[Finding]:
    from psoas.care.assessment.closed_rows import closed_rows as closed_answers
    from psoas.care.experiment.sealing import closed_rows
    from psoas.care.journal import decisions
    from psoas.care.journal.models import Notebook
    from psoas.care.journal.sealing import journal_sealer, open_all, open_notebook_row
    from psoas.care.people import vault
    from psoas.care.people.models import Person
    from psoas.care.programme.sealing import closed_rows as closed_programme

    opened, closed = 0, []
    for person in Person.objects.all():
        where = "people_wrappedkey"
        try:
            vault.sealer(person, vault.CLINICAL)
            sealer = journal_sealer(person)
            entries = open_all(sealer, person.entries.all())
            opened += len(entries.entries)
            closed += [f"journal_entry, id {each.id.hex}" for each in entries.closed]
            closed += [
                f"journal_decision, person_id {person.pk.hex}, answer_day {each.answer_day}"
                for each in decisions.open_rows(person.decisions.all(), person)
                if isinstance(each, decisions.ClosedDecision)
            ]
            closed += [f"experiment_experiment, id {key.hex}" for key in closed_rows(person)]
            closed += [f"{each.table}, {each.row}" for each in closed_answers(person)]
            closed += [f"{each.table}, {each.row}" for each in closed_programme(person)]
            where = "journal_notebook"
            notebook = Notebook.objects.filter(person=person).first()
            if notebook is not None:
                open_notebook_row(sealer, notebook)
        except (vault.Unreadable, KeyRefused):
            closed.append(f"{where}, person_id {person.pk.hex}")
    for place in closed[:_NAMED]:
        yield False, f"This does not open: {place}."
    yield (
        not closed,
        f"{opened} entries opened; keys, entries, decisions, experiments, notebooks, checks, "
        f"replies, tasks, choices, plans and sessions that do not open: {len(closed)}.",
    )


def _revisions(env: Environment) -> Iterator[Finding]:
    """An older text put back with its own revision opens; but the trail knows of the newer one."""
    from django.db.models import Count

    from psoas.care.journal.models import Entry
    from psoas.care.people.models import TrailRow

    rows = TrailRow.objects.filter(action="entry changed").values_list("item")
    changes = dict(rows.annotate(times=Count("number")))
    older = [
        key.hex
        for key, revision in Entry.objects.values_list("pk", "revision")
        if revision != 1 + changes.get(str(key), 0)
    ]
    for key in older[:_NAMED]:
        yield False, f"This is not the text that was written last: journal_entry, id {key}."
    if not older:
        yield True, "Every entry is the one that was written last."


def _ledger(env: Environment) -> Iterator[Finding]:
    from psoas.care.people import vault

    returned = vault.returned_keys(env.keys).count()
    yield (
        not returned,
        f"Keys that were destroyed and are back: {returned} (psoas serve destroys them again).",
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

    if env.demo and env.served_on_loopback:
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
    from psoas.content.overlay import own_files

    today = datetime.now(UTC).date()
    old = [each for each in COUNTRIES if today - each.verified_on > _A_YEAR]
    for country in old:
        yield (
            False,
            f"The help lines of {country.name} were last looked at on {country.verified_on}, more "
            "than a year ago. Confirm them and write the day into crisis.toml.",
        )
    if not old:
        oldest = min(country.verified_on for country in COUNTRIES)
        looked = f"The help lines were last looked at on {oldest} or later"
        if "crisis.toml" in own_files():
            yield True, f"{looked}."
        else:
            yield True, f"{looked}, when psoas was made. Nobody here has confirmed them yet."


def _disk(env: Environment) -> Iterator[Finding]:
    free = shutil.disk_usage(env.data).free
    yield free > 500_000_000, f"Free on the disk: {free / 1e9:.1f} GB."
