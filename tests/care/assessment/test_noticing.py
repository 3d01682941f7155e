"""A clinician hears that it is time to talk: once a time, and only who may read the answers."""

from datetime import timedelta

import pytest

from psoas.care.assessment import noticing, plans, tasks
from psoas.care.people.models import Person
from tests import cast
from tests.care.assessment.asking import done
from tests.cast import NOW, viewer

pytestmark = pytest.mark.django_db


def day(number: int):
    return NOW + timedelta(days=number)


def answered(mara: Person, number: int, pain: float, three: float) -> int:
    """Answer both on a day, and let the sweep come by."""
    done(viewer(mara), "nprs", [pain, None, None], now=day(number))
    done(viewer(mara), "peg", [three, three, three], now=day(number))
    return noticing.tell_clinicians(day(number) + timedelta(minutes=10))


def followed(*shared: str) -> tuple[Person, Person]:
    mara, ines = cast.mara(), cast.ines()
    cast.under_care(ines, mara, *shared)
    plans.begin(viewer(mara), ["nprs", "peg"], NOW)
    assert answered(mara, 0, 6, 6) == 0
    return mara, ines


def told(ines: Person, number: int) -> list[dict[str, str]]:
    found = tasks.open_tasks(viewer(ines), day(number))
    assert all(each.kind == tasks.WORSE for each in found)
    return [dict(each.facts or {}) for each in found]


def test_no_change_after_six_weeks_makes_one_task():
    mara, ines = followed("questionnaires")
    assert answered(mara, 14, 6, 6) == 0
    assert answered(mara, 43, 6, 5) == 1
    assert noticing.tell_clinicians(day(44)) == 0
    assert told(ines, 44) == [{"talk": "no change", "slug": "", "sentence": ""}]


def test_worse_makes_one_at_each_planned_time_and_says_which_measure():
    mara, ines = followed("questionnaires")
    assert answered(mara, 14, 8, 6) == 1
    assert answered(mara, 15, 8, 6) == 0
    (facts,) = told(ines, 15)
    assert (facts["talk"], facts["slug"]) == ("worse", "nprs")
    assert "from 6 to 8" in facts["sentence"]
    assert answered(mara, 43, 8, 6) == 1


def test_better_makes_none():
    mara, ines = followed("questionnaires")
    assert answered(mara, 43, 4, 4) == 0
    assert told(ines, 44) == []


def test_who_may_not_read_the_answers_does_not_hear_of_it():
    mara, ines = followed("pain", "movement")
    assert answered(mara, 43, 9, 9) == 0
    assert told(ines, 44) == []


def test_it_closes_with_the_consent_it_was_made_under():
    mara, ines = followed("questionnaires")
    answered(mara, 43, 6, 6)
    cast.under_care(ines, mara, "pain")
    assert told(ines, 44) == [{}]
