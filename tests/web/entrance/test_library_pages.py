"""Every page of the accounts library opens inside our frame, for whoever may open it."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from psoas.care.people import links
from psoas.care.people.models import Person
from psoas.web.doors import LIBRARY_POLICIES
from tests import cast
from tests.web.signing_in import as_, with_second_factor

pytestmark = pytest.mark.django_db

SIGNED_OUT = ("account_login", "account_signup", "account_inactive")
HALFWAY = ("mfa_authenticate",)
WITH_A_KEY = ("mfa_remove_webauthn", "mfa_edit_webauthn")
# Answers a script with data, or a form alone: no page of their own.
NO_PAGE = ("mfa_login_webauthn", "account_logout")
SIGNED_IN = sorted(set(LIBRARY_POLICIES) - {*SIGNED_OUT, *HALFWAY, *WITH_A_KEY, *NO_PAGE})


def someone_just_in(person: Person) -> Client:
    """A browser in which the person has shown a moment ago that it is them."""
    client = as_(person)
    client.post(reverse("account_reauthenticate"), {"password": cast.PASSWORD})
    return client


def looks_like_ours(page: str) -> None:
    assert "<title>Notes</title>" in page
    assert "Leave" in page
    assert page.count("<h1") == 1
    assert not re.search(r"<script(?![^>]*(src=|application/json))", page), "inline script"
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=", page), "inline style or handler"


@pytest.mark.parametrize("name", SIGNED_OUT)
def test_pages_for_someone_signed_out(name: str) -> None:
    cast.installation()
    answer = Client().get(reverse(name))
    assert answer.status_code == 200
    looks_like_ours(answer.content.decode())


@pytest.mark.parametrize("name", SIGNED_IN)
@pytest.mark.parametrize("second_factor", [True, False], ids=["with factor", "without"])
def test_pages_for_someone_signed_in(name: str, second_factor: bool) -> None:
    cast.installation()
    mara = cast.mara()
    client = someone_just_in(with_second_factor(mara) if second_factor else mara)
    answer = client.get(reverse(name), follow=True)
    assert answer.status_code in {200, 404}
    if answer.status_code == 200 and "text/html" in answer["Content-Type"]:
        looks_like_ours(answer.content.decode())


@pytest.mark.parametrize("name", WITH_A_KEY)
def test_pages_about_one_passkey_and_nobody_elses(name: str) -> None:
    cast.installation()
    mara, tom = cast.mara(), cast.tom()
    key = Authenticator.objects.create(
        user=mara, type=Authenticator.Type.WEBAUTHN, data={"name": "Phone", "credential": {}}
    )
    url = reverse(name, args=[key.pk])
    assert someone_just_in(tom).get(url).status_code == 404
    answer = as_(mara).get(url)
    assert answer.status_code in {200, 302}


def test_the_page_between_password_and_code() -> None:
    with_second_factor(cast.mara())
    client = Client()
    typed = {"login": "mara@example.org", "password": cast.PASSWORD}
    assert client.post(reverse("account_login"), typed)["Location"] == reverse("mfa_authenticate")
    looks_like_ours(client.get(reverse("mfa_authenticate")).content.decode())


def test_a_wrong_password_keeps_the_address_and_never_the_password() -> None:
    cast.mara()
    typed = {"login": "mara@example.org", "password": "not it at all"}
    page = Client().post(reverse("account_login"), typed).content.decode()
    assert 'value="mara@example.org"' in page
    assert "not it at all" not in page
    looks_like_ours(page)


def test_nobody_signs_up_without_a_link() -> None:
    typed = {"email": "x@example.org", "password1": cast.PASSWORD}
    Client().post(reverse("account_signup"), typed)
    assert not Person.objects.exists()


def test_someone_who_came_by_a_link_chooses_a_first_password() -> None:
    mara = cast.mara()
    mara.set_unusable_password()
    mara.save()
    client = Client()
    client.post(reverse("enter", args=[links.make("enter", now=timezone.now(), person=mara)]))
    url = reverse("account_change_password")
    looks_like_ours(client.get(url).content.decode())
    fresh = "nine small stones in a row"
    answer = client.post(url, {"password1": fresh, "password2": fresh})
    assert answer["Location"] == reverse("me")
    mara.refresh_from_db()
    assert mara.check_password(fresh)
    assert client.get(reverse("me")).status_code == 200, "this device stays signed in"
