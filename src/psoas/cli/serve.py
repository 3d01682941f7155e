"""``psoas serve``: make what is missing, say where things are, and serve until stopped."""

import argparse
import os
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from psoas.cli import environment, prepare
from psoas.cli.environment import Environment


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
    now = datetime.now(UTC)
    bind = _addresses(env)
    lock = prepare.hold(env)
    try:
        prepare.make_installation(env, now)
        _greet(env, list(_links(env, now)))
        _Server(env, bind).run()
    finally:
        lock.close()
    return 0


def _addresses(env: Environment) -> list[str]:
    """Where to listen; refuses in one sentence where something else listens already."""
    if env.bind:
        return [env.bind]
    port = (env.url.port or 8000) if env.loopback else 8000
    usable = []
    for family, host, text in (
        (socket.AF_INET, "127.0.0.1", f"127.0.0.1:{port}"),
        (socket.AF_INET6, "::1", f"[::1]:{port}"),
    ):
        try:
            with socket.socket(family, socket.SOCK_STREAM) as trial:
                trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                trial.bind((host, port))
            usable.append(text)
        except OSError as problem:
            if family == socket.AF_INET:
                raise prepare.NotReady(
                    f"Port {port} is not free ({problem.strerror}). Stop what uses it, or set "
                    f"another, for example PSOAS_URL=http://localhost:{port + 1}"
                ) from None
    return usable


def _links(env: Environment, now: datetime) -> Iterator[tuple[str, str]]:
    from django.db import connection

    from psoas.care.journal import demonstration, importing, writing
    from psoas.care.people import links, vault
    from psoas.care.people.models import Person

    vault.settle_ledger(env.keys, now)
    writing.forget_deleted(now)
    importing.forget_waiting(now)
    if env.demo:
        if not Person.objects.exists():
            demonstration.load(now)
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
    if ways_in:
        print("\n  Each of these links works once:\n")
        for who, link in ways_in:
            print(f"  {who}\n    {link}\n")
    print("  Ctrl-C stops it. Everything stays for the next start.\n", flush=True)


def _logger_class() -> type[Logger]:
    from psoas.cli.logs import WithoutBodies

    class Discreet(Logger):  # type: ignore[misc]
        """gunicorn keeps its own handlers, which Django's logging settings never see."""

        def setup(self, cfg: Any) -> None:
            super().setup(cfg)
            for handler in self.error_log.handlers:
                handler.addFilter(WithoutBodies())

    return Discreet


class _Server(BaseApplication):  # type: ignore[misc]
    """gunicorn, set up from psoas's own few settings."""

    def __init__(self, env: Environment, bind: list[str]) -> None:
        self._env, self._bind = env, bind
        super().__init__()

    def load_config(self) -> None:
        for name, value in {
            "bind": self._bind,
            "worker_class": "gthread",
            "workers": self._env.workers,
            "threads": self._env.threads,
            "timeout": 60,
            "graceful_timeout": 10,
            "loglevel": "warning",
            "preload_app": True,
            "proc_name": "psoas",
            # Addresses carry ids and one-time tokens: no access log.
            "accesslog": None,
            "logger_class": _logger_class(),
        }.items():
            self.cfg.set(name, value)

    def load(self) -> object:
        # What the settings name as the application: the command knows the site by name only.
        from django.core.servers.basehttp import get_internal_wsgi_application

        return get_internal_wsgi_application()
