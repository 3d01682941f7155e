"""From answers to a course: what counts for which time, and whether it moved enough to mean it."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from psoas.content.questionnaires import questionnaire, questionnaires
from psoas.scales.course import BETTER, EARLY, NOT_KNOWN, SAME, WORSE, Course
from psoas.scales.coursing import Answered, courses_of
from psoas.scales.score import Answer
from psoas.scales.scoring import score
from psoas.scales.tracks import no_change, tracks_of

BEGAN = date(2026, 3, 2)


def answered(slug: str, day: int, *answers: Answer, side: str = "") -> Answered:
    asked = questionnaire(slug)
    numbers = [each if isinstance(each, int | float) else None for each in answers]
    scored = score(asked, numbers)
    return Answered(BEGAN + timedelta(days=day), scored, side, answers)


def courses(
    slug: str, *rows: Answered, today: int = 200, planned: bool = True, began: date = BEGAN
) -> list[Course]:
    day = BEGAN + timedelta(days=today)
    return courses_of(questionnaire(slug), rows, began, day, planned=planned)


def pain(*steps: tuple[int, float], today: int = 43) -> Course:
    (found,) = courses("nprs", *(answered("nprs", day, n) for day, n in steps), today=today)
    return found


def test_answers_count_for_their_times_and_what_was_not_answered_is_missed_and_never_zero():
    course = pain((-3, 7), (1, 6), (9, 5), (44, 4), today=120)
    assert [(each.score, each.weeks) for each in course.readings] == [
        (7, None),
        (6, 0),
        (5, None),
        (4, 6),
    ]
    assert course.missed == (2, 12)
    assert 0 not in [each.score for each in course.readings]


def test_a_time_whose_window_is_still_open_is_not_missed():
    assert pain((0, 6), today=21).missed == ()
    assert pain((0, 6), today=22).missed == (2,)


@pytest.mark.parametrize(
    ("before", "after", "word", "matters"),
    [
        (6, 4, BETTER, True),
        (8, 6, BETTER, True),
        (4, 3, BETTER, True),
        (6, 6, SAME, False),
        (3, 4, WORSE, False),
        (3, 5, WORSE, True),
        (0, 0, SAME, False),
        (0, 2, WORSE, True),
    ],
)
def test_a_change_is_held_against_the_smallest_that_means_something(before, after, word, matters):
    course = pain((0, before), (43, after))
    assert (course.word, course.matters) == (word, matters)
    assert course.said
    assert "read with others" not in course.said, "that is said once, of all together"


def test_one_answer_is_too_early_and_none_is_told_as_none():
    course = pain((0, 6))
    assert (course.word, course.latest, course.said) == (EARLY, None, "It began at 6.")
    (empty,) = courses("nprs", today=0)
    assert (empty.word, empty.readings, empty.said) == (EARLY, (), "Not answered yet.")


def test_without_a_start_it_is_counted_from_the_first_answer_after_it():
    course = pain((-100, 9), (12, 6), (43, 4))
    assert course.before and course.before.score == 6
    assert course.missed == (0,)


def test_the_change_since_the_time_before_is_told_beside_that_since_the_start():
    assert pain((0, 6), (14, 5), (43, 4)).since_last == (
        "Since the time before, it went from 5 to 4."
    )
    assert pain((0, 6), (43, 4)).since_last == ""


def test_of_two_answers_on_one_day_the_later_holds():
    assert [each.score for each in pain((0, 6), (0, 5)).readings] == [5]


@pytest.mark.parametrize(
    ("slug", "answers", "low", "high"),
    [
        ("nprs", (6,), 5.1, 6.9),
        ("nprs", (0,), 0, 1),
        ("peg", (7, 8, 6), 6, 8),
        ("own-activities", ("a", 3, "b", 5, "c", 2), 1.33, 5.33),
        ("own-activities", ("a", 4), 1, 7),
    ],
)
def test_the_band_is_where_the_words_say_no_change(slug, answers, low, high):
    (course,) = courses(slug, answered(slug, 0, *answers))
    assert course.band == pytest.approx((low, high), abs=0.01)


def test_the_words_and_the_band_agree_for_every_number():
    asked = questionnaire("nprs")
    for before in (0, 1, 4, 6, 10):
        course = pain((0, before))
        assert course.band
        for after in range(11):
            word = pain((0, before), (43, after)).word
            assert (word == SAME) == (course.band[0] <= after <= course.band[1])
    assert no_change(tracks_of(asked)[0].weigh(score(asked, [4]), score(asked, [4])))  # type: ignore[arg-type]


def test_what_measuring_alone_may_give_is_told_where_it_is_known():
    (single,) = courses(
        "own-activities",
        answered("own-activities", 0, "stairs", 4),
        answered("own-activities", 43, "stairs", 6),
    )
    assert single.error == pytest.approx((1, 7), abs=0.01)
    assert (single.word, single.beyond_error) == (SAME, False)


def test_own_words_are_compared_with_themselves_in_whatever_order_they_come():
    (course,) = courses(
        "own-activities",
        answered("own-activities", 0, "Stairs", 3, "socks", 5, "driving", 2),
        answered("own-activities", 43, " driving", 4, "stairs ", 6, "a new one", 0),
    )
    assert course.word == BETTER
    assert "from 2.5 to 5" in course.said
    assert [each.score for each in course.readings] == pytest.approx([10 / 3, 10 / 3])


def test_own_words_that_are_all_new_have_nothing_to_stand_beside():
    (course,) = courses(
        "own-activities",
        answered("own-activities", 0, "stairs", 3),
        answered("own-activities", 43, "swimming", 8),
    )
    assert course.word == NOT_KNOWN


def test_sub_scales_are_measures_of_their_own():
    rows: list[Sequence[float]] = [[3] * 40, [1] * 40]
    found = courses(
        "hoos", *(answered("hoos", 43 * n, *row) for n, row in enumerate(rows)), planned=False
    )
    assert [course.name for course in found][:2] == ["HOOS: Pain", "HOOS: Symptoms"]
    assert all(each.low == 0 and each.high == 100 for each in found)
    assert {course.word for course in found} <= {BETTER, NOT_KNOWN}


def test_a_measurement_without_a_score_is_followed_movement_by_movement():
    degrees = [None] * 12
    first = answered("hip-range", 0, 100, *degrees[1:])
    later = answered("hip-range", 43, 110, *degrees[1:])
    (course,) = courses("hip-range", first, later, planned=False)
    assert course.name == "Left hip: flexion"
    assert (course.word, course.band, course.low) == (NOT_KNOWN, None, None)
    assert course.said == "It went from 100 to 110."
    assert [each.score for each in course.readings] == [100, 110]


def test_sides_are_kept_apart():
    rows = [answered("chair-stand-30", 0, 12, side=side) for side in ("left", "right")]
    assert len(courses("chair-stand-30", *rows, planned=False)) == 2


@pytest.mark.parametrize("asked", questionnaires(), ids=lambda asked: asked.slug)
def test_every_questionnaire_has_tracks_with_ends(asked):
    for track in tracks_of(asked):
        low, high = track.ends()
        assert low < high
