"""Starting: drawn and sealed before the first day, once, one at a time, and by nobody else."""

import threading
from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, connection, transaction

from psoas.care.experiment import changing, reading, starting, switches
from psoas.care.experiment.models import Course, Experiment
from psoas.care.experiment.sealing import State
from psoas.care.people.access import Viewer
from psoas.care.people.models import TrailRow
from psoas.care.people.refusal import NotAllowed, Refusal
from psoas.diary.experiment.schedule import make_schedule
from tests import cast
from tests.care.experiment import lab
from tests.care.experiment.lab import begin, morning, switch
from tests.cast import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def mara() -> Viewer:
    return cast.viewer(cast.mara())


@pytest.fixture
def tom() -> Viewer:
    return cast.viewer(cast.tom())


def test_it_begins_tomorrow_with_84_days_in_blocks_of_three(mara):
    found = reading.experiment(mara, begin(mara))
    assert found.first == date(2026, 4, 15)
    assert (len(found.schedule.arms), found.schedule.scheme.block) == (84, 3)
    assert found.last == date(2026, 7, 7)
    assert found.state(NOW.date()) is State.COMING
    assert found.with_it(NOW.date()) is None
    assert found.with_it(found.first) is bool(found.schedule.arms[0])
    assert found.schedule.seed is not None
    assert found.schedule == make_schedule(found.schedule.seed, found.schedule.scheme)


def test_what_was_shown_before_is_what_is_drawn_and_looking_again_draws_nothing_new(mara):
    shown = [starting.next_schedule(mara, switch()) for _look in range(3)]
    assert shown[0] == shown[1] == shown[2]
    assert reading.experiment(mara, begin(mara)).schedule == shown[0]


def test_the_next_one_is_drawn_anew_and_so_is_everybody_elses(mara, tom):
    first = reading.experiment(mara, begin(mara))
    changing.stop(mara, first.id, now=morning(first, 3))
    seeds = {
        first.schedule.seed,
        starting.next_schedule(mara, switch()).seed,
        starting.next_schedule(tom, switch()).seed,
    }
    assert len(seeds) == 3


def test_stopping_and_starting_before_a_day_counts_draws_nothing_new(mara):
    shown = starting.next_schedule(mara, switch())
    days = ("", "2026-04-20", "2026-04-29", "")
    for n, (slug, first) in enumerate(zip((lab.SITTING, "daily-walk") * 2, days, strict=True)):
        key = begin(mara, slug=slug, first=first, clinician="no")
        found = reading.experiment(mara, key)
        assert found.schedule.flips[:6] == shown.flips[:6]
        # Before the first day, and on it, which is for settling in.
        changing.stop(mara, key, now=NOW if n < 3 else morning(found, 0))
    assert starting.next_schedule(mara, switch()) == shown
    found = reading.experiment(mara, begin(mara, now=NOW + timedelta(days=40)))
    assert found.schedule == shown
    changing.stop(mara, found.id, now=morning(found, 1))
    assert starting.next_schedule(mara, switch()).seed != shown.seed


def test_a_double_tap_starts_one(mara):
    key = uuid4()
    one = starting.start(mara, switch(), {}, experiment_id=key, now=NOW)
    again = starting.start(mara, switch("daily-walk"), {}, experiment_id=key, now=NOW)
    assert (one.fresh, again.fresh) == (True, False)
    assert Experiment.objects.count() == Course.objects.count() == 1
    assert reading.experiment(mara, key).plan.switch.practice == "sitting-breaks"
    assert TrailRow.objects.filter(action="test begun").count() == 1


def test_somebody_elses_id_is_not_there(mara, tom):
    key = begin(mara)
    with pytest.raises(NotAllowed):
        starting.start(tom, switch(), {}, experiment_id=key, now=NOW)
    with pytest.raises(NotAllowed):
        reading.experiment(tom, key)
    assert reading.experiments(tom) == []
    assert reading.under_way(tom, NOW.date()) is None


@pytest.mark.parametrize("state", ["locked", "second_factor_missing"])
def test_somebody_locked_out_starts_and_reads_nothing(mara, state):
    begin(mara)
    outside = Viewer(mara.person, **{state: True})
    assert reading.experiments(outside) == []
    assert reading.latest(outside) is None
    with pytest.raises(NotAllowed):
        starting.start(outside, switch(), {}, experiment_id=uuid4(), now=NOW)


def test_a_second_one_waits_until_the_first_is_over(mara):
    key = begin(mara)
    with pytest.raises(Refusal, match="One thing at a time"):
        begin(mara, now=NOW + timedelta(days=5))
    with pytest.raises(Refusal, match="One thing at a time"):
        begin(mara, now=NOW + timedelta(days=83))
    changing.stop(mara, key, now=NOW + timedelta(days=6))
    begin(mara, now=NOW + timedelta(days=6))
    assert [each.number for each in reading.experiments(mara)] == [2, 1]


@pytest.mark.parametrize("days", [1, 2, 8])
def test_none_is_started_for_later_while_one_runs(mara, days):
    found = reading.experiment(mara, begin(mara))
    first = (found.last + timedelta(days=days)).isoformat()
    with pytest.raises(Refusal, match="One thing at a time"):
        begin(mara, now=morning(found, 78), first=first)
    assert Experiment.objects.count() == 1


def test_one_that_does_not_open_is_taken_for_under_way_as_long_as_it_can_be(mara):
    found = reading.experiment(mara, begin(mara))
    Course.objects.update(sealed=b"x")
    for day in (-1, 40, 97):
        with pytest.raises(Refusal, match="does not open.*22 July 2026 at the latest"):
            begin(mara, now=morning(found, day))
    begin(mara, now=morning(found, 99))


def test_one_that_was_stopped_and_does_not_open_holds_nobody_up(mara):
    found = reading.experiment(mara, begin(mara))
    changing.stop(mara, found.id, now=morning(found, 5))
    shown = starting.next_schedule(mara, switch())
    Course.objects.update(sealed=b"x")
    assert starting.next_schedule(mara, switch()) == shown
    begin(mara, now=morning(found, 5))


def test_it_may_begin_on_the_day_the_one_before_has_ended(mara):
    first = reading.experiment(mara, begin(mara))
    second = reading.experiment(mara, begin(mara, now=morning(first, 84)))
    assert second.first > first.last


@pytest.mark.parametrize(
    ("text", "first"),
    [("", date(2026, 4, 15)), ("2026-04-15", date(2026, 4, 15)), ("2026-04-29", date(2026, 4, 29))],
)
def test_it_begins_on_the_day_that_was_chosen(mara, text, first):
    assert reading.experiment(mara, begin(mara, first=text)).first == first


@pytest.mark.parametrize("text", ["2026-04-14", "2026-04-30", "soon", "0000-00-00"])
def test_never_today_in_the_past_or_far_ahead(mara, text):
    with pytest.raises(Refusal) as refused:
        begin(mara, first=text)
    assert "first" in refused.value.fields
    assert not Experiment.objects.exists()


@pytest.mark.parametrize(
    ("zone", "at", "first"),
    [
        # A quarter past midnight it is the new day already, wherever the server stands.
        ("Europe/London", "2026-04-14T23:15+00:00", date(2026, 4, 16)),
        ("Pacific/Auckland", "2026-04-14T23:15+00:00", date(2026, 4, 16)),
        ("America/Los_Angeles", "2026-04-15T03:15+00:00", date(2026, 4, 15)),
    ],
)
def test_tomorrow_is_the_persons_own(zone, at, first):
    viewer = cast.viewer(cast.person("Zoe", zone=zone))
    found = reading.experiment(viewer, begin(viewer, now=datetime.fromisoformat(at)))
    assert found.first == first


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Australia/Lord_Howe"])
def test_84_days_are_84_days_across_a_change_of_the_clock(zone):
    viewer = cast.viewer(cast.person("Zoe", zone=zone))
    now = datetime(2026, 9, 20, 12, tzinfo=ZoneInfo(zone))
    found = reading.experiment(viewer, begin(viewer, now=now))
    days = [found.first + timedelta(days=n) for n in range(84)]
    assert tuple(int(bool(found.with_it(day))) for day in days) == found.schedule.arms
    assert found.with_it(days[-1] + timedelta(days=1)) is None


def test_what_a_clinician_may_have_advised_is_asked_first(mara):
    for answer, field in ((None, "clinician"), ("not yet", "clinician"), ("maybe", "clinician")):
        with pytest.raises(Refusal) as refused:
            begin(mara, slug="evening-stretch", clinician=answer or "")
        assert field in refused.value.fields
    assert not Experiment.objects.exists()
    agreed = reading.experiment(mara, begin(mara, slug="evening-stretch", clinician="agreed"))
    assert agreed.plan.agreed


def test_one_that_nobody_advised_starts(mara):
    found = reading.experiment(mara, begin(mara, slug="evening-stretch", clinician="no"))
    assert not found.plan.agreed


def test_own_words_are_a_switch_and_a_question_for_a_clinician(mara):
    own = switches.in_own_words("  phone in the   kitchen ", "Leave it there.", "")
    assert (own.name, own.line(with_it=True)) == (
        "phone in the kitchen",
        "with phone in the kitchen",
    )
    assert own.ask
    with pytest.raises(Refusal):
        starting.start(mara, own, {}, experiment_id=uuid4(), now=NOW)


@pytest.mark.parametrize(
    ("name", "on", "off"),
    [
        ("my walking frame", "", "walk without the walking frame"),
        ("cane", "", ""),
        ("heel lift", "", ""),
        ("keto", "", ""),
        ("standing on one leg", "", ""),
        ("plover", "", ""),
    ],
)
def test_no_wording_of_ones_own_starts_before_the_clinician_question(mara, name, on, off):
    own = switches.in_own_words(name, on, off)
    for answer in ("", "not yet", "perhaps"):
        with pytest.raises(Refusal) as refused:
            starting.start(mara, own, {"clinician": answer}, experiment_id=uuid4(), now=NOW)
        assert "clinician" in refused.value.fields
    assert not Experiment.objects.exists()


def test_an_aid_is_tested_only_after_a_clinicians_yes(mara):
    own = switches.in_own_words("outdoors", "with my rollator", "without it")
    with pytest.raises(Refusal) as refused:
        starting.start(mara, own, {"clinician": "no"}, experiment_id=uuid4(), now=NOW)
    assert "can end in a fall" in str(refused.value.fields["clinician"])
    starting.start(mara, own, {"clinician": "agreed"}, experiment_id=uuid4(), now=NOW)
    assert Experiment.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "on", "field"),
    [
        ("ibuprofen", "", "name"),
        ("tea", "with half a pill", "name"),
        ("", "", "name"),
        ("x" * 61, "", "name"),
        ("tea", "x" * 201, "on"),
    ],
)
def test_medicines_and_empty_words_are_refused(name, on, field):
    with pytest.raises(Refusal) as refused:
        switches.in_own_words(name, on, "")
    assert field in refused.value.fields


def test_the_database_refuses_to_change_what_was_drawn(mara):
    key = begin(mara)
    for change in ({"sealed": b"x"}, {"number": 9}):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            Experiment.objects.filter(pk=key).update(**change)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Experiment.objects.get(pk=key).save()
    assert reading.experiment(mara, key).number == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_starts_at_once_one_is_refused(mara):
    came: list[object] = []
    gate = threading.Barrier(2)

    def tap() -> None:
        gate.wait()
        try:
            came.append(begin(mara))
        except (Refusal, DatabaseError) as problem:
            came.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=tap) for _tap in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Experiment.objects.count() == 1
    assert sum(isinstance(each, Refusal) for each in came) == 1
