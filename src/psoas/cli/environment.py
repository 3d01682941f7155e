"""Every setting psoas reads from its environment, one typed line each.

A setting that stands here and not in ``docs/settings.md`` fails the tests.
"""

import os
import re
import shlex
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from psoas.cli.refusal import CommandRefused
from psoas.content import overlay

_DATABASE = "psoas.sqlite3"
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?|[0-9a-f:]+")


class BadSetting(CommandRefused):
    """A setting whose value cannot be used; the message says which, why and what to write."""


@dataclass(frozen=True)
class Environment:
    """What the environment says, read once and checked."""

    demo: bool
    home: Path
    data: Path
    keys: Path
    content: Path | None
    url: SplitResult
    leave_url: str
    mail: str
    bind: str
    workers: int
    threads: int

    @property
    def database(self) -> Path:
        return self.data / _DATABASE

    @property
    def address_file(self) -> Path:
        """Where ``psoas serve`` notes the address it was last started under."""
        return self.data / "address"

    @property
    def loopback(self) -> bool:
        return self.url.hostname in {"localhost", "127.0.0.1", "::1"}

    @property
    def served_on_loopback(self) -> bool:
        """Nobody on another machine can reach it: name and listening address are both local."""
        host = self.bind.rpartition(":")[0] if self.bind else "127.0.0.1"
        return self.loopback and host.strip("[]") in {"localhost", "127.0.0.1", "::1"}

    @property
    def secure(self) -> bool:
        return self.url.scheme == "https"

    @property
    def origin(self) -> str:
        """As browsers write it in their headers: scheme, host, port, all in small letters."""
        return f"{self.url.scheme}://{self.url.netloc}".lower()


def read(values: Mapping[str, str] = os.environ) -> Environment:
    demo = _switch(values, "PSOAS_DEMO", default=False)
    home = _folder(values, "PSOAS_HOME", default=_usual_home(values))
    place = home / ("demo" if demo else "real")
    return Environment(
        demo=demo,
        home=home,
        data=_folder(values, "PSOAS_DATA", default=place / "data"),
        keys=_folder(values, "PSOAS_KEYS", default=place / "keys"),
        content=overlay.chosen(values),
        url=_own_address(values, "PSOAS_URL", default="http://localhost:8000"),
        leave_url=_address(
            values, "PSOAS_LEAVE_URL", default="https://www.wikipedia.org/"
        ).geturl(),
        mail=_mail(values, "PSOAS_MAIL", default=""),
        bind=values.get("PSOAS_BIND", "").strip(),
        workers=_count(values, "PSOAS_WORKERS", default=2),
        threads=_count(values, "PSOAS_THREADS", default=4),
    )


NAMES = (
    "PSOAS_DEMO",
    "PSOAS_HOME",
    "PSOAS_DATA",
    "PSOAS_KEYS",
    "PSOAS_CONTENT",
    "PSOAS_URL",
    "PSOAS_LEAVE_URL",
    "PSOAS_MAIL",
    "PSOAS_BIND",
    "PSOAS_WORKERS",
    "PSOAS_THREADS",
)


def read_installed(values: Mapping[str, str] = os.environ) -> Environment:
    """What a command finds that opens an installation which is there already.

    Only what was left unset is filled in: the demonstration where nothing else is there, and the
    address under which it was last served. Whoever starts psoas (``serve``) is not second-guessed.
    """
    env = read(values)
    unset = {name for name in NAMES if not values.get(name, "").strip()}
    if {"PSOAS_DEMO", "PSOAS_DATA", "PSOAS_KEYS"} <= unset and _only_a_demonstration(env.home):
        env = read({**values, "PSOAS_DEMO": "1"})
        print(f"Using the demonstration in {env.data.parent}.", file=sys.stderr)
    if "PSOAS_URL" in unset:
        env = replace(env, url=_last_address(env))
    return env


def typed(**settings: str) -> str:
    """The command as it was typed, with settings before it."""
    name = sys.argv[0] if Path(sys.argv[0]).name == "psoas" else "psoas"
    before = [f"{setting}={shlex.quote(value)}" for setting, value in settings.items()]
    return " ".join([*before, shlex.join([name, *sys.argv[1:]])])


def _usual_home(values: Mapping[str, str]) -> Path:
    """The folder of this account; or ``var`` here, as ``make run`` makes it, if psoas is there."""
    usual = _share(values)
    here = Path.cwd() / "var"
    if any(values.get(name, "").strip() for name in ("PSOAS_HOME", "PSOAS_DATA", "PSOAS_KEYS")):
        return usual
    # A folder that somebody else put here, in a shared place, is not taken for one's own.
    if not _in_use(here) or here.stat().st_uid != os.getuid():
        return usual
    if _in_use(usual):
        raise BadSetting(
            f"psoas has data in two places, {here} and {usual}. Say which one you mean:\n"
            f"  {typed(PSOAS_HOME=str(here))}\n  {typed(PSOAS_HOME=str(usual))}"
        )
    return here


def _in_use(home: Path) -> bool:
    return any((home / kind / "data" / _DATABASE).is_file() for kind in ("real", "demo"))


def _only_a_demonstration(home: Path) -> bool:
    # Real keys without a database are an installation that waits for its backup.
    real = (home / "real" / "data" / _DATABASE, home / "real" / "keys" / "vault.key")
    return _in_use(home) and not any(path.exists() for path in real)


def _last_address(env: Environment) -> SplitResult:
    try:
        noted = env.address_file.read_text(encoding="utf-8").strip()
        return _own_address({"PSOAS_URL": noted}, "PSOAS_URL", default=env.origin)
    except (OSError, UnicodeDecodeError, BadSetting):
        # Never served yet, or written over: what would be used without a note.
        return env.url


def _share(values: Mapping[str, str]) -> Path:
    share = values.get("XDG_DATA_HOME") or str(Path(values.get("HOME", "~")) / ".local/share")
    return Path(share).expanduser() / "psoas"


def _switch(values: Mapping[str, str], name: str, *, default: bool) -> bool:
    text = values.get(name, "").strip()
    if text == "":
        return default
    if text in {"0", "1"}:
        return text == "1"
    raise BadSetting(f"{name} is “{text}”. Write 1 for yes or 0 for no.")


def _folder(values: Mapping[str, str], name: str, *, default: Path) -> Path:
    text = values.get(name, "").strip()
    return Path(text).expanduser().absolute() if text else default.absolute()


def _address(values: Mapping[str, str], name: str, *, default: str) -> SplitResult:
    text = values.get(name, "").strip() or default
    try:
        parts = urlsplit(text)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or any(mark in text for mark in " ;,'\"\\"):
        raise BadSetting(f"{name} is “{text}”. Write a whole web address, for example {default}")
    return parts


def _own_address(values: Mapping[str, str], name: str, *, default: str) -> SplitResult:
    """An address that psoas itself answers: a host, perhaps a port, and nothing more."""
    parts = _address(values, name, default=default)
    if parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc:
        raise BadSetting(f"{name} is “{parts.geturl()}”. Write only the beginning: {default}")
    if not _HOST.fullmatch(parts.hostname or ""):
        # A star or a leading dot would let psoas answer under names that are not its own.
        raise BadSetting(f"{name} is “{parts.geturl()}”. Write one whole name: {default}")
    return parts


def _mail(values: Mapping[str, str], name: str, *, default: str) -> str:
    text = values.get(name, "").strip() or default
    if text and urlsplit(text).scheme not in {"smtp", "smtps"}:
        raise BadSetting(
            f"{name} is not a mail address of a server. Write smtp://user:password@host:587 "
            "or smtps://… , or leave it out to run without mail."
        )
    return text


def _count(values: Mapping[str, str], name: str, *, default: int) -> int:
    text = values.get(name, "").strip()
    if text == "":
        return default
    if text.isdecimal() and 1 <= int(text) <= 64:
        return int(text)
    raise BadSetting(f"{name} is “{text}”. Write a whole number from 1 to 64.")
