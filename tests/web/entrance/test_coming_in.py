"""Coming in by a one-time link."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from psoas.care.people import links
from psoas.care.people.models import CLINICIAN, OWNER, PERSON, Installation, Person
from tests import cast
from tests.web.signing_in import as_, code, with_second_factor

pytestmark = pytest.mark.django_db

TYPED = {
    "name": "Olga",
    "email": "olga@example.org",
    "password": cast.PASSWORD,
    "zone": "Europe/London",
    "country": "GB",
    "use": "clinic",
    "clinic_name": "Linden",
}


def setup_url() -> str:
    return reverse("setup", args=[links.make("setup", now=timezone.now())])


def join_url(role: str = PERSON) -> str:
    return reverse("join", args=[links.make("join", now=timezone.now(), role=role, name="Nour")])


def enter_url(person: Person) -> str:
    return reverse("enter", args=[links.make("enter", now=timezone.now(), person=person)])


def test_the_first_owner_sets_up_a_clinic_and_is_led_to_a_second_factor() -> None:
    client, url = Client(), setup_url()
    assert client.get(url).status_code == 200
    answer = client.post(url, TYPED)
    assert answer.status_code == 302
    assert answer["Location"] == reverse("mfa_index")
    assert Person.objects.get().role == OWNER
    assert Installation.objects.get().clinic_name == "Linden"
    assert client.get(reverse("people"))["Location"] == reverse("mfa_index")


def test_the_owner_sets_up_the_app_sees_recovery_codes_and_goes_in() -> None:
    client = Client()
    client.post(setup_url(), TYPED)
    page = client.get(reverse("mfa_activate_totp"))
    assert page.status_code == 200, "just after set-up the password is not asked again"
    secret = page.context["form"].secret
    answer = client.post(reverse("mfa_activate_totp"), {"code": code(secret)})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    codes = client.get(answer["Location"])
    assert len(codes.context["unused_codes"]) >= 8
    assert codes.context["unused_codes"][0] in codes.content.decode()
    assert client.get(reverse("people")).status_code == 200


def test_someone_alone_sets_up_and_is_in_at_once() -> None:
    client = Client()
    answer = client.post(setup_url(), {**TYPED, "use": "me", "clinic_name": ""})
    assert answer["Location"] == reverse("today")
    assert Person.objects.get().role == PERSON
    assert client.get(reverse("me")).status_code == 200


def test_a_clinic_needs_a_name_and_nothing_typed_is_lost_but_the_password() -> None:
    url = setup_url()
    answer = Client().post(url, {**TYPED, "clinic_name": "", "zone": "Europe/Atlantis"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "There is no time zone “Europe/Atlantis”" in page
    assert 'value="olga@example.org"' in page
    assert 'value="Europe/Atlantis"' in page
    assert cast.PASSWORD not in page
    assert not Person.objects.exists()
    answer = Client().post(url, {**TYPED, "clinic_name": " "})
    assert "Write a name of 1 to 120 characters" in answer.content.decode()


def test_a_weak_password_is_refused_beside_its_field() -> None:
    answer = Client().post(setup_url(), {**TYPED, "password": "password12"})
    assert answer.status_code == 422
    assert answer.context["form"].errors["password"]
    assert "password12" not in answer.content.decode()


def test_a_set_up_link_makes_one_account_only() -> None:
    url = setup_url()
    Client().post(url, TYPED)
    again = Client().post(url, {**TYPED, "email": "other@example.org"})
    assert again.status_code == 404
    assert "works once" in again.content.decode()
    assert Person.objects.count() == 1


def test_an_invited_person_joins_with_the_role_of_the_link() -> None:
    cast.installation()
    client, url = Client(), join_url()
    assert 'value="Nour"' in client.get(url).content.decode()
    answer = client.post(url, {**TYPED, "email": "nour@example.org", "name": "Nour"})
    assert answer["Location"] == reverse("today")
    assert Person.objects.get().role == PERSON, "whatever else the form says"


def test_an_invited_physiotherapist_cannot_go_in_before_a_second_factor() -> None:
    cast.installation()
    client = Client()
    answer = client.post(join_url(CLINICIAN), {**TYPED, "email": "ines@example.org"})
    assert answer["Location"] == reverse("mfa_index")
    assert client.get(reverse("people"))["Location"] == reverse("mfa_index")
    assert "needs a second factor" in client.get(reverse("mfa_index")).content.decode()


def test_an_address_that_has_an_account_cannot_join_twice() -> None:
    cast.installation()
    cast.mara()
    answer = Client().post(join_url(), {**TYPED, "email": "MARA@example.org"})
    assert answer.status_code == 422
    assert "already" in answer.content.decode()


def test_a_sign_in_link_waits_for_its_button_and_works_once() -> None:
    mara = cast.mara()
    url = enter_url(mara)
    for _look in range(3):
        page = Client().get(url)
        assert "Continue as Mara" in page.content.decode()
    client = Client()
    assert client.post(url)["Location"] == reverse("today")
    assert client.get(reverse("me")).status_code == 200
    thief = Client()
    assert thief.post(url).status_code == 404
    assert thief.get(reverse("me"))["Location"] == reverse("account_login")


def test_a_sign_in_link_does_not_get_around_the_second_factor() -> None:
    olga = with_second_factor(cast.olga())
    client = Client()
    answer = client.post(enter_url(olga))
    assert answer["Location"] == reverse("mfa_authenticate")
    assert client.get(reverse("people"))["Location"] == reverse("account_login")
    client.post(reverse("mfa_authenticate"), {"code": code()})
    assert client.get(reverse("people")).status_code == 200


def test_cancelling_before_the_second_factor_ends_the_half_sign_in() -> None:
    olga = with_second_factor(cast.olga())
    client = Client()
    client.post(enter_url(olga))
    client.post(reverse("account_logout"))
    assert client.get(reverse("mfa_authenticate"))["Location"] == reverse("account_login")


def test_a_link_for_one_opens_nothing_of_whoever_was_signed_in() -> None:
    mara, tom = cast.mara(), cast.tom()
    client = as_(tom)
    assert "Tom is signed in" in client.get(enter_url(mara)).content.decode()
    client.post(enter_url(mara))
    assert "mara@example.org" in client.get(reverse("me")).content.decode()


@pytest.mark.parametrize("kind", ["setup", "join", "enter"])
def test_wrong_used_and_old_links_meet_the_same_page(kind: str) -> None:
    cast.installation()
    mara = cast.mara() if kind == "enter" else None
    long_ago = timezone.now() - timedelta(days=30)
    old = links.make(kind, now=long_ago, person=mara)
    used = links.make(kind, now=timezone.now(), person=mara)
    links.use(kind, used, timezone.now())
    pages = {Client().get(reverse(kind, args=[token])).content for token in ("x", old, used)}
    assert len({page.split(b"<main")[1].split(b"</main>")[0] for page in pages}) == 1
    assert all(b"once" in page and b"Mara" not in page for page in pages)


def test_a_link_of_one_kind_opens_no_other_door() -> None:
    token = links.make("enter", now=timezone.now(), person=cast.mara())
    assert Client().get(reverse("join", args=[token])).status_code == 404
    assert Client().get(reverse("setup", args=[token])).status_code == 404


def test_a_closed_account_cannot_come_in_by_an_older_link() -> None:
    mara = cast.mara()
    url = enter_url(mara)
    Person.objects.update(is_active=False)
    assert Client().post(url).status_code == 404


def test_an_attack_from_another_site_signs_nobody_in() -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(enter_url(cast.mara())).status_code == 403
