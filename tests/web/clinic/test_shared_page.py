"""What a clinician reads of someone's record, and what they do not."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from psoas.care.journal import writing
from psoas.care.people import sharing
from psoas.care.people.models import CATEGORIES, Person, TrailRow
from tests import cast
from tests.web.signing_in import as_staff

pytestmark = pytest.mark.django_db

WORDS = "canary-words-of-mara"


def wrote(person: Person) -> None:
    now = timezone.now() - timedelta(days=2)
    raw = {
        "pain": "7",
        "words": WORDS,
        "triggers": {"deadline": "1", "stairs": "0"},
        "asked": {"triggers": True, "feelings": True},
        "feelings": {"worried": "3"},
    }
    writing.write_entry(cast.viewer(person), raw, entry_id=uuid.uuid4(), kind="day", now=now)


def url(person: Person) -> str:
    return reverse("people-shared", args=[person.pk])


def reads(clinician: Person, person: Person) -> str:
    answer = as_staff(clinician).get(url(person))
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_is_shared_is_drawn_said_and_tabled() -> None:
    mara, ines = cast.mara(), cast.ines()
    cast.under_care(ines, mara, "pain", "feelings")
    wrote(mara)
    page = reads(ines, mara)
    assert page.count("<svg") > 1
    assert WORDS in page
    assert "deadline" in page
    assert "1 of 1 day<" in page
    assert "stairs" not in page.split("<h3>Triggers</h3>")[1].split("</ul>")[0]


def test_pain_alone_shows_no_word_feeling_or_trigger() -> None:
    mara, ines = cast.mara(), cast.ines()
    cast.under_care(ines, mara, "pain")
    wrote(mara)
    page = reads(ines, mara)
    assert "calendar" in page
    for private in (WORDS, "deadline", "worried"):
        assert private not in page


def test_feelings_alone_show_no_number() -> None:
    mara, ines = cast.mara(), cast.ines()
    cast.under_care(ines, mara, "feelings")
    wrote(mara)
    page = reads(ines, mara)
    assert WORDS in page
    assert "Mara does not share this with you." in page
    assert "<figure" not in page


def test_nothing_shared_shows_nothing_and_says_so() -> None:
    mara, ines = cast.mara(), cast.ines()
    cast.under_care(ines, mara)
    wrote(mara)
    page = reads(ines, mara)
    assert page.count("Not shared") == len(CATEGORIES)
    assert WORDS not in page
    assert "<figure" not in page


def test_each_look_stands_in_the_persons_record() -> None:
    mara, ines = cast.mara(), cast.ines()
    cast.under_care(ines, mara, "pain")
    wrote(mara)
    client = as_staff(ines)
    client.get(url(mara))
    client.get(url(mara))
    seen = TrailRow.objects.filter(actor=ines.pk, subject=mara.pk, action="shared journal read")
    assert seen.count() == 2


def test_switching_off_closes_it_on_the_next_look() -> None:
    mara, ines = cast.mara(), cast.ines()
    cast.under_care(ines, mara, "pain", "feelings")
    wrote(mara)
    client = as_staff(ines)
    assert WORDS in client.get(url(mara)).content.decode()
    sharing.set_shares(mara, ines.pk, set(), now=timezone.now())
    assert WORDS not in client.get(url(mara)).content.decode()
    sharing.end_care(ines, mara, actor=ines, now=timezone.now())
    assert client.get(url(mara)).status_code == 404


@pytest.mark.parametrize("who", ["jonas", "rosa", "olga", "tom", "mara"])
def test_for_anyone_else_the_page_does_not_exist(who: str) -> None:
    cast.installation()
    ines = cast.ines()
    people = {name: getattr(cast, name)() for name in ("jonas", "rosa", "olga", "tom", "mara")}
    mara = people["mara"]
    cast.under_care(ines, mara, "pain", "feelings")
    wrote(mara)
    answer = as_staff(people[who]).get(url(mara))
    assert answer.status_code == 404
    for canary in (WORDS, "Mara", "mara@example.org"):
        assert canary not in answer.content.decode()


def test_a_stranger_is_asked_to_sign_in() -> None:
    assert Client().get(url(cast.mara()))["Location"] == reverse("account_login")


def test_words_are_shown_as_words_never_run() -> None:
    mara, ines = cast.mara(), cast.ines()
    cast.under_care(ines, mara, "feelings")
    now = timezone.now() - timedelta(days=1)
    raw = {"pain": "3", "words": "<script>alert(1)</script>"}
    writing.write_entry(cast.viewer(mara), raw, entry_id=uuid.uuid4(), kind="day", now=now)
    page = reads(ines, mara)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


@pytest.mark.parametrize("weeks", ["4", "52", "0", "-1", "9999", "x"])
def test_how_far_back_is_one_of_the_times_offered(weeks: str) -> None:
    mara, ines = cast.mara(), cast.ines()
    cast.under_care(ines, mara, "pain")
    wrote(mara)
    answer = as_staff(ines).get(url(mara), {"weeks": weeks})
    assert answer.status_code == 200
    assert answer.context["weeks"] in {4, 12, 52}
