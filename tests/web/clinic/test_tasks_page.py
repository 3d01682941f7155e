"""What waits for a clinician, and what a tap on Done does."""

from datetime import datetime, timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import dateformat, timezone

from psoas.care.assessment import tasks
from psoas.care.assessment.models import Task
from psoas.care.people import sharing
from psoas.care.people.models import Person, TrailRow
from psoas.content.redflags import questions
from tests import cast
from tests.care.assessment.checks import go_through
from tests.web.clinic.clinic_of import STRANGERS, cared_for, stranger
from tests.web.signing_in import as_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def mara() -> Person:
    cast.installation()
    return cast.mara()


@pytest.fixture
def ines() -> Person:
    return cast.ines()


def listed(client: Client) -> str:
    return client.get(reverse("tasks")).content.decode()


def fell_ill(mara: Person) -> None:
    go_through(mara, {"RF12": "yes", "RF12.severe": "no"}, now=timezone.now())


def test_with_nothing_to_do_the_page_says_so(ines: Person) -> None:
    cast.installation()
    assert "Nothing waits for you." in listed(as_staff(ines))


def test_a_check_that_needs_a_clinician_waits_with_who_and_since_when(mara, ines) -> None:
    cared_for(ines, mara)
    fell_ill(mara)
    page = listed(as_staff(ines))
    assert "Mara" in page
    assert "Please get in touch about today’s check." in page
    assert "0\xa0minutes ago" in page
    assert reverse("person-check", args=[mara.pk]) in page


def test_what_was_answered_is_named_only_where_questionnaires_are_shared(mara, ines) -> None:
    cared_for(ines, mara, "questionnaires")
    fell_ill(mara)
    client = as_staff(ines)
    assert "lost weight without trying" in listed(client)
    sharing.set_shares(mara, ines.pk, set(), now=timezone.now())
    page = listed(client)
    assert "Please get in touch about today’s check." in page
    assert "lost weight" not in page


def test_a_check_of_another_day_is_called_by_its_day(mara, ines) -> None:
    cared_for(ines, mara)
    then = timezone.now() - timedelta(days=3)
    go_through(mara, {"RF12": "yes", "RF12.severe": "no"}, now=then)
    assert f"about the check of {then:%-d %B}" in listed(as_staff(ines))


@pytest.mark.parametrize(
    ("level", "words"),
    [
        ("help-now", "Contact them now."),
        ("help-today", "Contact them today."),
        ("opened", "has not answered the questions that follow"),
        ("support", "the questions after it were no"),
    ],
)
def test_a_hard_answer_says_what_to_do(level, words, mara, ines) -> None:
    cared_for(ines, mara, "alarm")
    now = timezone.now()
    tasks.make(mara, tasks.HARD_ANSWER, {"level": level}, needs="alarm", now=now)
    page = listed(as_staff(ines))
    assert words in page
    assert "Use the number or address that the clinic has of them; psoas has none." in page
    assert "Ring" not in page.split("<main")[1]


def minutes_ago(minutes: int) -> datetime:
    return timezone.now() - timedelta(minutes=minutes)


def test_a_sign_that_was_named_and_then_not_is_told_with_both_times(mara, ines) -> None:
    cared_for(ines, mara, "questionnaires")
    first, second = minutes_ago(20), minutes_ago(8)
    go_through(mara, {"RF05": "yes"}, now=first)
    assert "That does not undo it" not in listed(as_staff(ines))
    go_through(mara, now=second)
    # Just after midnight one of them was yesterday, and is written with its day.
    today = timezone.localdate()
    at = [
        dateformat.format(each, "H:i" if each.date() == today else "j F, H:i")
        for each in (timezone.localtime(first), timezone.localtime(second))
    ]
    short = questions().by_slug["RF05"].short
    said = f"{short}: named {at[0]}; answered “No” at {at[1]}. That does not undo it: ask."
    client = as_staff(ines)
    assert said in unescape(listed(client))
    check = unescape(client.get(reverse("person-check", args=[mara.pk])).content.decode())
    assert "speaks against gentle exercise" in check
    assert said in check
    # Reading later answers is a look like any other, and one page is one look.
    assert TrailRow.objects.filter(action="check read", actor=ines.pk).count() == 2
    sharing.set_shares(mara, ines.pk, set(), now=timezone.now())
    for address in (reverse("tasks"), reverse("person-check", args=[mara.pk])):
        assert short not in unescape(client.get(address).content.decode())


def test_a_sign_named_twice_is_one_task_with_both_times(mara, ines) -> None:
    cared_for(ines, mara)
    for minutes in (20, 8):
        go_through(mara, {"RF05": "yes"}, now=minutes_ago(minutes))
    page = listed(as_staff(ines))
    assert Task.objects.count() == 1
    assert "Named again" in page


def test_an_emergency_stands_above_what_is_newer(mara, ines) -> None:
    tom = cast.tom()
    cared_for(ines, mara, "questionnaires")
    cared_for(ines, tom, "questionnaires", "alarm")
    for who, facts, minutes in (
        (mara, {"disposition": "E", "questions": ["RF01"]}, 300),
        (tom, {"disposition": "S", "questions": ["RF05"]}, 200),
        (mara, {"disposition": "C", "questions": ["RF15"]}, 100),
    ):
        now = minutes_ago(minutes)
        tasks.make(who, tasks.CHECK, facts, needs="questionnaires", now=now, cause=minutes)
    hard = {"level": "help-today"}
    tasks.make(tom, tasks.HARD_ANSWER, hard, needs="alarm", now=minutes_ago(250))
    found = tasks.open_tasks(cast.viewer(ines), timezone.now())
    assert [(task.facts or {}).get("disposition", "hard") for task in found] == [
        "E",
        "S",
        "hard",
        "C",
    ]


def test_a_high_score_is_named_with_its_questionnaire(mara, ines) -> None:
    cared_for(ines, mara, "questionnaires")
    facts = {"slug": "phq-9", "score": 21.0, "band": "severe"}
    tasks.make(mara, tasks.SCORES, facts, needs="questionnaires", now=timezone.now())
    assert "Mara reached 21 in PHQ-9. Speak with them this week." in listed(as_staff(ines))


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (
            {"talk": "worse", "slug": "peg", "sentence": "It went from 4 to 7."},
            ("is worse by more than", "It went from 4 to 7."),
        ),
        (
            {"talk": "no change", "slug": "", "sentence": ""},
            ("little has changed in six weeks", "Common clinical knowledge; no source was found."),
        ),
    ],
)
def test_a_course_that_gets_worse_or_stands_still_says_so(facts, words, mara, ines) -> None:
    cared_for(ines, mara, "questionnaires")
    tasks.make(mara, tasks.WORSE, facts, needs="questionnaires", now=timezone.now())
    page = listed(as_staff(ines))
    assert all(each in page for each in words)


def test_what_is_shared_no_longer_is_not_told(mara, ines) -> None:
    cared_for(ines, mara, "questionnaires")
    facts = {"slug": "phq-9", "score": 21.0, "band": "severe"}
    tasks.make(mara, tasks.SCORES, facts, needs="questionnaires", now=timezone.now())
    sharing.set_shares(mara, ines.pk, set(), now=timezone.now())
    page = listed(as_staff(ines))
    assert "Mara no longer shares what this was about." in page
    assert "21" not in page.split("<main")[1].split("</main>")[0].split("Since")[0]


def test_done_is_folded_and_can_be_taken_back(mara, ines) -> None:
    cared_for(ines, mara)
    fell_ill(mara)
    client, task = as_staff(ines), Task.objects.get()
    client.post(reverse("task-done", args=[task.pk]))
    page = listed(client)
    assert "Nothing waits for you." in page
    assert "Done in the last 14 days" in page
    assert "Undo" in page
    assert "Undo" not in listed(client)
    client.post(reverse("task-done", args=[task.pk]), {"undo": "1"})
    assert "Nothing waits for you." not in listed(client)


def test_what_was_done_long_ago_is_no_longer_listed(mara, ines) -> None:
    cared_for(ines, mara)
    fell_ill(mara)
    Task.objects.update(done_at=timezone.now() - timedelta(days=15))
    assert "Mara" not in listed(as_staff(ines)).split("<main")[1]


def test_the_newest_stands_first(mara, ines) -> None:
    tom = cast.tom()
    cared_for(ines, mara)
    cared_for(ines, tom)
    now = timezone.now()
    tasks.make(tom, tasks.CHECK, {}, needs="questionnaires", now=now - timedelta(hours=2))
    tasks.make(mara, tasks.CHECK, {}, needs="questionnaires", now=now - timedelta(hours=1))
    page = listed(as_staff(ines))
    assert page.index("<b>Mara") < page.index("<b>Tom")


def test_the_page_of_people_counts_what_waits(mara, ines) -> None:
    cared_for(ines, mara)
    client = as_staff(ines)
    assert "No task waits" in client.get(reverse("people")).content.decode()
    fell_ill(mara)
    assert "1 task waits for you" in client.get(reverse("people")).content.decode()


def test_a_clinicians_own_first_page_says_how_many_wait_and_nobody_elses_does(mara, ines) -> None:
    cared_for(ines, mara)
    client = as_staff(ines)
    assert "task" not in client.get(reverse("today")).content.decode().split("<main")[1]
    fell_ill(mara)
    page = client.get(reverse("today")).content.decode()
    assert "1 task waits for you" in page
    assert reverse("tasks") in page
    assert "Mara" not in page
    for name in ("jonas", "olga", "mara"):
        page = stranger(name, mara).get(reverse("today")).content.decode()
        assert "waits for you" not in page


def test_nobody_else_sees_or_ends_a_task(mara, ines) -> None:
    cared_for(ines, mara)
    fell_ill(mara)
    task = Task.objects.get()
    for name in STRANGERS:
        client = stranger(name, mara)
        answer = client.get(reverse("tasks"))
        assert answer.status_code == (200 if name == "jonas" else 404)
        assert "Please get in touch" not in answer.content.decode()
        assert client.post(reverse("task-done", args=[task.pk])).status_code == 404
        assert client.post(reverse("task-done", args=[uuid4()])).status_code == 404
    task.refresh_from_db()
    assert task.done_at is None


def test_with_the_care_the_task_ends(mara, ines) -> None:
    cared_for(ines, mara)
    fell_ill(mara)
    task = Task.objects.get()
    sharing.end_care(ines, mara, actor=ines, now=timezone.now())
    client = as_staff(ines)
    assert "Mara" not in listed(client)
    assert client.post(reverse("task-done", args=[task.pk])).status_code == 404


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"talk": "no change", "slug": "", "sentence": ""}, "little has changed in six weeks"),
        ({"talk": "worse", "slug": "nprs", "sentence": "It went from 6 to 8."}, "from 6 to 8"),
    ],
)
def test_what_several_measures_showed_is_said_with_its_numbers(mara, ines, facts, said) -> None:
    cared_for(ines, mara, "questionnaires")
    tasks.make(mara, tasks.WORSE, facts, needs="questionnaires", now=timezone.now())
    assert said in listed(as_staff(ines))
