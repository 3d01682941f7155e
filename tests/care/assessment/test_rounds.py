"""Rounds of the check that overlap: what was answered last to a question is what counts."""

from datetime import timedelta
from uuid import uuid4

import pytest

from psoas.care.assessment import clearing, gate, screenings
from psoas.care.assessment.walking import quiet
from psoas.care.people.refusal import Refusal
from psoas.content.redflags import questions
from tests import cast
from tests.care.assessment.checks import go_through
from tests.cast import NOW, viewer

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NIGHT = {f"RF{number:02}": "no" for number in range(1, 12)} | {"RF01.fall": "no"}
CLOT = {"RF10": "yes", "RF10.breathless": "no"}


@pytest.fixture
def mara():
    cast.installation()
    return cast.mara()


def handed_in(person, kind, answers, at, now=None):
    return screenings.whole(viewer(person), answers, key=uuid4(), kind=kind, at=at, now=now or at)


def left_at(person, name, now):
    """A full check answered quietly as far as this question, and left there."""
    round_ = screenings.begin(viewer(person), "full", now)
    while round_.next is not None and round_.next != name:
        value = quiet(questions())[round_.next]
        round_ = screenings.answer(
            viewer(person), round_.id, round_.next, value, revision=round_.revision, now=now
        )
    return round_


@pytest.mark.parametrize(("given", "found"), [(CLOT, "S"), ({"RF05": "yes"}, "E")])
def test_a_sign_named_in_a_check_taken_up_again_stands_above_a_no_from_the_night(
    mara, given, found
):
    left_at(mara, "RF03", NOW)
    handed_in(mara, "night", NIGHT, NOW + HOUR)
    go_through(mara, given, now=NOW + 2 * HOUR)
    assert gate.stand(mara, NOW + 3 * HOUR).disposition == found
    assert not gate.may(mara, "breath", NOW + 3 * HOUR).allowed


def test_a_sign_of_the_night_stands_above_a_no_given_before_it(mara):
    left_at(mara, "RF22", NOW)
    handed_in(mara, "night", NIGHT | CLOT, NOW + HOUR)
    go_through(mara, now=NOW + 2 * HOUR)
    assert gate.stand(mara, NOW + 3 * HOUR).disposition == "S"


def test_part_of_a_full_check_takes_no_earlier_sign_away(mara):
    handed_in(mara, "night", NIGHT | CLOT, NOW)
    handed_in(mara, "full", {"age": "18-64"}, NOW + HOUR)
    assert gate.stand(mara, NOW + HOUR).disposition == "S"
    assert gate.may(mara, "breath", NOW + HOUR).need == "advice"


def test_a_device_whose_clock_is_slow_does_not_hide_a_sign_behind_an_older_no(mara):
    go_through(mara)
    handed_in(mara, "night", NIGHT | {"RF05": "yes"}, NOW - 2 * DAY, now=NOW + HOUR)
    assert gate.stand(mara, NOW + HOUR).disposition == "E"
    handed_in(mara, "again", NIGHT, NOW + 2 * HOUR)
    assert gate.stand(mara, NOW + 2 * HOUR).disposition == "G"


def test_a_round_sent_late_says_no_only_for_the_time_it_was_answered(mara):
    handed_in(mara, "night", NIGHT | CLOT, NOW)
    handed_in(mara, "night", NIGHT, NOW - HOUR, now=NOW + HOUR)
    assert gate.stand(mara, NOW + HOUR).disposition == "S"


def test_a_check_that_took_months_is_due_at_once(mara):
    left_at(mara, "RF12", NOW)
    go_through(mara, now=NOW + 200 * DAY)
    standing = gate.stand(mara, NOW + 200 * DAY)
    assert (standing.state, standing.why_due) == ("due", "weeks")


def test_an_emergency_is_mended_in_the_check_begun_since_and_nowhere_else(mara):
    stopped = go_through(mara, {"RF05": "yes"})
    left_at(mara, "RF03", NOW + HOUR)
    with pytest.raises(Refusal, match="begun another check"):
        screenings.answer(
            viewer(mara), stopped.id, "RF05", "no", revision=stopped.revision, now=NOW + HOUR
        )
    go_through(mara, now=NOW + 2 * HOUR)
    assert gate.stand(mara, NOW + 2 * HOUR).disposition == "G"


@pytest.mark.parametrize("kind", ["again", "night"])
def test_a_yes_for_somebody_of_16_does_not_end_where_the_age_was_not_asked(mara, kind):
    go_through(mara, {"age": "16-17"})
    clearing.told(viewer(mara), "Dr Okoye", NOW.date(), "all of it", NOW + HOUR)
    screenings.begin(viewer(mara), "again", NOW + 2 * HOUR)
    done = handed_in(mara, kind, NIGHT | {"age": "18-64", "RF14": "no"}, NOW + 3 * HOUR)
    assert done.answers["age"] == "16-17"
    assert gate.stand(mara, NOW + 3 * HOUR).disposition == "M"


def test_a_yes_ends_with_an_answer_given_after_it_in_a_round_begun_before_it(mara):
    go_through(mara, {"RF12": "yes", "RF12.severe": "no"})
    left_at(mara, "RF12", NOW + HOUR)
    clearing.told(viewer(mara), "Dr Okoye", NOW.date(), "all of it", NOW + 2 * HOUR)
    assert gate.stand(mara, NOW + 2 * HOUR).disposition == "M"
    round_ = screenings.begin(viewer(mara), "full", NOW + 3 * HOUR)
    screenings.answer(
        viewer(mara), round_.id, "RF12", "yes", revision=round_.revision, now=NOW + 3 * HOUR
    )
    assert gate.stand(mara, NOW + 3 * HOUR).disposition == "S"
