from datetime import date

import numpy as np
import pytest

from psoas.diary.table import DayTable, Row, tabulate

FIRST = date(2026, 1, 1)


def test_a_table_with_a_hole_in_its_days_cannot_be_made():
    with pytest.raises(ValueError, match="hole"):
        DayTable((FIRST, date(2026, 1, 3)), np.array([1.0, 2.0]))


def test_two_rows_of_one_day_cannot_be_laid_out():
    with pytest.raises(ValueError, match="two rows"):
        tabulate([Row(FIRST, 1, {}), Row(FIRST, 2, {})], [])


def test_a_table_can_reach_until_today_with_missing_days():
    table = tabulate([Row(FIRST, 4, {"x": 1})], ["x"], until=date(2026, 1, 4))
    assert (table.span, table.recorded, table.gaps()) == (4, 1, ())


def test_gaps_lie_between_recorded_days():
    days = [Row(FIRST, 4, {}), Row(date(2026, 1, 4), 4, {}), Row(date(2026, 1, 6), None, {})]
    (gap,) = tabulate(days, []).gaps()
    assert (gap.first, gap.last, gap.days) == (date(2026, 1, 2), date(2026, 1, 3), 2)


def test_the_numbers_of_a_table_cannot_be_changed_in_place():
    table = tabulate([Row(FIRST, 4, {})], [])
    with pytest.raises(ValueError, match="read-only"):
        table.pain[0] = 0


def test_the_last_days_are_a_table_of_their_own():
    table = tabulate([Row(FIRST, 4, {"x": 1}), Row(date(2026, 1, 9), 5, {"x": 0})], ["x"])
    assert table.last_days(3).days[0] == date(2026, 1, 7)
    assert table.last_days(99).span == 9
