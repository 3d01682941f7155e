"""A clinician's yes: for whom, for what, how long; and never above an emergency."""

from datetime import date, timedelta

import pytest

from psoas.care.assessment import clearing, gate
from psoas.care.assessment.models import Clearance
from psoas.care.people import sharing
from psoas.care.people.models import TrailRow
from psoas.care.people.refusal import NotAllowed, Refusal
from tests import cast
from tests.care.assessment.asking import answered, begun
from tests.care.assessment.checks import go_through
from tests.cast import NOW

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# Answers that come to C, to S, and to E.
BEFORE, TODAY, EMERGENCY = {"RF18": "yes"}, {"RF13": "yes"}, {"RF04": "yes"}


@pytest.fixture
def clinic():
    people = {"mara": cast.mara(), "ines": cast.ines(), "jonas": cast.jonas()}
    cast.under_care(people["ines"], people["mara"])
    return {name: cast.viewer(each) for name, each in people.items()}


def told(clinic, who="Dr Okafor", when="2026-03-02", what_for="walking, all exercises", now=NOW):
    return clearing.told(clinic["mara"], who, when, what_for, now)


def override(clinic, reason="Seen today; fit to begin.", who="ines", now=NOW):
    return clearing.override(clinic[who], clinic["mara"].person.pk, reason, now)


def level(clinic, now=NOW):
    return gate.stand(clinic["mara"].person, now).disposition


def test_a_yes_that_was_told_opens_what_was_held_back(clinic):
    go_through(clinic["mara"].person, BEFORE)
    assert level(clinic) == "C"
    assert not gate.may(clinic["mara"].person, "routine", NOW).allowed
    key = told(clinic)
    assert level(clinic) == "M"
    assert gate.may(clinic["mara"].person, "routine", NOW).allowed
    (found,) = clearing.clearances(clinic["mara"], NOW)
    assert (found.id, found.who, found.when, found.what_for) == (
        key,
        "Dr Okafor",
        "2026-03-02",
        "walking, all exercises",
    )
    assert (found.kind, sorted(found.covers), found.holds) == ("told", ["RF18"], True)


def test_it_ends_when_the_question_is_asked_again(clinic):
    go_through(clinic["mara"].person, BEFORE)
    told(clinic)
    go_through(clinic["mara"].person, BEFORE, now=NOW + 28 * DAY)
    assert level(clinic, NOW + 28 * DAY) == "C"
    (found,) = clearing.clearances(clinic["mara"], NOW + 28 * DAY)
    assert not found.holds


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("who", " "),
        ("who", "x" * 81),
        ("when", ""),
        ("when", "yesterday"),
        ("when", "2026-04-15"),
        ("when", date(2026, 4, 15)),
        ("what_for", ""),
        ("what_for", "x" * 301),
    ],
)
def test_who_when_and_what_for_are_needed(clinic, field, value):
    go_through(clinic["mara"].person, BEFORE)
    with pytest.raises(Refusal) as refused:
        told(clinic, **{field: value})
    assert list(refused.value.fields) == [field]
    assert not Clearance.objects.exists()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Nothing is held back"),
        ({"RF19": "not sure"}, "Nothing is held back"),
        (TODAY, "needs a clinician today"),
        (EMERGENCY, "emergency"),
        ({"age": "under-16", **BEFORE}, "no yes changes it"),
    ],
)
def test_a_yes_from_elsewhere_covers_what_waits_for_a_clinician_and_nothing_else(
    clinic, given, words
):
    go_through(clinic["mara"].person, given)
    with pytest.raises(Refusal, match=words):
        told(clinic)
    assert not Clearance.objects.exists()


def test_without_a_check_there_is_nothing_to_say_yes_to(clinic):
    for story in (told, override):
        with pytest.raises(Refusal, match="check comes first"):
            story(clinic)
    go_through(clinic["mara"].person, BEFORE)
    with pytest.raises(Refusal, match="due again"):
        told(clinic, now=NOW + 29 * DAY)


def test_nobody_says_yes_twice_to_the_same(clinic):
    go_through(clinic["mara"].person, BEFORE)
    # The same words are a form that was sent twice; others would be a yes to nothing.
    assert told(clinic) == told(clinic)
    with pytest.raises(Refusal, match="Nothing is held back"):
        told(clinic, who="Dr Ito")
    assert Clearance.objects.count() == 1


def test_sixteen_and_seventeen_begin_after_a_clinicians_yes(clinic):
    go_through(clinic["mara"].person, {"age": "16-17"})
    assert level(clinic) == "C"
    told(clinic)
    assert level(clinic) == "M"


@pytest.mark.parametrize("given", [BEFORE, TODAY, {**BEFORE, **TODAY}])
def test_a_clinician_overrides_with_name_and_reason_and_the_trail_shows_it(clinic, given):
    go_through(clinic["mara"].person, given)
    key = override(clinic)
    assert level(clinic) == "M"
    (found,) = clearing.clearances(clinic["mara"], NOW)
    assert (found.kind, found.who, found.reason) == (
        "override",
        "Ines",
        "Seen today; fit to begin.",
    )
    (row,) = TrailRow.objects.filter(action="check overridden")
    assert (row.actor, row.subject, row.item) == (
        clinic["ines"].person.pk,
        clinic["mara"].person.pk,
        str(key),
    )


@pytest.mark.parametrize("reason", ["", "  \n ", "x" * 301])
def test_an_override_without_a_reason_is_refused(clinic, reason):
    go_through(clinic["mara"].person, BEFORE)
    with pytest.raises(Refusal) as refused:
        override(clinic, reason)
    assert list(refused.value.fields) == ["reason"]
    assert level(clinic) == "C"


def test_no_override_stands_above_an_emergency(clinic):
    go_through(clinic["mara"].person, EMERGENCY)
    with pytest.raises(Refusal, match="emergency"):
        override(clinic)
    assert level(clinic) == "E"


def test_an_emergency_named_later_is_not_covered(clinic):
    go_through(clinic["mara"].person, TODAY)
    override(clinic)
    go_through(clinic["mara"].person, EMERGENCY, kind="again", now=NOW + DAY)
    assert level(clinic, NOW + DAY) == "E"


def test_thoughts_of_dying_are_no_matter_of_exercise(clinic):
    go_through(clinic["mara"].person, BEFORE)
    answered(clinic["mara"], begun(clinic["mara"], "asq"), [1, 0, 0, 0, 0])
    for story in (told, override):
        with pytest.raises(Refusal, match="Help today"):
            story(clinic)


def test_only_who_looks_after_the_person_overrides(clinic):
    go_through(clinic["mara"].person, BEFORE)
    clinic |= {"olga": cast.viewer(cast.olga()), "rosa": cast.viewer(cast.rosa())}
    for who in ("jonas", "olga", "rosa", "mara"):
        with pytest.raises(NotAllowed):
            override(clinic, who=who)
    with pytest.raises(NotAllowed):
        clearing.override(clinic["ines"], clinic["jonas"].person.pk, "reason", NOW)
    assert level(clinic) == "C"


def test_a_yes_is_taken_back_by_the_person_or_by_who_wrote_it(clinic):
    go_through(clinic["mara"].person, BEFORE)
    key = override(clinic)
    for who in (clinic["jonas"], cast.viewer(cast.tom())):
        with pytest.raises(NotAllowed):
            clearing.withdraw(who, key, NOW)
    clearing.withdraw(clinic["ines"], key, NOW + HOUR)
    assert level(clinic, NOW + HOUR) == "C"
    other = told(clinic, now=NOW + HOUR)
    with pytest.raises(NotAllowed):
        clearing.withdraw(clinic["ines"], other, NOW + HOUR)
    clearing.withdraw(clinic["mara"], other, NOW + HOUR)
    clearing.withdraw(clinic["mara"], other, NOW + HOUR)
    assert TrailRow.objects.filter(action="yes of a clinician withdrawn").count() == 2
    assert level(clinic, NOW + HOUR) == "C"


def test_a_clinician_reads_their_own_and_the_others_where_questionnaires_are_shared(clinic):
    ines, mara = clinic["ines"], clinic["mara"].person
    go_through(mara, {**BEFORE, **TODAY})
    override(clinic)
    go_through(mara, BEFORE, now=NOW + DAY)
    told(clinic, now=NOW + DAY)
    read = clearing.clearances(ines, NOW + DAY, person_id=mara.pk)
    assert [each.kind for each in read] == ["override"]
    sharing.set_shares(mara, ines.person.pk, {"questionnaires"}, now=NOW)
    read = clearing.clearances(ines, NOW + DAY, person_id=mara.pk)
    assert [each.kind for each in read] == ["told", "override"]
    for stranger in (clinic["jonas"], cast.viewer(cast.tom())):
        assert clearing.clearances(stranger, NOW) == []
        with pytest.raises(NotAllowed):
            clearing.clearances(stranger, NOW, person_id=mara.pk)
