"""What a clinic's own safety check and exercises may change, and what they may not take away.

A clinic may word them otherwise, ask more and be stricter. What psoas asks in the night and asks
again, what its one table keeps closed, and who psoas says does not do an exercise, stays so: a
slip in a file must not open a door.
"""

from collections.abc import Iterator
from typing import Any, Final

from psoas.content.exercise import Exercise
from psoas.content.overlay import ContentError
from psoas.content.question import DISPOSITIONS, Question
from psoas.content.redflags import QuestionSet, strictest

RED_FLAGS: Final = "redflags/redflags.toml"


def less(found: QuestionSet, brought: QuestionSet) -> Iterator[ContentError]:
    """Yield what the clinic's own check takes away from the one of psoas."""
    for question in brought.all:
        own = found.by_slug.get(question.slug)
        if own is not None:
            yield from _flags(own, question)
    yield from _doors(found, brought)
    rules = [[_rules(each) for each in one.all] for one in (found, brought)]
    if rules[0] != rules[1] and found.version == brought.version:
        yield ContentError(
            RED_FLAGS,
            "",
            "version",
            f"is {found.version} as that of psoas, and questions or rules are others",
            f"Raise it to {found.version + 1}, so that everybody is asked anew",
        )


def less_careful(own: Exercise, brought: Exercise, name: str) -> Iterator[ContentError]:
    """Yield what a clinic's own file of an exercise takes away from the one of psoas.

    Args:
        own: as the clinic's file has it.
        brought: as it travels with psoas.
        name: of the file, for errors.
    """
    if own.code != brought.code:
        remedy = f"Write “{brought.code}”: the safety check and records hold it"
        yield ContentError(name, "", "code", f"is “{own.code}”", remedy)
    bans = {ban.when: ban for ban in own.bans}
    for ban in brought.bans:
        if ban.when not in bans:
            yield ContentError(name, f"ban “{ban.when}”", "", "is gone", "Put the ban back")
        elif bans[ban.when].instead and not ban.instead:
            problem = "lets somebody do it whom psoas takes it from"
            yield ContentError(name, f"ban “{ban.when}”", "instead", problem, "Take it out")
    if len(own.stop) < len(brought.stop):
        problem = f"holds {len(own.stop)} signs, and that of psoas {len(brought.stop)}"
        yield ContentError(name, "", "stop", problem, "Reword a sign if you like; drop none")
    for flag in ("default_off", "information"):
        if getattr(brought, flag) and not getattr(own, flag):
            yield ContentError(name, "", flag, "is gone", f"Write {flag} = true")


def _flags(own: Question, brought: Question) -> Iterator[ContentError]:
    for flag in ("emergency", "night", "again"):
        if getattr(brought, flag) and not getattr(own, flag):
            yield ContentError(
                RED_FLAGS, f"question “{own.slug}”", flag, "is gone", f"Write {flag} = true"
            )


def _doors(found: QuestionSet, brought: QuestionSet) -> Iterator[ContentError]:
    doors = {each.slug: each for each in brought.doors}
    for own in found.doors:
        door = doors.get(own.slug)
        for outcome in (*DISPOSITIONS, "closed") if door else ():
            word, least = getattr(own, outcome), getattr(door, outcome)
            if strictest(word, least) != word:
                yield ContentError(
                    RED_FLAGS,
                    f"door “{own.slug}”",
                    outcome,
                    f"is “{word}” and opens more than “{least}”",
                    f"Write “{least}”, or what opens less",
                )


def _rules(question: Question) -> tuple[Any, ...]:
    """All of a question but its words."""
    return (
        *(question.slug, question.emergency, question.night, question.again, question.ages),
        [each.slug for each in question.options],
        [(f.key, f.after, f.kind, [each.slug for each in f.options]) for f in question.follow_ups],
        [(r.when, r.then, r.bans, r.limits, r.final, r.closes) for r in question.rules],
    )
