"""The safety gate: no red flag missed over the whole answer space, and at most 1 ms a decision.

What is expected of each answer set comes from the table that the tests restate by hand
(``tests/care/assessment/test_screening.py``), not from the rule file.
"""

import random
import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from statistics import median
from typing import Any

from django.utils import timezone

from benchmarks import installation, table


def main() -> None:
    installation.make()
    from psoas.care.assessment.screening import decide
    from psoas.care.assessment.walking import every_answer, night_walk, quiet
    from psoas.content.question import DISPOSITIONS
    from psoas.content.redflags import questions
    from tests.care.assessment.test_screening import expected_of, oracle, random_answers

    asked = questions()
    rng = random.Random(20261122)
    rank = DISPOSITIONS.index

    def one_by_one() -> Iterable[dict[str, Any]]:
        for question in asked.all:
            for age in ("16-17", "18-64"):
                for given in every_answer(question):
                    yield {**quiet(asked, age), **given}

    sets = [random_answers(rng) for _each in range(100_000)]
    rows = [
        ("every answer to the night set (3 to the 11th)", *_walk(night_walk(asked), oracle)),
        ("every answer to each question, all further questions", *_walk(one_by_one(), expected_of)),
        ("random answer sets", *_walk(sets, expected_of)),
    ]
    lowered = tried = 0
    for answers in sets[:10_000]:
        before = rank(decide(asked, answers).disposition)
        for name, value in answers.items():
            if name != "RF24" and value in ("no", "not sure"):
                tried += 1
                lowered += rank(decide(asked, {**answers, name: "yes"}).disposition) < before
    rows.append(("a no or a not sure turned into a yes", f"{tried:,}", str(lowered), "0"))
    table.show(
        "The gate over its answer space",
        ("walked", "answer sets", "missed or lowered", "asked"),
        rows,
    )
    table.show("The gate's speed", ("what", "µs", "asked"), _speed(sets))


def _walk(sets: Iterable[Any], expected: Callable[[Any], str]) -> tuple[str, str, str]:
    from psoas.care.assessment.screening import decide
    from psoas.content.question import DISPOSITIONS
    from psoas.content.redflags import questions

    asked, rank = questions(), DISPOSITIONS.index
    count = missed = 0
    for answers in sets:
        count += 1
        missed += rank(decide(asked, answers).disposition) < rank(expected(answers))
    return f"{count:,}", str(missed), "0"


def _speed(sets: list[Any]) -> list[tuple[str, str, str]]:
    from psoas.care.assessment import gate
    from psoas.care.assessment.screening import decide
    from psoas.care.assessment.walking import quiet
    from psoas.content.redflags import questions
    from tests import cast
    from tests.care.assessment.checks import go_through

    asked, calm = questions(), quiet(questions())
    person, now = cast.person("Greta"), timezone.now()
    go_through(person, now=now)
    for nights in range(20):
        go_through(person, kind="night", now=now + timedelta(minutes=nights))
    return [
        ("decide, nothing found", _microseconds(lambda: decide(asked, calm)), "1000"),
        ("decide, a random set", _microseconds(lambda: decide(asked, sets[7])), "1000"),
        (
            "a door: 21 rounds read from the database, opened, decided",
            _microseconds(lambda: gate.may(person, "routine", now)),
            "",
        ),
    ]


def _microseconds(work: Callable[[], object]) -> str:
    spent = []
    for _round in range(200):
        began = time.perf_counter()
        work()
        spent.append(time.perf_counter() - began)
    return f"{median(spent) * 1e6:.0f}"


if __name__ == "__main__":
    main()
