"""What several measures show together: never a verdict from one number."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from psoas.scales.course import BETTER, EARLY, LOWER, SAME, WORSE, Course, Reading
from psoas.scales.together import GOT_WORSE, NO_CHANGE, together

BEGAN = date(2026, 3, 2)


def measure(word: str, slug: str = "sleep", *scores: float | None) -> Course:
    """A measure answered at the start, and after 2, 6 and 12 weeks as far as there are scores."""
    planned = zip((0, 2, 6, 12), scores, strict=False)
    readings = tuple(
        Reading(BEGAN + timedelta(weeks=weeks), score, weeks)
        for weeks, score in planned
        if score is not None
    )
    ends = (readings[0], readings[-1]) if readings else (None, None)
    return Course(slug, slug, LOWER, BEGAN, readings, before=ends[0], latest=ends[1], word=word)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "Too early."),
        ([EARLY, EARLY], "Too early."),
        ([BETTER], "One number alone is no verdict."),
        ([SAME], "One number alone is no verdict."),
        ([SAME, SAME, EARLY], "None of 2 measures moved by an amount that means something."),
        ([BETTER, BETTER, SAME], "2 of 3 measures moved by an amount that means something, for"),
        ([BETTER, WORSE, SAME], "They do not point one way."),
    ],
)
def test_it_is_said_of_all_together(words, said):
    assert said in together([measure(word) for word in words]).said


def test_both_ways_are_counted():
    found = together([measure(BETTER), measure(WORSE), measure(SAME), measure(EARLY)])
    assert (found.known, found.better, found.worse) == (3, 1, 1)
    assert "1 for the better and 1 for the worse" in found.said


def six_weeks(number: float, three: float) -> str:
    return together(
        [measure(SAME, "nprs", 6, None, number), measure(SAME, "peg", 7.0, None, three)]
    ).talk


@pytest.mark.parametrize(
    ("number", "three", "talk"),
    [
        (5.1, 5.0, NO_CHANGE),
        (6, 7, NO_CHANGE),
        (5, 7, ""),
        (6, 4.8, ""),
        (5.1, 4.91, NO_CHANGE),
        (5.1, 4.9, ""),
    ],
)
def test_less_than_a_point_and_less_than_30_percent_after_six_weeks_is_time_to_talk(
    number, three, talk
):
    assert six_weeks(number, three) == talk


def test_two_weeks_are_too_early_for_that_and_one_of_the_two_is_not_enough():
    both = [measure(SAME, "nprs", 6, 6), measure(SAME, "peg", 7, 7)]
    assert together(both).talk == ""
    assert together([measure(SAME, "nprs", 6, 6, 6)]).talk == ""
    assert together([measure(SAME, "nprs", 6, 6, 6), measure(SAME, "peg", 7, 7)]).talk == ""


def test_what_began_at_none_cannot_fall():
    assert together(
        [measure(SAME, "nprs", 0, None, 0), measure(SAME, "peg", 0, None, 0)]
    ).talk == NO_CHANGE  # fmt: skip


def test_anything_worse_is_time_to_talk_whatever_the_others_say():
    worse = replace(measure(WORSE, "peg", 3, 6), matters=True)
    found = together([measure(BETTER), measure(BETTER), worse])
    assert found.talk == GOT_WORSE
    assert "whatever the other numbers say" in found.advice
    assert found.since == "2026-03-16"


def test_a_small_step_for_the_worse_is_no_reason_to_be_alarmed():
    found = together([measure(BETTER), measure(WORSE, "nprs", 3, 4)])
    assert (found.worse, found.talk) == (1, "")
