"""A destroyed key stays destroyed: here, after a crash, and in every backup put back later."""

import sqlite3
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from psoas.care.journal import erasing, writing
from psoas.care.journal.models import Entry
from psoas.care.people import ledger, vault
from psoas.care.people.models import Person, WrappedKey
from psoas.care.people.vault import CLINICAL, JOURNAL, Place, Unreadable
from tests import cast
from tests.cast import NOW

PLACE = Place("entry", "document", UUID(int=5), 1)


def shred(person, purpose, run_callbacks):
    with run_callbacks(execute=True):
        vault.shred(person, purpose, NOW)


def key_row(person, purpose):
    return WrappedKey.objects.get(person=person, purpose=purpose)


@pytest.mark.django_db
def test_what_a_shredded_key_sealed_opens_no_more(django_capture_on_commit_callbacks):
    mara = cast.mara()
    shred(mara, JOURNAL, django_capture_on_commit_callbacks)
    with pytest.raises(Unreadable, match="destroyed"):
        vault.sealer(mara, JOURNAL)
    vault.sealer(mara, CLINICAL)


@pytest.mark.django_db
def test_a_fresh_key_does_not_open_what_the_old_one_sealed(django_capture_on_commit_callbacks):
    mara = cast.mara()
    sealed = vault.sealer(mara, JOURNAL).seal(PLACE, b"before")
    shred(mara, JOURNAL, django_capture_on_commit_callbacks)
    vault.make_keys(mara, NOW, (JOURNAL,))
    with pytest.raises(Unreadable):
        vault.sealer(mara, JOURNAL).open(PLACE, sealed)


@pytest.mark.django_db
def test_a_key_put_back_from_an_older_backup_is_destroyed_again(
    ring, django_capture_on_commit_callbacks
):
    mara, tom = cast.mara(), cast.tom()
    backed_up = key_row(mara, JOURNAL)
    shred(mara, JOURNAL, django_capture_on_commit_callbacks)
    backed_up.save(force_insert=True)
    assert vault.replay_erasures(ring.folder) == 1
    with pytest.raises(Unreadable):
        vault.sealer(mara, JOURNAL)
    vault.sealer(tom, JOURNAL)


@pytest.mark.django_db(transaction=True)
def test_after_a_restore_an_erased_journal_is_empty_and_can_be_written_again(ring):
    mara = cast.mara()
    _write(mara)
    old_key, old_entry = key_row(mara, JOURNAL), Entry.objects.get()
    assert erasing.erase_journal(mara, now=NOW) == 1
    WrappedKey.objects.filter(person=mara, purpose=JOURNAL).delete()
    old_key.save(force_insert=True)
    old_entry.save(force_insert=True)
    assert erasing.erase_again(ring.folder, now=NOW) == 1
    assert not Entry.objects.exists()
    _write(mara)


@pytest.mark.django_db
def test_after_a_restore_an_erased_account_is_gone_again(ring, django_capture_on_commit_callbacks):
    mara, tom = cast.mara(), cast.tom()
    keys = [key_row(mara, JOURNAL), key_row(mara, CLINICAL)]
    for purpose in (JOURNAL, CLINICAL):
        shred(mara, purpose, django_capture_on_commit_callbacks)
    for key in keys:
        key.save(force_insert=True)
    assert erasing.erase_again(ring.folder, now=NOW) == 1
    assert list(Person.objects.all()) == [tom]


@pytest.mark.django_db(transaction=True)
def test_an_erasure_that_was_rolled_back_destroys_nothing_later(ring):
    mara = cast.mara()
    with pytest.raises(RuntimeError), transaction.atomic():
        vault.shred(mara, JOURNAL, NOW)
        raise RuntimeError("the disk is full")
    assert vault.replay_erasures(ring.folder) == 0
    vault.settle_ledger(ring.folder, NOW)
    assert vault.replay_erasures(ring.folder) == 0
    vault.sealer(mara, JOURNAL)


@pytest.mark.django_db(transaction=True)
def test_an_erasure_whose_end_a_crash_cut_off_is_finished_at_the_next_start(ring, monkeypatch):
    mara = cast.mara()
    backed_up = key_row(mara, JOURNAL)

    def crash(*_args):
        raise KeyboardInterrupt

    monkeypatch.setattr(ledger, "confirm", crash)
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        vault.shred(mara, JOURNAL, NOW)
    monkeypatch.undo()
    vault.settle_ledger(ring.folder, NOW)
    backed_up.save(force_insert=True)
    assert vault.replay_erasures(ring.folder) == 1


def test_a_line_torn_by_a_power_cut_spoils_no_other(tmp_path):
    one, two, torn = uuid4(), uuid4(), uuid4()
    ledger.confirm(tmp_path, one, NOW)
    with (tmp_path / "erased.ledger").open("a") as file:
        file.write(f"\n{torn.hex[:20]}")
    ledger.confirm(tmp_path, two, NOW)
    assert ledger.confirmed(tmp_path) == {one, two}


def test_a_ledger_that_is_not_there_has_erased_nothing(tmp_path):
    assert ledger.confirmed(tmp_path) == set()
    ledger.settle(tmp_path, set(), NOW)
    assert not (tmp_path / "erased.ledger").exists()


def test_a_settled_ledger_asks_no_more(tmp_path):
    kept, gone = uuid4(), uuid4()
    for key in (kept, gone):
        ledger.intend(tmp_path, key, NOW)
    assert ledger.unsettled(tmp_path) == {kept, gone}
    ledger.settle(tmp_path, {kept}, NOW)
    assert ledger.unsettled(tmp_path) == set()
    # Later, in an older database, the kept key may not be there: it still was never erased.
    ledger.settle(tmp_path, set(), NOW)
    assert ledger.confirmed(tmp_path) == {gone}


@pytest.mark.django_db(transaction=True)
def test_a_shredded_key_is_gone_from_the_file_and_its_log():
    mara = cast.mara()
    wrapped = bytes(key_row(mara, JOURNAL).wrapped)
    with transaction.atomic():
        vault.shred(mara, JOURNAL, NOW)
        transaction.on_commit(vault.settle_erasure)
    serialized = connection.connection.serialize()
    assert wrapped not in serialized
    assert bytes(key_row(mara, CLINICAL).wrapped) in serialized
    assert isinstance(connection.connection, sqlite3.Connection)


def _write(person):
    writing.write_entry(cast.viewer(person), {"pain": 3}, entry_id=uuid4(), kind="day", now=NOW)
