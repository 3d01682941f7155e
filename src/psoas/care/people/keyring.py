"""The keys of an installation: files in a folder of their own, never beside the database.

``vault.key`` wraps every person's data keys; after a rotation older ones stand beside it as
``vault-<id>.key`` until nothing is wrapped with them any more. ``session.key`` signs sessions.
"""

import hashlib
import os
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path

from psoas.care.people.disk import settle


class KeyRefused(Exception):
    """A key file is missing, unreadable or not the one this database was made with."""


@dataclass(frozen=True)
class WrappingKey:
    """A 256-bit key-encryption key and the short name under which rows refer to it."""

    name: str
    secret: bytes

    @classmethod
    def of(cls, secret: bytes) -> "WrappingKey":
        return cls(hashlib.sha256(b"psoas key name|" + secret).hexdigest()[:16], secret)


@dataclass(frozen=True)
class Keyring:
    """What the key folder holds: the current wrapping key, older ones, the session key."""

    folder: Path
    current: WrappingKey
    older: tuple[WrappingKey, ...]
    session_key: str

    def wrapping_key(self, name: str) -> WrappingKey:
        for key in (self.current, *self.older):
            if key.name == name:
                return key
        raise KeyRefused(
            f"A data key is wrapped with key {name}, and no file in {self.folder} holds it. "
            f"Put the right vault key there (vault.key, or vault-{name}.key)."
        )

    @classmethod
    def open(cls, folder: Path) -> "Keyring":
        current = WrappingKey.of(_read_secret(folder / "vault.key"))
        older = tuple(
            WrappingKey.of(_read_secret(path)) for path in sorted(folder.glob("vault-*.key"))
        )
        return cls(folder, current, older, _read_secret(folder / "session.key").hex())

    @classmethod
    def create(cls, folder: Path) -> "Keyring":
        """Make the keys of a new installation; refuses to touch a folder that has one."""
        vault, session = folder / "vault.key", folder / "session.key"
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if vault.exists():
                raise KeyRefused(f"{vault} exists already; a key is never written over.")
            # The vault key comes last: a start cut short between the two is simply tried again.
            if not session.exists():
                _write_secret(session, secrets.token_bytes(32))
            _write_secret(vault, secrets.token_bytes(32))
        except OSError as problem:
            raise KeyRefused(f"No keys can be made in {folder}: {problem}.") from None
        return cls.open(folder)

    def rotated(self) -> "Keyring":
        """Put a fresh wrapping key in front; the one in use stays readable as an older one."""
        kept = self.folder / f"vault-{self.current.name}.key"
        # A rotation that was cut short has left it here already, whole.
        if not kept.exists():
            _write_secret(kept, self.current.secret)
        fresh = self.folder / "vault.key.new"
        fresh.unlink(missing_ok=True)
        _write_secret(fresh, secrets.token_bytes(32))
        fresh.replace(self.folder / "vault.key")
        settle(self.folder)
        return Keyring.open(self.folder)


def _lost(name: str) -> str:
    back = "Put the file back from where you keep your keys."
    if name == "session.key":
        return (
            f"{back} No journal is lost with it. Where there is no copy, a new one (64 hexadecimal "
            "digits: openssl rand -hex 32) lets psoas start, but it signs everybody out, and "
            "authenticator apps and recovery codes made with the old one no longer work."
        )
    return "Without it nothing in the database can be read, and a new key would not help. " + back


def _read_secret(path: Path) -> bytes:
    try:
        text = path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        raise KeyRefused(f"The key file {path} is missing. {_lost(path.name)}") from None
    except (OSError, UnicodeDecodeError) as problem:
        raise KeyRefused(f"The key file {path} cannot be read: {problem}.") from None
    try:
        secret = bytes.fromhex(text)
    except ValueError:
        secret = b""
    if len(secret) != 32:
        raise KeyRefused(
            f"The key file {path} is damaged: it should hold 64 hexadecimal digits. "
            "Put the file back from where you keep your keys."
        )
    return secret


def _write_secret(path: Path, secret: bytes) -> None:
    # Whole or not at all: half a key after a power cut would keep psoas from starting.
    handle, part = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secret.hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
        # A link never replaces: of two processes that start at once, one makes the key.
        os.link(part, path)
    finally:
        os.unlink(part)
    settle(path.parent)
