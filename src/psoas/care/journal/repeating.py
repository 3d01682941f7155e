"""Forms that are sent again. Sent twice as it was, a form is one entry; changed, it is another.

A phone's outbox sends an entry until it is acknowledged, and there the id alone decides. A form
comes back out of the browser's history, with the id it had and other words in it.
"""

import hmac
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from psoas.care.journal import drafts
from psoas.care.journal.models import Entry
from psoas.care.journal.notebook import find_trigger, open_notebook
from psoas.care.journal.sealing import Document, journal_sealer, open_rows
from psoas.care.journal.writing import Written, write_entry
from psoas.care.people import vault
from psoas.care.people.access import Viewer


def write_form(
    viewer: Viewer, raw: Mapping[str, Any], *, entry_id: UUID, kind: str, now: datetime
) -> Written:
    """Write what a form says; never call words saved that were dropped as a repeat."""
    written = write_entry(viewer, raw, entry_id=entry_id, kind=kind, now=now)
    if written.fresh or _says_the_same(viewer, entry_id, raw, kind, now):
        return written
    other_id = _id_of(entry_id, raw)
    return replace(write_entry(viewer, raw, entry_id=other_id, kind=kind, now=now), id=other_id)


def _says_the_same(
    viewer: Viewer, entry_id: UUID, raw: Mapping[str, Any], kind: str, now: datetime
) -> bool:
    # Also one that was deleted meanwhile: its form, sent again, does not bring it back.
    rows = Entry.objects.visible_to(viewer).filter(pk=entry_id)
    if not rows.exists():
        # Forgotten since: nothing is left to compare with, and it must not come back either.
        return True
    there = open_rows(journal_sealer(viewer.known), rows)
    notebook = open_notebook(viewer)
    named = raw.get("new_trigger")
    if isinstance(named, str) and named.strip():
        key = find_trigger(named, notebook)
        if key is None:
            return False
        triggers = dict(raw.get("triggers") or {})
        raw = {**raw, "triggers": {**triggers, key: triggers.get(key) or 1}}
    zone = str(there[0].document["zone"]) if there else viewer.known.zone
    draft = drafts.check(raw, kind=kind, zone=zone, now=now, notebook=notebook)
    timed = bool(raw.get("at"))
    return bool(there) and _said(there[0].document, timed) == _said(draft.document, timed)


def _said(document: Document, timed: bool) -> Document:
    """What was said; a form without a time of its own is filed under the moment it came."""
    return {name: value for name, value in document.items() if timed or name != "at"}


def _id_of(entry_id: UUID, raw: Mapping[str, Any]) -> UUID:
    """The id of the changed form: for the same words the same, and it tells nothing of them."""
    secret = bytes.fromhex(vault.keyring().session_key)
    message = entry_id.bytes + json.dumps(raw, sort_keys=True, default=str).encode()
    return UUID(bytes=hmac.digest(secret, message, "sha256")[:16], version=4)
