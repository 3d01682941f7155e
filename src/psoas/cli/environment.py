"""Every setting psoas reads from its environment, one typed line each.

A setting that stands here and not in ``docs/settings.md`` fails the tests.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from psoas.cli.refusal import CommandRefused

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
    url: SplitResult
    leave_url: str
    mail: str
    bind: str
    workers: int
    threads: int

    @property
    def database(self) -> Path:
        return self.data / "psoas.sqlite3"

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
    home = _folder(values, "PSOAS_HOME", default=_default_home(values))
    place = home / ("demo" if demo else "real")
    return Environment(
        demo=demo,
        home=home,
        data=_folder(values, "PSOAS_DATA", default=place / "data"),
        keys=_folder(values, "PSOAS_KEYS", default=place / "keys"),
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
    "PSOAS_URL",
    "PSOAS_LEAVE_URL",
    "PSOAS_MAIL",
    "PSOAS_BIND",
    "PSOAS_WORKERS",
    "PSOAS_THREADS",
)


def _default_home(values: Mapping[str, str]) -> Path:
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
