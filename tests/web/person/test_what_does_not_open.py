"""One damaged entry closes no journal; a damaged notebook or key is said calmly."""

import json
from uuid import UUID

import pytest
from django.urls import reverse

from psoas.care.journal.models import Entry, Notebook
from psoas.care.people.models import Person, WrappedKey
from tests import cast
from tests.web.person.journal_of import at_nine, note, page
from tests.web.signing_in import as_

__all__ = ["at_nine"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_nine")]
PAGES = [reverse(name) for name in ("today", "days", "weeks")]
SAID = "One entry cannot be opened. Tell whoever runs this."


@pytest.fixture
def mara() -> Person:
    return cast.mara()


@pytest.fixture
def damaged(mara: Person) -> UUID:
    """An entry of today with one bit changed, beside a sound one of yesterday."""
    note(mara, "2026-04-13T20:00", words="plover")
    key = note(mara, "2026-04-14T03:10", words="kestrel")
    flip(key)
    return key


def flip(key: UUID) -> None:
    sealed = bytearray(Entry.objects.get(pk=key).sealed)
    sealed[20] ^= 1
    Entry.objects.filter(pk=key).update(sealed=bytes(sealed))


def test_every_other_entry_can_still_be_read(mara, damaged):
    for url in PAGES:
        page(mara, url)
    text = page(mara, reverse("days"))
    assert SAID in text
    assert "plover" in text
    assert SAID in page(mara, reverse("weeks"))


def test_a_journal_of_nothing_else_can_be_looked_at(mara):
    flip(note(mara, "2026-04-01T20:00"))
    for url in PAGES:
        page(mara, url)


def test_a_sound_journal_says_nothing_of_it(mara):
    note(mara, "2026-04-13T20:00")
    assert "cannot be opened" not in page(mara, reverse("days"))


def test_it_can_be_deleted_and_brought_back(mara, damaged):
    client = as_(mara)
    assert reverse("entry-delete", args=[damaged]) in page(mara, reverse("days"))
    assert client.post(reverse("entry-delete", args=[damaged])).status_code == 302
    assert "cannot be opened" not in client.get(reverse("days")).content.decode()
    assert client.post(reverse("entry-undo", args=[damaged])).status_code == 302
    assert SAID in client.get(reverse("days")).content.decode()


def test_an_export_names_it(mara, damaged):
    answer = as_(mara).post(reverse("me-export"), {"as": "json"})
    found = json.loads(answer.content)
    assert found["not_opened"] == [{"id": str(damaged), "day": "2026-04-14", "kind": "day"}]
    assert [each["words"] for each in found["entries"]] == ["plover"]


def test_text_where_a_day_belongs_stops_no_page(mara):
    note(mara, "2026-04-13T20:00")
    for text in ("garbage", "2026-13-45", ""):
        key = note(mara, "2026-04-12T20:00")
        put(key, text)
    for url in PAGES:
        page(mara, url)


def put(key: UUID, day: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_entry SET day = %s WHERE id = %s", [day, key.hex])


def test_the_entry_itself_says_it_calmly(mara, damaged):
    answer = as_(mara).get(reverse("entry", args=[damaged]))
    assert answer.status_code == 503
    assert "cannot be opened just now" in answer.content.decode()


@pytest.mark.parametrize("what", ["notebook", "key", "key of another", "name of a key"])
def test_a_damaged_notebook_or_key_is_a_calm_page_and_keeps_what_was_typed(mara, what):
    note(mara, "2026-04-13T20:00", places=["front-left-groin"])
    tom = cast.tom()
    keys = WrappedKey.objects.filter(person=mara, purpose="journal")
    if what == "notebook":
        Notebook.objects.filter(person=mara).update(revision=9)
    elif what == "key":
        keys.update(wrapped=b"short")
    elif what == "key of another":
        other = WrappedKey.objects.get(person=tom, purpose="journal")
        keys.update(wrapped=other.wrapped)
    else:
        keys.update(wrapped_by="feedfeedfeedfeed")
    client = as_(mara)
    answer = client.get(reverse("days"))
    assert answer.status_code == 503
    assert "cannot be opened just now" in answer.content.decode()
    said = {"at": "2026-04-14T08:00", "pain": "3", "words": "kestrel"}
    answer = client.post(reverse("entry-new"), said)
    assert answer.status_code == 503
    assert "kestrel" in answer.content.decode()
