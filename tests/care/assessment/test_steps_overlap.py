"""Suicide steps that overlap: what was answered last is what stands."""

from datetime import timedelta
from uuid import uuid4

import pytest

from psoas.care.assessment import gate, suicide_step
from psoas.care.assessment.taking import asked, take
from psoas.content.questionnaires import questionnaire
from tests import cast
from tests.care.assessment.asking import PHQ_8, answered, begun, done, step
from tests.cast import NOW, viewer

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
QUIET, NOW_TOO = [0, 0, 0, 0], [1, 0, 0, 0, 1]


@pytest.fixture
def mara():
    cast.installation()
    return cast.mara()


def sent(person, answers, at, now):
    digest = asked(questionnaire("asq"))
    return take(viewer(person), "asq", digest, answers, uuid4(), at=at, now=now)


def test_a_step_taken_up_again_stands_above_one_answered_meanwhile(mara):
    opened = done(viewer(mara), "phq-9", [*PHQ_8, 1])
    sent(mara, [*QUIET, None], NOW + HOUR, NOW + HOUR)
    step(viewer(mara), opened, NOW_TOO, NOW + 2 * HOUR)
    assert suicide_step.standing(mara, NOW + 3 * HOUR) == "E"
    assert gate.stand(mara, NOW + 3 * HOUR).disposition == "E"


@pytest.mark.parametrize(("answers", "stands"), [(NOW_TOO, "E"), ([1, 0, 0, 0, 0], "S")])
def test_a_slow_clock_hides_no_hard_answer_behind_an_older_no(mara, answers, stands):
    answered(viewer(mara), begun(viewer(mara), "asq", NOW), QUIET, NOW)
    sent(mara, answers, NOW - 2 * DAY, NOW + HOUR)
    assert suicide_step.standing(mara, NOW + HOUR) == stands
    answered(viewer(mara), begun(viewer(mara), "asq", NOW + 2 * HOUR), QUIET, NOW + 2 * HOUR)
    assert suicide_step.standing(mara, NOW + 2 * HOUR) is None


def test_a_no_sent_late_takes_no_later_answer_away(mara):
    answered(viewer(mara), begun(viewer(mara), "asq", NOW), NOW_TOO, NOW)
    sent(mara, [*QUIET, None], NOW - HOUR, NOW + HOUR)
    assert suicide_step.standing(mara, NOW + HOUR) == "E"
