"""A session: told again and again, in any order, by any clock, and never lost."""

from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from typing import Any
from uuid import uuid4, uuid5

import pytest

from psoas.care.people import sharing
from psoas.care.people.models import TrailRow
from psoas.care.people.refusal import NotAllowed, Refusal
from psoas.care.programme import morning, sessions
from psoas.care.programme.models import Session
from tests import cast
from tests.care.programme.telling import do, item, telling
from tests.cast import NOW, viewer

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def mara():
    cast.installation()
    return cast.mara()


def tell(person, key, raw, now=NOW):
    return sessions.tell(viewer(person), key, raw, now)


def only(person, now=NOW):
    found = sessions.recent(viewer(person), now, days=100)
    assert len(found) == 1
    return found[0]


def test_a_session_told_twice_is_one_and_is_written_once(mara):
    key, raw = uuid4(), telling(item("bridge"), before=3)
    assert tell(mara, key, raw).fresh
    again = tell(mara, key, raw)
    assert not again.fresh
    assert (again.id, again.state) == (key, "kept")
    assert only(mara).revision == 1
    assert TrailRow.objects.filter(action="session told").count() == 1


def test_in_whatever_order_it_is_told_it_comes_out_the_same(mara):
    steps = [
        telling(item("cat-cow"), step=1, before=3),
        telling(item("cat-cow"), item("bridge", "part", done_s=20), step=2),
        telling(item("cat-cow"), item("bridge"), step=3, after=4, finished=True),
    ]
    outcomes = []
    for order in permutations(steps):
        key = uuid4()
        for each in order:
            tell(mara, key, each)
        found = sessions.read(viewer(mara), key, NOW)
        states = {each["slug"]: each["state"] for each in found.items}
        numbers = (found.number("before"), found.number("after"))
        outcomes.append((states, numbers, found.state(NOW), found.document["step"]))
    assert outcomes == [({"cat-cow": "done", "bridge": "done"}, (3, 4), "finished", 3)] * 6


def test_what_only_an_earlier_telling_said_is_not_lost_by_a_later_one(mara):
    key = uuid4()
    tell(mara, key, telling(item("cat-cow"), step=1, before=3, stop="groin-catch"))
    tell(mara, key, telling(item("bridge"), step=2))
    found = only(mara)
    assert [each["slug"] for each in found.items] == ["bridge", "cat-cow"]
    assert (found.number("before"), found.stop) == (3, "groin-catch")


def test_what_is_told_of_a_damaged_session_is_kept_beside_it(mara):
    key, other = do(mara, "bridge"), do(mara, "cat-cow")
    Session.objects.filter(pk=key).update(revision=7)
    for _ in range(2):
        told = tell(mara, key, telling(item("bridge"), item("clamshell"), step=2))
    assert (told.state, told.id != key) == ("went on as another", True)
    found = sessions.recent(viewer(mara), NOW)
    assert sorted(len(each.items) for each in found) == [1, 2]
    morning.answer(viewer(mara), other, "usual", NOW + DAY)


def test_what_goes_on_as_another_never_goes_into_somebody_elses_row(mara):
    tom, key = cast.tom(), do(mara, "bridge")
    # He told one beforehand under the very id that hers would go on as.
    do(tom, "cat-cow", key=uuid5(key, "beside"))
    Session.objects.filter(pk=key).update(revision=7)
    told = tell(mara, key, telling(item("clamshell"), step=2))
    assert told.id != uuid5(key, "beside")
    assert [each["slug"] for each in only(tom).items] == ["cat-cow"]
    assert "clamshell" in [each["slug"] for each in only(mara).items]


def test_a_session_does_not_grow_without_end(mara):
    key = uuid4()
    for step in (1, 2):
        tell(mara, key, telling(*(item(f"made-up-{step}-{n}") for n in range(40)), step=step))
    with pytest.raises(Refusal) as refused:
        tell(mara, key, telling(item("one-more"), step=3))
    assert list(refused.value.fields) == ["items"]
    assert only(mara).document["step"] == 2


def test_both_sides_of_an_exercise_are_two_and_each_keeps_its_own(mara):
    left, right = item("clamshell", side="left"), item("clamshell", "skipped", side="right")
    tell(mara, uuid4(), telling(left, {**right, "reason": "hurts"}))
    assert [(each["side"], each["state"]) for each in only(mara).items] == [
        ("left", "done"),
        ("right", "skipped"),
    ]


def test_one_that_was_left_in_the_middle_is_there_and_can_be_gone_on_with(mara):
    key = uuid4()
    tell(mara, key, telling(item("cat-cow")))
    found = sessions.under_way(viewer(mara), NOW + HOUR)
    assert found is not None
    assert found.id == key
    assert sessions.under_way(viewer(mara), NOW + DAY) is None
    assert only(mara, NOW + DAY).state(NOW + DAY) == "left"


def test_taken_up_two_days_later_it_is_closed_as_it_was_and_another_goes_on(mara):
    key, later = uuid4(), NOW + 2 * DAY
    first = telling(item("cat-cow"))
    tell(mara, key, first)
    resumed = telling(
        item("cat-cow"), item("bridge"), at=later, step=2, begun_at=first["begun_at"], after=1
    )
    told = tell(mara, key, resumed, later)
    assert told.state == "went on as another"
    old = sessions.read(viewer(mara), key, later)
    new = sessions.read(viewer(mara), told.id, later)
    assert [each["slug"] for each in old.items] == ["cat-cow"]
    assert (old.finished_at, old.number("after")) == (old.told_at, None)
    assert [each["slug"] for each in new.items] == ["bridge"]
    assert new.day == later.date()
    again = tell(mara, key, resumed, later + HOUR)
    assert (again.id, again.fresh) == (told.id, False)
    assert Session.objects.count() == 2


def test_what_was_done_without_a_network_and_comes_late_is_still_that_session(mara):
    key, later = uuid4(), NOW + 2 * DAY
    tell(mara, key, telling(item("cat-cow")))
    told = tell(mara, key, telling(item("cat-cow"), item("bridge"), step=2), later)
    assert (told.id, told.state) == (key, "kept")
    assert len(only(mara, later).items) == 2


def test_a_wrong_clock_moves_a_session_by_a_day_at_most_and_the_difference_is_kept(mara):
    for off, day in (
        (timedelta(0), NOW.date()),
        (-2 * HOUR, NOW.date()),
        (3 * HOUR, NOW.date()),
        (-30 * HOUR, NOW.date() - DAY),
        (-3 * DAY, NOW.date()),
        (5 * DAY, NOW.date()),
        (datetime(1970, 1, 1, tzinfo=UTC) - NOW, NOW.date()),
        (datetime(2099, 1, 1, tzinfo=UTC) - NOW, NOW.date()),
    ):
        key = uuid4()
        tell(mara, key, telling(item("bridge"), begun_at=(NOW + off).isoformat()))
        found = sessions.read(viewer(mara), key, NOW)
        assert found.day == day, off
        assert NOW - DAY <= found.begun_at <= NOW
        assert found.begun_at + timedelta(seconds=found.document["clock_off"]) == NOW + off


def test_the_day_is_that_of_the_place_where_it_was_done(mara):
    begun = datetime.fromisoformat("2026-04-13T23:30:00-07:00")
    now = begun.astimezone(UTC) + HOUR
    tell(mara, uuid4(), telling(item("bridge"), begun_at=begun.isoformat()), now)
    assert only(mara, now).day == date(2026, 4, 13)


def test_what_a_device_makes_up_is_kept_as_it_was_told(mara):
    tell(mara, uuid4(), telling(item("no-such-thing"), item("tremor-information")))
    assert [each["slug"] for each in only(mara).items] == ["no-such-thing", "tremor-information"]


IMPOSSIBLE: list[tuple[dict[str, Any], str]] = [
    ({"kind": "marathon"}, "kind"),
    ({"kind": ["routine"]}, "kind"),
    ({"before": 11}, "before"),
    ({"during": float("nan")}, "during"),
    ({"after": True}, "after"),
    ({"effort": "hard"}, "effort"),
    ({"minutes": 601}, "minutes"),
    ({"minutes": -1}, "minutes"),
    ({"step": -1}, "step"),
    ({"step": 1.5}, "step"),
    ({"begun_at": "yesterday"}, "begun_at"),
    ({"begun_at": "2026-04-14T08:00:00"}, "begun_at"),
    ({"at": None}, "at"),
    ({"finished": "yes"}, "finished"),
    ({"stop": "../../etc"}, "stop"),
    ({"items": "bridge"}, "items"),
    ({"items": [item("bridge")] * 41}, "items"),
    ({"items": ["bridge"]}, "items.0"),
    ({"items": [item("a" * 41)]}, "items.0.slug"),
    ({"items": [item("bridge", "praised")]}, "items.0.state"),
    ({"items": [item("bridge", side="up")]}, "items.0.side"),
    ({"items": [item("bridge", sets=21)]}, "items.0.sets"),
    ({"items": [item("bridge", done_s=float("inf"))]}, "items.0.done_s"),
    ({"items": [item("bridge", pain="9" * 400)]}, "items.0.pain"),
    ({"items": [item("bridge", words="of any length")]}, "items.0.words"),
    ({"words": "of any length"}, "words"),
    ({"v": 2}, "v"),
]


def test_what_cannot_be_is_refused_by_its_name_and_nothing_is_kept(mara):
    for change, field in IMPOSSIBLE:
        with pytest.raises(Refusal) as refused:
            tell(mara, uuid4(), {**telling(item("bridge")), **change})
        assert list(refused.value.fields) == [field]
    assert not Session.objects.exists()


def test_what_is_no_session_at_all_is_refused(mara):
    raws: tuple[object, ...] = (None, [], "session", 7)
    for raw in raws:
        with pytest.raises(Refusal):
            tell(mara, uuid4(), raw)


def test_somebody_elses_session_is_not_there_and_is_not_changed(mara):
    key = do(mara, "bridge")
    tom = cast.tom()
    before = bytes(Session.objects.get().sealed)
    for story in (
        lambda: tell(tom, key, telling(item("wall-sit"))),
        lambda: sessions.read(viewer(tom), key, NOW),
        lambda: sessions.finish(viewer(tom), key, NOW, after=9),
        lambda: sessions.stopped(viewer(tom), key, "panic", NOW),
        lambda: sessions.record(viewer(tom), "walk", 10, 1, 2, NOW, key=key),
    ):
        with pytest.raises(NotAllowed):
            story()
    assert bytes(Session.objects.get().sealed) == before


def test_finishing_says_how_it_was_and_keeps_what_was_said_before(mara):
    key = uuid4()
    tell(mara, key, telling(item("bridge"), before=2, during=3))
    found = sessions.finish(viewer(mara), key, NOW, after=2)
    assert (found.number("during"), found.number("after")) == (3, 2)
    assert found.state(NOW) == "finished"
    with pytest.raises(Refusal) as refused:
        sessions.finish(viewer(mara), key, NOW, after=12)
    assert list(refused.value.fields) == ["after"]


def test_a_walk_is_noted_in_one_go_and_once(mara):
    key = uuid4()
    for _ in range(2):
        sessions.record(viewer(mara), "walk", "12", "2", "", NOW, key=key)
    found = only(mara)
    assert (found.kind, found.minutes, found.items[0]["slug"]) == ("walk", 12, "walking")


def test_a_walk_of_nothing_is_refused(mara):
    for kind, minutes, pain, field in (
        ("walk", 0, 2, "minutes"),
        ("walk", None, 2, "minutes"),
        ("walk", float("nan"), 2, "minutes"),
        ("run", 10, 2, "kind"),
        ("walk", 10, 11, "pain"),
    ):
        with pytest.raises(Refusal) as refused:
            sessions.record(viewer(mara), kind, minutes, pain, None, NOW)
        assert list(refused.value.fields) == [field]


def test_what_was_done_opens_to_a_clinician_by_its_own_consent_and_closes_with_it(mara):
    key, ines = do(mara, "bridge"), cast.ines()
    cast.under_care(ines, mara, "pain", "questionnaires")
    for look in (
        lambda: sessions.recent(viewer(ines), NOW, person_id=mara.pk),
        lambda: sessions.read(viewer(ines), key, NOW, person_id=mara.pk),
    ):
        with pytest.raises(NotAllowed):
            look()
    sharing.set_shares(mara, ines.pk, {"sessions"}, now=NOW - HOUR)
    for _ in range(2):
        assert sessions.recent(viewer(ines), NOW, person_id=mara.pk)[0].id == key
    assert TrailRow.objects.filter(action="sessions read", actor=ines.pk).count() == 1
    sharing.set_shares(mara, ines.pk, set(), now=NOW)
    with pytest.raises(NotAllowed):
        sessions.recent(viewer(ines), NOW, person_id=mara.pk)


def test_the_length_of_a_row_tells_a_walk_from_nothing(mara):
    sessions.record(viewer(mara), "walk", 12, 2, 3, NOW)
    do(mara, *("cat-cow", "bridge", "clamshell", "sit-to-stand", "slow-breathing"))
    assert len({len(bytes(each.sealed)) for each in Session.objects.all()}) == 1
