"""What the tests of the assessment have in common: answering a whole round."""

from psoas.care.assessment import replies
from tests.cast import NOW

PHQ_8 = [1, 1, 2, 2, 1, 0, 1, 0]


def begun(viewer, slug, now=NOW):
    return replies.begin(viewer, slug, now)


def answered(viewer, reply, values, now=NOW):
    """Answer the questions that come next, one after the other."""
    for value in values:
        reply = replies.answer(
            viewer, reply.id, reply.next_number, value, revision=reply.revision, now=now
        )
    return reply


def done(viewer, slug, values, now=NOW):
    """Begin, answer and finish; what was answered already is not answered again."""
    reply = begun(viewer, slug, now)
    reply = answered(viewer, reply, values[len(reply.to_ask) - len(reply.waiting) :], now)
    return replies.finish(viewer, reply.id, revision=reply.revision, now=now)


def step(viewer, reply, values, now=NOW):
    """Answer the suicide step that a reply opened."""
    return answered(viewer, replies.read(viewer, reply.opened), values, now)
