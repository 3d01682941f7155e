"""The web server itself: where it listens, what it logs, how it stops."""

import os
import signal
import socket
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger
from gunicorn.util import parse_address
from gunicorn.workers.gthread import ThreadWorker

from psoas.cli import prepare, sweep
from psoas.cli.environment import Environment
from psoas.cli.logs import WithoutBodies

# Seconds a request that is under way has left when psoas is told to stop; what is not acknowledged
# by then is undone whole. The master waits longer than its workers: they leave by themselves.
_WORKER_GRACE, _MASTER_GRACE = 1, 3


def serve(env: Environment, bind: list[str]) -> int:
    """Serve until told to stop; return the exit code."""
    master = os.getpid()
    try:
        _Server(env, bind).run()
    except SystemExit as ended:
        if os.getpid() != master:
            raise
        return ended.code if isinstance(ended.code, int) else 0
    return 0


def listen_on(env: Environment) -> list[str]:
    """Where to listen; refuses in one sentence where something else listens already."""
    if env.bind:
        _try_own(env.bind)
        return [env.bind]
    port = (env.url.port or 8000) if env.loopback else 8000
    usable = []
    for family, host, text in (
        (socket.AF_INET, "127.0.0.1", f"127.0.0.1:{port}"),
        (socket.AF_INET6, "::1", f"[::1]:{port}"),
    ):
        try:
            _try(family, (host, port))
            usable.append(text)
        except OSError as problem:
            if family == socket.AF_INET:
                raise prepare.NotReady(
                    f"Port {port} is not free ({problem.strerror}). Stop what uses it, or set "
                    f"another, for example PSOAS_URL=http://localhost:{port + 1}"
                ) from None
    return usable


def _try_own(bind: str) -> None:
    example = "Write a free address and port, for example PSOAS_BIND=127.0.0.1:8001"
    try:
        address = parse_address(bind, default_port="8000")
        if isinstance(address, tuple):
            family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
            _try(family, address)
    except OSError as problem:
        raise prepare.NotReady(
            f"PSOAS_BIND is “{bind}”, and nothing can listen there ({problem.strerror}). {example}"
        ) from None
    except (RuntimeError, ValueError, OverflowError):
        raise prepare.NotReady(f"PSOAS_BIND is “{bind}”. {example}") from None


def _try(family: int, address: tuple[Any, ...]) -> None:
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        trial.bind(address)


class _Discreet(Logger):  # type: ignore[misc]
    """gunicorn keeps its own handlers, which Django's logging settings never see."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.addFilter(WithoutBodies())


class _Worker(ThreadWorker):  # type: ignore[misc]
    """Leaves when its requests are answered."""

    def run(self) -> None:
        # At a terminal Ctrl-C goes to everybody; the master tells its workers.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        self.cfg.set("graceful_timeout", _WORKER_GRACE)
        super().run()
        # Browsers open connections ahead of need and say nothing on them. A thread listens there
        # for five seconds, which an ordinary exit would wait for.
        os._exit(0)


class _Master(Arbiter):  # type: ignore[misc]
    """Stops as calmly on Ctrl-C as on the system's word."""

    def handle_int(self) -> None:
        self.handle_term()

    def stop(self, graceful: bool = True) -> None:
        # How its workers end now is no news to anybody.
        self.log.error_log.disabled = True
        try:
            super().stop(graceful)
        finally:
            self.log.error_log.disabled = False


class _Server(BaseApplication):  # type: ignore[misc]
    """gunicorn, set up from psoas's own few settings."""

    def __init__(self, env: Environment, bind: list[str]) -> None:
        self._env, self._bind = env, bind
        super().__init__()

    def run(self) -> None:
        _Master(self).run()

    def load_config(self) -> None:
        for name, value in {
            "bind": self._bind,
            "worker_class": _Worker,
            "workers": self._env.workers,
            "threads": self._env.threads,
            "timeout": 60,
            "graceful_timeout": _MASTER_GRACE,
            "loglevel": "warning",
            "preload_app": True,
            "proc_name": "psoas",
            # Addresses carry ids and one-time tokens: no access log.
            "accesslog": None,
            "logger_class": _Discreet,
            "post_worker_init": lambda _worker: sweep.begin(),
            # A second door into the server, of which psoas has no use.
            "control_socket_disable": True,
        }.items():
            self.cfg.set(name, value)

    def load(self) -> object:
        # What the settings name as the application: the command knows the site by name only.
        from django.core.servers.basehttp import get_internal_wsgi_application

        return get_internal_wsgi_application()
