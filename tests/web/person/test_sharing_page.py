"""What one shares, and who did what."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import psoas
from psoas.care.people import access, sharing, trail
from psoas.care.people.models import CATEGORIES, Person
from psoas.web.acts import TITLES, in_words
from tests import cast
from tests.web.signing_in import as_

pytestmark = pytest.mark.django_db


def shared(ines: Person, mara: Person) -> set[str]:
    return set(access.shared_categories(cast.viewer(ines), mara, timezone.now()))


def test_everything_is_off_at_first() -> None:
    mara, ines = cast.mara(), cast.ines()
    cast.under_care(ines, mara)
    page = as_(mara).get(reverse("me-sharing")).content.decode()
    assert "Ines can read nothing" in page
    assert page.count('name="category"') == len(CATEGORIES)
    assert " checked" not in page


def test_a_switch_opens_one_category_for_one_clinician() -> None:
    mara, ines, jonas = cast.mara(), cast.ines(), cast.jonas()
    cast.under_care(ines, mara)
    cast.under_care(jonas, mara)
    client = as_(mara)
    client.post(reverse("me-sharing"), {"clinician": ines.pk, "category": ["pain"]})
    assert shared(ines, mara) == {"pain"}
    assert shared(jonas, mara) == set()
    page = client.get(reverse("me-sharing")).content.decode()
    assert "Ines can read now: Pain." in page
    assert "Jonas can read nothing" in page


def test_switching_off_closes_at_once() -> None:
    mara, ines = cast.mara(), cast.ines()
    cast.under_care(ines, mara, "pain", "feelings")
    client = as_(mara)
    client.post(reverse("me-sharing"), {"clinician": ines.pk, "category": ["feelings"]})
    assert shared(ines, mara) == {"feelings"}
    client.post(
        reverse("me-sharing"), {"clinician": ines.pk, "category": ["feelings"], "nothing": "1"}
    )
    assert shared(ines, mara) == set()


@pytest.mark.parametrize("clinician", ["", "nobody", "11111111-1111-1111-1111-111111111111"])
def test_nothing_is_shared_with_nobody(clinician: str) -> None:
    typed = {"clinician": clinician, "category": ["pain"]}
    assert as_(cast.mara()).post(reverse("me-sharing"), typed).status_code == 404


def test_only_who_looks_after_me_can_be_chosen() -> None:
    mara, jonas, tom = cast.mara(), cast.jonas(), cast.tom()
    cast.under_care(jonas, tom)
    typed = {"clinician": jonas.pk, "category": ["pain"]}
    assert as_(mara).post(reverse("me-sharing"), typed).status_code == 404
    assert shared(jonas, mara) == set()


def test_a_category_nobody_offered_is_refused() -> None:
    mara, ines = cast.mara(), cast.ines()
    cast.under_care(ines, mara)
    typed = {"clinician": ines.pk, "category": ["pain", "everything"]}
    assert as_(mara).post(reverse("me-sharing"), typed).status_code == 404
    assert shared(ines, mara) == set()


def test_the_record_says_who_read_and_who_decided() -> None:
    mara, ines, olga = cast.mara(), cast.ines(), cast.olga()
    sharing.start_care(ines, mara, actor=olga, now=cast.NOW)
    trail.record("shared journal read", actor=ines, subject=mara, now=cast.NOW, item="pain")
    page = as_(mara).get(reverse("me-record")).content.decode()
    assert "<b>Ines</b> read what you share: Pain" in page
    assert "<b>Olga</b> noted that Ines looks after you" in page
    assert page.index("read what you share") < page.index("looks after you"), "newest first"


def test_times_in_the_record_are_the_persons_own() -> None:
    mara, ines = cast.mara(), cast.ines()
    trail.record("shared journal read", actor=ines, subject=mara, now=cast.NOW, item="pain")
    assert "14 April 2026, 09:00" in as_(mara).get(reverse("me-record")).content.decode()


def test_ones_own_acts_are_there_on_request() -> None:
    mara, ines = cast.mara(), cast.ines()
    cast.under_care(ines, mara, "pain")
    client = as_(mara)
    begun = "began to share “Pain” with Ines"
    assert begun not in client.get(reverse("me-record")).content.decode()
    page = client.get(reverse("me-record"), {"all": "1"}).content.decode()
    assert begun in page
    assert "made this account" in page


def test_a_stranger_finds_nothing_of_mine_in_their_record() -> None:
    mara, tom, ines = cast.mara(), cast.tom(), cast.ines()
    cast.under_care(ines, mara, "pain")
    page = as_(tom).get(reverse("me-record"), {"all": "1"}).content.decode()
    assert "Ines" not in page
    assert "Mara" not in page
    assert "Ines" not in as_(tom).get(reverse("me-sharing")).content.decode()
    assert Client().get(reverse("me-record"))["Location"] == reverse("account_login")


def test_a_long_record_comes_in_pages() -> None:
    mara, ines = cast.mara(), cast.ines()
    for day in range(60):
        at = cast.NOW + timedelta(days=day)
        trail.record("shared journal read", actor=ines, subject=mara, now=at, item="pain")
    client = as_(mara)
    assert client.get(reverse("me-record")).content.decode().count("<b>Ines</b>") == 50
    older = client.get(reverse("me-record"), {"page": "2"}).content.decode()
    assert older.count("<b>Ines</b>") == 10
    assert client.get(reverse("me-record"), {"page": "x"}).status_code == 200


def test_hearing_of_hard_answers_is_no_reading() -> None:
    mara, ines = cast.mara(), cast.ines()
    cast.under_care(ines, mara, "alarm")
    page = as_(mara).get(reverse("me-sharing")).content.decode()
    assert "Ines can read nothing of your journal" in page
    assert "a note asks Ines to contact you" in page
    assert 'name="nothing"' in page


def test_every_act_about_a_person_that_the_code_records_has_words() -> None:
    source = Path(psoas.__file__).parent.rglob("*.py")
    calls = re.findall(
        r'trail\.record\(\s*"([^"]+)",[^)]*subject=(?!None)', "".join(p.read_text() for p in source)
    )
    mara = cast.mara()
    assert len(calls) > 10
    for action in calls:
        row = trail.record(action, actor=mara, subject=mara, now=cast.NOW, item="pain")
        assert in_words(row, who="You", other="").sentence != action, action


def test_every_category_has_a_short_title() -> None:
    assert set(TITLES) == set(CATEGORIES)


def test_a_year_of_own_entries_is_one_line_and_others_are_never_put_together() -> None:
    mara, ines = cast.mara(), cast.ines()
    for _time in range(5):
        trail.record("entry written", actor=mara, subject=mara, now=cast.NOW)
    for _time in range(3):
        trail.record("shared journal read", actor=ines, subject=mara, now=cast.NOW, item="pain")
    page = as_(mara).get(reverse("me-record"), {"all": "1"}).content.decode()
    assert page.count("wrote an entry") == 1
    assert "5 times" in page
    assert page.count("<b>Ines</b>") == 3
