import numpy as np
import pytest

from psoas.charts.bins import Bin
from psoas.charts.strip import Strip, make_strip

NAN = np.nan


def strip(values: list[float]) -> Strip:
    cut = tuple(Bin(n, n + 1) for n in range(len(values)))
    return make_strip("x", np.array(values), cut)


def test_yes_and_no_are_words_and_unknown_is_its_own():
    found = strip([1, 0, NAN])
    assert found.cells == ("yes", "no", "not known")
    assert found.states == "tau"
    assert found.total == "1 of 2 days"


@pytest.mark.parametrize(
    ("values", "heights"),
    [([0, 7.5], (0, 0.75)), ([0, 300], (0, 1)), ([-4, 4], (0, 1))],
)
def test_numbers_are_heights_on_their_own_scale(values, heights):
    assert strip(values).heights == heights


def test_only_zero_counts_as_absent_also_where_numbers_go_below_it():
    assert strip([-4, 0, 4]).states == "tat"


def test_days_put_together_say_how_many_of_the_known_ones():
    found = make_strip("x", np.array([1.0, 0, NAN, NAN, NAN]), (Bin(0, 3), Bin(3, 5)))
    assert found.cells == ("1 of 2", "not known")
