"""When it is asked again, and which answer counts for which time."""

from datetime import date, timedelta

import pytest

from psoas.scales.schedule import (
    BASELINE,
    POINTS,
    due_point,
    is_over,
    nearest,
    next_point,
    point_of,
)

BEGAN = date(2026, 3, 2)


def day(number: int) -> date:
    return BEGAN + timedelta(days=number)


def test_it_is_asked_at_the_beginning_and_after_2_6_and_12_weeks():
    assert [(point.day(BEGAN) - BEGAN).days for point in POINTS] == [0, 14, 42, 84]


def test_no_day_counts_for_two_points():
    for number in range(-30, 200):
        assert sum(point.holds(day(number), BEGAN) for point in POINTS) <= 1


@pytest.mark.parametrize(
    ("number", "weeks"),
    [(-8, None), (-7, 0), (0, 0), (6, 0), (7, None), (10, None), (11, 2), (14, 2), (21, 2)]
    + [(22, None), (34, None), (35, 6), (56, 6), (57, None), (77, 12), (112, 12), (113, None)],
)
def test_a_late_answer_counts_for_the_point_whose_window_it_is_in(number, weeks):
    found = point_of(day(number), BEGAN)
    assert (found.weeks if found else None) == weeks


@pytest.mark.parametrize(
    ("number", "weeks"),
    [(0, 0), (6, 0), (7, None), (13, None), (14, 2), (21, 2), (22, None), (42, 6), (112, 12)],
)
def test_it_is_due_from_its_day_on_until_its_window_closes(number, weeks):
    found = due_point(day(number), BEGAN)
    assert (found.weeks if found else None) == weeks


def test_what_comes_next_and_when_it_is_over():
    assert next_point(day(0), BEGAN) is POINTS[1]
    assert next_point(day(83), BEGAN) is POINTS[3]
    assert next_point(day(84), BEGAN) is None
    assert not is_over(day(112), BEGAN)
    assert is_over(day(113), BEGAN)


def test_of_several_answers_the_nearest_counts_and_of_two_as_near_the_later():
    assert nearest([day(-3), day(2), day(6)], BASELINE, BEGAN) == day(2)
    assert nearest([day(12), day(16)], POINTS[1], BEGAN) == day(16)
    assert nearest([day(30)], POINTS[1], BEGAN) is None
