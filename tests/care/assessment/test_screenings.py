"""Going through the check: one answer after the other, back, in two tabs, all at once."""

from datetime import timedelta
from uuid import uuid4

import pytest

from psoas.care.assessment import screenings, tasks
from psoas.care.assessment.models import KeptContent, Screening
from psoas.care.people.models import TrailRow
from psoas.care.people.refusal import NotAllowed, Refusal
from psoas.content import redflags
from tests import cast
from tests.care.assessment.checks import go_through
from tests.cast import NOW, viewer

pytestmark = pytest.mark.django_db


@pytest.fixture
def mara():
    cast.installation()
    return cast.mara()


def test_a_check_asks_one_question_after_the_other_and_ends_by_itself(mara):
    round_ = screenings.begin(viewer(mara), "full", NOW)
    assert (round_.next, round_.asked) == ("age", ())
    done = go_through(mara)
    assert done.id == round_.id
    assert (done.finished_at, done.next, done.decision.disposition) == (NOW, None, "G")


def test_a_check_that_was_left_goes_on_where_it_was(mara):
    round_ = screenings.begin(viewer(mara), "full", NOW)
    round_ = screenings.answer(viewer(mara), round_.id, "age", "18-64", revision=1, now=NOW)
    again = screenings.begin(viewer(mara), "full", NOW + timedelta(days=2))
    assert (again.id, again.next, again.asked) == (round_.id, "RF01", ("age",))


def test_an_answer_can_be_changed_and_what_hung_on_it_is_asked_anew(mara):
    round_ = screenings.begin(viewer(mara), "full", NOW)
    for name, value in (("age", "18-64"), ("RF01", "no"), ("RF01.fall", "no"), ("RF02", "no")):
        round_ = screenings.answer(
            viewer(mara), round_.id, name, value, revision=round_.revision, now=NOW
        )
    round_ = screenings.answer(
        viewer(mara), round_.id, "RF01", "not sure", revision=round_.revision, now=NOW
    )
    assert "RF01.fall" not in round_.answers
    assert round_.next == "RF03"


def test_an_emergency_ends_the_check_at_once_and_a_slip_can_be_mended(mara):
    round_ = go_through(mara, {"RF04": "yes"})
    assert (round_.stopped, round_.decision.disposition) == (True, "E")
    assert "RF05" not in round_.answers
    mended = screenings.answer(
        viewer(mara), round_.id, "RF04", "no", revision=round_.revision, now=NOW
    )
    assert (mended.finished_at, mended.next) == (None, "RF05")


def test_an_answer_from_an_older_tab_is_refused_and_changes_nothing(mara):
    round_ = screenings.begin(viewer(mara), "full", NOW)
    screenings.answer(viewer(mara), round_.id, "age", "18-64", revision=1, now=NOW)
    with pytest.raises(Refusal, match="another window"):
        screenings.answer(viewer(mara), round_.id, "age", "under-16", revision=1, now=NOW)
    assert screenings.read(viewer(mara), round_.id).answers == {"age": "18-64"}


@pytest.mark.parametrize(
    ("name", "value"),
    [("age", "about forty"), ("RF01", "maybe"), ("RF99", "yes"), ("RF05", "no"), ("age", 44)],
)
def test_what_is_no_answer_to_the_question_asked_is_refused(mara, name, value):
    round_ = screenings.begin(viewer(mara), "full", NOW)
    with pytest.raises(Refusal):
        screenings.answer(viewer(mara), round_.id, name, value, revision=1, now=NOW)
    assert screenings.read(viewer(mara), round_.id).answers == {}


def test_a_finished_check_is_not_changed_any_more(mara):
    done = go_through(mara)
    with pytest.raises(Refusal, match="finished"):
        screenings.answer(viewer(mara), done.id, "RF05", "yes", revision=done.revision, now=NOW)


def test_whoever_began_with_a_version_of_the_questions_finishes_with_it(mara, monkeypatch):
    begun = screenings.begin(viewer(mara), "full", NOW)
    text = redflags.questions().to_json().replace('"version":1', '"version":2')
    newer = redflags.from_json(text.replace("How old are you?", "What is your age?"))
    monkeypatch.setattr(screenings, "questions", lambda: newer)
    again = screenings.begin(viewer(mara), "full", NOW)
    assert (again.id, again.question_set.version) == (begun.id, 1)
    assert again.question_set.age.ask == "How old are you?"


def test_what_is_asked_again_leaves_out_what_was_asked_once(mara):
    go_through(mara)
    again = screenings.begin(viewer(mara), "again", NOW + timedelta(days=28))
    assert (again.next, again.answers) == ("RF01", {"age": "18-64"})
    done = go_through(mara, kind="again", now=NOW + timedelta(days=28))
    assert {name[:4] for name in done.answers} - {"age"} == {
        f"RF{number:02}" for number in range(1, 14)
    }


def test_a_round_answered_without_a_network_is_taken_once(mara):
    key = uuid4()
    raw = {f"RF{number:02}": "no" for number in range(1, 12)}
    raw["RF01.fall"] = "no"
    for _time in range(2):
        round_ = screenings.whole(viewer(mara), raw, key=key, kind="night", at=NOW, now=NOW)
    assert (round_.decision.disposition, round_.next) == ("G", None)
    assert Screening.objects.count() == 1


def test_a_yes_from_a_device_with_other_questions_still_counts(mara):
    raw = {"RF05": "yes", "RF77": "yes", "RF10": "perhaps"}
    round_ = screenings.whole(viewer(mara), raw, key=uuid4(), kind="night", at=NOW, now=NOW)
    assert (round_.answers, round_.decision.disposition) == ({"RF05": "yes"}, "E")


def test_a_device_whose_clock_is_wrong_does_not_put_todays_answer_behind_older_ones(mara):
    go_through(mara)
    past = NOW.replace(year=2001)
    later = NOW + timedelta(hours=1)
    round_ = screenings.whole(
        viewer(mara), {"RF05": "yes"}, key=uuid4(), kind="night", at=past, now=later
    )
    assert round_.begun_at == later


def test_a_stranger_reads_answers_and_hands_in_nothing_of_somebody_elses(mara):
    round_ = screenings.begin(viewer(mara), "full", NOW)
    tom = viewer(cast.tom())
    with pytest.raises(NotAllowed):
        screenings.read(tom, round_.id)
    with pytest.raises(NotAllowed):
        screenings.answer(tom, round_.id, "age", "18-64", revision=1, now=NOW)
    with pytest.raises(NotAllowed):
        screenings.whole(tom, {"RF05": "yes"}, key=round_.id, kind="night", at=NOW, now=NOW)
    with pytest.raises(NotAllowed):
        screenings.advised(tom, round_.id, NOW)
    assert screenings.read(viewer(mara), round_.id).answers == {}


def test_the_database_tells_neither_answers_nor_what_they_came_to(mara):
    go_through(mara, {"RF13": "yes"})
    row = Screening.objects.get()
    assert b"RF13" not in bytes(row.sealed)
    assert KeptContent.objects.count() == 1
    said = " ".join(TrailRow.objects.values_list("action", flat=True))
    assert "check finished" in said
    assert "RF13" not in said


def test_how_long_a_row_is_tells_no_emergency_from_nothing(mara):
    quiet, emergency = go_through(mara), go_through(mara, {"RF05": "yes"})
    lengths = {len(row.sealed) for row in Screening.objects.filter(pk__in=[quiet.id, emergency.id])}
    assert len(lengths) == 1


def test_a_clinician_hears_of_what_this_round_brought_up_and_only_then(mara):
    ines = cast.ines()
    cast.under_care(ines, mara, "questionnaires")
    go_through(mara, {"RF15": "yes"})
    found = tasks.open_tasks(viewer(ines), NOW)
    assert [each.facts for each in found] == [{"disposition": "C", "questions": ["RF15"]}]
    go_through(mara, kind="night", now=NOW + timedelta(days=1))
    assert len(tasks.open_tasks(viewer(ines), NOW)) == 1


def test_a_quiet_check_troubles_nobody(mara):
    ines = cast.ines()
    cast.under_care(ines, mara, "questionnaires")
    go_through(mara)
    assert tasks.open_tasks(viewer(ines), NOW) == []
