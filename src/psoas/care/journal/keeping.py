"""Drawings of a page, kept sealed as long as what they were drawn from stays as it is.

The key says from which entries: their ids and revisions, which stand beside the sealed documents
anyway. So that nothing changed is known without opening anything.
"""

import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Any, Final

from django.db import DatabaseError, transaction
from django.db.models import TextField
from django.db.models.functions import Cast

from psoas.care.journal.models import Entry, KeptPage
from psoas.care.journal.models import Notebook as NotebookRow
from psoas.care.journal.sealing import journal_sealer, sealed_bytes
from psoas.care.people import vault
from psoas.care.people.access import Viewer, own_rows
from psoas.care.people.models import Person
from psoas.care.people.vault import Place, Sealer, Unreadable

Drawings = dict[str, Any]
# Filled up to whole blocks: the length alone would hint at how much was found.
_BLOCK: Final = 32768


@dataclass(frozen=True)
class Key:
    """What a page is drawn from, and the sealer of the journal as it was then.

    A journal that is erased while its page is drawn must not come back under its next key.
    """

    text: str
    besides: tuple[str, ...]
    with_: Sealer


# The id as it lies there: making UUIDs of three years of entries takes longer than all the rest.
_ID_AS_TEXT = Cast("pk", TextField())


def key_of(viewer: Viewer, *besides: str) -> Key:
    """The key of everything a page is drawn from; ``besides``: language, answer day, and such.

    Taken before anything is read that is to be drawn.
    """
    with_ = journal_sealer(viewer.known)
    return Key(_text(viewer, besides), besides, with_)


def _text(viewer: Viewer, besides: tuple[str, ...]) -> str:
    entries = Entry.objects.visible_to(viewer).standing().order_by("pk")
    notebook = NotebookRow.objects.filter(own_rows(viewer)).values_list("revision").first()
    secret = bytes.fromhex(vault.keyring().session_key)
    digest = hmac.new(secret, b"kept page", hashlib.sha256)
    digest.update(repr((viewer.known.pk, besides, notebook)).encode())
    digest.update(repr(list(entries.values_list(_ID_AS_TEXT, "revision"))).encode())
    return digest.hexdigest()


def kept(viewer: Viewer, key: Key) -> Drawings | None:
    """What was drawn under this key; nothing where it is another, or does not open."""
    row = KeptPage.objects.filter(own_rows(viewer), key=key.text).first()
    if row is None:
        return None
    try:
        text = key.with_.open(_place(viewer.known, key), sealed_bytes(row.sealed))
    except Unreadable:
        # A copy only: it is drawn anew.
        return None
    drawings: Drawings = json.loads(text)
    return drawings


def keep(viewer: Viewer, key: Key, drawings: Drawings) -> None:
    """Keep a page's drawings in the place of those before. A full disk keeps none.

    Nor is anything kept that was drawn from entries which are there no more.
    """
    person = viewer.known
    text = json.dumps(drawings, separators=(",", ":"), ensure_ascii=False).encode()
    filled = text.ljust(-(-len(text) // _BLOCK) * _BLOCK)
    sealed = key.with_.seal(_place(person, key), filled)
    try:
        with transaction.atomic():
            if _text(viewer, key.besides) == key.text:
                KeptPage.objects.update_or_create(
                    person=person, defaults={"key": key.text, "sealed": sealed}
                )
    except DatabaseError:
        # What is shown is right all the same; the next look draws it again.
        return


def _place(person: Person, key: Key) -> Place:
    return Place("kept page", "drawings", person.pk, 1, key.text)
