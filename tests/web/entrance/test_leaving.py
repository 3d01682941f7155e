"""Leaving at once, and signing out."""

import sqlite3

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from psoas.care.people import applock
from psoas.care.people.sessions import SessionStore
from tests import cast
from tests.web.signing_in import as_

pytestmark = pytest.mark.django_db


def test_leaving_signs_out_and_goes_to_the_neutral_page() -> None:
    client = as_(cast.mara())
    answer = client.post(reverse("leave"))
    assert answer.status_code == 302
    assert answer["Location"] == settings.LEAVE_URL
    assert answer["Clear-Site-Data"] == '"cache"'
    assert client.get(reverse("me"))["Location"] == reverse("account_login")


def test_leaving_with_a_pin_locks_and_keeps_the_session() -> None:
    mara = cast.mara()
    applock.set_pin(mara, "2580", "2580", 5, now=cast.NOW)
    client = as_(mara)
    assert client.post(reverse("leave"))["Location"] == settings.LEAVE_URL
    assert client.get(reverse("me"))["Location"] == reverse("locked")


def test_a_stranger_may_leave_too() -> None:
    assert Client().post(reverse("leave"))["Location"] == settings.LEAVE_URL


def test_looking_at_the_address_changes_nothing() -> None:
    client = as_(cast.mara())
    assert client.get(reverse("leave"))["Location"] == reverse("today")
    assert client.get(reverse("me")).status_code == 200


def test_signing_out_empties_the_browsers_pages_but_never_its_storage() -> None:
    client = as_(cast.mara())
    answer = client.post(reverse("account_logout"))
    assert answer["Clear-Site-Data"] == '"cache"'
    assert answer["Location"] == reverse("account_login")
    assert not Session.objects.exists()


def test_looking_at_sign_out_does_not_sign_out() -> None:
    client = as_(cast.mara())
    answer = client.get(reverse("account_logout"))
    assert answer.status_code == 200
    assert "Clear-Site-Data" not in answer
    assert client.get(reverse("me")).status_code == 200


def no_room(*args: object, **kwargs: object) -> None:
    problem = sqlite3.OperationalError("database or disk is full")
    problem.sqlite_errorcode = sqlite3.SQLITE_FULL
    raise OperationalError(*problem.args) from problem


@pytest.mark.parametrize("way", ["leave", "account_logout"])
@pytest.mark.parametrize("broken", ["delete", "save", "load"])
@pytest.mark.parametrize("pin", [False, True])
def test_the_way_out_works_when_nothing_can_be_written(
    way: str, broken: str, pin: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    mara = cast.mara()
    if pin:
        applock.set_pin(mara, "2580", "2580", 5, now=cast.NOW)
    client = as_(mara)
    client.raise_request_exception = False
    with monkeypatch.context() as patch:
        patch.setattr(SessionStore, broken, no_room)
        answer = client.post(reverse(way))
    assert answer.status_code == 302
    assert answer["Location"] in (settings.LEAVE_URL, reverse("account_login"))
    assert answer["Clear-Site-Data"] == '"cache"'
    assert client.get(reverse("me"))["Location"] in (reverse("account_login"), reverse("locked"))


def test_leaving_that_stands_for_a_sign_out_signs_out_although_there_is_a_pin() -> None:
    mara = cast.mara()
    applock.set_pin(mara, "2580", "2580", 5, now=cast.NOW)
    client = as_(mara)
    client.post(reverse("leave"), {"out": "1"})
    assert client.get(reverse("me"))["Location"] == reverse("account_login")
