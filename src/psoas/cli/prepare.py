"""Making an installation ready: folders, keys, database. Every verb that opens one starts here."""

import fcntl
import os
import shutil
import sqlite3
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from psoas.care.people.keyring import KeyRefused, Keyring
from psoas.cli.environment import Environment, typed
from psoas.cli.refusal import CommandRefused

if TYPE_CHECKING:
    from psoas.care.people.models import Installation


# What psoas writes is for the account it runs under, and for nobody else on the machine.
_PRIVATE = 0o077
# What a data folder may hold before there is a database in it.
_NOTHING_YET = frozenset({"serve.lock", "static", "restoring"})
# Stands beside the keys from the first start on, for the day the data folder is not there.
_BEGUN = "installed"


class NotReady(CommandRefused):
    """psoas will not start; the message says why and what to do. Nothing was changed."""


def open_installation(env: Environment) -> None:
    """Open an installation that exists already; make nothing."""
    expect_database(env)
    _check_folders(env)
    _check_writable(env.data, env.database)
    _start_django(env)
    _check_database(env)


def make_installation(env: Environment, now: datetime) -> None:
    """Open the installation, making folders, keys and database where there are none yet."""
    _check_folders(env)
    os.umask(_PRIVATE)
    fresh = not env.database.exists()
    if fresh:
        _refuse_to_begin_anew(env)
    if fresh and not (env.keys / "vault.key").exists():
        # Only here is a key ever made: where there is no database it could fail to open.
        try:
            Keyring.create(env.keys)
        except KeyRefused as refused:
            raise NotReady(str(refused)) from None
    _make_data_folder(env)
    # A restore that was killed leaves its unfinished copy here.
    shutil.rmtree(staging(env), ignore_errors=True)
    take_up(env, now, fresh=fresh)
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False)


def take_up(env: Environment, now: datetime, *, fresh: bool = False) -> int:
    """Check a database and bring it up to date, its tables as well as what was erased since.

    Returns how many people's records had to be erased again.
    """
    _start_django(env)
    if not fresh:
        _check_database(env)
        _check_a_key_opens()
    _bring_up_to_date(env, now, fresh=fresh)
    from django.db import connection

    from psoas.care.journal.erasing import erase_again

    gone = erase_again(env.keys, now=now)
    connection.close()
    return gone


def staging(env: Environment) -> Path:
    """Where a restore prepares its copy."""
    return env.data / "restoring"


def hold(env: Environment) -> TextIO:
    """Hold the data folder, so that two servers, or a server and a restore, never share it."""
    _check_folders(env)
    _make_data_folder(env)
    _check_writable(env.data)
    lock = (env.data / "serve.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise NotReady(
            f"psoas is running already on {env.data}. Stop it first (Ctrl-C where it runs)."
        ) from None
    return lock


def expect_database(env: Environment) -> None:
    """Refuse where there is no installation yet."""
    if env.database.exists():
        return
    missing = f"There is no database at {env.database}."
    # Beside it, in the same home, may be what was meant: told, and never taken unasked.
    other, kind = ("0", "a real installation") if env.demo else ("1", "a demonstration")
    beside = env.home / ("real" if env.demo else "demo") / "data" / env.database.name
    if beside.is_file():
        raise NotReady(
            f"{missing} There is {kind} in {beside.parent.parent}. If you mean that one, type:\n"
            f"  {typed(PSOAS_DEMO=other)}"
        )
    raise NotReady(
        f"{missing} Start psoas once with “psoas serve”, or say in which folder it was started, "
        f"for example after “make run”:\n  {typed(PSOAS_HOME='/path/to/psoas/var')}"
    )


def installation() -> "Installation | None":
    from psoas.care.people.models import Installation

    return Installation.objects.filter(id=1).first()


def _make_data_folder(env: Environment) -> None:
    try:
        env.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        raise NotReady(f"The data folder {env.data} cannot be made: {problem}.") from None


def _check_writable(*paths: Path) -> None:
    for path in paths:
        if path.exists() and not os.access(path, os.W_OK):
            raise NotReady(
                f"{path} cannot be written to. Give the account psoas runs under the right to, "
                "or mount the disk for writing; what is there is left as it is."
            )


def _refuse_to_begin_anew(env: Environment) -> None:
    """A missing database beside signs that there was one is a loss, not a beginning."""
    copies = [*env.data.glob("backups/*.sqlite3"), *env.data.glob("before-restore-*.sqlite3")]
    data = [path for path in env.data.glob("*") if path.name not in _NOTHING_YET]
    signs = [*data, *(env.keys / name for name in (_BEGUN, "erased.ledger"))]
    sign = next((path for path in signs if path.exists()), None)
    if sign is None:
        return
    latest = max(copies, key=lambda path: path.stat().st_mtime, default=Path("FILE"))
    raise NotReady(
        f"There is no database at {env.database}, but {sign} shows that there was one. Is the "
        f"right disk mounted? To put a backup in its place: psoas restore {latest}\n"
        f"To begin anew, first move {env.data} and {env.keys} out of the way."
    )


def _check_folders(env: Environment) -> None:
    if _inside(env.keys, env.data) or _inside(env.data, env.keys):
        raise NotReady(
            f"The keys ({env.keys}) may not be in the data folder ({env.data}) or the other way "
            "round: whoever copies one would have both. Set PSOAS_KEYS to another folder."
        )


def _inside(inner: Path, outer: Path) -> bool:
    return inner.resolve().is_relative_to(outer.resolve())


def _start_django(env: Environment) -> None:
    # The settings read the environment themselves; what was decided here must reach them.
    os.environ |= {
        "PSOAS_DEMO": "1" if env.demo else "0",
        "PSOAS_HOME": str(env.home),
        "PSOAS_URL": env.origin,
    }
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "psoas.site.settings")
    import django

    try:
        django.setup()
    except KeyRefused as refused:
        raise NotReady(str(refused)) from None


def _check_database(env: Environment) -> None:
    from django.conf import settings
    from django.db import DatabaseError

    from psoas.care.people import vault

    try:
        _refuse_newer(env)
        found = installation()
        if found is None:
            _refuse_nameless(env)
            return
        vault.check_keys(settings.KEYRING)
    except KeyRefused as refused:
        raise NotReady(str(refused)) from None
    except (DatabaseError, sqlite3.Error) as problem:
        raise NotReady(
            f"The database {env.database} cannot be read ({problem}). Restore the last backup: "
            f"psoas restore FILE (backups are in {env.data / 'backups'})."
        ) from None
    if found.is_demo != env.demo:
        kind, other = ("a demonstration", "0") if env.demo else ("a real installation", "1")
        raise NotReady(
            f"The data in {env.data} are not {kind}. The two never mix: set "
            f"PSOAS_DEMO={other}, or PSOAS_DATA and PSOAS_KEYS to other folders."
        )


def _refuse_nameless(env: Environment) -> None:
    from psoas.care.people.models import Person, WrappedKey

    if Person.objects.exists() or WrappedKey.objects.exists():
        raise NotReady(
            f"The database {env.database} does not say which key it needs nor whether it is a "
            "demonstration, yet there are people in it: it is not whole. Restore the last "
            f"backup: psoas restore FILE (backups are in {env.data / 'backups'})."
        )


def _check_a_key_opens() -> None:
    from django.conf import settings

    from psoas.care.people import vault

    try:
        vault.check_opens(settings.KEYRING)
    except KeyRefused as refused:
        raise NotReady(str(refused)) from None


def _refuse_newer(env: Environment) -> None:
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    ours = {"people", "assessment", "journal", "experiment", "programme"}
    unknown = {key for key in loader.applied_migrations if key[0] in ours} - set(
        loader.disk_migrations
    )
    if unknown:
        raise NotReady(
            f"The database {env.database} was written by a newer psoas than this one. "
            "Install that version again; this one leaves the database as it is."
        )


def _bring_up_to_date(env: Environment, now: datetime, *, fresh: bool) -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from psoas.care.people import backup, joining

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        if not fresh:
            backup.make(env.database, env.data / "backups", now)
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
    if installation() is None:
        # With the first start, not with set-up: nobody is ever in a database without a name.
        joining.set_installation(is_demo=env.demo, now=now, clinic_name="", country="other")
    begun = env.keys / _BEGUN
    if not begun.exists():
        begun.write_text(f"A database was made with these keys: {env.database}\n")
    connection.close()
