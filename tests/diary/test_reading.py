"""Every door a bad file could come in by is shut with a sentence; oddities are let in."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psoas.diary.decoding import MAX_BYTES
from psoas.diary.dialect import MAX_COLUMNS, MAX_ROWS
from psoas.diary.reading import examine, read_csv
from psoas.diary.refusal import DiaryRefused
from psoas.diary.table import Row
from psoas.diary.writing import write_csv

TODAY = date(2026, 5, 1)


def read(text: str | bytes):
    data = text.encode() if isinstance(text, str) else text
    return read_csv(data, "mine.csv", TODAY)


def refusal(text: str | bytes) -> str:
    with pytest.raises(DiaryRefused) as caught:
        read(text)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("day,pain\n2026-01-01,11\n", "line 2, column pain: 11 is outside 0 to 10."),
        ("day,Pain\n2026-01-01,-1\n", "line 2, column Pain: -1 is outside 0 to 10."),
        ("day,pain\n2026-01-01,bad\n", "line 2, column pain: “bad” is not a number."),
        ("day,pain\n2026-01-01,NaN\n", "line 2, column pain: “NaN” is not a number."),
        ("day,pain\n2026-01-01,inf\n", "line 2, column pain: “inf” is not a number."),
        ("day,pain,x\n2026-01-01,1,1e999\n", "line 2, column x: 1e999 is too large."),
        ("day,pain\n2026-01-01,٣\n", "line 2, column pain: “٣” is not a number."),
        ("day,pain\n2026-01-01,3\n2026-05-02,3\n", "line 3, column day: 2026-05-02 is in the fu"),
        (
            "day,pain\n2026-01-01,3\n2026-01-01,4\n",
            "line 3, column day: 2026-01-01 is on two lines",
        ),
        ("day,pain\n2026-01-01,3\n2026-01-01,4\n", "on two lines, 2 and 3."),
        ("day,pain,mood\n2026-01-01,3,sad\n", "line 2, column mood: “sad” is not a number."),
        ("when,pain\n2026-01-01,3\n", "line 1, column day: there is no column called “day”"),
        ("day,date,pain\n2026-01-01,2026-01-02,3\n", "line 2, column date: “2026-01-02” is not"),
        ("day,pain,walk\n2026-01-01,3,far\n", "Write 1 for yes and 0 for no, or remove the colu"),
        ("day,pain,walk\n2026-01-01,3,yes\n2026-01-02,3,maybe\n", "line 3, column walk: “maybe”"),
        ("day,pain,walk\n2026-01-01,3,yes\n2026-01-02,3,7\n", "line 2, column walk: “yes” is not"),
        ("day,pain\n2026-01-01,yes\n", "column pain: “yes” is not a number. Leave the cell empty"),
        ("day,pain,walk\n2026-01-01,3,n/a\n", "“n/a” is not a number. Leave the cell empty"),
        ("day,pain,walk\n2026-01-01,3,NA\n", "“NA” is not a number. Leave the cell empty"),
        ("day,pain,walk\n2026-01-01,3,-\n", "“-” is not a number. Leave the cell empty"),
        ("day,pain,walk\n2026-01-01,?,1\n", "“?” is not a number. Leave the cell empty"),
        ("day,,pain,\n2026-01-01,,3,5\n", "line 1: column 4 has no name."),
        ("day,mood\n2026-01-01,3\n", "line 1, column pain: there is no column called “pain”"),
        ("day,pain,x\n2026-01-01,3\n", "line 2: this line has 2 cells, the header has 3."),
        ("day,pain\nx\n", "line 2: this line has 1 cell, the header has 2."),
        ("day,pain\n2026-01-01,3,4\n", "line 2: this line has 3 cells, the header has 2."),
        ("day,pain\n,3\n", "line 2, column day: the day is missing."),
        ("day,pain\nyesterday,3\n", "line 2, column day: “yesterday” is not a date."),
        ("day,pain\n2026-02-30,3\n", "line 2, column day: 2026-02-30 is not in the calendar."),
        ("day,pain\n1899-02-03,3\n", "line 2, column day: 1899-02-03 lies before 1900."),
        ("day,pain\n0026-02-03,3\n", "line 2, column day: 0026-02-03 lies before 1900."),
        ("day,pain\n03/04/2026,3\n", "line 2, column day: 03/04/2026 can be read in two ways"),
        ("day,pain\n03/04/2026,3\n12/31/2025,3\n", "line 3, column day: 12/31/2025 has the month"),
        ("day,pain\n31/12/2025,3\n12/30/2025,3\n", "line 3, column day: 12/30/2025 has the month"),
        ("", "the file is empty."),
        (" \n \n", "the file is empty."),
        ("\ufeff", "the file is empty."),
        ("day,pain\n", "the file has a header and no days below it."),
        ("day,pain,mood,Mood\n2026-01-01,3,1,1\n", "line 1, column Mood: two columns have this na"),
        ("day,pain,\n2026-01-01,3,1\n", "line 1: column 3 has no name."),
        ('day,pain,"a\x07b"\n2026-01-01,3,1\n', "line 1: the name of column 3 has an invisible"),
        ("day,pain,a\u202eb\n2026-01-01,3,1\n", "line 1: the name of column 3 has an invisible"),
        ('day,pain\n2026-01-01,3\n"2026-01-02,3\n2026-01-03,3\n', "line 3: a quotation mark on"),
        ("day;pain\n2026-01-01;3,4\n2026-01-02;3.5\n", "line 3, column pain: 3.5 uses “.” for dec"),
        ("day,pain\n1950-01-01,3\n2026-01-01,3\n", "are more than 54 years apart."),
    ],
)
def test_bad_text_is_refused_naming_line_and_column(text, said):
    assert said in refusal(text)
    assert "mine.csv" in refusal(text)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("day,pain\n2026-01-01,3\n".encode("utf-16"), "the file is in UTF-16. Save it as"),
        ("day,pain\n2026-01-01,3\n".encode("utf-16-be"), "the file is in UTF-16. Save it as"),
        ("day,pain\n2026-01-01,3\n".encode("utf-32"), "the file is in UTF-32. Save it as"),
        ("day,pain\n2026-01-01,3\n".encode("utf-32-be"), "the file is in UTF-32. Save it as"),
        ("day,pain,sömn\n2026-01-01,3\n".encode("utf-16"), "the file is in UTF-16. Save it as"),
        (b"\0\1" * 500, "this is not a text file. Save it as"),
        (b"\xff\xfe" + bytes(range(1, 201)) + b"\0", "this is not a text file. Save it as"),
        ("day,pain,sömn\n2026-01-01,3,1\n".encode("latin-1"), "line 1: this line has letters"),
        (
            b"day,pain\n2026-01-01,3\n\xff,3\n",
            "line 3: this line has letters that are not in UTF-8",
        ),
        (b"PK\x03\x04rest of a workbook", "this is a spreadsheet or zip file. Save it as"),
        (
            b'{"v": 1, "entries": []}',
            "this is JSON, and only a table in CSV can be read. psoas gives",
        ),
        (b'\xef\xbb\xbf\n{\n  "v": 1\n}', "this is JSON, and only a table in CSV can be read."),
        (b'[{"day": "2026-01-01"}]', "this is JSON, and only a table in CSV can be read."),
        (b"[3, 4]", "this is JSON, and only a table in CSV can be read."),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "this is not a text file."),
        (b"x" * (MAX_BYTES + 1), "the file has 5.0 MB. A diary file may have at most 5 MB."),
        (b"day,pain\n" + b"2026-01-01,3\n" * (MAX_ROWS + 2), "more than 20,000 rows."),
        (b"day,pain," + b",".join(b"c%d" % n for n in range(MAX_COLUMNS)), "more than 250 columns"),
    ],
)
def test_bytes_that_are_no_diary_are_refused(data, said):
    assert said in refusal(data)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("\ufeffday,pain\n2026-01-01,3.5\n", "byte-order mark"),
        ("day;pain\n2026-01-01;3,5\n", "semicolons"),
        ("day;pain\n2026-01-01;3,5\n", "decimal commas"),
        ("day\tpain\n2026-01-01\t3,5\n", "tabs"),
        ("day,pain\n31/12/2025,1\n01.01.2026,3.5\n", "day first"),
        ("day,pain\n2026-01-02,3.5\n2026-01-01,1\n", "sorted"),
        ("day,pain\n2026-01-01,3.5\n,\n,\n", "2 empty lines were left out."),
        ("day,pain,rain\n2026-01-01,3.5,1\n2026-01-02,,1\n", "“rain” is 1 on every day"),
        ("day,pain,rain\n2026-01-01,3.5,\n2026-01-02,,\n", "“rain” is empty on every day"),
        ("day,pain,rain\n2026-01-01,3.5,0\n2026-01-02,,1\n", "1 day has other values and no pain"),
    ],
)
def test_what_spreadsheets_write_is_accepted_and_said(text, note):
    reading = read(text)
    assert any(note in said for said in reading.notes)
    assert 3.5 in [row.pain for row in reading.rows]


def test_columns_a_spreadsheet_left_behind_are_left_out_and_said():
    reading = read("day,,pain,rain,,\n2026-01-01,,3,1,,\n2026-01-02,,4,0,,\n2026-01-03,,5,1\n")
    assert reading.table.triggers == ("rain",)
    assert [row.pain for row in reading.rows] == [3, 4, 5]
    assert reading.notes == ("3 empty columns without a name were left out.",)


def test_a_column_of_dates_is_the_day_where_none_is_called_so():
    reading = read("Pain;Date\n3,5;2026-01-01\n")
    assert reading.rows == (Row(date(2026, 1, 1), 3.5, {}, 2),)
    assert "“Date” was read as the day." in reading.notes


def test_yes_and_no_are_read_as_one_and_zero_and_said():
    reading = read(
        "day,pain,walk,coffee,tea\n2026-01-01,3,Yes,TRUE,2\n2026-01-02,4,no,0,3\n"
        "2026-01-03,4,,false,5\n"
    )
    assert [dict(row.values) for row in reading.rows] == [
        {"walk": 1, "coffee": 1, "tea": 2},
        {"walk": 0, "coffee": 0, "tea": 3},
        {"coffee": 0, "tea": 5},
    ]
    assert reading.notes == ("Yes was read as 1 and no as 0 in “walk”, “coffee”.",)


def test_column_names_of_day_and_pain_may_differ_in_case_and_spaces():
    reading = read(" Day , PAIN ,Rain\r\n2026-01-01, 3 ,1\r\n")
    assert reading.rows[0] == Row(date(2026, 1, 1), 3, {"Rain": 1}, 2)
    assert reading.notes == ()


def test_a_date_that_reads_the_same_both_ways_needs_no_proof():
    assert read("day,pain\n05/05/2025,3\n").table.first == date(2025, 5, 5)


def test_days_nobody_wrote_become_missing_and_never_zero():
    table = read("day,pain,x\n2026-01-01,3,1\n2026-01-04,,0\n2026-01-05,2,\n").table
    assert (table.span, table.recorded) == (5, 2)
    assert str(table.pain.tolist()) == "[3.0, nan, nan, nan, 2.0]"
    assert str(table.values[:, 0].tolist()) == "[1.0, nan, nan, 0.0, nan]"


def test_a_dry_run_keeps_the_good_rows_and_says_what_is_wrong_with_the_others():
    data = b"day,pain\n2026-01-01,3\n2026-01-02,11\n2026-01-03,4\n2026-01-03,5\n2026-01-04,2\n"
    found = examine(data, "mine.csv", TODAY)
    assert [row.line for row in found.rows] == [2, 6]
    assert [problem.line for problem in found.problems] == [3, 5]


@pytest.mark.parametrize(
    ("times", "said"),
    [
        (2, "line 3, column day: 2026-01-01 is on two lines, 2 and 3."),
        (3, "line 3, column day: 2026-01-01 is on 3 lines: 2, 3 and 4."),
        (6, "2026-01-01 is on 6 lines: 2, 3, 4, 5, 6 and 7."),
        (9, "2026-01-01 is on 9 lines, first on 2, 3, 4, 5, 6, 7."),
    ],
)
def test_a_day_on_several_lines_is_named_with_its_lines(times, said):
    data = b"day,pain\n" + b"2026-01-01,3\n" * times
    (problem,) = examine(data, "me.csv", TODAY).problems
    assert said in str(problem)


def test_a_column_in_brackets_is_no_json():
    text = "[note],day,pain\n1,2026-01-01,3\n"
    assert examine(text.encode(), "me.csv", TODAY).triggers == ("[note]",)


def test_many_problems_are_counted_rather_than_listed():
    text = "day,pain,note\n" + "".join(
        f"{date(2025, 1, 1) + timedelta(days=n)},3,word\n" for n in range(50)
    )
    assert refusal(text).endswith("And 42 more lines like these.")


numbers = st.one_of(
    st.integers(-1000, 1000), st.floats(allow_nan=False, allow_infinity=False).map(lambda x: x + 0)
)
names = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=8).filter(
    lambda s: s.strip() == s and s.casefold() not in ("day", "pain")
)


@st.composite
def diaries(draw):
    columns = draw(st.lists(names, max_size=4, unique_by=str.casefold))
    days = draw(st.lists(st.integers(0, 400), min_size=1, max_size=12, unique=True).map(sorted))
    rows = []
    for n in days:
        pain = draw(st.none() | st.integers(0, 10) | st.floats(0, 10))
        values = {c: v for c in columns if (v := draw(st.none() | numbers)) is not None}
        rows.append(Row(date(2025, 1, 1) + timedelta(days=n), pain, values))
    return rows, columns


@settings(max_examples=60, deadline=None)
@given(diaries())
def test_what_is_written_reads_back_the_same(diary):
    rows, columns = diary
    text = write_csv(rows, columns)
    reading = read(text)
    assert [(r.day, repr(r.pain), dict(r.values)) for r in reading.rows] == [
        (r.day, repr(r.pain), dict(r.values)) for r in rows
    ]
    assert reading.table.triggers == tuple(columns)
    assert write_csv(reading.rows, columns) == text


def test_numbers_keep_the_text_they_were_written_with():
    text = "day,pain,a,b\n2026-01-01,3.4000000000000004,2.0,0\n2026-01-02,,10,0.1\n"
    reading = read(text)
    assert write_csv(reading.rows, reading.table.triggers) == text
