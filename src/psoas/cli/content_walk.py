"""Ways through the safety check: whether each rule can hold, and no emergency answer is missed."""

from collections.abc import Iterator
from dataclasses import dataclass

from psoas.care.assessment.screening import Answer, Answers, decide, is_for
from psoas.care.assessment.walking import every_answer, night_walk, quiet
from psoas.content.overlay import ContentError
from psoas.content.question import DISPOSITIONS, Question
from psoas.content.redflags import QuestionSet

_FILE = "redflags/redflags.toml"


@dataclass(frozen=True)
class Ways:
    """How one gets through the check answering one question at a time, all others quiet."""

    answer_sets: int
    rules: int
    rules_reached: int
    follow_ups: int
    follow_ups_reached: int
    problems: tuple[ContentError, ...]


def ways_through(questions: QuestionSet) -> Ways:
    """Answer each question in every way there is, with its follow-ups, at every age."""
    tried = 0
    rules, follow_ups = set(), set()
    for question in questions.all:
        for answers in _ways(questions, question):
            tried += 1
            decision = decide(questions, answers)
            rules |= {(each.question, each.rule) for each in (*decision.reasons, *decision.notes)}
            follow_ups |= {name for name in answers if name.startswith(f"{question.slug}.")}
    every_rule = [(each.slug, rule.slug) for each in questions.all for rule in each.rules]
    every_follow_up = [(q.slug, each.key) for q in questions.all for each in q.follow_ups]
    return Ways(
        tried,
        len(every_rule),
        len(rules & set(every_rule)),
        len(every_follow_up),
        sum(f"{slug}.{key}" in follow_ups for slug, key in every_follow_up),
        tuple(
            [
                *_never_asked(questions),
                *(
                    _unreached(slug, f"follow-up “{key}”", "is never asked")
                    for slug, key in every_follow_up
                    if f"{slug}.{key}" not in follow_ups
                ),
                *(
                    _unreached(slug, f"rule “{rule}”", "never holds, whatever is answered")
                    for slug, rule in every_rule
                    if (slug, rule) not in rules
                ),
            ]
        ),
    )


def combinations(questions: QuestionSet) -> tuple[int, list[ContentError]]:
    """Decide on every combination of answers to the night's questions.

    Returns how many there are, and each that is decided lower than its highest answer alone.
    """
    alone: dict[tuple[str, Answer], int] = {}
    slugs = [each.slug for each in questions.questions if each.night]
    problems = []
    count = 0
    for answers in night_walk(questions):
        count += 1
        least = 0
        for slug in slugs:
            given = slug, answers[slug]
            if given not in alone:
                alone[given] = _rank(questions, {**quiet(questions), slug: answers[slug]})
            least = max(least, alone[given])
        if _rank(questions, answers) < least:
            told = ", ".join(f"{slug} {answers[slug]}" for slug in slugs)
            problems.append(_unreached(told, "", "are decided lower than one of them alone"))
    return count, problems


def lowered(found: QuestionSet, brought: QuestionSet) -> Iterator[ContentError]:
    """Yield each answer that is urgent by the check of psoas and less so by the clinic's own.

    Every question of psoas is answered in every way there is, at every age. A clinic may ask more
    and be stricter; what needs help now or today stays so, whatever a file says.
    """
    urgent = DISPOSITIONS.index("S")
    for question in brought.all:
        for answers in _ways(brought, question):
            least = _rank(brought, answers)
            if least >= urgent and _rank(found, answers) < least:
                given = {n: a for n, a in answers.items() if n.partition(".")[0] == question.slug}
                told = ", ".join(f"{name} {answer}" for name, answer in given.items())
                comes = DISPOSITIONS[_rank(found, answers)]
                yield ContentError(
                    _FILE,
                    f"question “{question.slug}”",
                    "",
                    f"“{told}” comes to {comes}, and to {DISPOSITIONS[least]} by psoas",
                    "Put the rule or the option back",
                )
                # One way is enough to find it by.
                break


def _rank(questions: QuestionSet, answers: Answers) -> int:
    return DISPOSITIONS.index(decide(questions, answers).disposition)


def _ways(questions: QuestionSet, question: Question) -> Iterator[Answers]:
    ages = [each.slug for each in questions.age.options]
    for age in ages if question is not questions.age else ages[:1]:
        rest = {
            name: given
            for name, given in quiet(questions, age).items()
            if name.partition(".")[0] != question.slug
        }
        for answers in every_answer(question):
            if is_for(question, {**rest, **answers}):
                yield {**rest, **answers}


def _never_asked(questions: QuestionSet) -> Iterator[ContentError]:
    ages = {each.slug for each in questions.age.options}
    for question in questions.all:
        if question.ages and not ages & set(question.ages):
            yield _unreached(question.slug, "", "is asked at no age there is")


def _unreached(slug: str, part: str, problem: str) -> ContentError:
    entry = ", ".join(each for each in (f"question “{slug}”", part) if each)
    return ContentError(_FILE, entry, "", problem, "Correct its conditions")
