"""The real diaries that lie beside the project, where they are there."""

from datetime import date
from pathlib import Path

import pytest

from psoas.diary.reading import read_csv
from psoas.diary.refusal import DiaryRefused
from psoas.diary.writing import write_csv

DIARIES = Path(__file__).parents[2].parent / "shared" / "data" / "diaries"
TODAY = date(2026, 5, 1)

pytestmark = [
    pytest.mark.shared_data,
    pytest.mark.skipif(not DIARIES.is_dir(), reason="the real diaries are not beside the project"),
]


@pytest.mark.parametrize(
    ("name", "span", "recorded"),
    [("hip-pain-82-days.csv", 82, 64), ("knee-pain-8-years.csv", 2916, 2908)],
)
def test_a_real_diary_is_read_and_written_back_to_the_same_bytes(name, span, recorded):
    data = (DIARIES / name).read_bytes()
    reading = read_csv(data, name, TODAY)
    assert (reading.table.span, reading.table.recorded) == (span, recorded)
    assert write_csv(reading.rows, reading.table.triggers).encode() == data


def test_a_table_of_another_shape_is_refused_by_its_missing_columns():
    data = (DIARIES / "melatonin-experiment-70-days.csv").read_bytes()
    with pytest.raises(DiaryRefused, match="there is no column called “pain”"):
        read_csv(data, "melatonin.csv", TODAY)
