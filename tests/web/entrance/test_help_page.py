"""Whom to ring: open to everyone, always."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format

from psoas.care.people.models import Person, TrailRow
from psoas.content import crisis
from psoas.web.doors import LOCKED
from tests import cast
from tests.web.signing_in import as_, as_staff

pytestmark = pytest.mark.django_db


def test_a_stranger_sees_the_numbers_of_the_clinics_country() -> None:
    cast.installation()
    page = Client().get(reverse("help")).content.decode()
    assert 'href="tel:999"' in page
    assert 'href="tel:116123"' in page
    assert page.index("tel:999") < page.index("tel:116123"), "the emergency number comes first"


@pytest.mark.parametrize("is_demo", [False, True])
def test_only_the_owner_reads_what_is_left_to_confirm(is_demo: bool) -> None:
    cast.installation(is_demo=is_demo)
    looked_at = f"looked at on {date_format(crisis.country('GB').verified_on, 'j F Y')}"
    for client in (Client(), as_(cast.mara()), as_(cast.ines())):
        page = client.get(reverse("help")).content.decode()
        assert "If a number does not answer, call the emergency number." in page
        assert looked_at not in page
        assert "Not rung by us" not in page
    page = as_staff(cast.olga()).get(reverse("help")).content.decode()
    assert "Not rung by us" in page
    assert looked_at in page


def test_it_works_before_anything_is_set_up() -> None:
    page = Client().get(reverse("help"))
    assert page.status_code == 200
    assert "the place you are in" in page.content.decode()


def test_another_country_is_chosen_without_an_account() -> None:
    page = Client().get(reverse("help"), {"country": "ZA"}).content.decode()
    assert 'href="tel:0800567567"' in page
    assert '<option value="ZA" selected>' in page


def test_a_country_nobody_listed_gets_help_all_the_same() -> None:
    answer = Client().get(reverse("help"), {"country": "<script>"})
    assert answer.status_code == 200
    assert b'<script>"' not in answer.content


def test_a_persons_own_country_goes_before_the_clinics() -> None:
    cast.installation()
    mara = cast.mara()
    Person.objects.update(country="ZA")
    assert "0800 567 567" in as_(mara).get(reverse("help")).content.decode()


def test_it_opens_while_locked_and_leaves_no_trace() -> None:
    cast.installation()
    mara = cast.mara()
    mara.pin = "set"
    mara.save()
    client = as_(mara)
    session = client.session
    session[LOCKED] = True
    session.save()
    before = TrailRow.objects.count()
    assert client.get(reverse("help")).status_code == 200
    assert TrailRow.objects.count() == before
