"""A half goes away from zero, as people do it by hand."""

from decimal import ROUND_HALF_UP, Decimal

import pytest

from psoas.scales.rounding import half_up


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.05, 0.1), (0.15, 0.2), (0.25, 0.3), (0.35, 0.4), (0.45, 0.5), (2.5, 2.5), (66.65, 66.7),
     (66.64, 66.6), (17 / 3, 5.7), (10 / 3, 3.3), (-0.05, -0.1), (-0.04, 0.0), (99.95, 100.0),
     (8.0, 8.0), (1e22, 1e22)],
)  # fmt: skip
def test_a_half_goes_up(value, shown):
    assert half_up(value) == shown
    assert str(half_up(value)) == str(shown)


def test_every_hundredth_is_rounded_as_it_is_written():
    for hundredths in range(10_001):
        exact = Decimal(hundredths) / 100
        expected = exact.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
        assert half_up(float(exact)) == float(expected)


def test_other_places_can_be_kept():
    assert half_up(2.675, 2) == 2.68
    assert half_up(0.5, 0) == 1.0
