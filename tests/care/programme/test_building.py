"""A clinician builds a plan: in care only, never what is taken out, and nobody else changes it."""

from datetime import timedelta
from uuid import uuid4

import pytest

from psoas.care.assessment import tasks
from psoas.care.people import sharing
from psoas.care.people.models import TrailRow
from psoas.care.people.refusal import NotAllowed, Refusal
from psoas.care.people.vault import Unreadable
from psoas.care.programme import building, plan_rows, plans, preferences, walks, watching, written
from psoas.care.programme.models import Plan
from psoas.care.programme.sealing import closed_rows, open_row, programme_sealer
from psoas.care.programme.wanted import Circumstances
from psoas.content.exercises import exercise
from tests import cast
from tests.care.programme.telling import check
from tests.cast import NOW, viewer

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
BRIDGE = {"slug": "bridge", "sets": 2, "amount": 12, "note": "Slowly down."}
CLAMSHELL = {"slug": "clamshell", "side": "left", "sets": 1, "amount": 6}
DEEP = {"slug": "childs-pose"}
THR = {"RF16": "yes", "RF16.time": "later", "RF16.approach": "posterior"}


@pytest.fixture
def mara():
    cast.installation()
    mara = cast.mara()
    check(mara)
    return mara


@pytest.fixture
def ines(mara):
    ines = cast.ines()
    cast.under_care(ines, mara, "sessions")
    return ines


def build(clinician, person, *items, seen=0, now=NOW, **more):
    raw = {"items": list(items), **more}
    return building.build(viewer(clinician), person.pk, raw, seen=seen, now=now)


def today(person, now=NOW, **more):
    return plans.today(viewer(person), now, **more)


def test_half_to_begin_with_holds_where_a_clinician_wrote_no_amount(mara, ines):
    made = build(ines, mara, {"slug": "sit-to-stand"}, BRIDGE)
    given = Circumstances(10, "morning", half="your average pain is 6")
    found = {each.slug: each for each in written.due(made, given, minutes=None).items}
    assert (found["sit-to-stand"].amount.reps, found["bridge"].amount.reps) == (4, 12)
    assert "half" in {why.rule for why in found["sit-to-stand"].why}


def test_what_a_clinician_wrote_is_what_today_holds_with_their_name_and_words(mara, ines):
    made = build(ines, mara, BRIDGE, CLAMSHELL, template="outer-hip", note="See you in May.")
    assert (made.number, made.by, made.made_by_name, made.template) == (
        *(1, "clinician", "Ines"),
        "outer-hip",
    )
    found = today(mara)
    bridge, clamshell = found.routine.items
    assert (bridge.amount.sets, bridge.amount.reps) == (2, 12)
    assert (clamshell.side, clamshell.amount.reps) == ("left", 6)
    assert "Ines" in bridge.why[0].text
    assert "Slowly down." in bridge.why[0].text


def test_every_template_can_be_begun_from(mara, ines):
    found = building.offer(viewer(ines), mara.pk, NOW)
    assert found.templates
    for number, each in enumerate(found.templates):
        planned = plan_rows.planned_documents(building.from_template(each.slug))
        for one in planned:
            one.pop("why")
        made = build(ines, mara, *planned, seen=number, template=each.slug)
        assert made.slugs == tuple(item.slug for item in each.items)


def test_what_is_taken_out_is_refused_by_its_name_and_why_as_far_as_it_is_shared(mara, ines):
    check(mara, THR, now=NOW + DAY)
    now = NOW + DAY
    for shared, words in (({"sessions"}, "does not share"), ({"questionnaires"}, "check takes")):
        sharing.set_shares(mara, ines.pk, shared, now=now)
        with pytest.raises(Refusal) as refused:
            build(ines, mara, BRIDGE, DEEP, now=now)
        assert list(refused.value.fields) == ["items-1"]
        sentence = refused.value.fields["items-1"][0]
        assert sentence.startswith(exercise("childs-pose").title)
        assert words in sentence
    assert not Plan.objects.exists()
    found = building.offer(viewer(ines), mara.pk, now)
    assert "childs-pose" in found.refused
    assert "childs-pose" not in {each.slug for each in found.allowed}


def test_only_a_clinician_who_looks_after_them_builds_sees_locks_and_tells(mara, ines):
    build(ines, mara, BRIDGE)
    strangers = [cast.jonas(), cast.tom(), cast.rosa(), cast.olga(), mara]
    sharing.end_care(ines, mara, actor=ines, now=NOW)
    for who in (*strangers, ines):
        for story in (
            lambda who=who: build(who, mara, CLAMSHELL, seen=1),
            lambda who=who: building.offer(viewer(who), mara.pk, NOW),
            lambda who=who: building.lock(viewer(who), mara.pk, seen=1, now=NOW),
            lambda who=who: building.tell_about(viewer(who), mara.pk, ["fai"], [], NOW),
        ):
            with pytest.raises(NotAllowed):
                story()
        if who != mara:
            with pytest.raises(NotAllowed):
                plans.in_force(viewer(who), NOW, person_id=mara.pk)
    assert [(each.number, each.locked) for each in Plan.objects.all()] == [(1, False)]


def test_two_windows_do_not_write_over_each_other(mara, ines):
    build(ines, mara, BRIDGE)
    with pytest.raises(Refusal):
        build(ines, mara, CLAMSHELL, seen=0)
    assert build(ines, mara, CLAMSHELL, seen=1).number == 2
    found = plans.history(viewer(mara), NOW)
    assert [(each.number, each.ended_at is None) for each in found] == [(2, True), (1, False)]


def test_a_locked_plan_stays_until_a_clinician_changes_it_or_nobody_looks_after_them(mara, ines):
    build(ines, mara, BRIDGE, lock=True)
    with pytest.raises(Refusal) as refused:
        plans.make(viewer(mara), NOW)
    assert "Ines" in str(refused.value)
    building.unlock(viewer(ines), mara.pk, seen=1, now=NOW)
    assert plans.make(viewer(mara), NOW).by == "rules"
    build(ines, mara, BRIDGE, lock=True, seen=2)
    sharing.end_care(ines, mara, actor=ines, now=NOW)
    assert plans.make(viewer(mara), NOW).number == 4
    actions = set(TrailRow.objects.values_list("action", flat=True))
    assert {"plan made", "plan locked", "plan unlocked"} <= actions


def test_a_lock_that_is_turned_in_the_table_alone_does_not_open(mara, ines):
    build(ines, mara, BRIDGE, lock=True)
    assert closed_rows(mara) == []
    Plan.objects.update(locked=False)
    with pytest.raises(Unreadable):
        open_row(programme_sealer(mara), Plan.objects.get())
    assert [each.table for each in closed_rows(mara)] == ["programme_plan"]
    assert plans.in_force(viewer(mara), NOW) is None


def test_when_nothing_of_it_is_open_it_says_so_offers_what_remains_and_asks_the_clinician(
    mara, ines
):
    build(ines, mara, DEEP, {"slug": "bound-angle"}, lock=True)
    now = NOW + DAY
    check(mara, THR, now=now)
    found = today(mara, now, when="morning")
    assert found.nothing_left
    assert found.routine.items
    assert "Nothing of the plan" in found.routine.notes[0]
    assert {each.slug for each in found.routine.left_out} == {"childs-pose", "bound-angle"}
    watching.tell_clinicians(now)
    watching.tell_clinicians(now + DAY)
    told = [each for each in tasks.open_tasks(viewer(ines), now) if each.kind == tasks.PLAN]
    assert [each.facts and each.facts["why"] for each in told] == ["nothing-left"]


def test_profiles_that_pull_apart_add_up_and_wishes_yield(mara, ines):
    building.tell_about(viewer(ines), mara.pk, ["gtp", "fai"], ["kneeling-hurts"], NOW)
    preferences.tell(viewer(mara), {"likes": ["chair-pigeon"], "minutes": 10}, NOW)
    for when in ("morning", "evening"):
        found = today(mara, when=when)
        codes = {each.exercise.code for each in found.routine.items}
        assert codes
        assert not codes & {"E01", "E02", "E04", "E05", "E06", "E07", "E08", "E09"}
        assert any("limits of all" in each for each in found.routine.notes)
        assert "chair-pigeon" in {each.slug for each in found.routine.left_out}


def test_what_a_clinician_told_is_theirs_while_they_look_after_somebody(mara, ines):
    building.tell_about(viewer(ines), mara.pk, ["gtp"], [], NOW)
    with pytest.raises(Refusal):
        preferences.tell(viewer(mara), {"told_by_clinician": []}, NOW)
    sharing.end_care(ines, mara, actor=ines, now=NOW)
    preferences.tell(viewer(mara), {"told_by_clinician": []}, NOW)
    assert preferences.of(viewer(mara)).told_by_clinician == ()


def test_what_cannot_be_in_a_plan_is_refused_by_its_field(mara, ines):
    for change, field in (
        ({"items": []}, "items"),
        ({"items": None}, "items"),
        ({"items": [BRIDGE] * 13}, "items"),
        ({"items": [BRIDGE, BRIDGE]}, "items-1"),
        ({"items": [{"slug": "no-such-thing"}]}, "items-0"),
        ({"items": [{"slug": "E13"}]}, "items-0"),
        ({"items": [{"slug": "tremor-information"}]}, "items-0"),
        ({"items": [{**BRIDGE, "sets": 0}]}, "items-0"),
        ({"items": [{**BRIDGE, "amount": float("nan")}]}, "items-0"),
        ({"items": [{**BRIDGE, "amount": 51}]}, "items-0"),
        ({"items": [{**BRIDGE, "side": "left"}]}, "items-0"),
        ({"items": [{**BRIDGE, "note": "x" * 301}]}, "items-0"),
        ({"items": ["bridge"]}, "items-0"),
        ({"note": ["x"]}, "note"),
        ({"template": "own"}, "template"),
        ({"minutes": 0}, "minutes"),
        ({"when": "noon"}, "when"),
        ({"lock": "perhaps"}, "lock"),
        ({"walking": {"baseline": -3}}, "baseline"),
        ({"walking": "far"}, "walking"),
        ({"words": ""}, "words"),
    ):
        with pytest.raises(Refusal) as refused:
            build(ines, mara, **{"items": [BRIDGE], **change})
        assert list(refused.value.fields) == [field], change
    assert not Plan.objects.exists()


def test_a_clinician_sets_from_where_walking_begins(mara, ines):
    build(ines, mara, BRIDGE, walking={"baseline": 12.5, "goal": 20})
    found = walks.weeks(viewer(mara), NOW, "walk")
    assert found is not None
    assert (found.week.minutes, found.week.days, found.minutes) == (10, 3, 10)
    assert max(each.minutes for each in found.ahead) <= 20


def test_looking_at_a_plan_is_written_down_once_a_look(mara, ines):
    build(ines, mara, BRIDGE)
    for _ in range(2):
        plans.in_force(viewer(ines), NOW, person_id=mara.pk)
        plans.history(viewer(ines), NOW, person_id=mara.pk)
    plans.in_force(viewer(mara), NOW)
    assert TrailRow.objects.filter(action="plan read").count() == 1
    with pytest.raises(NotAllowed):
        plans.in_force(viewer(ines), NOW, person_id=uuid4())
