"""A doctor this week: said until its result was opened, or the week is over."""

from datetime import timedelta

import pytest

from psoas.care.assessment import replies, this_week
from psoas.care.assessment.choices import choose
from psoas.care.assessment.models import Choices
from tests import cast
from tests.care.assessment.asking import PHQ_8, done
from tests.cast import NOW

pytestmark = pytest.mark.django_db
SEVERE = [*[3] * 7, 1, 0, 1]


@pytest.fixture
def mara():
    return cast.mara()


def unread_id(person, now):
    found = this_week.unread(person, now)
    return found and found.id


def test_it_is_said_until_its_result_was_opened(mara):
    assert this_week.unread(mara, NOW) is None
    reply = done(cast.viewer(mara), "phq-9", SEVERE)
    assert unread_id(mara, NOW) == reply.id
    this_week.opened(mara, reply)
    assert this_week.unread(mara, NOW) is None
    later = done(cast.viewer(mara), "phq-9", SEVERE, NOW + timedelta(days=2))
    assert unread_id(mara, NOW + timedelta(days=2)) == later.id


def test_it_is_said_for_a_week(mara):
    done(cast.viewer(mara), "phq-9", SEVERE)
    assert this_week.unread(mara, NOW + timedelta(days=6, hours=23))
    assert this_week.unread(mara, NOW + timedelta(days=7)) is None


def test_fewer_points_ask_for_nothing_and_opening_them_writes_nothing(mara):
    reply = done(cast.viewer(mara), "phq-9", [*PHQ_8, 0, 0])
    this_week.opened(mara, reply)
    assert this_week.unread(mara, NOW) is None
    assert not Choices.objects.exists()


def test_while_other_help_comes_first_it_is_not_said(mara):
    done(cast.viewer(mara), "phq-9", SEVERE)
    step = replies.begin(cast.viewer(mara), "asq", NOW)
    for number, value in enumerate([1, 0, 0, 0, 0], 1):
        step = replies.answer(
            cast.viewer(mara), step.id, number, value, revision=step.revision, now=NOW
        )
    assert this_week.unread(mara, NOW) is None
    assert this_week.unread(mara, NOW + timedelta(days=2))


def test_choices_that_do_not_open_hide_nothing(mara):
    reply = done(cast.viewer(mara), "phq-9", SEVERE)
    choose(mara, "careful", True)
    Choices.objects.update(sealed=b"kestrel")
    assert unread_id(mara, NOW) == reply.id
