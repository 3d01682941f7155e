"""Charts 6 and 7: one measure over the weeks, and all of them side by side."""

from dataclasses import replace
from datetime import date, timedelta
from importlib.resources import files

import pytest

from psoas.charts import course, measures
from psoas.charts.chart import Chart
from psoas.scales.course import BETTER, HIGHER, LOWER, NEITHER, WORSE, Course, Reading
from tests.charts.looking import NS, classes, outside, pictures, words

BEGAN = date(2026, 3, 2)
EVIL = "<script>alert(1)</script>\"' onload=x & {braces}"


def at(day: int, score: float | None, weeks: int | None = None) -> Reading:
    return Reading(BEGAN + timedelta(days=day), score, weeks)


def measured(*readings: Reading, **more: object) -> Course:
    known = [each for each in readings if each.score is not None]
    plain = Course("nprs", "Number", LOWER, BEGAN, readings, low=0, high=10, said="It is said.")
    ends = {"before": known[0], "latest": known[-1]} if known else {}
    return replace(plain, **{**ends, **more})  # type: ignore[arg-type]


COURSES = {
    "better": measured(at(0, 6, 0), at(15, 5, 2), at(44, 4, 6), band=(5, 8), word=BETTER),
    "a gap": measured(at(1, 3.3, 0), at(46, 5.7, 6), missed=(2,), band=(1.3, 5.3), name=EVIL),
    "in between": measured(at(0, 2, 0), at(30, 10), at(90, 0, 12), direction=HIGHER),
    "one": measured(at(-6, 7, 0), band=(4.9, 10)),
    "worst of a long scale": measured(
        at(0, 0, 0), at(15, 27, 2), at(43, 27, 6), missed=(12,), low=0, high=27, word=WORSE
    ),
    "seconds": measured(at(0, 15.2, 0), at(20, 12.1, 2), low=None, high=None, band=(12.9, 17.5)),
    "incomplete": measured(at(0, 5, 0), at(14, None, 2), at(42, 4, 6), direction=NEITHER),
    "late": measured(at(0, 100, 0), at(140, 41.7), low=0, high=100, error=(82.3, 117.7)),
    "nothing": measured(),
}
DRAWN = {name: course.draw(each) for name, each in COURSES.items()}
ALL = measures.draw(list(COURSES.values()))


@pytest.mark.parametrize("chart", [*DRAWN.values(), ALL, measures.draw([])])
def test_it_is_an_image_with_title_and_description_and_nothing_lies_outside(chart: Chart):
    for root in pictures(chart.svg):
        assert root.get("role") == "img"
        assert root.findtext(f"{NS}title") == chart.title
        assert (root.findtext(f"{NS}desc") or "").startswith(chart.sentence)
    assert outside(chart.svg) == []
    assert {len(row) for row in chart.rows} <= {len(chart.columns)}
    assert "nan" not in chart.svg
    assert "style=" not in chart.svg
    assert "<script" not in chart.svg


def test_every_class_has_its_look():
    css = (files("psoas.charts") / "static" / "chart.css").read_text("utf-8")
    used = set().union(*(classes(chart.svg) for chart in [*DRAWN.values(), ALL]))
    names = {c for c in used if not c.startswith("chart-")}
    assert not [c for c in names if f".{c} " not in css and f".{c}," not in css]


def test_a_person_meets_two_numbers_at_most_and_the_weeks():
    said = words(DRAWN["better"].svg)
    assert [word for word in said if word in {"6", "5", "4"}] == ["6", "6", "4"]
    assert said.count("6") == 2, "once as the first number, once as a week"
    assert "5" not in said


@pytest.mark.parametrize(
    ("name", "said"), [("better", "Lower is better"), ("in between", "Higher is better")]
)
def test_the_direction_is_said_in_words(name, said):
    assert said in words(DRAWN[name].svg)
    assert said in (pictures(DRAWN[name].svg)[0].findtext(f"{NS}desc") or "")


def test_where_neither_way_is_better_none_is_said():
    assert not [word for word in words(DRAWN["incomplete"].svg) if "better" in word]


def lines(chart: Chart) -> str:
    return next(
        node.attrib["d"] for node in pictures(chart.svg)[0].iter() if node.get("class") == "line"
    )


def test_the_line_breaks_at_what_was_not_answered_and_nowhere_else():
    assert lines(DRAWN["better"]).count("M") == 1
    assert lines(DRAWN["a gap"]).count("M") == 2
    assert lines(DRAWN["incomplete"]).count("M") == 2


def test_a_gap_is_hatched_and_in_the_table_as_no_answer():
    chart = DRAWN["a gap"]
    assert chart.svg.count('class="gap"') == 1
    assert ("16 Mar 2026", "2 weeks", "no answer", "") in chart.rows
    assert all(row[2] != "0" for row in chart.rows)


def test_the_band_lies_around_the_first_number():
    root = pictures(DRAWN["better"].svg)[0]
    band = next(node for node in root.iter() if node.get("class") == "no-difference")
    top, height = float(band.attrib["y"]), float(band.attrib["height"])
    dots = [float(node.attrib["cy"]) for node in root.iter(f"{NS}circle")]
    assert top < dots[0] < top + height
    assert dots[-1] > top + height


def test_the_table_has_every_answer_with_its_change():
    assert DRAWN["better"].rows == (
        ("2 Mar 2026", "start", "6", ""),
        ("17 Mar 2026", "2 weeks", "5", "−1"),
        ("15 Apr 2026", "6 weeks", "4", "−2"),
    )
    assert DRAWN["in between"].rows[1] == ("1 Apr 2026", "in between", "10", "+8")
    assert DRAWN["incomplete"].rows[1][2] == "not complete"


def test_answers_from_before_this_round_are_not_in_it():
    early = measured(at(-90, 9), at(0, 6, 0))
    assert [row[2] for row in course.draw(replace(early, before=at(0, 6, 0))).rows] == ["6"]


def test_the_clinician_meets_every_measure_with_its_dates_and_values():
    answered = [each for each in COURSES.values() if each.readings]
    assert len(ALL.rows) == sum(len(each.readings) for each in answered)
    for root in pictures(ALL.svg):
        dots = sum(1 for _dot in root.iter(f"{NS}circle"))
        assert dots == sum(
            reading.score is not None for each in answered for reading in each.readings
        )
    assert {"2 Mar", "15 Apr", "5.7", "6 → 4 (−2): better"} <= set(words(ALL.svg))
    assert ALL.sentence.startswith("8 measures: 1 better, 1 worse, 6 too early to say.")


def test_the_ends_of_a_test_without_a_highest_number_hold_all_its_values():
    assert "15.2" in words(ALL.svg)
    seconds = course.draw(replace(COURSES["seconds"], low=None, high=None))
    assert outside(seconds.svg) == []
