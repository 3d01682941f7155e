"""One's own account."""

import pytest
from django.test import Client
from django.urls import reverse

from psoas.care.people.models import TrailRow
from tests import cast
from tests.web.signing_in import as_

pytestmark = pytest.mark.django_db

WISHES = {
    "name": "Mara K",
    "zone": "Africa/Johannesburg",
    "language": "en",
    "country": "ZA",
    "theme": "dark",
}


def test_what_is_saved_is_seen_again_and_the_page_turns_dark() -> None:
    mara = cast.mara()
    client = as_(mara)
    assert client.post(reverse("me"), WISHES)["Location"] == reverse("me")
    page = client.get(reverse("me")).content.decode()
    assert 'data-theme="dark"' in page
    assert 'value="Africa/Johannesburg"' in page
    mara.refresh_from_db()
    assert (mara.name, mara.country) == ("Mara K", "ZA")


def test_a_time_zone_that_does_not_exist_is_refused_and_nothing_typed_is_lost() -> None:
    mara = cast.mara()
    answer = as_(mara).post(reverse("me"), {**WISHES, "zone": "Europe/Atlantis"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "There is no time zone “Europe/Atlantis”" in page
    assert 'value="Mara K"' in page
    mara.refresh_from_db()
    assert (mara.name, mara.zone) == ("Mara", "Europe/London")


@pytest.mark.parametrize(
    ("field", "typed"),
    [("name", " "), ("name", "x" * 81), ("theme", "neon"), ("language", "xx"), ("country", "QQ")],
)
def test_what_was_not_offered_is_refused_beside_its_field(field: str, typed: str) -> None:
    answer = as_(cast.mara()).post(reverse("me"), {**WISHES, field: typed})
    assert answer.status_code == 422
    assert answer.context["form"].errors[field]


def test_a_stranger_sees_and_changes_their_own_account_only() -> None:
    mara, tom = cast.mara(), cast.tom()
    client = as_(tom)
    assert "mara@example.org" not in client.get(reverse("me")).content.decode()
    client.post(reverse("me"), WISHES)
    mara.refresh_from_db()
    assert mara.name == "Mara"
    assert Client().get(reverse("me"))["Location"] == reverse("account_login")


def test_signing_out_everywhere_keeps_this_device_and_ends_the_others() -> None:
    mara, tom = cast.mara(), cast.tom()
    here, phone, toms = as_(mara), as_(mara), as_(tom)
    here.post(reverse("me-everywhere"))
    assert here.get(reverse("me")).status_code == 200
    assert phone.get(reverse("me"))["Location"] == reverse("account_login")
    assert toms.get(reverse("me")).status_code == 200
    assert TrailRow.objects.filter(action="signed out everywhere", subject=mara.pk).exists()


def test_signing_out_everywhere_takes_a_button_not_a_link() -> None:
    assert as_(cast.mara()).get(reverse("me-everywhere")).status_code == 405
