"""The vault: what a person says is sealed under keys of their own.

Two 256-bit data keys a person, *journal* (which they may shred) and *clinical*, each wrapped by
the installation's key-encryption key (RFC 3394). A document is sealed by AES-256-GCM under a
random 96-bit nonce; table, field, row, revision and person are its associated data, so that a
ciphertext moved to another place no longer opens.
"""

import os
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import (
    InvalidUnwrap,
    aes_key_unwrap,
    aes_key_wrap,
)
from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet

from psoas.care.people import ledger
from psoas.care.people.keyring import KeyRefused, Keyring, WrappingKey
from psoas.care.people.models import Installation, Person, WrappedKey

FORMAT: Final = b"\x01"
JOURNAL: Final = "journal"
CLINICAL: Final = "clinical"
_NONCE = 12
# Format, nonce, and the authentication tag of an empty document.
_SHORTEST = 1 + _NONCE + 16


class Unreadable(Exception):
    """A sealed document does not open: damaged, moved, or under a key that was shredded."""


@dataclass(frozen=True)
class Place:
    """Where a sealed document belongs; it opens there and nowhere else."""

    table: str
    field: str
    row: UUID
    revision: int
    # What stands beside the document in clear and must not be changed without it.
    filed: str = ""


class Sealer:
    """Seals and opens documents of one person for one purpose."""

    def __init__(self, person_id: UUID, data_key: bytes) -> None:
        self._person = person_id.hex
        self._cipher = AESGCM(data_key)

    def seal(self, place: Place, document: bytes) -> bytes:
        nonce = os.urandom(_NONCE)
        return FORMAT + nonce + self._cipher.encrypt(nonce, document, self._belongs(place))

    def open(self, place: Place, sealed: bytes) -> bytes:
        if sealed[:1] != FORMAT:
            raise Unreadable("This document was sealed in a format this version does not know.")
        if len(sealed) < _SHORTEST:
            raise Unreadable("This document is cut short; the rest of it is gone.")
        nonce = sealed[1 : 1 + _NONCE]
        try:
            return self._cipher.decrypt(nonce, sealed[1 + _NONCE :], self._belongs(place))
        except InvalidTag:
            raise Unreadable("This document does not open here: damaged or moved.") from None

    def _belongs(self, place: Place) -> bytes:
        return (
            f"1|{place.table}|{place.field}|{place.row.hex}|{place.revision}|{self._person}"
            f"|{place.filed}"
        ).encode()


def wrap(key: WrappingKey, data_key: bytes) -> bytes:
    """RFC 3394: what lies in the database of a data key."""
    return aes_key_wrap(key.secret, data_key)


def unwrap(key: WrappingKey, wrapped: bytes) -> bytes:
    return aes_key_unwrap(key.secret, wrapped)


def keyring() -> Keyring:
    ring: Keyring = settings.KEYRING
    return ring


def make_keys(
    person: Person, now: datetime, purposes: tuple[str, ...] = (JOURNAL, CLINICAL)
) -> None:
    """Give a person data keys: both when they come, a fresh one where one was shredded."""
    key = keyring().current
    WrappedKey.objects.bulk_create(
        WrappedKey(
            person=person,
            purpose=purpose,
            wrapped_by=key.name,
            wrapped=wrap(key, os.urandom(32)),
            created_at=now,
        )
        for purpose in purposes
    )


def sealer(person: Person, purpose: str) -> Sealer:
    """The person's sealer; raises ``Unreadable`` where the key was shredded."""
    row = WrappedKey.objects.filter(person=person, purpose=purpose).first()
    if row is None:
        raise Unreadable("The key of this record was destroyed; nothing can open it again.")
    return Sealer(person.pk, _unwrap(row, keyring()))


def rotate(ring: Keyring) -> tuple[Keyring, int]:
    """Wrap every data key with a fresh key-encryption key; the documents stay untouched."""
    for row in WrappedKey.objects.all():
        # Before any file changes: a key that does not open now would not open afterwards.
        _unwrap(row, ring)
    fresh = ring.rotated()
    with transaction.atomic():
        count = rewrap(fresh)
        Installation.objects.filter(id=1).update(key_name=fresh.current.name)
    return fresh, count


def rewrap(ring: Keyring) -> int:
    """Wrap with the current key whatever an older one still wraps."""
    rows = list(WrappedKey.objects.select_for_update().exclude(wrapped_by=ring.current.name))
    for row in rows:
        secret = _unwrap(row, ring)
        row.wrapped = wrap(ring.current, secret)
        row.wrapped_by = ring.current.name
    WrappedKey.objects.bulk_update(rows, ["wrapped", "wrapped_by"], batch_size=500)
    return len(rows)


def check_keys(ring: Keyring) -> None:
    """Refuse to go on where the key file is not the one this database was made with."""
    installation = Installation.objects.filter(id=1).first()
    if installation is None or installation.key_name == ring.current.name:
        return
    if any(installation.key_name == key.name for key in ring.older):
        # A rotation that was cut short, or a backup from before it: both keys are here.
        return
    raise KeyRefused(
        f"The key file {ring.folder / 'vault.key'} is not the one this database was made with "
        f"(it needs key {installation.key_name}, the file holds {ring.current.name}). "
        "Put the right file there; psoas changes nothing until then."
    )


def check_opens(ring: Keyring) -> None:
    """Refuse to go on where the key file opens nobody's keys, whatever it is called."""
    rows = WrappedKey.objects.all()
    if rows.exists() and not any(_opens(row, ring) for row in rows.iterator()):
        raise KeyRefused(
            f"The key file {ring.folder / 'vault.key'} opens no record of this database. "
            "Put the right file there, or restore a backup; psoas changes nothing until then."
        )


def _opens(row: WrappedKey, ring: Keyring) -> bool:
    try:
        _unwrap(row, ring)
    except (KeyRefused, Unreadable):
        return False
    return True


def shred(person: Person, purpose: str, now: datetime) -> None:
    """Destroy a data key for good, in this database and in any backup restored later."""
    folder = keyring().folder
    for key in WrappedKey.objects.filter(person=person, purpose=purpose):
        ledger.intend(folder, key.pk, now)
        transaction.on_commit(partial(ledger.confirm, folder, key.pk, now))
        key.delete()


def settle_erasure() -> None:
    """Push erased pages out of the write-ahead log (outside a transaction)."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def returned_keys(folder: Path) -> "QuerySet[WrappedKey]":
    """Keys that were destroyed and are here all the same: this database is an older one."""
    return WrappedKey.objects.filter(pk__in=ledger.confirmed(folder))


def replay_erasures(folder: Path) -> int:
    """Destroy again what was destroyed since this database was written."""
    return returned_keys(folder).delete()[0]


def settle_ledger(folder: Path, now: datetime) -> None:
    """At a start: whether an erasure that a crash cut off took place, this database knows."""
    ledger.settle(folder, set(WrappedKey.objects.values_list("pk", flat=True)), now)


def _unwrap(row: WrappedKey, ring: Keyring) -> bytes:
    try:
        return unwrap(ring.wrapping_key(row.wrapped_by), bytes(row.wrapped))
    except (InvalidUnwrap, TypeError):
        raise Unreadable("The wrapped key of this record is damaged.") from None
