"""Everything over time for a clinician, as far as the person shares it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from psoas.care.assessment import replies
from psoas.care.people import sharing
from psoas.care.people.models import Person, TrailRow
from tests import cast
from tests.care.assessment.asking import done
from tests.web.clinic.clinic_of import STRANGERS, cared_for, stranger
from tests.web.signing_in import as_staff

pytestmark = pytest.mark.django_db
WEEK = timedelta(weeks=1)


@pytest.fixture
def mara() -> Person:
    cast.installation()
    return cast.mara()


@pytest.fixture
def ines(mara) -> Person:
    ines = cast.ines()
    cared_for(ines, mara, "questionnaires", "movement")
    return ines


def url(person: Person) -> str:
    return reverse("person-progress", args=[person.pk])


def reads(client, person: Person) -> str:
    answer = client.get(url(person))
    assert answer.status_code == 200
    return str(answer.content.decode().split("<main")[1])


def answered(person: Person, slug: str, values: list[int], ago: timedelta) -> None:
    done(cast.viewer(person), slug, values, now=timezone.now() - ago)


def test_with_nothing_answered_it_leads_to_measuring(mara, ines) -> None:
    page = reads(as_staff(ines), mara)
    assert "Nothing was answered or measured yet." in page
    assert reverse("person-measure", args=[mara.pk]) in page


def test_each_number_stands_with_its_day_who_typed_it_in_and_its_sources(mara, ines) -> None:
    answered(mara, "peg", [7, 8, 6], 6 * WEEK)
    answered(mara, "peg", [4, 5, 4], timedelta(0))
    typed = ["11.5", "64", "0"]
    replies.enter(cast.viewer(ines), mara.pk, "five-sit-to-stand", typed, timezone.now())
    page = reads(as_staff(ines), mara)
    peg = page.split("<h2>PEG")[1].split("</section>")[0]
    assert peg.index("<b>4.3</b>") < peg.index("<b>7</b>")
    assert "Krebs" in peg
    assert "<td>Mara</td>" in peg
    chair = page.split("<h2>Five times sit to stand")[1].split("</section>")[0]
    assert "<b>11.5</b> slower than average for the age" in chair
    assert "<td>Ines</td>" in chair


def test_a_change_is_said_with_what_measuring_alone_may_give(mara, ines) -> None:
    viewer = cast.viewer(ines)
    for seconds, ago in (("18", 4 * WEEK), ("12", timedelta(0))):
        now = timezone.now() - ago
        replies.enter(viewer, mara.pk, "five-sit-to-stand", [seconds, "", ""], now)
    page = reads(as_staff(ines), mara)
    assert "Better" in page
    assert "More than measuring alone may give." in page
    assert "<figure" in page
    assert "One number decides nothing." in page


def test_degrees_are_told_side_by_side_over_time_with_what_they_are_compared_with(
    mara, ines
) -> None:
    viewer, now = cast.viewer(ines), timezone.now()
    for left, ago in (("105", WEEK), ("110", timedelta(0))):
        replies.enter(viewer, mara.pk, "hip-range", [left, "95", *[""] * 10], now - ago)
    page = reads(as_staff(ines), mara)
    table = page.split("<h2>Range of the hip")[1].split("</section>")[0]
    assert "<td>105 → 110</td><td>95 → 95</td>" in table
    assert "<td>– → –</td>" in table
    assert "J Physiol Anthropol 2016" in table
    assert "From textbooks" in table


def test_a_score_with_too_much_missing_is_said_to_be_none(mara, ines) -> None:
    replies.enter(cast.viewer(ines), mara.pk, "five-sit-to-stand", ["", "64", "0"], timezone.now())
    page = reads(as_staff(ines), mara)
    assert "No score: something it needs is missing." in page


def test_what_is_not_shared_is_not_shown_and_said(mara, ines) -> None:
    answered(mara, "peg", [7, 8, 6], WEEK)
    client = as_staff(ines)
    assert "PEG" in reads(client, mara)
    sharing.set_shares(mara, ines.pk, {"movement"}, now=timezone.now())
    page = reads(client, mara)
    assert "PEG" not in page
    assert "Mara does not share questionnaires with you." in page
    sharing.set_shares(mara, ines.pk, set(), now=timezone.now())
    assert "shares neither questionnaires nor measurements" in reads(client, mara)


def test_what_was_typed_in_by_oneself_stays_readable(mara, ines) -> None:
    replies.enter(cast.viewer(ines), mara.pk, "chair-stand-30", ["14", "", ""], timezone.now())
    sharing.set_shares(mara, ines.pk, set(), now=timezone.now())
    assert "<b>14</b>" in reads(as_staff(ines), mara)


def test_the_look_stands_in_the_persons_record_in_plain_words(mara, ines) -> None:
    reads(as_staff(ines), mara)
    assert TrailRow.objects.filter(action="answers read", actor=ines.pk).exists()
    page = as_staff(mara).get(reverse("me-record")).content.decode()
    assert "read answers or measurements: Questionnaires; Movement" in page


def test_for_anyone_else_the_page_does_not_exist(mara, ines) -> None:
    answered(mara, "peg", [7, 8, 6], WEEK)
    for name in STRANGERS:
        answer = stranger(name, mara).get(url(mara))
        assert answer.status_code == 404
        assert "PEG" not in answer.content.decode()


def test_more_answers_take_no_more_questions_to_the_database(
    mara, ines, django_assert_max_num_queries
) -> None:
    for weeks in range(20):
        answered(mara, "nprs", [weeks % 11], weeks * WEEK)
    client = as_staff(ines)
    with django_assert_max_num_queries(40):
        reads(client, mara)
