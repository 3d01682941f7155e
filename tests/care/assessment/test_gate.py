"""What is open to a person now, and what it takes where it is not."""

from datetime import timedelta
from uuid import uuid4

import pytest

from psoas.care.assessment import gate, kept_content, screenings, suicide_step
from psoas.care.assessment.models import Clearance, Screening
from psoas.care.assessment.sealing import clinical_sealer, seal
from psoas.content import redflags
from tests import cast
from tests.care.assessment.checks import go_through
from tests.cast import NOW, viewer

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def mara():
    cast.installation()
    return cast.mara()


def opened(person, now=NOW):
    return {door: gate.may(person, door, now).allowed for door in DOORS}


def needs(person, door, now=NOW):
    return gate.may(person, door, now).need


DOORS = ("routine", "breath", "writing", "entry", "reading", "booking")
ALWAYS = {"entry", "reading"}


def only(*doors):
    return {door: door in {*doors, *ALWAYS} for door in DOORS}


def test_before_the_first_check_only_notes_and_reading_are_open(mara):
    assert opened(mara) == only()
    assert needs(mara, "routine") == "check"
    assert gate.stand(mara, NOW).state == "never"


@pytest.mark.parametrize(
    ("given", "doors"),
    [
        ({}, DOORS),
        ({"RF19": "yes"}, DOORS),
        ({"RF15": "yes"}, ("breath", "writing", "booking")),
        ({"RF13": "yes"}, ("writing",)),
        ({"RF05": "yes"}, ()),
        ({"age": "under-16"}, ("booking",)),
        ({"age": "16-17"}, ("breath", "writing", "booking")),
    ],
    ids=["G", "M", "C", "S before its advice", "E", "under 16", "16 or 17"],
)
def test_each_outcome_opens_what_the_table_says(mara, given, doors):
    go_through(mara, given)
    assert opened(mara) == only(*doors)


def test_help_on_the_same_day_opens_breathing_and_booking_once_its_advice_was_read(mara):
    round_ = go_through(mara, {"RF13": "yes"})
    assert needs(mara, "breath") == needs(mara, "booking") == "advice"
    assert needs(mara, "routine") == "closed"
    screenings.advised(viewer(mara), round_.id, NOW)
    assert opened(mara) == only("breath", "writing", "booking")
    go_through(mara, kind="night", now=NOW + DAY)
    assert gate.may(mara, "breath", NOW + DAY).allowed


def test_a_check_that_is_under_way_opens_nothing_by_itself(mara):
    round_ = screenings.begin(viewer(mara), "full", NOW)
    screenings.answer(viewer(mara), round_.id, "age", "18-64", revision=1, now=NOW)
    assert gate.stand(mara, NOW).state == "under way"
    assert opened(mara) == only()


def test_a_sign_named_in_a_round_that_was_left_counts_although_the_last_check_was_quiet(mara):
    go_through(mara)
    later = NOW + DAY
    round_ = screenings.begin(viewer(mara), "again", later)
    for name, value in (("RF01", "no"), ("RF01.fall", "yes")):
        round_ = screenings.answer(
            viewer(mara), round_.id, name, value, revision=round_.revision, now=later
        )
    assert gate.stand(mara, later).disposition == "S"
    assert not gate.may(mara, "routine", later).allowed


def test_after_four_weeks_part_of_it_is_asked_again(mara):
    go_through(mara)
    assert gate.stand(mara, NOW + 28 * DAY - timedelta(seconds=1)).state == "holds"
    standing = gate.stand(mara, NOW + 28 * DAY)
    assert (standing.state, standing.why_due) == ("due", "weeks")
    go_through(mara, kind="again", now=NOW + 29 * DAY)
    assert gate.stand(mara, NOW + 30 * DAY).until == NOW + 57 * DAY


def test_after_a_fall_it_is_asked_again_at_once(mara):
    go_through(mara)
    screenings.fell(viewer(mara), NOW + DAY)
    standing = gate.stand(mara, NOW + DAY)
    assert (standing.state, standing.why_due) == ("due", "fall")
    assert needs(mara, "routine", NOW + DAY) == "check"
    go_through(mara, kind="again", now=NOW + 2 * DAY)
    assert gate.stand(mara, NOW + 2 * DAY).state == "holds"


def test_what_was_asked_once_stands_beside_what_is_asked_again(mara):
    go_through(mara, {"RF19": "yes"})
    go_through(mara, kind="again", now=NOW + 20 * DAY)
    assert gate.stand(mara, NOW + 20 * DAY).disposition == "M"


def test_a_night_set_is_enough_for_breathing_and_for_nothing_else(mara):
    go_through(mara, kind="night")
    assert opened(mara) == only("breath")
    assert opened(mara, NOW + timedelta(hours=13)) == only()


def test_an_emergency_in_the_night_closes_everything_until_it_was_asked_again(mara):
    go_through(mara)
    go_through(mara, {"RF11": "yes"}, kind="night", now=NOW + DAY)
    assert opened(mara, NOW + DAY) == only()
    assert needs(mara, "breath", NOW + DAY) == "closed"
    go_through(mara, kind="again", now=NOW + 2 * DAY)
    assert opened(mara, NOW + 2 * DAY) == only(*DOORS)


def test_newer_questions_are_asked_of_everybody(mara, monkeypatch):
    go_through(mara)
    text = redflags.questions().to_json().replace('"version":1', '"version":2')
    monkeypatch.setattr(gate, "questions", lambda: redflags.from_json(text))
    standing = gate.stand(mara, NOW)
    assert (standing.state, standing.why_due) == ("due", "version")


def say_yes(person, covers, *, level="C", at=NOW):
    key = uuid4()
    document = {"v": 1, "covers": covers, "level": level}
    sealed = seal(clinical_sealer(person), "clearance", key, document)
    Clearance.objects.create(id=key, person=person, kind="told", at=at, sealed=sealed)


def test_a_clinicians_yes_holds_until_the_question_is_asked_again(mara):
    thinner = {"RF21": "yes", "RF21.bleeding": "no"}
    go_through(mara, thinner)
    assert not gate.may(mara, "routine", NOW).allowed
    say_yes(mara, ["RF21"], at=NOW + DAY)
    assert gate.stand(mara, NOW + DAY).disposition == "M"
    assert gate.may(mara, "routine", NOW + DAY).allowed
    go_through(mara, kind="again", now=NOW + 2 * DAY)
    assert gate.may(mara, "routine", NOW + 2 * DAY).allowed
    go_through(mara, thinner, now=NOW + 3 * DAY)
    assert not gate.may(mara, "routine", NOW + 3 * DAY).allowed


def test_a_yes_to_one_question_opens_nothing_that_another_closed(mara):
    go_through(mara, {"RF21": "yes", "RF21.bleeding": "no", "RF15": "yes"})
    say_yes(mara, ["RF21"], at=NOW + DAY)
    assert not gate.may(mara, "routine", NOW + DAY).allowed


@pytest.mark.parametrize(("mind", "doors"), [("E", ()), ("S", ("breath", "writing", "booking"))])
def test_what_the_suicide_step_leaves_open_closes_the_routine(mara, monkeypatch, mind, doors):
    go_through(mara)
    monkeypatch.setattr(suicide_step, "standing", lambda person, now: mind)
    assert gate.stand(mara, NOW).disposition == mind
    assert opened(mara) == only(*doors)


def test_a_door_nobody_knows_does_not_open(mara):
    go_through(mara)
    with pytest.raises(LookupError):
        gate.may(mara, "sauna", NOW)


def test_a_round_that_does_not_open_leaves_the_check_to_be_asked_again(mara):
    go_through(mara)
    Screening.objects.update(sealed=b"\x01" + b"0" * 60)
    assert gate.stand(mara, NOW).state == "never"
    assert opened(mara) == only()


def test_what_was_asked_is_kept_word_for_word(mara):
    go_through(mara)
    digest = Screening.objects.get().content_id
    assert kept_content.kept(digest) == redflags.questions().to_json()


def test_strangers_have_a_standing_of_their_own(mara):
    go_through(mara)
    assert gate.stand(cast.tom(), NOW).state == "never"


@pytest.mark.parametrize("before", ["full", "night"])
def test_a_later_round_that_does_not_open_is_no_all_clear(mara, before):
    go_through(mara, kind=before)
    assert opened(mara)["breath"]
    later = go_through(mara, {"RF05": "yes"}, kind="night", now=NOW + timedelta(hours=1))
    Screening.objects.filter(pk=later.id).update(sealed=b"damaged")
    now = NOW + timedelta(hours=2)
    assert (opened(mara, now), needs(mara, "breath", now)) == (only(), "check")
    go_through(mara, kind="again" if before == "full" else "night", now=now)
    assert opened(mara, now)["breath"]


def test_many_nights_do_not_push_out_what_only_the_check_asks(mara, monkeypatch):
    monkeypatch.setattr("psoas.care.assessment.rounds._LATEST", 3)
    go_through(mara, now=NOW - timedelta(days=3))
    go_through(mara, {"RF13": "yes"}, kind="again", now=NOW - timedelta(days=2))
    for hours in range(4):
        go_through(mara, kind="night", now=NOW + timedelta(hours=hours))
    later = NOW + timedelta(hours=5)
    assert gate.stand(mara, later).disposition == "S"
    assert needs(mara, "routine", later) == "closed"
