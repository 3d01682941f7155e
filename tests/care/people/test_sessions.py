"""What lies in the session table opens nothing and tells nothing."""

from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from psoas.care.people.sessions import SessionStore, end_all_of
from tests import cast
from tests.web.signing_in import as_

pytestmark = pytest.mark.django_db


def begun(**held: object) -> SessionStore:
    session = SessionStore()
    session.update(held)
    session.save()
    return session


def test_what_a_session_holds_comes_back_by_its_key() -> None:
    key = begun(colour="green").session_key
    assert key
    assert SessionStore(key)["colour"] == "green"
    assert SessionStore().exists(key)


def test_a_row_of_the_table_is_no_cookie() -> None:
    client = as_(cast.mara())
    assert client.get(reverse("me")).status_code == 200
    row = Session.objects.get()
    assert client.cookies["sessionid"].value not in row.session_key
    thief = Client()
    thief.cookies["sessionid"] = row.session_key
    assert thief.get(reverse("me"))["Location"] == reverse("account_login")


def test_the_secret_of_a_second_factor_being_set_up_is_not_readable() -> None:
    client = as_(cast.mara())
    for name in ("mfa_activate_totp", "me"):
        client.get(reverse(name))
    session = client.session
    session["mfa.totp.secret"] = "JBSWY3DPEHPK3PXP"
    session.save()
    assert client.session["mfa.totp.secret"] == "JBSWY3DPEHPK3PXP"
    row = Session.objects.get()
    # Neither in the clear nor in what Django's own engine makes of it.
    assert row.get_decoded() == {}
    assert "JBSWY3DPEHPK3PXP" not in row.session_data


def test_what_one_row_holds_does_not_open_in_another() -> None:
    mine, other = begun(colour="green"), begun(colour="red")
    first, second = Session.objects.order_by("pk")
    first.session_data, second.session_data = second.session_data, first.session_data
    first.save()
    second.save()
    assert not SessionStore(mine.session_key).get("colour")
    assert not SessionStore(other.session_key).get("colour")


def test_a_damaged_row_is_an_empty_session() -> None:
    for damage in ("", "no base64!", "AAAA", "é"):
        session = begun(colour="green")
        Session.objects.update(session_data=damage)
        assert SessionStore(session.session_key).get("colour") is None


def test_a_new_key_keeps_what_is_held_and_the_old_one_opens_nothing() -> None:
    session = begun(colour="green")
    old = session.session_key
    session.cycle_key()
    session.save()
    assert session.session_key != old
    assert SessionStore(session.session_key)["colour"] == "green"
    assert SessionStore(old).get("colour") is None
    assert Session.objects.count() == 1


def test_a_session_that_ended_is_not_brought_back() -> None:
    session = begun(colour="green")
    again = SessionStore(session.session_key)
    assert again["colour"] == "green"
    session.flush()
    again["colour"] = "red"
    with pytest.raises(UpdateError):
        again.save()
    assert not Session.objects.exists()


def test_a_key_somebody_brings_along_is_not_taken_up() -> None:
    session = SessionStore("chosenbysomebodyelse000000000000")
    session["colour"] = "green"
    session.save()
    assert session.session_key != "chosenbysomebodyelse000000000000"


def test_a_session_that_is_over_holds_nothing_and_is_cleared_away() -> None:
    session = begun(colour="green")
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert SessionStore(session.session_key).get("colour") is None
    SessionStore.clear_expired()
    assert not Session.objects.exists()


def test_a_persons_sessions_are_found_and_ended() -> None:
    mara, tom = cast.mara(), cast.tom()
    as_(mara)
    as_(mara)
    stays = as_(tom)
    end_all_of(mara)
    assert Session.objects.count() == 1
    assert stays.session[SESSION_KEY] == str(tom.pk)
