"""The record is taken away whole, is gone when the account is, and what is damaged is named."""

import json
from datetime import timedelta

import pytest
from django.db import connection

from psoas.care.assessment import clearing, exporting, mind, plans
from psoas.care.assessment.closed_rows import closed_rows
from psoas.care.assessment.kept_content import keep, kept
from psoas.care.assessment.models import (
    AskAgain,
    Choices,
    Clearance,
    KeptContent,
    OutcomePlan,
    Reply,
    Screening,
    Task,
)
from psoas.care.assessment.screenings import fell
from psoas.care.people.erasing import erase_account
from psoas.care.people.vault import Unreadable
from tests import cast
from tests.care.assessment.asking import answered, begun, done
from tests.care.assessment.checks import go_through
from tests.cast import NOW

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TABLES = (Screening, AskAgain, Clearance, Reply, Task, Choices, OutcomePlan)
# Words and numbers of hers that nobody may find in the tables in clear.
CANARIES = ("zelkovagrove", "numbatburrow", "quokkameadow", "own-activities", "phq-9", "RF18")


@pytest.fixture
def mara():
    """Somebody of whom every table holds a row."""
    person = cast.mara()
    cast.under_care(cast.ines(), person, "questionnaires")
    viewer = cast.viewer(person)
    go_through(person, {"RF18": "yes"})
    clearing.told(viewer, "zelkovagrove", "2026-04-01", "numbatburrow", NOW)
    done(viewer, "own-activities", ["quokkameadow", 4, None, None, None, None])
    answered(viewer, begun(viewer, "phq-9", NOW + HOUR), [1, 1], NOW + HOUR)
    mind.set_careful(viewer, True, NOW)
    plans.begin(viewer, ["peg"], NOW)
    fell(viewer, NOW + DAY)
    return viewer


def test_everything_is_taken_away_with_the_words_that_were_asked(mara):
    found = json.loads(json.dumps(exporting.documents(mara, NOW)))
    assert found["not_opened"] == []
    (check,) = found["checks"]
    assert check["disposition"] == "C"
    assert ("RF18", "yes") in {(each["name"], str(each["answer"])) for each in check["answers"]}
    assert all(each["asked"] for each in check["answers"])
    activities, nine = found["replies"]
    assert (activities["questionnaire"], activities["score"]) == ("own-activities", 4)
    assert activities["answers"][0]["answer"] == "quokkameadow"
    assert (nine["finished_at"], nine["answers"][2]["answer"]) == (None, None)
    assert found["clinicians_said"][0]["who"] == "zelkovagrove"
    assert found["choices"] == {"careful": True}
    assert [each["why"] for each in found["asked_again"]] == ["fall"]
    (note,) = found["notes_to_clinicians"]
    assert (note["to"], note["kind"], note["says"]["questions"]) == ("Ines", "check", ["RF18"])
    assert found["follows"]["chosen"] == ["peg"]


def test_while_help_is_what_counts_the_file_has_the_answers_and_no_score():
    viewer = cast.viewer(cast.mara())
    done(viewer, "phq-9", [3, 3, 3, 3, 3, 3, 0, 0, 1])
    found = exporting.documents(viewer, NOW)
    (nine,) = (each for each in found["replies"] if each["questionnaire"] == "phq-9")
    assert (found["scores_wait"], nine["answers"][8]["answer"]) == (True, 1)
    assert (nine["score"], nine["band"], nine["steps"]) == (None, None, [])
    later = exporting.documents(viewer, NOW + 25 * HOUR)
    assert 19 in [each["score"] for each in later["replies"]]


def test_nobody_elses_record_is_in_it(mara):
    other = json.dumps(exporting.documents(cast.viewer(cast.tom()), NOW))
    assert not [word for word in CANARIES if word in other]


def test_nothing_of_it_stands_in_clear(mara):
    with connection.cursor() as cursor:
        for model in TABLES:
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            rows = cursor.fetchall()
            assert rows, model
            assert not [word for word in CANARIES if word in str(rows)]


def test_an_account_that_is_erased_takes_everything_along(mara):
    erase_account(mara.person, now=NOW + DAY)
    assert [model for model in TABLES if model._default_manager.exists()] == []
    # What was asked is nobody's, and stays.
    assert KeptContent.objects.count() == 2


def test_the_name_in_a_yes_outlives_the_clinicians_account():
    ines, mara = cast.ines(), cast.mara()
    cast.under_care(ines, mara)
    go_through(mara, {"RF18": "yes"})
    clearing.override(cast.viewer(ines), mara.pk, "Seen today.", NOW)
    erase_account(ines, now=NOW)
    (found,) = clearing.clearances(cast.viewer(mara), NOW)
    assert (found.who, found.holds) == ("Ines", True)


def test_what_does_not_open_is_named_and_stops_nothing_else(mara):
    assert closed_rows(mara.person) == []
    for model in TABLES:
        model._default_manager.update(sealed=b"gone")
    named = {each.table for each in closed_rows(mara.person)}
    assert named == {model._meta.db_table for model in TABLES}
    found = exporting.documents(mara, NOW)
    assert found["replies"] == []
    assert {each["kind"] for each in found["not_opened"]} == {
        "check",
        "reply",
        "clearance",
        "askagain",
        "task",
        "outcome plan",
        "choices",
    }
    assert clearing.clearances(mara, NOW) == []
    assert mind.standing(mara.person, NOW) is None


def test_content_is_kept_once_and_opened_only_as_it_was():
    one, two = keep("kind", "text"), keep("kind", "text")
    assert one == two
    assert (KeptContent.objects.count(), kept(one)) == (1, "text")
    KeptContent.objects.update(text="other")
    with pytest.raises(Unreadable):
        kept(one)
    with pytest.raises(Unreadable):
        kept("0" * 64)
