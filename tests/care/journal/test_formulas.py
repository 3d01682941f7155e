"""What a spreadsheet would run is made harmless, and comes back as it was."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from psoas.care.journal.formulas import with_formula, without_formula

MARKS = "=+-@＝＋－＠"


@pytest.mark.parametrize("name", [*(f"{mark}1+1" for mark in MARKS), "\t=1", "\rx", " =1", "'=1"])
def test_a_name_that_begins_a_formula_begins_with_a_quote(name: str) -> None:
    assert without_formula(name) == f"'{name}"


@pytest.mark.parametrize("name", ["a;=cmd", "a; =cmd", 'a;"=cmd', "a;＝cmd", ";-1"])
def test_where_semicolons_part_the_columns_no_cell_begins_a_formula(name: str) -> None:
    cells = without_formula(name).split(";")
    assert not [cell for cell in cells if cell.lstrip(' "').startswith(tuple(MARKS))]


@pytest.mark.parametrize("name", ["walk", "a=b", "a - b", "it's", "'quoted'", "a;b", "5-1"])
def test_other_names_stay_as_they_are(name: str) -> None:
    assert without_formula(name) == name


@example("'\t")
@given(st.text(alphabet="a;'\" \t\r\n" + MARKS, max_size=12))
def test_every_name_comes_back(name: str) -> None:
    assert with_formula(without_formula(name)) == name
