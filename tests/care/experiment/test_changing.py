"""While it runs: a day that went otherwise, stopping, taking that back, adding pairs."""

from datetime import timedelta

import pytest

from psoas.care.experiment import changing, deciding, reading
from psoas.care.experiment.models import Course
from psoas.care.experiment.sealing import State
from psoas.care.people.access import Viewer
from psoas.care.people.models import TrailRow
from psoas.care.people.refusal import NotAllowed, Refusal
from tests import cast
from tests.care.experiment.lab import begin, morning, write_days

pytestmark = pytest.mark.django_db


@pytest.fixture
def mara() -> Viewer:
    return cast.viewer(cast.mara())


@pytest.fixture
def key(mara):
    return begin(mara)


def test_a_day_that_went_otherwise_is_kept_and_taken_back(mara, key):
    found = reading.experiment(mara, key)
    now = morning(found, 4)
    day = now.date()
    for _twice in range(2):
        changing.note_day(mara, key, day, otherwise=True, now=now)
    changing.note_day(mara, key, day - timedelta(days=1), otherwise=True, now=now)
    assert reading.experiment(mara, key).course.otherwise == (day - timedelta(days=1), day)
    changing.note_day(mara, key, day, otherwise=False, now=now)
    assert reading.experiment(mara, key).course.otherwise == (day - timedelta(days=1),)


@pytest.mark.parametrize("days", [-2, 1, 80])
def test_only_today_and_yesterday_are_noted(mara, key, days):
    found = reading.experiment(mara, key)
    now = morning(found, 4)
    with pytest.raises(Refusal):
        changing.note_day(mara, key, now.date() + timedelta(days=days), otherwise=True, now=now)


def test_the_day_before_the_first_is_not_part_of_it(mara, key):
    found = reading.experiment(mara, key)
    now = morning(found, 0)
    with pytest.raises(Refusal):
        changing.note_day(mara, key, now.date() - timedelta(days=1), otherwise=True, now=now)


def test_a_day_noted_otherwise_changes_nothing_of_the_result(mara, key):
    found = write_days(mara, key, effect=-1.0, noise=1.0)
    changing.note_day(mara, key, found.last, otherwise=True, now=morning(found, 83))
    deciding.reveal(mara, key, now=morning(found, 85))
    result = reading.experiment(mara, key).course.result
    assert result and result.verdict and result.verdict.days == 56


def test_stopping_is_taken_back_the_same_day_and_no_later(mara, key):
    found = reading.experiment(mara, key)
    changing.stop(mara, key, now=morning(found, 9))
    stopped = reading.experiment(mara, key)
    assert stopped.state(morning(found, 9).date()) is State.STOPPED
    with pytest.raises(Refusal):
        changing.go_on(mara, key, now=morning(found, 10))
    changing.go_on(mara, key, now=morning(found, 9))
    assert reading.experiment(mara, key).state(morning(found, 9).date()) is State.RUNNING
    acts = TrailRow.objects.filter(item=str(key)).values_list("action", flat=True)
    assert list(acts) == ["test begun", "test stopped", "test taken up again"]


def test_once_something_was_told_stopping_stands(mara, key):
    found = write_days(mara, key, days=9, noise=1.0)
    changing.stop(mara, key, now=morning(found, 9))
    deciding.reveal(mara, key, now=morning(found, 9))
    with pytest.raises(Refusal):
        changing.go_on(mara, key, now=morning(found, 9))


def test_once_another_began_stopping_stands(mara, key):
    found = reading.experiment(mara, key)
    changing.stop(mara, key, now=morning(found, 9))
    begin(mara, now=morning(found, 9))
    with pytest.raises(Refusal):
        changing.go_on(mara, key, now=morning(found, 9))


def test_what_is_over_is_not_stopped(mara, key):
    found = reading.experiment(mara, key)
    with pytest.raises(Refusal):
        changing.stop(mara, key, now=morning(found, 84))


def test_one_that_has_not_begun_can_be_stopped(mara, key):
    found = reading.experiment(mara, key)
    changing.stop(mara, key, now=morning(found, -1))
    assert reading.under_way(mara, found.first) is None


def test_two_windows_do_not_overwrite_each_other(mara, key):
    found = reading.experiment(mara, key)
    changing.note_day(mara, key, found.first, otherwise=True, now=morning(found, 0))
    with pytest.raises(Refusal, match="another window"):
        changing.keep_course(mara, found, found.course)


# Both days that count of the first block of the third pair, and of the second block of the fifth.
MISSED = frozenset({13, 14, 28, 29})


def test_missed_pairs_can_be_made_good_by_whole_pairs_drawn_from_the_same_seed(mara, key):
    found = write_days(mara, key, skip=MISSED, noise=1.0)
    assert changing.pairs_to_add(mara, found, morning(found, 60).date()) == 0
    assert changing.pairs_to_add(mara, found, morning(found, 84).date()) == 2
    changing.add_pairs(mara, key, now=morning(found, 84))
    longer = reading.experiment(mara, key)
    assert longer.schedule.arms[:84] == found.schedule.arms
    assert len(longer.schedule.arms) == 96
    assert longer.state(morning(found, 84).date()) is State.RUNNING
    with pytest.raises(Refusal):
        changing.add_pairs(mara, key, now=morning(found, 84))
    write_more = write_days(mara, key, skip=frozenset(range(84)), days=96, noise=1.0)
    deciding.reveal(mara, key, now=morning(write_more, 96))
    result = reading.experiment(mara, key).course.result
    assert result and result.verdict and (result.verdict.pairs, result.verdict.dropped) == (14, 2)


@pytest.mark.parametrize("number", [60, 85, 120])
def test_days_are_added_without_a_break_or_not_at_all(mara, key, number):
    found = write_days(mara, key, skip=MISSED, noise=1.0)
    with pytest.raises(Refusal):
        changing.add_pairs(mara, key, now=morning(found, number))


def test_where_nothing_was_missed_nothing_is_added(mara, key):
    found = write_days(mara, key, noise=1.0)
    with pytest.raises(Refusal):
        changing.add_pairs(mara, key, now=morning(found, 84))


def test_a_stranger_changes_nothing(mara, key):
    tom = cast.viewer(cast.tom())
    found = reading.experiment(mara, key)
    now = morning(found, 84)
    before = Course.objects.get().sealed
    for act in (
        lambda: changing.stop(tom, key, now=now),
        lambda: changing.go_on(tom, key, now=now),
        lambda: changing.add_pairs(tom, key, now=now),
        lambda: changing.note_day(tom, key, found.first, otherwise=True, now=now),
        lambda: deciding.reveal(tom, key, now=now),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert bytes(Course.objects.get().sealed) == bytes(before)
