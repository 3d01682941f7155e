"""Deleting one's journal or account."""

import uuid

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from psoas.care.journal import reading, writing
from psoas.care.journal.models import Entry, Notebook
from psoas.care.people import access, trail, vault
from psoas.care.people.models import Person, WrappedKey
from psoas.care.people.sessions import opened
from tests import cast
from tests.web.signing_in import as_

pytestmark = pytest.mark.django_db


def write(person: Person, words: str = "canary-of-mara") -> None:
    writing.write_entry(
        cast.viewer(person),
        {"pain": "4", "words": words},
        entry_id=uuid.uuid4(),
        kind="day",
        now=cast.NOW,
    )


def sure(person: Person) -> Client:
    client = as_(person)
    client.post(reverse("account_reauthenticate"), {"password": cast.PASSWORD})
    return client


def test_an_unlocked_phone_in_another_hand_is_asked_for_the_password_first() -> None:
    mara = cast.mara()
    write(mara)
    client = as_(mara)
    for answer in (
        client.get(reverse("me-erase")),
        client.post(reverse("me-erase"), {"what": "journal", "word": "delete"}),
    ):
        assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert Entry.objects.exists()


def test_without_the_word_nothing_is_deleted() -> None:
    mara = cast.mara()
    write(mara)
    answer = sure(mara).post(reverse("me-erase"), {"what": "journal", "word": "yes"})
    assert answer.status_code == 422
    assert "Nothing was deleted" in answer.content.decode()
    assert Entry.objects.exists()


def test_the_journal_goes_with_its_key_and_a_new_one_can_begin() -> None:
    mara, tom = cast.mara(), cast.tom()
    write(mara)
    write(tom, "canary-of-tom")
    old = WrappedKey.objects.get(person=mara, purpose=vault.JOURNAL).pk
    answer = sure(mara).post(reverse("me-erase"), {"what": "journal", "word": " Delete "})
    assert answer["Location"] == reverse("me")
    assert answer["Clear-Site-Data"] == '"cache"'
    assert not Entry.objects.filter(person=mara).exists()
    assert not Notebook.objects.filter(person=mara).exists()
    assert not WrappedKey.objects.filter(pk=old).exists()
    ledger = (vault.keyring().folder / "erased.ledger").read_text()
    assert old.hex in ledger
    write(mara, "begun again")
    assert len(reading.entries(cast.viewer(mara), cast.NOW.date(), cast.NOW.date())) == 1
    assert len(reading.entries(cast.viewer(tom), cast.NOW.date(), cast.NOW.date())) == 1


def test_the_account_goes_with_everything_and_no_session_stays() -> None:
    mara, tom = cast.mara(), cast.tom()
    write(mara)
    client, phone, toms = sure(mara), as_(mara), as_(tom)
    answer = client.post(reverse("me-erase"), {"what": "account", "word": "delete"})
    assert answer["Location"] == reverse("account_login")
    assert not Person.objects.filter(pk=mara.pk).exists()
    assert not WrappedKey.objects.filter(person_id=mara.pk).exists()
    assert phone.get(reverse("me"))["Location"] == reverse("account_login")
    assert toms.get(reverse("me")).status_code == 200
    kept = [opened(session) for session in Session.objects.all()]
    assert str(tom.pk) in str(kept)
    assert "mara@example.org" not in str(kept)
    assert list(trail.faults()) == []


def test_the_only_owner_cannot_leave_a_clinic_without_one() -> None:
    cast.tom()
    olga = cast.olga()
    client = as_(olga)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("psoas.web.doors._second_factor_missing", lambda person: False)
        client.post(reverse("account_reauthenticate"), {"password": cast.PASSWORD})
        answer = client.post(reverse("me-erase"), {"what": "account", "word": "delete"})
    assert answer.status_code == 422
    assert "Invite another owner first" in answer.content.decode()
    assert Person.objects.filter(pk=olga.pk).exists()


def test_shares_end_with_the_account() -> None:
    mara, ines = cast.mara(), cast.ines()
    cast.under_care(ines, mara, "pain")
    sure(mara).post(reverse("me-erase"), {"what": "account", "word": "delete"})
    assert not access.people_looked_after(cast.viewer(ines), cast.NOW).exists()


def test_a_stranger_cannot_name_whom_to_delete() -> None:
    mara, tom = cast.mara(), cast.tom()
    write(mara)
    sure(tom).post(
        reverse("me-erase"), {"what": "journal", "word": "delete", "person": str(mara.pk)}
    )
    assert Entry.objects.filter(person=mara).exists()
    assert Client().get(reverse("me-erase"))["Location"] == reverse("account_login")
