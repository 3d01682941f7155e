"""The demonstration, with what was asked and answered: by the stories that real answers pass.

Its person went through the check, answered three times over six weeks and was measured twice; of
somebody else the check came to something, so that a note waits for the physiotherapist.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from psoas.care.assessment import plans, replies, screenings
from psoas.care.assessment.models import AGAIN, FULL
from psoas.care.assessment.walking import quiet
from psoas.care.people.access import Viewer
from psoas.care.people.models import Person
from psoas.content.redflags import questions

# Days before the demonstration was made: the beginning, and the times that are planned after it.
BEGAN, AFTER_TWO_WEEKS, AFTER_SIX_WEEKS = 44, 29, 2
FOLLOWED: Final = ("nprs", "peg", "own-activities")
_THINGS: Final = ("sitting through a film", "putting on my socks", "walking to work")
# Average, worst, now; then PEG; then how well the three things can be done.
_ROUNDS: Final = (
    (BEGAN, (6, 8, 5), (6, 5, 6), (3, 4, 5)),
    (AFTER_TWO_WEEKS, (5, 7, 4), (5, 4, 6), (4, 5, 5)),
    (AFTER_SIX_WEEKS, (4, 6, 2), (4, 3, 4), (6, 7, 7)),
)
# Left and right in turn: flexion, extension, abduction, adduction, turned in, turned out.
_HIPS: Final = (
    (BEGAN, (118, 104, 15, 9, 40, 33, 25, 22, 35, 24, 42, 37), 10),
    (AFTER_SIX_WEEKS, (118, 110, 15, 13, 41, 38, 25, 24, 36, 30, 42, 40), 13),
)
_A_LITTLE: Final = {"RF17": "yes", "RF17.features": ["buttock", "movement"]}
_TO_BE_SEEN: Final = {"RF18": "yes"}


def fill(person: Person, other: Person, clinician: Person, now: datetime) -> None:
    """Let six weeks have passed for these people of the demonstration."""
    viewer = Viewer(person)
    _check(viewer, FULL, _A_LITTLE, _days(BEGAN, now))
    plans.begin(viewer, FOLLOWED, _days(BEGAN, now))
    for days, pain, peg, things in _ROUNDS:
        _round(viewer, pain, peg, things, _days(days, now))
    for slug, answers in (("phq-2", (1, 0)), ("gad-2", (1, 1)), ("sleep", (5,))):
        _answer(viewer, slug, answers, _days(BEGAN, now))
    for days, degrees, times in _HIPS:
        when = _days(days, now)
        replies.enter(Viewer(clinician), person.pk, "hip-range", degrees, when)
        replies.enter(Viewer(clinician), person.pk, "chair-stand-30", (times, None, None), when)
    # After the last day of the diary: a jump of pain in it would ask the check again.
    _check(viewer, AGAIN, {}, now - timedelta(hours=1))
    _check(Viewer(other), FULL, _TO_BE_SEEN, _days(1, now))


def _round(
    viewer: Viewer,
    pain: Sequence[int],
    peg: Sequence[int],
    things: Sequence[int],
    now: datetime,
) -> None:
    _answer(viewer, "nprs", pain, now)
    _answer(viewer, "peg", peg, now)
    rated = [each for pair in zip(_THINGS, things, strict=True) for each in pair]
    _answer(viewer, "own-activities", rated, now)


def _answer(viewer: Viewer, slug: str, answers: Sequence[int | str], now: datetime) -> None:
    """Answer item by item; what stands there from the last time is left as it is."""
    reply = replies.begin(viewer, slug, now)
    for number, value in enumerate(answers, 1):
        if number in reply.waiting:
            reply = replies.answer(
                viewer, reply.id, number, value, revision=reply.revision, now=now
            )
    replies.finish(viewer, reply.id, revision=reply.revision, now=now)


def _check(viewer: Viewer, kind: str, given: Mapping[str, Any], now: datetime) -> None:
    wanted = {**quiet(questions()), **given}
    round_ = screenings.begin(viewer, kind, now)
    while round_.next is not None and round_.finished_at is None:
        value = wanted.get(round_.next, "no")
        round_ = screenings.answer(
            viewer, round_.id, round_.next, value, revision=round_.revision, now=now
        )


def _days(days: int, now: datetime) -> datetime:
    return now - timedelta(days=days)
