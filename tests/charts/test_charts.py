"""Every chart is a sentence, a picture that can be trusted, and the same numbers as a table."""

import re
from datetime import date, timedelta
from importlib.resources import files
from xml.etree import ElementTree

import numpy as np
import pytest

from psoas.charts import CHARTS, calendar, pain_line
from psoas.charts.page import write_page
from psoas.charts.svg import element
from psoas.diary.synthetic import make_diary
from psoas.diary.table import DayTable, Row, tabulate

LAST = date(2026, 4, 14)
EVIL = "<script>alert(1)</script>\"' onload=x & {braces}"
NS = "{http://www.w3.org/2000/svg}"


def long_diary(days: int) -> DayTable:
    chance = np.random.default_rng(5)
    pain = np.clip(np.round(4 + chance.normal(size=days)), 0, 10)
    pain[chance.random(days) < 0.1] = np.nan
    values = (chance.random((days, 3)) < 0.3).astype(float)
    dates = tuple(LAST - timedelta(days=days - 1 - n) for n in range(days))
    return DayTable(dates, pain, ("a", EVIL, "c"), values)


def one_day(pain: float | None = 4) -> DayTable:
    return tabulate([Row(LAST, pain, {EVIL: 1})], [EVIL])


TABLES = {
    "one day": one_day(),
    "one day without pain": one_day(None),
    "five weeks": long_diary(35),
    "26 weeks": make_diary(1, LAST).table,
    "a year": long_diary(365),
    "eight years": long_diary(2920),
}


def classes(svg: str) -> list[str]:
    return [c for found in re.findall(r'class="([^"]*)"', svg) for c in found.split()]


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("draw", CHARTS)
def test_a_picture_is_one_well_formed_image_with_a_title_and_no_looks_of_its_own(draw, name):
    chart = draw(TABLES[name], today=LAST)
    root = ElementTree.fromstring(chart.svg)
    assert root.get("role") == "img"
    assert root.findtext(f"{NS}title") == chart.title
    assert root.findtext(f"{NS}desc") == chart.sentence
    for node in root.iter():
        assert node.tag.removeprefix(NS) in {
            "svg", "title", "desc", "defs", "pattern", "rect", "path", "text"
        }  # fmt: skip
        assert not [k for k in node.attrib if k == "style" or k.startswith("on") or "href" in k]
    assert "nan" not in chart.svg
    assert len(chart.svg) < 150_000


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("draw", CHARTS)
def test_every_row_of_the_table_has_every_column(draw, name):
    chart = draw(TABLES[name], today=LAST)
    assert chart.rows
    assert {len(row) for row in chart.rows} == {len(chart.columns)}


@pytest.mark.parametrize("draw", CHARTS)
def test_every_class_of_a_picture_has_its_look_in_the_stylesheet(draw):
    css = (files("psoas.charts") / "static" / "chart.css").read_text("utf-8")
    for table in TABLES.values():
        used = {c for c in classes(draw(table, today=LAST).svg) if not c.startswith("chart-")}
        assert not [c for c in used if f".{c} " not in css and f".{c}," not in css]


def test_missing_days_are_hatched_and_zero_is_not():
    rows = [Row(LAST - timedelta(days=2), 0, {}), Row(LAST, 3, {})]
    svg = calendar.draw(tabulate(rows, []), today=LAST).svg
    cells = svg[: svg.index("No entry")]
    assert cells.count('class="missing" fill="url(#calendar-hatch)"') == 1
    assert cells.count('rx="10" class="pain-0"') == 1
    assert 'class="gap"' in pain_line.draw(tabulate(rows, []), today=LAST).svg


def test_days_after_the_diary_are_empty_and_today_has_an_outline():
    svg = calendar.draw(one_day(), today=LAST).svg
    assert svg.count('class="outside"') == 6  # a Tuesday: one day before, five after
    assert svg.count('class="today"') == 1


def test_the_calendar_s_table_holds_the_same_numbers():
    table = TABLES["five weeks"]
    cells = [c for row in calendar.draw(table, today=LAST).rows for c in row[1:] if c]
    expected = ["no entry" if np.isnan(p) else str(int(p)) for p in table.pain]
    assert cells == expected


def test_a_pain_that_is_not_whole_keeps_its_decimal_and_takes_the_nearest_shade():
    svg = calendar.draw(one_day(3.4000000000000004), today=LAST).svg
    assert ">3.4</text>" in svg
    assert 'rx="10" class="pain-3"' in svg


def test_the_line_breaks_at_a_gap_and_a_lone_day_keeps_its_dot():
    rows = [Row(LAST - timedelta(days=n), 4, {}) for n in (9, 8, 7, 4, 1, 0)]
    svg = pain_line.draw(tabulate(rows, []), today=LAST).svg
    (line, _key) = re.findall(r'class="line" d="([^"]*)"', svg)
    assert line.count("M") == 3
    assert svg.count('class="gap"') == 2


def test_there_absent_and_unknown_differ_in_shape():
    rows = [Row(LAST - timedelta(days=n), 4, {"x": n % 2} if n < 6 else {}) for n in range(9)]
    chart = pain_line.draw(tabulate(rows, ["x"]), today=LAST)
    body = chart.svg[: chart.svg.index(">Pain<")]
    assert {"present", "absent", "unknown"} <= set(classes(body))
    assert [row[-1] for row in chart.rows] == ["not known"] * 3 + ["yes", "no"] * 3
    assert ">3 of 6 days</text>" in chart.svg


def test_a_trigger_known_nowhere_is_unknown_and_never_absent():
    chart = pain_line.draw(tabulate([Row(LAST, 4, {})], ["x"]), today=LAST)
    body = chart.svg[: chart.svg.index(">Pain<")]
    assert "absent" not in classes(body)
    assert "unknown" in classes(body)
    assert chart.rows[0][-1] == "not known"


def test_labels_choose_and_name_the_triggers():
    chart = pain_line.draw(TABLES["26 weeks"], today=LAST, labels={"conflict": "an argument"})
    assert chart.columns == ("Day", "Pain", "Level", "an argument")
    assert pain_line.draw(TABLES["26 weeks"], today=LAST, labels={}).columns[-1] == "Level"


def test_long_diaries_are_put_together_and_say_so():
    year = pain_line.draw(TABLES["a year"], today=LAST)
    assert year.columns[0] == "Week of"
    assert "Each point is the mean of a week." in year.sentence
    assert len(pain_line.draw(TABLES["eight years"], today=LAST).rows) <= 106


def test_names_from_a_file_cannot_become_markup():
    page = write_page(EVIL, [EVIL], [EVIL], [draw(one_day(), today=LAST) for draw in CHARTS])
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "{braces}" in page


def test_a_page_loads_nothing_and_its_policy_allows_nothing_but_its_style():
    page = write_page("a", [], [], [draw(one_day(), today=LAST) for draw in CHARTS])
    assert "default-src 'none'; style-src 'sha256-" in page
    assert not re.search(r"<(script|link|img|iframe|object|form|base)\b|@import|\bstyle=", page)
    assert page.count("http") == page.count("http-equiv") + page.count("http://www.w3.org/2000/svg")


def test_the_builder_refuses_style_and_event_attributes():
    for name in ("style", "onclick"):
        with pytest.raises(ValueError, match="classes"):
            element("rect", **{name: "x"})
