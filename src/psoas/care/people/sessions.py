"""Sessions whose rows open nothing: the cookie's key is kept as a hash, what it holds is sealed.

A row read from a stolen database or backup is neither a cookie that lets somebody in, nor does
it tell what a session holds, for example the secret of a second factor being set up.
"""

import base64
import binascii
import hashlib
import json
import os
from functools import cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import (
    VALID_KEY_CHARS,
    CreateError,
    SessionBase,
    UpdateError,
)
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from psoas.care.people import vault
from psoas.care.people.models import Person

_BELONGS = b"psoas session 1"
_NONCE = 12


class SessionStore(SessionBase):
    """The session engine; its base class alone, as Django's own would write the key itself."""

    def load(self) -> dict[str, Any]:
        row = Session.objects.filter(
            session_key=_row_of(self.session_key), expire_date__gt=timezone.now()
        ).first()
        if row is None:
            # Unknown or over: a key that somebody brought along is never taken up.
            self._session_key = None
            return {}
        return opened(row)

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(session_key=_row_of(session_key)).exists()

    def create(self) -> None:
        # 165 random bits: that a key is taken already does not happen.
        self._session_key = get_random_string(32, VALID_KEY_CHARS)
        self.save(must_create=True)
        self.modified = True

    def save(self, must_create: bool = False) -> None:
        if self.session_key is None:
            return self.create()
        held = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        name = _row_of(self.session_key)
        fields = {"session_data": _seal(held, name), "expire_date": self.get_expiry_date()}
        if must_create:
            try:
                with transaction.atomic():
                    Session.objects.create(session_key=name, **fields)
            except IntegrityError:
                raise CreateError from None
        elif not Session.objects.filter(session_key=name).update(**fields):
            # Ended meanwhile, perhaps on purpose: it is not brought back.
            raise UpdateError
        return None

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            Session.objects.filter(session_key=_row_of(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        Session.objects.filter(expire_date__lt=timezone.now()).delete()


def end_all_of(person: Person) -> None:
    """Remove every session row of a person, also those that are over."""
    for row in Session.objects.iterator():
        if opened(row).get(SESSION_KEY) == str(person.pk):
            row.delete()


def _row_of(key: str | None) -> str:
    # The column holds 40 characters: 160 bits of the hash, of a key that has 165 itself.
    return hashlib.sha256(b"psoas session|" + (key or "").encode()).hexdigest()[:40]


def _seal(held: dict[str, Any], name: str) -> str:
    nonce = os.urandom(_NONCE)
    document = json.dumps(held, separators=(",", ":")).encode()
    sealed = _cipher(vault.keyring().session_key).encrypt(nonce, document, _place(name))
    return base64.b64encode(nonce + sealed).decode()


def opened(row: Session) -> dict[str, Any]:
    """What a session holds; nothing where the row is damaged, moved or from another key."""
    try:
        data = base64.b64decode(row.session_data, validate=True)
        cipher = _cipher(vault.keyring().session_key)
        opened = cipher.decrypt(data[:_NONCE], data[_NONCE:], _place(row.session_key))
    except (binascii.Error, InvalidTag, ValueError):
        return {}
    held: dict[str, Any] = json.loads(opened)
    return held


def _place(name: str) -> bytes:
    return _BELONGS + b"|" + name.encode()


@cache
def _cipher(session_key: str) -> AESGCM:
    start = bytes.fromhex(session_key)
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=None, info=_BELONGS).derive(start))
