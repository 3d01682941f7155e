"""Deleting a journal: its key is destroyed, so that no copy of it opens again."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from psoas.care.journal.models import Entry, Notebook, PendingImport
from psoas.care.people import trail, vault
from psoas.care.people.models import Person


def erase_journal(person: Person, *, now: datetime) -> int:
    """Destroy the journal and its key, and hand out a fresh key to go on with.

    Returns how many entries there were.
    """
    with transaction.atomic():
        trail.record("journal erased", actor=person, subject=person, now=now)
        vault.shred(person, vault.JOURNAL, now)
        Notebook.objects.filter(person=person).delete()
        PendingImport.objects.filter(person=person).delete()
        gone, _rows = Entry.objects.filter(person=person).delete()
        vault.make_keys(person, now, (vault.JOURNAL,))
        transaction.on_commit(vault.settle_erasure)
    return gone


def erase_again(ledger_folder: Path, *, now: datetime) -> int:
    """After a restore: erase again what was erased since the backup was made.

    Returns how many people's records that concerned.
    """
    vault.replay_erasures(ledger_folder)
    left_for_good = Person.objects.filter(keys=None)
    concerned = left_for_good.count()
    left_for_good.delete()
    for person in Person.objects.exclude(keys__purpose=vault.JOURNAL):
        _remove_rows(person)
        vault.make_keys(person, now, (vault.JOURNAL,))
        concerned += 1
    return concerned


def _remove_rows(person: Person) -> int:
    Notebook.objects.filter(person=person).delete()
    PendingImport.objects.filter(person=person).delete()
    gone, _rows = Entry.objects.filter(person=person).delete()
    return gone
