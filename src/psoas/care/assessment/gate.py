"""The gate: what is open to a person now. One function, and every door calls it.

How long an answer holds is common clinical knowledge, four weeks; that a night set is enough for
breathing for half a day is a rule of ours, so that nobody answers twice in one night.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from psoas.care.assessment import suicide_step
from psoas.care.assessment.models import AGAIN, FULL, NIGHT
from psoas.care.assessment.rounds import (
    OpenScreening,
    asked_for,
    cleared,
    combined,
    complete,
    rounds_of,
    unread_since,
)
from psoas.care.assessment.screening import Decision, decide
from psoas.care.people.models import Person
from psoas.content.question import DISPOSITIONS, Disposition
from psoas.content.redflags import questions, strictest

HOLDS: Final = timedelta(weeks=4)
NIGHT_HOLDS: Final = timedelta(hours=12)
State = Literal["never", "under way", "due", "holds"]
# Always open: nobody is kept from writing down that it hurts, nor from reading.
_OPEN_TO_ALL: Final = frozenset({"entry", "reading"})


@dataclass(frozen=True)
class Standing:
    """Where a person stands.

    Attributes:
        state: Never checked to the end, a first check under way, due again, or holding.
        why_due: "weeks", "pain", "fall", "version" or "unknown" where it is due; else empty.
        decision: What was last answered comes to; None where nothing was answered.
        disposition: The highest of the check and of the suicide step.
        mind: What the suicide step leaves open.
        screening: The round that decides on advice and on going on: the one under way, or the
            last; None where there is none.
        under_way: The round that was begun and not finished.
        advised: The advice of the last round was read.
        until: When the check is due again; None where it does not hold.
        night: A night set was answered within half a day.
    """

    state: State
    why_due: str
    decision: Decision | None
    disposition: Disposition
    mind: Literal["E", "S"] | None
    screening: OpenScreening | None
    under_way: OpenScreening | None
    advised: bool
    until: datetime | None
    night: bool
    cleared: dict[str, Disposition]

    def word(self, door: str) -> str:
        """What a door does: yes, no, "with limits", "after advice"."""
        by_check = self.decision.doors[door] if self.decision else "yes"
        return strictest(by_check, questions().table[self.disposition, True][door])


@dataclass(frozen=True)
class Leave:
    """Whether a door opens, and what it takes where it does not.

    ``need`` is "check" (answer it first), "advice" (read it first), "step" (the suicide step was
    opened and not answered), "closed" (not while this stands), or empty.
    """

    allowed: bool
    need: Literal["", "check", "advice", "step", "closed"]
    standing: Standing


def may(person: Person, door: str, now: datetime) -> Leave:
    """Decide whether a door opens to a person now.

    Args:
        person: Who stands before it.
        door: One of the doors of the check's table: routine, breath, writing, entry, reading,
            booking.
        now: The time.

    Raises:
        LookupError: There is no such door; a misspelt one must not open.
    """
    if door not in {each.slug for each in questions().doors}:
        raise LookupError(f"There is no door called “{door}”.")
    standing = stand(person, now)
    if door in _OPEN_TO_ALL:
        return Leave(True, "", standing)
    word = standing.word(door)
    if word == "no":
        return Leave(False, "closed", standing)
    if standing.state != "holds" and not (door == "breath" and standing.night):
        return Leave(False, "check", standing)
    if word == "after advice":
        if standing.mind and suicide_step.under_way(person, now):
            return Leave(False, "step", standing)
        if not standing.advised:
            return Leave(False, "advice", standing)
    return Leave(True, "", standing)


def stand(person: Person, now: datetime) -> Standing:
    """Work out where a person stands now."""
    rounds = rounds_of(person)
    answers = combined(rounds)
    full = complete(rounds, FULL)
    question_set = full.question_set if full else questions()
    yes = cleared(person, rounds)
    decision = decide(question_set, answers, yes) if answers else None
    mind = suicide_step.standing(person, now)
    state, why, until = _state(person, rounds, now)
    # A round that was left and taken up again is later than one answered meanwhile.
    in_order = sorted(rounds, key=lambda each: each.latest)
    under_way = next((each for each in reversed(in_order) if each.finished_at is None), None)
    last = in_order[-1] if in_order else None
    return Standing(
        state=state,
        why_due=why,
        decision=decision,
        disposition=_higher(decision.disposition if decision else "G", mind or "G"),
        mind=mind,
        screening=under_way or last,
        under_way=under_way,
        advised=_advised(rounds, decision),
        until=until,
        night=_night_holds(person, rounds, now),
        cleared=yes,
    )


def _night_holds(person: Person, rounds: list[OpenScreening], now: datetime) -> bool:
    last = complete(rounds, NIGHT, AGAIN)
    if last is None or now - last.begun_at >= NIGHT_HOLDS:
        return False
    return not unread_since(person, rounds, last.begun_at)


def _state(
    person: Person, rounds: list[OpenScreening], now: datetime
) -> tuple[State, str, datetime | None]:
    full = complete(rounds, FULL)
    stopped = [each for each in rounds if each.stopped]
    if full is None or any(each.begun_at > full.begun_at and each.kind == FULL for each in stopped):
        begun = any(each.finished_at is None and each.kind == FULL for each in rounds)
        return ("under way" if begun else "never"), "", None
    if full.question_set.version != questions().version:
        return "due", "version", None
    last = complete(rounds, FULL, AGAIN)
    if last is None or last.finished_at is None:
        return "never", "", None
    if why := asked_for(person, last.begun_at):
        return "due", why, None
    if unread_since(person, rounds, last.begun_at):
        return "due", "unknown", None
    # From its beginning: a check that was left for weeks holds answers as old as that.
    until = last.begun_at + HOLDS
    return ("holds", "", until) if now < until else ("due", "weeks", None)


def _advised(rounds: list[OpenScreening], decision: Decision | None) -> bool:
    """Whether the advice was read after each urgent answer was given."""
    urgent = (
        {each.question for each in decision.reasons if each.disposition in "SE"}
        if decision
        else set()
    )
    for slug in urgent:
        given = max(each.moment(slug) for each in rounds if slug in each.questions)
        if all(each.advised_at is None for each in rounds if each.latest >= given):
            return False
    return True


def _higher(*dispositions: Disposition) -> Disposition:
    return max(dispositions, key=DISPOSITIONS.index)
