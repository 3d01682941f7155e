"""Tasks: for whom, once for each cause, and no more than the person lets them know."""

from datetime import timedelta

import pytest

from psoas.care.assessment import tasks
from psoas.care.assessment.models import Task
from psoas.care.assessment.sealing import clinical_sealer, open_sealed, seal
from psoas.care.people import sharing
from psoas.care.people.models import Person, TrailRow
from psoas.care.people.refusal import NotAllowed
from tests import cast
from tests.cast import NOW

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FACTS = {"disposition": "S", "questions": ["RF13"]}


@pytest.fixture
def clinic():
    return {"mara": cast.mara(), "ines": cast.ines(), "jonas": cast.jonas()}


def make(clinic, kind=tasks.CHECK, facts=FACTS, needs="questionnaires", now=NOW, cause="one"):
    return tasks.make(clinic["mara"], kind, facts, needs=needs, now=now, cause=cause)


def seen_by(clinic, who="ines", now=NOW):
    return [(t.kind, t.facts) for t in tasks.open_tasks(cast.viewer(clinic[who]), now)]


def test_who_looks_after_the_person_is_asked_to_get_in_touch_and_told_why_only_with_consent(clinic):
    cast.under_care(clinic["ines"], clinic["mara"])
    cast.under_care(clinic["jonas"], clinic["mara"], "questionnaires")
    assert make(clinic) == 2
    assert seen_by(clinic) == [("check", None)]
    assert seen_by(clinic, "jonas") == [("check", FACTS)]


@pytest.mark.parametrize("kind", [tasks.SCORES, tasks.WORSE, tasks.HARD_ANSWER])
def test_of_anything_else_nobody_hears_without_consent(clinic, kind):
    cast.under_care(clinic["ines"], clinic["mara"], "pain")
    cast.under_care(clinic["jonas"], clinic["mara"], "alarm", "questionnaires")
    needs = "alarm" if kind == tasks.HARD_ANSWER else "questionnaires"
    assert make(clinic, kind, needs=needs) == 1
    assert seen_by(clinic) == []
    assert seen_by(clinic, "jonas") == [(kind, FACTS)]


def test_the_same_cause_makes_no_second_task_and_another_does(clinic):
    cast.under_care(clinic["ines"], clinic["mara"], "questionnaires")
    high = {"slug": "phq-9", "score": 21.0}
    made = [make(clinic, tasks.SCORES, high, cause=each) for each in ("one", "one", "two")]
    assert made == [1, 0, 1]
    assert len(seen_by(clinic)) == 2


def test_a_sign_named_again_is_taken_up_by_the_task_that_is_open_and_by_none_that_is_done(clinic):
    cast.under_care(clinic["ines"], clinic["mara"], "questionnaires")
    ines = cast.viewer(clinic["ines"])
    make(clinic)
    more = {"disposition": "M", "questions": ["RF13", "RF16"]}
    assert make(clinic, facts=more, cause="two", now=NOW + HOUR) == 0
    (task,) = tasks.open_tasks(ines, NOW + HOUR)
    # As urgent as it ever was, with every sign of both.
    assert task.facts == {"disposition": "S", "questions": ["RF13", "RF16"]}
    assert (task.made_at, task.again_at) == (NOW, NOW + HOUR)
    other = {"disposition": "C", "questions": ["RF15"]}
    assert make(clinic, facts=other, cause="three", now=NOW + HOUR) == 1
    tasks.done(ines, task.id, NOW + 2 * HOUR)
    assert make(clinic, cause="four", now=NOW + DAY) == 1
    assert make(clinic, cause="four", now=NOW + DAY) == 0
    assert [(each.facts or {})["questions"] for each in tasks.open_tasks(ines, NOW + DAY)] == [
        ["RF13"],
        ["RF15"],
    ]


def test_a_task_from_before_times_were_written_is_read_as_made(clinic):
    cast.under_care(clinic["ines"], clinic["mara"], "questionnaires")
    make(clinic)
    row = Task.objects.get()
    sealer = clinical_sealer(clinic["mara"])
    document = open_sealed(sealer, "task", row.pk, row.sealed)
    del document["named"]
    Task.objects.update(sealed=seal(sealer, "task", row.pk, document))
    assert tasks.open_tasks(cast.viewer(clinic["ines"]), NOW)[0].again_at is None
    assert make(clinic, cause="two", now=NOW + HOUR) == 0


def test_facts_that_changed_are_taken_up_while_it_is_open_and_told_anew_once_it_is_done(clinic):
    cast.under_care(clinic["ines"], clinic["mara"], "questionnaires")
    make(clinic)
    graver = {**FACTS, "disposition": "E"}
    assert make(clinic, facts=graver) == 0
    assert seen_by(clinic) == [("check", graver)]
    tasks.done(cast.viewer(clinic["ines"]), Task.objects.get().pk, NOW)
    assert make(clinic, facts=graver) == 0
    assert make(clinic, facts=FACTS) == 1
    assert seen_by(clinic) == [("check", FACTS)]


def test_a_kind_nobody_knows_is_a_mistake_of_ours(clinic):
    with pytest.raises(LookupError):
        make(clinic, "anything")


def test_the_newest_comes_first_and_what_is_done_goes_to_its_own_list(clinic):
    cast.under_care(clinic["ines"], clinic["mara"], "questionnaires")
    ines = cast.viewer(clinic["ines"])
    for number in range(3):
        make(clinic, facts={"n": number}, cause=number, now=NOW + number * HOUR)
    assert [facts["n"] for _kind, facts in seen_by(clinic)] == [2, 1, 0]
    first = tasks.open_tasks(ines, NOW)[0].id
    for _time in range(2):
        tasks.done(ines, first, NOW + DAY)
    assert [facts["n"] for _kind, facts in seen_by(clinic)] == [1, 0]
    assert [each.id for each in tasks.done_tasks(ines, NOW, NOW + DAY)] == [first]
    tasks.take_up_again(ines, first, NOW + DAY)
    assert len(seen_by(clinic)) == 3
    acts = TrailRow.objects.filter(action__startswith="task", actor=clinic["ines"].pk)
    assert [row.action for row in acts.order_by("number")] == ["task done", "task taken up again"]


def test_a_task_is_seen_and_done_by_its_own_clinician_alone(clinic):
    cast.under_care(clinic["ines"], clinic["mara"])
    make(clinic)
    cast.under_care(clinic["jonas"], clinic["mara"], "questionnaires")
    key = Task.objects.get().pk
    for who in (clinic["jonas"], clinic["mara"], cast.olga(), cast.rosa(), cast.tom()):
        assert tasks.open_tasks(cast.viewer(who), NOW) == []
        for story in (tasks.done, tasks.take_up_again):
            with pytest.raises(NotAllowed):
                story(cast.viewer(who), key, NOW)


def test_nothing_is_seen_once_the_care_or_the_account_has_ended(clinic):
    cast.under_care(clinic["ines"], clinic["mara"], "questionnaires")
    make(clinic)
    key = Task.objects.get().pk
    sharing.end_care(clinic["ines"], clinic["mara"], actor=cast.olga(), now=NOW + HOUR)
    assert seen_by(clinic, now=NOW + HOUR) == []
    with pytest.raises(NotAllowed):
        tasks.done(cast.viewer(clinic["ines"]), key, NOW + HOUR)
    assert make(clinic, cause="two", now=NOW + HOUR) == 0


def test_a_clinician_whose_account_is_closed_gets_none(clinic):
    cast.under_care(clinic["ines"], clinic["mara"])
    Person.objects.filter(pk=clinic["ines"].pk).update(is_active=False)
    assert make(clinic) == 0
    sharing.deactivate(clinic["ines"], actor=clinic["ines"], now=NOW)
    assert make(clinic) == 0


def test_a_task_that_does_not_open_hides_no_other(clinic):
    cast.under_care(clinic["ines"], clinic["mara"], "questionnaires")
    make(clinic)
    make(clinic, tasks.SCORES, cause="two", now=NOW + HOUR)
    Task.objects.filter(made_at=NOW).update(sealed=b"gone")
    assert len(seen_by(clinic)) == 1
