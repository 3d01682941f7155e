"""Deciding: covered until the end or enough evidence, made once, and kept as it was."""

from datetime import timedelta

import numpy as np
import pytest

from psoas.care.experiment import changing, deciding, exporting, reading, results
from psoas.care.experiment.course import Course, course_from
from psoas.care.experiment.models import Course as CourseRow
from psoas.care.experiment.sealing import State
from psoas.care.people.access import Viewer
from psoas.care.people.refusal import Refusal
from psoas.diary.experiment import early
from psoas.diary.experiment.analysis import analyse
from tests import cast
from tests.care.experiment.lab import begin, morning, write_day, write_days

pytestmark = pytest.mark.django_db


@pytest.fixture
def mara() -> Viewer:
    return cast.viewer(cast.mara())


@pytest.fixture
def key(mara):
    return begin(mara)


def sweep_until(found, last):
    """A sweep every morning, as the server makes them."""
    return [n for n in range(last + 1) if deciding.look_at_all(morning(found, n))]


def test_before_the_end_nothing_is_told_by_any_way(mara, key):
    found = write_days(mara, key, days=60, noise=1.0)
    sweep_until(found, 60)
    with pytest.raises(Refusal, match="not over yet"):
        deciding.reveal(mara, key, now=morning(found, 60))
    running = reading.experiment(mara, key)
    assert running.course.looks and running.course.result is None
    assert results.sentence(running) == ""
    assert reading.finished(mara) == []
    (document,) = exporting.documents(mara)
    assert document["course"]["looks"] == []
    assert document["sentence"] == ""


def test_at_the_end_it_is_analysed_as_it_was_assigned(mara, key):
    found = write_days(mara, key, effect=-1.0, noise=0.8, skip=frozenset({20, 40}))
    deciding.reveal(mara, key, now=morning(found, 84))
    decided = reading.experiment(mara, key)
    result = decided.course.result
    assert result and result.verdict and result.how == "whole"
    outcome = np.array([np.nan if pain is None else pain for pain in result.outcome])
    assert np.isnan(outcome[[20, 40]]).all()
    again = analyse(outcome, found.schedule)
    assert result.verdict.estimate == pytest.approx(again.estimate)
    assert (result.verdict.low, result.verdict.high) == pytest.approx((again.low, again.high))
    np.testing.assert_allclose(result.verdict.drawn, again.drawn)
    assert results.sentence(decided).startswith("Sitting breaks lowered your pain by ")
    assert "You knew which days were which" in results.sentence(decided)
    assert [each.id for each in reading.finished(mara)] == [key]


def test_what_was_decided_stays_whatever_is_written_later(mara, key):
    found = write_days(mara, key, noise=1.0)
    deciding.reveal(mara, key, now=morning(found, 84))
    before = reading.experiment(mara, key)
    for number in range(0, 84, 2):
        write_day(mara, found.first + timedelta(days=number), 10)
    deciding.reveal(mara, key, now=morning(found, 90))
    deciding.look_at_all(morning(found, 90))
    assert bytes(CourseRow.objects.get().sealed)
    assert reading.experiment(mara, key).revision == before.revision
    assert results.sentence(reading.experiment(mara, key)) == results.sentence(before)


def test_a_pair_is_looked_at_once_a_day_after_it_ended(mara, key):
    found = write_days(mara, key, noise=1.0)
    assert deciding.look_at_all(morning(found, 6)) == 0
    assert reading.experiment(mara, key).course.looks == ()
    deciding.look_at_all(morning(found, 7))
    (look,) = reading.experiment(mara, key).course.looks
    assert look.on == morning(found, 7).date()
    write_day(mara, found.first + timedelta(days=1), 0)
    deciding.look_at_all(morning(found, 8))
    assert reading.experiment(mara, key).course.looks == (look,)
    deciding.look_at_all(morning(found, 40))
    assert len(reading.experiment(mara, key).course.looks) == 6


def test_enough_evidence_ends_it_at_the_end_of_a_pair_without_anybody_there(mara, key):
    found = write_days(mara, key, effect=-3.0, noise=0.3)
    (ended,) = sweep_until(found, 60)
    decided = reading.experiment(mara, key)
    result = decided.course.result
    assert result and result.early and result.verdict is None
    assert result.how == "enough"
    assert (ended - 1) % 6 == 0
    assert result.early.e_value >= early.ENOUGH
    assert [each.e_value >= early.ENOUGH for each in decided.course.looks].index(True) == len(
        decided.course.looks
    ) - 1
    assert decided.state(morning(found, ended).date()) is State.DECIDED
    assert results.sentence(decided).startswith("Sitting breaks lowered your pain by ")
    assert results.has_found(decided)


def test_a_sweep_after_a_long_pause_stops_at_the_first_pair_that_was_enough(mara, key):
    found = write_days(mara, key, effect=-3.0, noise=0.3, days=50)
    deciding.look_at_all(morning(found, 50))
    decided = reading.experiment(mara, key)
    assert decided.course.result and decided.course.result.how == "enough"
    assert all(each.e_value < early.ENOUGH for each in decided.course.looks[:-1])


def test_a_stopped_one_says_so_and_only_what_holds_at_any_time(mara, key):
    found = write_days(mara, key, effect=-1.0, noise=0.8, days=40)
    changing.stop(mara, key, now=morning(found, 40))
    deciding.reveal(mara, key, now=morning(found, 40))
    stopped = reading.experiment(mara, key)
    result = stopped.course.result
    assert result and result.how == "stopped" and result.verdict is None
    assert result.early and result.early.pairs == 6
    assert len(result.outcome) == 40
    assert results.sentence(stopped).startswith("You stopped it before its end.")


def test_one_stopped_before_a_pair_was_whole_says_nothing_of_pain(mara, key):
    found = write_days(mara, key, days=5)
    changing.stop(mara, key, now=morning(found, 5))
    deciding.reveal(mara, key, now=morning(found, 5))
    assert "nothing can be said" in results.sentence(reading.experiment(mara, key))


def test_one_stopped_before_its_first_day_never_began_and_has_nothing_to_tell(mara, key):
    found = reading.experiment(mara, key)
    changing.stop(mara, key, now=morning(found, -1))
    with pytest.raises(Refusal, match="stopped before it began"):
        deciding.reveal(mara, key, now=morning(found, 0))
    stopped = reading.experiment(mara, key)
    assert not stopped.began and results.sentence(stopped) == ""
    assert reading.finished(mara) == []


@pytest.mark.parametrize(
    ("written", "stopped_on", "why"),
    [(32, 32, "stopped"), (0, 20, "stopped"), (20, 50, "numbers"), (40, 40, ""), (5, 5, "stopped")],
)
def test_nothing_is_told_for_the_reason_that_holds(mara, key, written, stopped_on, why):
    found = write_days(mara, key, noise=1.0, days=written)
    changing.stop(mara, key, now=morning(found, stopped_on))
    deciding.reveal(mara, key, now=morning(found, stopped_on))
    assert results.why_none(reading.experiment(mara, key)) == why


def test_a_stopped_ones_sentence_goes_on_in_small_letters(mara, key):
    found = write_days(mara, key, noise=1.0, days=40)
    changing.stop(mara, key, now=morning(found, 40))
    deciding.reveal(mara, key, now=morning(found, 40))
    assert "As far as it went: no effect" in results.sentence(reading.experiment(mara, key))


def test_pairs_that_were_over_without_numbers_are_not_called_unfinished(mara, key):
    found = reading.experiment(mara, key)
    changing.stop(mara, key, now=morning(found, 20))
    deciding.reveal(mara, key, now=morning(found, 20))
    said = results.sentence(reading.experiment(mara, key))
    assert said == "No pair of blocks has numbers on both sides, so nothing can be said."


@pytest.mark.parametrize("days", [0, 20])
def test_too_few_days_give_a_reason_and_no_number(mara, key, days):
    found = write_days(mara, key, days=days, noise=1.0)
    deciding.reveal(mara, key, now=morning(found, 84))
    decided = reading.experiment(mara, key)
    assert decided.course.result and decided.course.result.verdict is None
    assert "pairs of blocks have numbers on both sides" in results.sentence(decided)
    assert not results.has_found(decided)


def test_pain_that_never_moves_gives_a_reason_and_no_number(mara, key):
    found = write_days(mara, key)
    deciding.reveal(mara, key, now=morning(found, 84))
    decided = reading.experiment(mara, key)
    assert "same on every day" in results.sentence(decided)
    assert results.why_none(decided) == ""


def test_moments_stand_in_where_nothing_speaks_for_the_day_and_missing_is_no_zero(mara, key):
    found = reading.experiment(mara, key)
    write_day(mara, found.first, 4)
    from psoas.care.experiment.outcomes import outcome_of

    outcome = outcome_of(mara, found, found.first + timedelta(days=2))
    assert outcome[0] == 4
    assert np.isnan(outcome[1:]).all() and len(outcome) == 3


def test_a_course_comes_back_as_it_was_written(mara, key):
    found = write_days(mara, key, effect=-1.0, noise=0.8, days=40)
    assert course_from(Course().document()) == Course()
    changing.stop(mara, key, now=morning(found, 3))
    deciding.reveal(mara, key, now=morning(found, 3))
    course = reading.experiment(mara, key).course
    assert course.result and course.result.early
    assert course.result.early.low == -np.inf and np.isnan(course.result.early.estimate)
    assert course_from(course.document()).document() == course.document()


def test_an_account_that_was_closed_is_not_looked_at(mara, key):
    found = write_days(mara, key, noise=1.0, days=20)
    person = mara.known
    person.is_active = False
    person.save()
    deciding.look_at_all(morning(found, 20))
    person.is_active = True
    person.save()
    assert reading.experiment(mara, key).course.looks == ()
