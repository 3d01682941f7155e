"""Making an installation ready: folders, keys, database. Every verb that opens one starts here."""

import fcntl
import os
import sqlite3
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from psoas.care.people.keyring import KeyRefused, Keyring
from psoas.cli.environment import Environment
from psoas.cli.refusal import CommandRefused

if TYPE_CHECKING:
    from psoas.care.people.models import Installation


# What psoas writes is for the account it runs under, and for nobody else on the machine.
_PRIVATE = 0o077


class NotReady(CommandRefused):
    """psoas will not start; the message says why and what to do. Nothing was changed."""


def open_installation(env: Environment) -> None:
    """Open an installation that exists already; make nothing."""
    expect_database(env)
    _check_folders(env)
    _start_django(env)
    _check_database(env)


def make_installation(env: Environment, now: datetime) -> None:
    """Open the installation, making folders, keys and database where there are none yet."""
    _check_folders(env)
    os.umask(_PRIVATE)
    fresh = not env.database.exists()
    if fresh and not (env.keys / "vault.key").exists():
        # Only here is a key ever made: where there is no database it could fail to open.
        try:
            Keyring.create(env.keys)
        except KeyRefused as refused:
            raise NotReady(str(refused)) from None
    _make_data_folder(env)
    _start_django(env)
    if not fresh:
        _check_database(env)
    _bring_up_to_date(env, now, fresh=fresh)


def hold(env: Environment) -> TextIO:
    """Hold the data folder, so that two servers, or a server and a restore, never share it."""
    _check_folders(env)
    _make_data_folder(env)
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
    if not env.database.exists():
        raise NotReady(
            f"There is no database at {env.database}. Start psoas once with “psoas serve”, "
            "or set PSOAS_HOME to the folder it was started with."
        )


def installation() -> "Installation | None":
    from psoas.care.people.models import Installation

    return Installation.objects.filter(id=1).first()


def _make_data_folder(env: Environment) -> None:
    try:
        env.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        raise NotReady(f"The data folder {env.data} cannot be made: {problem}.") from None


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
    os.environ["PSOAS_DEMO"] = "1" if env.demo else "0"
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


def _refuse_newer(env: Environment) -> None:
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    ours = {"people", "journal"}
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

    from psoas.care.people import backup

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        if not fresh:
            backup.make(env.database, env.data / "backups", now)
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    connection.close()
