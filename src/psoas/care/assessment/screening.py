"""The safety gate's engine: answers in, one decision out. Pure; the same for every door.

The highest disposition wins. A rule holds when all of its conditions hold; "not sure" fulfils a
condition, and the rule then counts one step lower, for an emergency question never lower than C.
A follow-up that is due and was never answered counts as a yes. So a further yes never lowers the
decision. ``web/static/js/screening.mjs`` decides the same without a network.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from psoas.content.question import (
    DISPOSITIONS,
    NO,
    NOT_SURE,
    YES,
    Condition,
    Disposition,
    FollowUp,
    Question,
    Rule,
)
from psoas.content.redflags import QuestionSet

Answer = str | Sequence[str]
Answers = Mapping[str, Answer]
Kind = Literal["full", "again", "night"]

_RANK: Final = {each: rank for rank, each in enumerate(DISPOSITIONS)}
# How far a condition holds. Compared, so that the weakest of a rule's conditions decides.
_NOT, _PERHAPS, _SURELY = 0, 1, 2


@dataclass(frozen=True)
class Reason:
    """A rule that holds: of which question, how high it counts, and what it says."""

    question: str
    rule: str
    disposition: Disposition
    advice: str
    sources: tuple[str, ...]
    ck: str


@dataclass(frozen=True)
class Decision:
    """What the answers come to.

    Attributes:
        disposition: E, S, C, M or G.
        complete: Everything was answered that these answers ask for.
        reasons: The rules that hold above G, the highest first, then in the order of asking.
        notes: Remarks that change nothing.
        bans: Codes of exercises that are taken out, sorted.
        limits: Slugs of limits to keep to, in the order of the file.
        self_care: False where the pages are not for this person at all.
        doors: What each door does: yes, no, "with limits", "after advice".
    """

    disposition: Disposition
    complete: bool
    reasons: tuple[Reason, ...]
    notes: tuple[Reason, ...]
    bans: tuple[str, ...]
    limits: tuple[str, ...]
    self_care: bool
    doors: Mapping[str, str]


def decide(
    questions: QuestionSet,
    answers: Answers,
    cleared: Mapping[str, Disposition] | None = None,
) -> Decision:
    """Decide on a set of answers.

    Args:
        questions: The version of the check that was answered.
        answers: By name: ``"RF01"`` and yes-no follow-ups such as ``"RF01.fall"`` to "yes", "no"
            or "not sure"; choices to the slug of an option; ``"RF17.features"`` to a list of
            slugs. What is absent was not answered.
        cleared: Slugs of questions for which a clinician said yes, with the highest disposition
            that yes covers: C or S. It lowers them to M, and never an emergency.

    Returns:
        The decision, also on an incomplete set; ``complete`` says which it is.
    """
    cleared = cleared or {}
    found: list[tuple[Rule, Reason]] = []
    for question in questions.all:
        if is_for(question, answers):
            found += _reasons(question, answers, cleared.get(question.slug))
    ranks = [_RANK[reason.disposition] for _rule, reason in found]
    highest = DISPOSITIONS[max(ranks, default=0)]
    self_care = not any(rule.closes for rule, _reason in found)
    reasons = sorted(
        (reason for _rule, reason in found if reason.disposition != "G"),
        key=lambda reason: -_RANK[reason.disposition],
    )
    named = {limit for rule, _reason in found for limit in rule.limits}
    return Decision(
        disposition=highest,
        complete=next_name(questions, answers) is None,
        reasons=tuple(reasons),
        notes=tuple(reason for _rule, reason in found if reason.disposition == "G"),
        bans=tuple(sorted({code for rule, _reason in found for code in rule.bans})),
        limits=tuple(each.slug for each in questions.limits if each.slug in named),
        self_care=self_care,
        doors=questions.table[highest, self_care],
    )


def _reasons(
    question: Question, answers: Answers, cleared: Disposition | None
) -> Iterator[tuple[Rule, Reason]]:
    given = answers.get(question.slug)
    if given is None or (given == NO and not question.hears_no):
        return
    for rule in question.rules:
        level = _level(question, rule, answers)
        if level is None:
            continue
        if cleared and not rule.final and _RANK["M"] < _RANK[level] <= _RANK[cleared] < _RANK["E"]:
            level = "M"
        yield (
            rule,
            Reason(question.slug, rule.slug, level, rule.advice, question.sources, question.ck),
        )


def next_name(questions: QuestionSet, answers: Answers, kind: Kind = "full") -> str | None:
    """Return the name of what is to be asked next, or None where nothing is left.

    Args:
        questions: The version of the check.
        answers: What was answered so far.
        kind: All of it, what is asked again, or the night set.
    """
    for question in asked_in(questions, kind):
        if not is_for(question, answers):
            continue
        if question.slug not in answers:
            return question.slug
        for follow_up in question.follow_ups:
            name = f"{question.slug}.{follow_up.key}"
            if is_due(question, follow_up, answers) and name not in answers:
                return name
    return None


def asked_in(questions: QuestionSet, kind: Kind) -> tuple[Question, ...]:
    """Return the questions of a round, in the order they are asked."""
    if kind == "night":
        return tuple(each for each in questions.questions if each.night)
    if kind == "again":
        return tuple(each for each in questions.questions if each.again)
    return questions.all


def is_for(question: Question, answers: Answers) -> bool:
    """Whether the question is put to somebody of this age at all; unknown age: it is."""
    age = answers.get("age")
    return not question.ages or age is None or age in question.ages


def is_due(question: Question, follow_up: FollowUp, answers: Answers) -> bool:
    """Whether the follow-up is asked after the answer that stands."""
    given = answers.get(question.slug)
    return given == NO if follow_up.after == NO else given in {YES, NOT_SURE}


def is_emergency_already(questions: QuestionSet, answers: Answers) -> bool:
    """Whether what was answered so far is an emergency, without counting what is still open."""
    for question in questions.all:
        if not is_for(question, answers) or question.slug not in answers:
            continue
        for rule in question.rules:
            if rule.then == "E" and all(
                _holds(question, each, answers) == _SURELY and each.name in answers
                for each in rule.conditions
            ):
                return True
    return False


def _level(question: Question, rule: Rule, answers: Answers) -> Disposition | None:
    weakest = _SURELY
    for condition in rule.conditions:
        weakest = min(weakest, _holds(question, condition, answers))
        if weakest == _NOT:
            return None
    if weakest == _SURELY:
        return rule.then
    lowered = DISPOSITIONS[max(_RANK[rule.then] - 1, min(_RANK[rule.then], _RANK["M"]))]
    if question.emergency and rule.then != "G":
        return max(lowered, "C", key=_RANK.__getitem__)
    return lowered


def _holds(question: Question, condition: Condition, answers: Answers) -> int:
    given = answers.get(condition.name)
    if not condition.key:
        return _answered(condition, given)
    if not is_due(question, question.follow_up(condition.key), answers):
        return _NOT
    if given is None:
        # What was not answered counts as a yes; a remark needs an answer to remark on.
        return _SURELY if condition.how != "<" else _NOT
    return _answered(condition, given)


def _answered(condition: Condition, given: Answer | None) -> int:
    if condition.how == "yes":
        return _SURELY if given == YES else _PERHAPS if given == NOT_SURE else _NOT
    if isinstance(condition.what, int):
        count = 0 if given is None or isinstance(given, str) else len(given)
        met = {
            ">=": count >= condition.what,
            "<": count < condition.what,
            "=": count == condition.what,
        }[condition.how]
        return _SURELY if met else _NOT
    return _SURELY if given == condition.what else _NOT
