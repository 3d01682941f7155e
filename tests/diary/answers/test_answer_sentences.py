"""Every sentence that can be said is one of these, and holds none of the words never said."""

import re
from dataclasses import replace
from datetime import date
from itertools import product

import numpy as np
import pytest

from psoas.diary.answers.answer import Answer, Lag, Level
from psoas.diary.answers.sentences import sentence, tenths
from psoas.diary.answers.waiting import spoken_wait

NUMBER = r"\d+(\.\d)?"
NAME = r"“tea”( at (10|12,000) rather than (0|−3))?"
BY = rf"(hardly different|{NUMBER} (higher|lower))"
RANGE = (
    rf" \((less than 0\.1 either way|{NUMBER}|(less than )?{NUMBER} to {NUMBER}( higher| lower)?"
    rf"|{NUMBER} lower to {NUMBER} higher)\)"
)
BETWEEN = (
    rf"(less than 0\.1 either way|{BY}|between {NUMBER} lower and {NUMBER} higher"
    rf"|between {NUMBER} and {NUMBER} (higher|lower))"
)
WAIT = (
    r"( About \d+ more (week|month|year)s?( \(\d+ to \d+\))?\."
    r"| More than 10 more years at this pace\.)?"
)
TWINS = r"( These cannot be told apart\.)?"
STANDS = r"( Found on \d{1,2} \w{3} \d{4}\.)?"
LESS_SURE = (
    rf"Less sure now: ({BETWEEN}|no range can be given for) "
    rf"(on days with|days with|the day after) {NAME}\."
)
FOUND = rf"((Found, but small\. )?%s|{LESS_SURE}){TWINS}{STANDS}"
PATTERN = r"Possible pattern; may be chance\. %s Test it\?"

ALLOWED = {
    (Level.TOO_EARLY, Lag.SAME): r"Too early\. Nothing to read here yet\. Days with “tea” so far: "
    rf"[\d,]+; without: [\d,]+\.{TWINS}",
    (Level.TOO_EARLY, Lag.NEXT): r"Too early\. Nothing to read here yet\. Days after “tea” so far: "
    rf"[\d,]+; after days without: [\d,]+\.{TWINS}",
    (Level.NOT_SURE, Lag.SAME): rf"Not sure yet: ({BETWEEN} on days with {NAME}|no range can be "
    rf"given for days with “tea”)\.{TWINS}{WAIT}",
    (Level.NOT_SURE, Lag.NEXT): rf"Not sure yet: ({BETWEEN} the day after {NAME}|no range can be "
    rf"given for the day after “tea”)\.{TWINS}{WAIT}",
    (Level.POSSIBLE, Lag.SAME): PATTERN
    % rf"On days with {NAME}, pain was {BY}({RANGE})?; we cannot tell which came first\."
    + TWINS,
    (Level.POSSIBLE, Lag.NEXT): PATTERN % rf"The day after {NAME}, pain was {BY}({RANGE})?\."
    + TWINS,
    (Level.FOUND, Lag.SAME): FOUND
    % rf"On days with {NAME}, pain was {BY}({RANGE})?: they go together; we cannot tell which "
    r"came first\.",
    (Level.FOUND, Lag.NEXT): FOUND
    % rf"The day after {NAME}, pain was {BY}({RANGE})?, beyond trend, weekday and "
    r"carried-over pain\.",
    (Level.NO_LARGE_EFFECT, Lag.SAME): rf"Probably no large effect: {BETWEEN} on days with "
    rf"{NAME}\.{TWINS}",
    (Level.NO_LARGE_EFFECT, Lag.NEXT): rf"Probably no large effect: {BETWEEN} the day after "
    rf"{NAME}\.{TWINS}",
}
NEVER = re.compile(
    r"caus|because|due to|leads? to|trigger(s|ed) your|makes?\b|worsens?|improves?|prove|cure"
    r"|store|trapped|release|trauma|detox|uncover|posture|streak|failure|should|must"
    r"|!|\bnan\b|\binf|none|-\d|\{|\}",
    re.IGNORECASE,
)
NUMBERS = [
    (0.9, 0.4, 1.4),
    (-0.8, -1.4, -0.2),
    (0.2, -0.6, 1.1),
    (0.3, 0.1, 0.4),
    (0.0, 0.0, 0.0),
    (-0.04, -0.3, 0.04),
    (0.04, -0.04, 0.3),
    (-0.1, -0.14, -0.06),
    (-0.02, -0.2, 0.2),
    (0.2, 0.2, 0.2),
    (3.0, -12.0, 18.0),
    (0.5, None, None),
    (None, None, None),
]


def bounded(level, numbers):
    """No large effect needs an interval, a claim at least an estimate."""
    if level is Level.NO_LARGE_EFFECT:
        return numbers[1] is not None
    return numbers[0] is not None or level in (Level.TOO_EARLY, Level.NOT_SURE)


def shapes():
    for level, lag, numbers, scale, wait, count, stands in product(
        Level,
        Lag,
        NUMBERS,
        ((0.0, 1.0), (0.0, 10.0), (-3.0, 12000.0)),
        (None, (3, 7), (64, 146), (400, 900), (30_000, 36_500)),
        (("tea",), ("tea", "coffee")),
        ((None, False), (date(2026, 3, 14), False), (date(2026, 3, 14), True)),
    ):
        if stands != (None, False) and level is not Level.FOUND:
            continue
        if bounded(level, numbers):
            yield Answer(
                trigger="tea",
                lag=lag,
                level=level,
                estimate=numbers[0],
                low=numbers[1],
                high=numbers[2],
                e_value=1.0,
                posterior=0.15,
                days_with=3,
                days_without=1234,
                more_days=wait,
                members=count,
                base=scale[0],
                top=scale[1],
                found_on=stands[0],
                less_sure=stands[1],
            )


def test_every_sentence_is_on_the_allowed_list_and_holds_no_forbidden_word():
    said = set()
    for answer in shapes():
        text = sentence(answer)
        assert re.fullmatch(ALLOWED[answer.level, answer.lag], text), (answer, text)
        assert not NEVER.search(text), text
        said.add(text)
    assert len(said) > 300


def example(level, lag=Lag.NEXT, numbers=(0.9, 0.4, 1.4), **more):
    name, (estimate, low, high) = "an argument", numbers
    answer = Answer(name, lag, level, estimate, low, high, 30.0, 0.84, 20, 70, None, (name,))
    return sentence(replace(answer, **more))


def test_the_words_of_each_level():
    assert (
        example(Level.FOUND) == "The day after “an argument”, pain was 0.9 higher (0.4 to 1.4), "
        "beyond trend, weekday and carried-over pain."
    )
    assert (
        example(Level.FOUND, Lag.SAME, (-0.8, -1.4, -0.2))
        == "On days with “an argument”, pain was 0.8 lower (0.2 to 1.4): they go together; "
        "we cannot tell which came first."
    )
    assert example(Level.FOUND, numbers=(0.3, 0.1, 0.4)).startswith("Found, but small. The")
    assert (
        example(Level.POSSIBLE, numbers=(0.7, -0.1, 1.5))
        == "Possible pattern; may be chance. The day after “an argument”, pain was 0.7 higher (0.1 "
        "lower to 1.5 higher). Test it?"
    )
    assert (
        example(Level.NOT_SURE, numbers=(0.2, -0.6, 1.1), more_days=(64, 146))
        == "Not sure yet: between 0.6 lower and 1.1 higher the day after “an argument”. About 3 "
        "more months (2 to 5)."
    )
    assert (
        example(Level.NO_LARGE_EFFECT, Lag.SAME, (0.1, -0.2, 0.4))
        == "Probably no large effect: between 0.2 lower and 0.4 higher on days with “an argument”."
    )
    assert "at 10 rather than 0" in example(Level.FOUND, top=10.0)


def test_a_standing_claim_says_its_day_and_whether_it_is_less_sure():
    day = date(2026, 3, 14)
    assert example(Level.FOUND, found_on=day).endswith(" Found on 14 Mar 2026.")
    assert (
        example(Level.FOUND, numbers=(0.2, -0.2, 0.6), found_on=day, less_sure=True)
        == "Less sure now: between 0.2 lower and 0.6 higher the day after “an argument”. "
        "Found on 14 Mar 2026."
    )


def test_an_end_of_a_claim_that_rounds_to_zero_is_not_called_zero():
    assert "(less than 0.1 to 0.5)" in example(Level.FOUND, numbers=(-0.3, -0.5, -0.02))


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ((1, 1), "About 1 more week."),
        ((14, 32), "About 3 more weeks (2 to 5)."),
        ((64, 146), "About 3 more months (2 to 5)."),
        ((511, 1168), "About 2 more years (1 to 3)."),
        ((36_500, 36_500), "More than 10 more years at this pace."),
    ],
)
def test_how_long_it_may_take_is_said_in_weeks_months_or_years(days, said):
    assert spoken_wait(days) == said


def test_a_sentence_depends_on_rounded_numbers_alone():
    chance = np.random.default_rng(3)
    for _ in range(300):
        low, estimate, high = sorted(chance.normal(0, 0.6, 3).tolist())
        for level in (Level.FOUND, Level.POSSIBLE, Level.NOT_SURE, Level.NO_LARGE_EFFECT):
            rounded = tuple(tenths(number) / 10 for number in (estimate, low, high))
            assert example(level, numbers=(estimate, low, high)) == example(level, numbers=rounded)


def test_a_name_stands_in_the_sentence_as_it_was_given():
    answer = next(answer for answer in shapes() if answer.level is Level.TOO_EARLY)
    for name in ("{name}", "a “b”", "<b>", "%s", "\x00"):
        assert f"“{name}”" in sentence(answer, name)
