"""The owner states a licence; until then what is not free stays off."""

import pytest
from django.urls import reverse

from psoas.care.assessment import licences
from psoas.care.assessment.models import Licence
from psoas.care.people.models import TrailRow
from tests import cast
from tests.web.signing_in import as_staff

pytestmark = pytest.mark.django_db
URL = "people-licences"
SAID = {"slug": "hoos-12", "hoos-12-wording": "Mapi 1234, to Linden", "hoos-12-stated": "on"}


@pytest.fixture
def owner():
    cast.installation()
    return as_staff(cast.olga())


def test_every_restricted_one_is_listed_off_with_what_its_rights_holder_says(owner) -> None:
    page = owner.get(reverse(URL)).content.decode()
    for name in ("HOOS-12", "HOOS-PS", "iHOT-12", "HAGOS", "PSEQ-2", "TSK-11", "PSS-10"):
        assert name in page
    assert "PHQ-9" not in page
    assert page.count("<small>off</small>") == len(page.split("<summary>")) - 1 - page.count(
        'class="source"'
    )
    assert "Mapi Research Trust" in page
    assert "mapi-trust.org" in page


def test_a_statement_turns_it_on_with_name_and_day(owner) -> None:
    owner.post(reverse(URL), SAID)
    assert licences.in_force() == {"hoos-12"}
    page = owner.get(reverse(URL)).content.decode()
    assert "This clinic holds a licence for HOOS-12." in page
    assert "Mapi 1234, to Linden" in page
    assert "Stated by Olga on" in page
    assert TrailRow.objects.filter(action="licence stated").count() == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"hoos-12-wording": "  "}, "Write which licence you hold"),
        ({"hoos-12-wording": "x" * 301}, "Keep it to 300 characters"),
        ({"hoos-12-stated": ""}, "Tick this if it is so"),
    ],
)
def test_half_a_statement_is_refused_and_kept_on_the_page(owner, change, words) -> None:
    answer = owner.post(reverse(URL), {**SAID, **change})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert change.get("hoos-12-wording", "Mapi 1234, to Linden").strip() in page
    assert licences.in_force() == set()


def test_withdrawn_it_is_off_and_what_was_stated_is_offered_again(owner) -> None:
    owner.post(reverse(URL), SAID)
    owner.post(reverse(URL), {"slug": "hoos-12", "withdraw": "1"})
    owner.post(reverse(URL), {"slug": "hoos-12", "withdraw": "1"})
    assert licences.in_force() == set()
    page = owner.get(reverse(URL)).content.decode()
    assert 'value="Mapi 1234, to Linden"' in page
    assert "Withdrawn on" in page


@pytest.mark.parametrize("slug", ["phq-9", "nothing", ""])
def test_what_needs_no_licence_cannot_be_stated_here(owner, slug) -> None:
    assert owner.post(reverse(URL), {**SAID, "slug": slug}).status_code == 404
    assert not Licence.objects.exists()


@pytest.mark.parametrize("name", ["ines", "rosa", "mara"])
def test_the_page_is_the_owners(name) -> None:
    cast.installation()
    client = as_staff(getattr(cast, name)())
    for answer in (client.get(reverse(URL)), client.post(reverse(URL), SAID)):
        assert answer.status_code == 404
    assert not Licence.objects.exists()
