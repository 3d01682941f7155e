"""Writing in one's own journal: write, change, delete, undo. Every door goes through here."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from psoas.care.journal import drafts
from psoas.care.journal.jumping import watch_for_a_jump
from psoas.care.journal.models import MOMENT, Entries, Entry, ForgottenEntry, KeptPage
from psoas.care.journal.notebook import Notebook, keep_notebook, open_notebook, own_called
from psoas.care.journal.sealing import Document, journal_sealer, seal_entry
from psoas.care.people import trail
from psoas.care.people.access import Viewer, allows
from psoas.care.people.models import Person
from psoas.care.people.refusal import NotAllowed, Refusal

UNDO = timedelta(hours=1)


@dataclass(frozen=True)
class Written:
    """The acknowledgement: this entry is on disk. ``fresh`` is false for a repeat."""

    id: UUID
    fresh: bool


def write_entry(
    viewer: Viewer, raw: Mapping[str, Any], *, entry_id: UUID, kind: str, now: datetime
) -> Written:
    """Write one entry. Sent twice under the same id, it is written once."""
    person = _writer(viewer)
    with transaction.atomic():
        known: Entry | ForgottenEntry | None = (
            Entry.objects.filter(pk=entry_id).first()
            or ForgottenEntry.objects.filter(pk=entry_id).first()
        )
        if known is not None:
            if known.person_id != person.pk:
                raise NotAllowed
            return Written(entry_id, fresh=False)
        raw = _with_new_trigger(viewer, raw, now)
        notebook = open_notebook(viewer)
        draft = drafts.check(raw, kind=kind, zone=person.zone, now=now, notebook=notebook)
        Entry.objects.create(
            id=entry_id,
            person=person,
            day=draft.day,
            kind=kind,
            sealed=seal_entry(
                journal_sealer(person), entry_id, 1, draft.document, day=draft.day, kind=kind
            ),
        )
        _remember(viewer, notebook, kind, draft.document)
        watch_for_a_jump(viewer, entry_id, draft.document, now)
        trail.record("entry written", actor=person, subject=person, now=now, item=entry_id)
        _forget_deleted(viewer, now)
    return Written(entry_id, fresh=True)


def change_entry(
    viewer: Viewer, entry_id: UUID, raw: Mapping[str, Any], *, revision: int, now: datetime
) -> None:
    """Change an entry that was read at ``revision``; two tabs do not overwrite each other."""
    person = _writer(viewer)
    with transaction.atomic():
        entry = _own(viewer, entry_id)
        if entry.revision != revision:
            raise Refusal(
                _("This entry was changed in another window. Open it again, then change it.")
            )
        raw = _with_new_trigger(viewer, raw, now)
        notebook = open_notebook(viewer)
        draft = drafts.check(raw, kind=entry.kind, zone=person.zone, now=now, notebook=notebook)
        entry.day = draft.day
        entry.revision += 1
        entry.sealed = seal_entry(
            journal_sealer(person),
            entry_id,
            entry.revision,
            draft.document,
            day=entry.day,
            kind=entry.kind,
        )
        entry.save(update_fields=["day", "revision", "sealed"])
        trail.record("entry changed", actor=person, subject=person, now=now, item=entry_id)


def delete_entry(viewer: Viewer, entry_id: UUID, *, now: datetime) -> None:
    """Delete an entry; for an hour it can be brought back, then it is gone for good."""
    person = _writer(viewer)
    with transaction.atomic():
        entry = _own(viewer, entry_id)
        entry.deleted_at = now
        entry.save(update_fields=["deleted_at"])
        trail.record("entry deleted", actor=person, subject=person, now=now, item=entry_id)
        _forget_deleted(viewer, now)


def undo_delete(viewer: Viewer, entry_id: UUID, *, now: datetime) -> None:
    """Bring a deleted entry back."""
    person = _writer(viewer)
    with transaction.atomic():
        brought_back = (
            Entry.objects.visible_to(viewer)
            .filter(pk=entry_id, deleted_at__gte=now - UNDO)
            .update(deleted_at=None)
        )
        if not brought_back:
            raise NotAllowed
        trail.record("entry brought back", actor=person, subject=person, now=now, item=entry_id)


def forget_deleted(now: datetime) -> int:
    """Remove everybody's deleted entries whose hour is over."""
    return _forget(Entry.objects.forgotten(now - UNDO))


def _forget_deleted(viewer: Viewer, now: datetime) -> None:
    _forget(Entry.objects.visible_to(viewer).forgotten(now - UNDO))


def _forget(over: Entries) -> int:
    """Keep of each its id alone: a device that sends it once more must not bring it back."""
    # Asked before anything is written: most of the time there is nothing, and a write costs.
    if not over.exists():
        return 0
    with transaction.atomic():
        gone = [
            ForgottenEntry(id=key, person_id=of) for key, of in over.values_list("pk", "person")
        ]
        ForgottenEntry.objects.bulk_create(gone, ignore_conflicts=True)
        Entry.objects.filter(pk__in=[each.pk for each in gone]).delete()
        # A picture drawn while it was there still shows its day.
        KeptPage.objects.filter(person__in={each.person_id for each in gone}).delete()
    return len(gone)


def _writer(viewer: Viewer) -> Person:
    if not allows("inside", viewer):
        raise NotAllowed
    return viewer.known


def _with_new_trigger(viewer: Viewer, raw: Mapping[str, Any], now: datetime) -> Mapping[str, Any]:
    """Take up a trigger that is named for the first time in this very entry.

    Runs inside the entry's transaction: where the entry is refused, nothing was named either.
    """
    name = raw.get("new_trigger")
    if not isinstance(name, str) or not name.strip():
        return raw
    named = raw.get("triggers") or {}
    if isinstance(named, list | tuple) and all(isinstance(each, str) for each in named):
        named = dict.fromkeys(named, 1)
    if not isinstance(named, Mapping):
        # The draft refuses it, in its own words.
        return raw
    try:
        key = own_called(viewer, name, now=now)
    except Refusal as refusal:
        raise Refusal({"new_trigger": [str(refusal)]}) from refusal
    return {**raw, "triggers": {**named, key: named.get(key) or 1}}


def _own(viewer: Viewer, entry_id: UUID) -> Entry:
    entry = (
        Entry.objects.visible_to(viewer).standing().select_for_update().filter(pk=entry_id).first()
    )
    if entry is None:
        raise NotAllowed
    return entry


def _remember(viewer: Viewer, notebook: Notebook, kind: str, document: Document) -> None:
    """Keep the places for next time: most people hurt where they hurt yesterday."""
    if not (document.get("places") or document.get("tension")):
        return
    last = {name: document.get(name, []) for name in ("places", "tension")}
    if kind == MOMENT and notebook.remembered.get("places") == last["places"]:
        return
    if notebook.remembered != {**notebook.remembered, **last}:
        keep_notebook(viewer, replace(notebook, remembered={**notebook.remembered, **last}))
