"""Deleting a journal: its key is destroyed, so that no copy of it opens again."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from psoas.care.journal.models import (
    Decision,
    Entry,
    ForgottenEntry,
    KeptPage,
    Notebook,
    PendingImport,
)
from psoas.care.people import trail, vault
from psoas.care.people.models import Person


def erase_journal(person: Person, *, now: datetime) -> int:
    """Destroy the journal and its key, and hand out a fresh key to go on with.

    Returns how many entries there were.
    """
    with transaction.atomic():
        trail.record("journal erased", actor=person, subject=person, now=now)
        vault.shred(person, vault.JOURNAL, now)
        gone = _remove_rows(person)
        vault.make_keys(person, now, (vault.JOURNAL,))
        transaction.on_commit(vault.settle_erasure)
    return gone


def erase_again(ledger_folder: Path, *, now: datetime) -> int:
    """Erase again what the ledger says was erased: an older database knows nothing of it.

    Returns how many people's records that concerned.
    """
    returned = vault.returned_keys(ledger_folder)
    if not returned.exists():
        return 0
    with transaction.atomic():
        # Only theirs: somebody whose key was lost to damage is nobody who wished to be erased.
        concerned = list(Person.objects.filter(keys__in=returned).distinct())
        vault.replay_erasures(ledger_folder)
        for person in concerned:
            if not person.keys.exists():
                person.delete()
            elif not person.keys.filter(purpose=vault.JOURNAL).exists():
                _remove_rows(person)
                vault.make_keys(person, now, (vault.JOURNAL,))
        transaction.on_commit(vault.settle_erasure)
    return len(concerned)


def _remove_rows(person: Person) -> int:
    for rows in (Notebook, PendingImport, ForgottenEntry, Decision, KeptPage):
        rows.objects.filter(person=person).delete()
    gone, _rows = Entry.objects.filter(person=person).delete()
    return gone
