"""The demonstration: a clinic that never was; its diaries tell what the generator knows."""

import time
from collections import Counter
from datetime import timedelta

import numpy as np
import pytest

from psoas.care.assessment import gate, outcomes, replies, tasks
from psoas.care.journal import demonstration, insights, notebook, reading
from psoas.care.journal.days import day_table
from psoas.care.journal.models import Entry
from psoas.care.people import joining, trail
from psoas.care.people.access import Viewer, shared_categories
from psoas.care.people.models import CLINICIAN, OWNER, PERSON, Installation, Person
from psoas.care.people.refusal import Refusal
from psoas.content.triggers import trigger
from psoas.diary.answers.answer import Lag, Level
from psoas.diary.synthetic import make_diary
from tests import cast
from tests.cast import NOW

pytestmark = pytest.mark.django_db
YESTERDAY = NOW.date() - timedelta(days=1)


@pytest.fixture
def loaded(db):
    began = time.process_time()
    demonstration.load(NOW)
    assert time.process_time() - began < 10
    return {person.email: person for person in Person.objects.all()}


def table_and_truth(person):
    viewer = Viewer(person)
    _name, _email, seed, weeks, _shared = next(
        each for each in demonstration._PEOPLE if each[1] == person.email
    )
    diary = make_diary(seed, YESTERDAY, weeks)
    entries = reading.entries(viewer, diary.table.first, diary.table.last)
    found = day_table(entries, diary.table.first, diary.table.last, notebook.open_notebook(viewer))
    return found, diary


def span_of(person):
    span = reading.span(Viewer(person))
    assert span is not None
    return span


def it_is_marked_as_what_it_is(loaded):
    assert Installation.objects.get().is_demo
    assert all(email.endswith("@demo.invalid") for email in loaded)


def the_three_with_a_link_are_a_person_a_physiotherapist_and_the_owner(loaded):
    emails = (
        demonstration.PERSON_EMAIL,
        demonstration.CLINICIAN_EMAIL,
        demonstration.OWNER_EMAIL,
    )
    assert [loaded[email].role for email in emails] == [PERSON, CLINICIAN, OWNER]
    assert not any(person.has_usable_password() for person in loaded.values())


def mara_has_twenty_six_weeks_that_end_yesterday(loaded):
    mara = loaded[demonstration.PERSON_EMAIL]
    first, last = span_of(mara)
    assert timedelta(weeks=25, days=4) <= last - first < timedelta(weeks=26)
    assert last <= YESTERDAY


def the_table_of_the_entries_is_the_table_of_the_generator(loaded):
    for who in ("mara", "tom", "hanna"):
        the_tables_agree(*table_and_truth(loaded[f"{who}@demo.invalid"]))


def the_tables_agree(found, diary):
    truth = diary.table
    assert found.days == truth.days

    # Where there is no day entry, moments of the night stand in for it; nothing else differs.
    expected = truth.pain.copy()
    for t, day in enumerate(diary.days):
        if day.pain is None and day.moments:
            expected[t] = np.mean([moment.pain for moment in day.moments])
    np.testing.assert_array_equal(found.pain, expected)

    # Asked and absent is 0, present is 1, and what was not asked is unknown.
    for k, slug in enumerate(truth.triggers):
        column = found.triggers.index(trigger(slug).label)
        np.testing.assert_array_equal(found.values[:, column], truth.values[:, k], err_msg=slug)
    assert set(truth.values[~np.isnan(truth.values)]) == {0.0, 1.0}
    assert np.isnan(truth.values).any()


def a_trigger_the_generator_does_not_know_was_asked_and_absent(loaded):
    found, diary = table_and_truth(loaded[demonstration.PERSON_EMAIL])
    asked = np.array([day.triggers is not None for day in diary.days])
    known = {trigger(slug).label for slug in diary.table.triggers}
    others = [k for k, label in enumerate(found.triggers) if label not in known]
    assert others
    for k in others:
        np.testing.assert_array_equal(found.values[asked, k], 0)
        assert np.isnan(found.values[~asked, k]).all()


def what_is_shared_is_what_was_declared(loaded):
    ines = Viewer(loaded[demonstration.CLINICIAN_EMAIL])
    found = {
        person.name: set(shared_categories(ines, person, NOW))
        for person in loaded.values()
        if person.role == PERSON
    }
    assert found == {
        "Mara Keller": {"pain", "feelings", "sessions", "questionnaires", "movement"},
        "Tom Brandt": {"pain"},
        "Hanna Voss": set(),
    }
    jonas = Viewer(loaded["jonas@demo.invalid"])
    assert not any(shared_categories(jonas, person, NOW) for person in loaded.values())


def suspects_were_named_before_the_first_entry(loaded):
    viewer = Viewer(loaded[demonstration.PERSON_EMAIL])
    suspects = notebook.open_notebook(viewer).suspects
    first = span_of(viewer.person)[0].isoformat()
    assert [each.trigger for each in suspects] == ["conflict", "long-sitting"]
    assert all(each.since <= first for each in suspects)


def its_answers_find_what_is_there_or_are_not_sure_and_nothing_else(loaded):
    mara = Viewer(loaded[demonstration.PERSON_EMAIL])
    _found, diary = table_and_truth(mara.known)
    insight = insights.insight(mara, NOW.date())
    assert insight and insight.decided
    decided = insight.decided
    true = {(key, Lag.SAME) for key in diary.truth.same_day}
    true |= {(key, Lag.NEXT) for key in diary.truth.next_day}
    levels: dict[Level, set[tuple[str, Lag]]] = {level: set() for level in Level}
    for one in decided.answers.answers:
        levels[one.level].add((decided.keys[one.members[0]], one.lag))
    assert levels[Level.FOUND] and levels[Level.FOUND] <= true
    assert true <= levels[Level.FOUND] | levels[Level.NOT_SURE] | levels[Level.POSSIBLE]


def the_check_of_mara_holds_and_the_physiotherapist_is_asked_to_see_to_tom(loaded):
    mara, ines = loaded[demonstration.PERSON_EMAIL], loaded[demonstration.CLINICIAN_EMAIL]
    standing = gate.stand(mara, NOW)
    assert (standing.state, standing.disposition) == ("holds", "G")
    assert gate.may(mara, "routine", NOW).allowed
    found = tasks.open_tasks(Viewer(ines), NOW)
    assert [(task.person.name, task.kind, task.facts) for task in found] == [
        ("Tom Brandt", "check", None)
    ]


def six_weeks_of_answers_and_measurements_can_be_read(loaded):
    mara = loaded[demonstration.PERSON_EMAIL]
    ines = Viewer(loaded[demonstration.CLINICIAN_EMAIL])
    for viewer in (Viewer(mara), ines):
        found = replies.finished(viewer, person_id=mara.pk, now=NOW)
        times = Counter(each.slug for each in found)
        assert (times["nprs"], times["peg"], times["own-activities"]) == (3, 3, 3)
        assert (times["hip-range"], times["chair-stand-30"], times["phq-2"]) == (2, 2, 1)
    pains = [each.score.score for each in found if each.slug == "nprs" and each.score]
    assert pains == [6, 5, 4]
    assert not outcomes.due(Viewer(mara), NOW)


def the_trail_of_the_demonstration_holds(loaded):
    assert list(trail.faults()) == []


def it_is_never_loaded_twice(loaded):
    before = Entry.objects.count()
    with pytest.raises(Refusal):
        demonstration.load(NOW + timedelta(days=1))
    assert (Entry.objects.count(), Person.objects.count()) == (before, len(loaded))


CHECKS = (
    it_is_marked_as_what_it_is,
    the_three_with_a_link_are_a_person_a_physiotherapist_and_the_owner,
    mara_has_twenty_six_weeks_that_end_yesterday,
    the_table_of_the_entries_is_the_table_of_the_generator,
    a_trigger_the_generator_does_not_know_was_asked_and_absent,
    what_is_shared_is_what_was_declared,
    suspects_were_named_before_the_first_entry,
    its_answers_find_what_is_there_or_are_not_sure_and_nothing_else,
    the_check_of_mara_holds_and_the_physiotherapist_is_asked_to_see_to_tom,
    six_weeks_of_answers_and_measurements_can_be_read,
    the_trail_of_the_demonstration_holds,
    it_is_never_loaded_twice,
)


def test_all_of_this_is_true_of_the_demonstration(loaded):
    # Loading takes seconds: once for all of them.
    for check in CHECKS:
        check(loaded)


def test_it_never_joins_somebody_who_is_there(db):
    cast.mara()
    with pytest.raises(Refusal):
        demonstration.load(NOW)
    assert Person.objects.count() == 1
    assert not Installation.objects.exists()


def test_it_never_turns_a_real_installation_into_a_demonstration(db):
    cast.installation()
    with pytest.raises(Refusal):
        demonstration.load(NOW)
    assert not Installation.objects.get().is_demo


def test_a_demonstration_cut_short_leaves_nothing(db, monkeypatch):
    monkeypatch.setattr(joining, "welcome", lambda *args, **fields: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        demonstration.load(NOW)
    assert not Installation.objects.exists()
    assert not Person.objects.exists()


def test_it_loads_when_it_is_tomorrow_already_where_its_people_live(db):
    demonstration.load(NOW.replace(hour=23, minute=30))
