from datetime import date, timedelta

import pytest

from psoas.charts.scale import Scale, ticks

LAST = date(2026, 4, 14)


def days(count: int) -> tuple[date, ...]:
    return tuple(LAST - timedelta(days=count - 1 - n) for n in range(count))


@pytest.mark.parametrize("count", [1, 35, 84, 85, 182, 365, 700, 1150, 1151, 2920, 6000])
def test_dates_under_the_axis_never_touch_each_other_or_the_edges(count):
    width = 330 / count
    shown = [tick for tick in ticks(days(count), width) if tick.label]
    ends = [
        (tick.index * width - 3.3 * len(tick.label), tick.index * width + 3.3 * len(tick.label))
        for tick in shown
    ]
    assert all(a[1] < b[0] for a, b in zip(ends, ends[1:], strict=False))
    assert all(left > -10 and right < 342 for left, right in ends)
    assert len(shown) >= (2 if count > 14 else 0)


def test_ten_is_at_the_top_and_zero_at_the_bottom():
    scale = Scale(20, 10, 300, 100, 30)
    assert (scale.y(10), scale.y(0), scale.y(5)) == (10, 110, 60)
    assert (scale.x(0), scale.x(30), scale.day) == (20, 320, 10)
