"""Coming in: the first account, joining by a link, and every field that can be wrong."""

from dataclasses import replace

import pytest
from allauth.account.models import EmailAddress

from psoas.care.people import joining, links, trail, vault
from psoas.care.people.joining import Arrival
from psoas.care.people.models import CLINICIAN, OWNER, PERSON, Installation, Person, WrappedKey
from psoas.care.people.refusal import NotAllowed, Refusal
from tests import cast
from tests.cast import NOW, PASSWORD

pytestmark = pytest.mark.django_db
GOOD = Arrival("Ana", "ana@example.org", PASSWORD, "Europe/London", "GB")
CLINIC = replace(GOOD, for_clinic=True, clinic_name="Linden")


def set_up(arrival, token=None, **fields):
    token = token or links.make("setup", now=NOW)
    return joining.set_up(token, arrival, now=NOW, is_demo=False, **fields)


def refused_fields(arrival):
    with pytest.raises(Refusal) as refused:
        joining.check(arrival)
    return refused.value.fields


BAD = {
    "no name": ({"name": ""}, {"name"}),
    "a name of blanks": ({"name": " \t\n"}, {"name"}),
    "a name of control characters": ({"name": "\x00\u202e\u200b"}, {"name"}),
    "a name too long": ({"name": "a" * 81}, {"name"}),
    "no address": ({"email": ""}, {"email"}),
    "half an address": ({"email": "ana@"}, {"email"}),
    "an address without a host": ({"email": "ana"}, {"email"}),
    "two addresses": ({"email": "a@example.org,b@example.org"}, {"email"}),
    "an address with a line break": ({"email": "ana@example.org\nBcc: x@example.org"}, {"email"}),
    "an address too long": ({"email": f"{'a' * 60}@{'b.' * 100}example.org"}, {"email"}),
    "no password": ({"password": ""}, {"password"}),
    "a short password": ({"password": "tr0ub4dor"}, {"password"}),
    "a common password": ({"password": "password123"}, {"password"}),
    "a password of digits": ({"password": "83649274629174"}, {"password"}),
    "the address as password": ({"password": "ana@example.org"}, {"password"}),
    "no zone": ({"zone": ""}, {"zone"}),
    "a zone that is not there": ({"zone": "Europe/Atlantis"}, {"zone"}),
    "a zone of machines": ({"zone": "Etc/GMT+5"}, {"zone"}),
    "a path for a zone": ({"zone": "../../etc/passwd"}, {"zone"}),
    "a country that is not there": ({"country": "XX"}, {"country"}),
    "a country in small letters": ({"country": "gb"}, {"country"}),
    "everything at once": (
        {"name": "", "email": "x", "password": "short", "zone": "?", "country": "?"},
        {"name", "email", "password", "zone", "country"},
    ),
}


@pytest.mark.parametrize(("fields", "wrong"), BAD.values(), ids=BAD.keys())
def test_a_bad_field_is_refused_under_its_name(fields, wrong):
    found = refused_fields(replace(GOOD, **fields))
    assert set(found) == wrong
    assert all(sentences and all(sentences) for sentences in found.values())


def test_the_own_name_is_no_password():
    found = refused_fields(replace(GOOD, name="Anastasia Keller", password="anastasia keller"))
    assert set(found) == {"password"}


def test_a_refused_password_is_never_quoted():
    for password in ("hunter2", "anaana@example.org"):
        with pytest.raises(Refusal) as refused:
            joining.check(replace(GOOD, password=password))
        assert password not in str(refused.value)


def test_an_address_in_use_is_refused_however_it_is_written():
    cast.mara()
    assert set(refused_fields(replace(GOOD, email=" MARA@Example.ORG "))) == {"email"}


def test_what_was_typed_is_tidied():
    checked = joining.check(replace(GOOD, name="  Ana\u0301  \n Li ", email=" ANA@Example.org"))
    assert (checked.name, checked.email) == ("Aná Li", "ana@example.org")


@pytest.mark.parametrize("name", ["Ng", "O’Brien", "李小龙", "María José", "Nguyễn", "𝒜", "a" * 80])
def test_names_are_taken_as_they_are(name):
    assert joining.check(replace(GOOD, name=name)).name


def test_the_first_person_alone_is_a_person_without_a_clinic():
    person = set_up(replace(GOOD, clinic_name="Left over from the other choice"))
    assert person.role == PERSON
    assert Installation.objects.get().clinic_name == ""


def test_the_first_person_of_a_clinic_owns_it():
    assert set_up(CLINIC).role == OWNER
    standing = Installation.objects.get()
    assert (standing.clinic_name, standing.country, standing.is_demo) == ("Linden", "GB", False)


@pytest.mark.parametrize("name", ["", "   ", "\x00", "a" * 121])
def test_a_clinic_without_a_usable_name_is_refused_and_the_link_still_works(name):
    token = links.make("setup", now=NOW)
    with pytest.raises(Refusal) as refused:
        set_up(replace(CLINIC, clinic_name=name), token)
    assert set(refused.value.fields) == {"clinic_name"}
    set_up(CLINIC, token)


def test_setting_up_happens_once():
    first, second = (links.make("setup", now=NOW) for _n in range(2))
    set_up(GOOD, first)
    with pytest.raises(NotAllowed):
        set_up(replace(GOOD, email="eve@example.org"), second)
    assert Person.objects.count() == 1


def test_a_refused_arrival_makes_nothing_and_keeps_the_link():
    token = links.make("setup", now=NOW)
    with pytest.raises(Refusal):
        set_up(replace(GOOD, password="short"), token)
    assert not Person.objects.exists()
    assert not Installation.objects.exists()
    set_up(GOOD, token)


@pytest.mark.parametrize("purpose", ["join", "enter"])
def test_another_links_token_does_not_set_up(purpose):
    person = cast.mara() if purpose == "enter" else None
    token = links.make(purpose, now=NOW, person=person)
    Person.objects.all().delete()
    with pytest.raises(NotAllowed):
        set_up(GOOD, token)
    assert not Person.objects.exists()


def test_who_joins_gets_the_role_of_the_link_and_nothing_typed():
    token = links.make("join", now=NOW, role=CLINICIAN)
    assert joining.join(token, CLINIC, now=NOW).role == CLINICIAN


def test_a_used_link_lets_nobody_join():
    token = links.make("join", now=NOW)
    joining.join(token, GOOD, now=NOW)
    with pytest.raises(NotAllowed):
        joining.join(token, replace(GOOD, email="eve@example.org"), now=NOW)
    assert Person.objects.count() == 1


def test_who_comes_in_has_keys_a_verified_address_and_a_line_in_the_trail():
    person = joining.join(links.make("join", now=NOW), GOOD, now=NOW)
    purposes = WrappedKey.objects.filter(person=person).values_list("purpose", flat=True)
    assert set(purposes) == {vault.JOURNAL, vault.CLINICAL}
    address = EmailAddress.objects.get(user=person)
    assert (address.email, address.verified, address.primary) == (GOOD.email, True, True)
    assert person.check_password(PASSWORD)
    assert list(trail.faults()) == []


def test_the_password_is_kept_as_argon2(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    person = joining.join(links.make("join", now=NOW), GOOD, now=NOW)
    assert person.password.startswith("argon2$argon2id$")


def test_who_has_no_password_gets_in_with_none():
    person = joining.welcome(replace(GOOD, password=""), role=PERSON, now=NOW)
    assert not person.has_usable_password()
    assert not person.check_password("")
