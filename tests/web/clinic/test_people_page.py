"""Who is here, for the owner and for a clinician."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from psoas.care.people import access
from psoas.care.people.models import CLINICIAN, Care, Installation, OneTimeLink, Person
from tests import cast
from tests.web.signing_in import as_, as_staff

pytestmark = pytest.mark.django_db


def names(page: str) -> list[str]:
    return re.findall(r'<th scope="row" role="rowheader">(\w+)', page)


def test_the_owner_sees_everyone_and_their_role() -> None:
    cast.installation()
    olga = cast.olga()
    cast.mara(), cast.ines(), cast.rosa()
    page = as_staff(olga).get(reverse("people")).content.decode()
    assert names(page) == ["Ines", "Mara", "Olga", "Rosa"]
    assert "Physiotherapist" in page


@pytest.mark.parametrize(
    ("order", "first"),
    [("name", "Ines"), ("-name", "Rosa"), ("role", "Ines"), ("-role", "Rosa")],
)
def test_the_list_sorts_by_the_columns_it_offers(order: str, first: str) -> None:
    cast.installation()
    olga = cast.olga()
    cast.mara(), cast.ines(), cast.rosa()
    page = as_staff(olga).get(reverse("people"), {"order": order}).content.decode()
    assert names(page)[0] == first
    assert f'aria-sort="{"descending" if order[0] == "-" else "ascending"}"' in page


@pytest.mark.parametrize("order", ["password", "-pin", "keys__wrapped", "name; drop table", ""])
def test_any_other_order_is_ignored(order: str) -> None:
    cast.installation()
    olga = cast.olga()
    cast.mara(), cast.ines()
    page = as_staff(olga).get(reverse("people"), {"order": order}).content.decode()
    assert names(page) == ["Ines", "Mara", "Olga"]


def test_an_invitation_is_shown_once_and_brings_its_role() -> None:
    cast.installation()
    client = as_staff(cast.olga())
    answer = client.post(
        reverse("people-invite"),
        {"name": "Jonas", "role": CLINICIAN},
        # A port of somebody's choice: the host is right, and the link must not follow it.
        headers={"host": "localhost:6666"},
    )
    link = re.search(r'value="(http://localhost:8000/join/[^"]+)"', answer.content.decode())
    assert link
    assert answer["Cache-Control"] == "no-store, private"
    assert link[1] not in client.get(reverse("people-invite")).content.decode()
    assert OneTimeLink.objects.get().role == CLINICIAN
    assert "Come in" in Client().get(link[1]).content.decode()


def test_nobody_is_invited_into_a_role_that_does_not_exist() -> None:
    cast.installation()
    answer = as_staff(cast.olga()).post(reverse("people-invite"), {"name": "X", "role": "root"})
    assert answer.status_code == 422
    assert not OneTimeLink.objects.exists()


def test_the_owner_says_who_looks_after_whom_and_it_opens_nothing_by_itself() -> None:
    cast.installation()
    mara, ines = cast.mara(), cast.ines()
    client = as_staff(cast.olga())
    client.post(reverse("people-care", args=[mara.pk]), {"clinician": ines.pk, "begin": "1"})
    now = timezone.now()
    assert access.people_looked_after(cast.viewer(ines), now).get() == mara
    assert access.shared_categories(cast.viewer(ines), mara, now) == frozenset()
    client.post(reverse("people-care", args=[mara.pk]), {"clinician": ines.pk, "end": "1"})
    assert not access.people_looked_after(cast.viewer(ines), now).exists()


def test_only_a_physiotherapist_can_look_after_someone() -> None:
    cast.installation()
    mara, rosa = cast.mara(), cast.rosa()
    typed = {"clinician": rosa.pk, "begin": "1"}
    answer = as_staff(cast.olga()).post(reverse("people-care", args=[mara.pk]), typed, follow=True)
    assert "Only a physiotherapist" in answer.content.decode()
    assert not Care.objects.exists()


def test_a_closed_account_is_signed_out_and_nothing_of_it_is_deleted() -> None:
    cast.installation()
    mara = cast.mara()
    hers = as_(mara)
    as_staff(cast.olga()).post(reverse("people-close", args=[mara.pk]))
    assert hers.get(reverse("me"))["Location"] == reverse("account_login")
    assert Person.objects.filter(pk=mara.pk, is_active=False).exists()


def test_an_owner_does_not_close_their_own_account_by_mistake() -> None:
    cast.installation()
    olga = cast.olga()
    as_staff(olga).post(reverse("people-close", args=[olga.pk]))
    olga.refresh_from_db()
    assert olga.is_active


def test_the_owner_names_the_clinic_and_a_nameless_one_is_refused() -> None:
    cast.installation()
    client = as_staff(cast.olga())
    answer = client.post(reverse("people-clinic"), {"clinic_name": " ", "country": "ZA"})
    assert answer.status_code == 422
    client.post(reverse("people-clinic"), {"clinic_name": "Lime", "country": "ZA"})
    installation = Installation.objects.get()
    assert (installation.clinic_name, installation.country) == ("Lime", "ZA")


def test_a_clinician_sees_whom_they_look_after_and_what_is_shared() -> None:
    cast.installation()
    mara, tom, ines, jonas = cast.mara(), cast.tom(), cast.ines(), cast.jonas()
    cast.under_care(ines, mara, "pain")
    cast.under_care(jonas, tom, "pain")
    page = as_staff(ines).get(reverse("people")).content.decode()
    assert "Mara" in page
    assert "Shares: Pain." in page
    assert "Tom" not in page


@pytest.mark.parametrize(
    "name", ["people", "people-invite", "people-clinic", "people-care", "people-close"]
)
@pytest.mark.parametrize("who", ["person", "receptionist", "clinician", "nobody"])
def test_these_doors_are_the_owners(name: str, who: str) -> None:
    cast.installation()
    tom = cast.tom()
    people = {"person": cast.mara, "receptionist": cast.rosa, "clinician": cast.ines}
    client = as_staff(people[who]()) if who in people else Client()
    url = reverse(name, args=[tom.pk] if name in {"people-care", "people-close"} else [])
    if (name, who) == ("people", "clinician"):
        return
    for answer in (client.get(url), client.post(url, {"role": "owner", "name": "x"})):
        if who == "nobody":
            assert answer["Location"] == reverse("account_login")
        else:
            assert answer.status_code == 404
        assert b"tom@example.org" not in answer.content
    tom.refresh_from_db()
    assert tom.is_active
    assert not OneTimeLink.objects.exists()


def test_staff_without_a_second_factor_get_no_further_than_setting_one_up() -> None:
    cast.installation()
    for staff in (cast.olga(), cast.ines(), cast.rosa()):
        assert as_(staff).get(reverse("people"))["Location"] == reverse("mfa_index")
        assert as_(staff).get(reverse("me"))["Location"] == reverse("mfa_index")


def test_demo_staff_are_told_that_the_exception_is_for_here_alone(settings) -> None:
    settings.DEMO, settings.LOOPBACK = True, True
    cast.installation(is_demo=True)
    olga = cast.olga()
    page = as_(olga).get(reverse("people")).content.decode()
    assert "Only in this demonstration" in page
    settings.LOOPBACK = False
    assert as_(olga).get(reverse("people"))["Location"] == reverse("mfa_index")
