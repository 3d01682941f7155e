"""Answering: begun, answered, finished; by whom, and what nobody else gets to see."""

from datetime import timedelta

import pytest

from psoas.care.assessment import mind, replies
from tests import cast
from tests.cast import NOW

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def mara():
    return cast.viewer(cast.mara())


def answer_all(viewer, reply, values, now=NOW):
    for value in values:
        reply = replies.answer(
            viewer, reply.id, reply.next_number, value, revision=reply.revision, now=now
        )
    return reply


def test_one_number_is_answered_and_finished(mara):
    reply = replies.begin(mara, "nprs", NOW)
    reply = answer_all(mara, reply, ["6"] * len(reply.to_ask))
    done = replies.finish(mara, reply.id, revision=reply.revision, now=NOW + MINUTE)
    assert done.score.score == 6
    assert [each.id for each in replies.finished(mara, now=NOW + MINUTE)] == [done.id]
    assert mind.after(done, NOW + MINUTE).kind == "score"
