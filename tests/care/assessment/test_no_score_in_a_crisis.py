"""Whatever way somebody takes through the questions, help comes before any score."""

import random
from datetime import timedelta

import pytest

from psoas.care.assessment import mind, replies, suicide_step
from tests import cast
from tests.care.assessment.asking import begun
from tests.cast import NOW

pytestmark = pytest.mark.django_db
WALKS, STEPS = 3, 40


def wander(viewer, chance):
    """Answer at random: forwards, backwards, leaving out, leaving, beginning something else."""
    now, reply, seen = NOW, begun(viewer, "phq-2"), set()
    for _step in range(STEPS):
        now += timedelta(minutes=chance.choice((1, 1, 1, 5, 60, 1500)))
        reply = replies.read(viewer, reply.id)
        following = mind.after(reply, now)
        judge(viewer, reply, following, now)
        seen.add(following.kind)
        if reply.finished_at is not None or chance.random() < 0.08:
            if following.reply and following.kind != "score" and chance.random() < 0.7:
                reply = replies.read(viewer, following.reply)
            else:
                reply = begun(viewer, chance.choice(("phq-2", "phq-9", "phq-9", "gad-2")), now)
            continue
        if reply.next_number is None and not any(each is not None for each in reply.answers):
            now += timedelta(days=2)
            reply = begun(viewer, "phq-9", now)
            continue
        if reply.next_number is None:
            reply = replies.finish(viewer, reply.id, revision=reply.revision, now=now)
            continue
        number = reply.next_number if chance.random() < 0.9 else chance.choice(reply.to_ask)
        value = chance.choice((0, 0, 1)) if chance.random() < 0.9 else None
        reply = replies.answer(viewer, reply.id, number, value, revision=reply.revision, now=now)
    return seen


def judge(viewer, reply, following, now):
    """What holds at every moment, worked out from the answers alone."""
    stands = mind.standing(viewer.person, now)
    if following.show_score:
        assert stands is None
        assert reply.finished_at is not None
        if suicide_step.asked_by(reply):
            asked = [
                each
                for each in replies.finished(viewer, "asq", now=now)
                if each.finished_at >= reply.begun_at
            ]
            assert asked, "a score was shown, and the step was never answered"
    if suicide_step.asked_by(reply):
        assert reply.opened is not None
    last = replies.finished(viewer, "asq", now=now)[-1:]
    if last and suicide_step.outcome(last[0]) == "help-now":
        assert stands == "E"


def test_no_way_leads_past_the_step_to_a_score():
    seen: set[str] = set()
    for seed in range(WALKS):
        seen |= wander(cast.viewer(cast.person(f"Walker{seed}")), random.Random(seed))
    assert {"questions", "suicide-step", "score"} <= seen
    assert seen & {"help-now", "help-today"}
