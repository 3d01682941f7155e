"""What is due when, and the courses that a person, and a clinician, may read."""

from datetime import datetime, timedelta

import pytest
from django.db import connection

from psoas.care.assessment import outcomes, plans
from psoas.care.assessment.models import OutcomePlan
from psoas.care.people.models import Person, TrailRow
from psoas.care.people.refusal import NotAllowed, Refusal
from psoas.scales.course import BETTER, EARLY
from tests import cast
from tests.care.assessment.asking import done
from tests.cast import NOW, viewer

pytestmark = pytest.mark.django_db
NUMBER, THREE = [6, 8, 5], [7, 8, 6]


def days(number: int) -> datetime:
    return NOW + timedelta(days=number)


def following(*chosen: str) -> Person:
    mara = cast.mara()
    plans.begin(viewer(mara), chosen or ("nprs", "peg"), NOW)
    return mara


def due(person: Person, day: int) -> tuple[int, list[str]] | None:
    found = outcomes.due(viewer(person), days(day))
    return (found.weeks, [each.slug for each in found.questionnaires]) if found else None


def test_nothing_is_due_before_somebody_begins():
    assert outcomes.due(viewer(cast.mara()), NOW) is None


def test_what_was_chosen_is_due_at_once_and_after_2_6_and_12_weeks():
    mara = following()
    both = ["nprs", "peg"]
    assert [due(mara, day) for day in (0, 6, 7, 13)] == [(0, both), (0, both), None, None]
    assert [due(mara, day) for day in (14, 22, 42, 57)] == [(2, both), None, (6, both), None]
    assert [due(mara, day) for day in (84, 112, 113)] == [(12, both), (12, both), None]


def test_what_was_answered_is_due_no_more_and_what_was_answered_early_counts():
    mara = following()
    done(viewer(mara), "nprs", NUMBER)
    assert due(mara, 1) == (0, ["peg"])
    done(viewer(mara), "nprs", NUMBER, now=days(11))
    done(viewer(mara), "peg", THREE, now=days(15))
    assert due(mara, 15) is None


def test_an_answer_of_the_week_before_it_began_is_the_start():
    mara = cast.mara()
    done(viewer(mara), "peg", THREE, now=days(-3))
    plans.begin(viewer(mara), ["peg"], NOW)
    assert due(mara, 0) is None


def test_it_says_since_when_and_until_when():
    found = outcomes.due(viewer(following()), days(16))
    assert found and (found.since, found.until) == (days(14).date(), days(21).date())


def test_the_day_is_that_of_the_persons_own_clock():
    far = cast.person("Aroha", zone="Pacific/Auckland")
    plans.begin(viewer(far), ["peg"], NOW.replace(hour=13))
    assert OutcomePlan.objects.get(person=far).began == days(1).date()


def test_choosing_again_while_it_runs_keeps_the_day_it_began():
    mara = following("nprs")
    plan = plans.begin(viewer(mara), ["peg", "sleep"], days(20))
    assert (plan.began, plan.chosen) == (NOW.date(), ("peg", "sleep"))
    anew = plans.begin(viewer(mara), ["nprs"], days(113))
    assert anew.began == days(113).date()


@pytest.mark.parametrize("chosen", [[], ["nprs", "peg", "own-activities", "sleep", "phq-9",
                                         "gad-7", "activity-days"]])  # fmt: skip
def test_none_and_too_many_are_refused_plainly(chosen):
    with pytest.raises(Refusal):
        plans.begin(viewer(cast.mara()), chosen, NOW)


@pytest.mark.parametrize("slug", ["asq", "pc-ptsd-5", "hoos-12", "five-sit-to-stand", "nothing"])
def test_what_is_no_measure_of_change_or_not_free_cannot_be_followed(slug):
    with pytest.raises(NotAllowed):
        plans.begin(viewer(cast.mara()), [slug], NOW)


def test_what_is_followed_is_sealed():
    following()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM assessment_outcomeplan")
        row = repr(cursor.fetchone())
    assert "nprs" not in row
    assert "peg" not in row


def test_a_course_begins_with_nothing_and_takes_up_every_answer():
    mara = following()
    empty = outcomes.followed(viewer(mara), NOW)
    assert [(each.slug, each.word, each.readings) for each in empty] == [
        ("nprs", EARLY, ()),
        ("peg", EARLY, ()),
    ]
    for day, pain in ((0, 6), (43, 4)):
        done(viewer(mara), "nprs", [pain, None, None], now=days(day))
    number, three = outcomes.followed(viewer(mara), days(60))
    assert (number.word, [each.weeks for each in number.readings]) == (BETTER, [0, 6])
    assert (number.missed, three.missed) == ((2,), (0, 2, 6))
    assert three.word == EARLY


def test_a_clinician_reads_the_courses_of_what_is_shared_and_it_is_in_the_trail():
    mara, ines = following(), cast.ines()
    done(viewer(mara), "nprs", NUMBER)
    cast.under_care(ines, mara, "pain")
    assert outcomes.courses(viewer(ines), NOW, person_id=mara.pk) == []
    cast.under_care(ines, mara, "questionnaires")
    (course,) = outcomes.courses(viewer(ines), NOW, person_id=mara.pk)
    assert (course.slug, course.readings[0].weeks) == ("nprs", 0)
    assert TrailRow.objects.filter(actor=ines.pk, subject=mara.pk, action="answers read").exists()


def test_a_stranger_reads_none():
    mara = following()
    with pytest.raises(NotAllowed):
        outcomes.courses(viewer(cast.jonas()), NOW, person_id=mara.pk)


def test_a_plan_that_does_not_open_breaks_no_first_page():
    mara = following()
    OutcomePlan.objects.filter(person=mara).update(sealed=b"\x01damaged")
    assert not outcomes.is_waiting(viewer(mara), NOW)
