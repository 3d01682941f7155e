"""What is sealed opens in its place only, and nothing of it stands anywhere else."""

import json
from uuid import UUID, uuid4

import pytest
from django.core.serializers import serialize
from django.db import connection

from psoas.care.journal import notebook, reading, writing
from psoas.care.journal.models import Entry
from psoas.care.journal.models import Notebook as NotebookRow
from psoas.care.people import vault
from psoas.care.people.access import Viewer
from psoas.care.people.vault import JOURNAL, Place, Unreadable, sealer
from tests import cast
from tests.cast import NOW

pytestmark = pytest.mark.django_db


def write(viewer: Viewer, **raw: object) -> UUID:
    key = uuid4()
    writing.write_entry(viewer, {"pain": 4, **raw}, entry_id=key, kind="day", now=NOW)
    return key


def test_a_ciphertext_moved_to_another_row_does_not_open():
    mara = cast.viewer(cast.mara())
    one, other = write(mara, words="one"), write(mara, words="other")
    Entry.objects.filter(pk=one).update(sealed=Entry.objects.get(pk=other).sealed)
    with pytest.raises(Unreadable):
        reading.entry(mara, one)


def test_a_ciphertext_given_to_another_person_does_not_open():
    mara, tom = cast.viewer(cast.mara()), cast.viewer(cast.tom())
    key = write(mara)
    Entry.objects.filter(pk=key).update(person=tom.known)
    with pytest.raises(Unreadable):
        reading.entry(tom, key)


def test_an_older_text_put_back_does_not_open():
    mara = cast.viewer(cast.mara())
    key = write(mara)
    older = bytes(Entry.objects.get(pk=key).sealed)
    writing.change_entry(mara, key, {"pain": 9}, revision=1, now=NOW)
    Entry.objects.filter(pk=key).update(sealed=older)
    with pytest.raises(Unreadable):
        reading.entry(mara, key)


def test_one_changed_bit_is_noticed():
    mara = cast.viewer(cast.mara())
    key = write(mara)
    sealed = bytearray(Entry.objects.get(pk=key).sealed)
    sealed[-1] ^= 1
    Entry.objects.filter(pk=key).update(sealed=bytes(sealed))
    with pytest.raises(Unreadable):
        reading.entry(mara, key)


def test_the_notebook_does_not_open_under_another_revision():
    mara = cast.viewer(cast.mara())
    notebook.add_own(mara, "kestrel", number=False, now=NOW)
    NotebookRow.objects.update(revision=7)
    with pytest.raises(Unreadable):
        notebook.open_notebook(mara)


def test_a_shredded_key_leaves_noise():
    mara = cast.viewer(cast.mara())
    key = write(mara)
    vault.shred(mara.known, JOURNAL, NOW)
    with pytest.raises(Unreadable):
        reading.entry(mara, key)


def test_the_pain_number_stands_inside_the_sealed_document_and_in_no_column():
    mara = cast.viewer(cast.mara())
    key = write(mara, pain=7.25, words="kestrelword", triggers=["deadline"])
    row = Entry.objects.get(pk=key)
    opened = sealer(mara.known, JOURNAL).open(
        Place("entry", "document", key, row.revision, f"{row.day}|{row.kind}"), bytes(row.sealed)
    )
    assert json.loads(opened)["pain"] == 7.25
    columns = {
        column.name
        for column in connection.introspection.get_table_description(
            connection.cursor(), Entry._meta.db_table
        )
    }
    assert columns == {"id", "person_id", "day", "kind", "revision", "sealed", "deleted_at"}
    stored = serialize("json", Entry.objects.all())
    for canary in ("7.25", "kestrelword", "deadline"):
        assert canary not in stored
        assert canary.encode() not in bytes(row.sealed)
