"""Chart 4: every day a dot, and the adjusted means."""

from datetime import date, timedelta
from importlib.resources import files

import numpy as np
import pytest

from psoas.charts.days_with import adjusted, draw
from psoas.charts.halves import part
from psoas.charts.swarm import draw_heaps, plan_heaps
from psoas.diary.answers.answer import Answer, Lag, Level
from psoas.diary.answers.deciding import any_day
from psoas.diary.table import DayTable
from tests.charts.looking import classes, outside, pictures, words

NAN = np.nan
EVIL = "<script>alert(1)</script>\"' onload=x & {braces}"
LONG = "an evening stretch before bed, on days with time for all of it"


def table(pain, values, name="x") -> DayTable:
    pain = np.array(pain, dtype=float)
    days = tuple(date(2026, 1, 1) + timedelta(days=n) for n in range(len(pain)))
    return DayTable(days, pain, (name,), np.array(values, dtype=float)[:, None])


def diary(days: int, graded: bool = False, name: str = "x") -> DayTable:
    chance = np.random.default_rng(days)
    values = chance.integers(0, 11, days) if graded else chance.random(days) < 0.3
    pain = np.clip(np.round(4 + chance.normal(size=days)), 0, 10)
    pain[chance.random(days) < 0.15] = NAN
    known = np.where(chance.random(days) < 0.1, NAN, values)
    return table(pain, known, name)


def answer(*numbers, lag=Lag.SAME, level=Level.FOUND, top=1.0, members=("x",)) -> Answer:
    estimate, low, high = numbers or (None, None, None)
    return Answer(
        members[0], lag, level, estimate, low, high, 9.0, 0.6, 30, 60, None, members, top=top
    )


EACH = {
    "20 days": (diary(20), answer(level=Level.TOO_EARLY), None),
    "26 weeks": (diary(182), answer(0.9, 0.4, 1.4, lag=Lag.NEXT), LONG),
    "graded": (diary(120, graded=True), answer(1.4, 0.2, 2.6, top=10.0), EVIL),
    "3,000 days": (diary(3000), answer(-0.6, -0.8, -0.4), "walk"),
    "no bound": (diary(60), answer(0.3, None, None, level=Level.NOT_SURE), None),
    "extreme": (diary(60), answer(40.0, -1e9, 1e9, level=Level.NOT_SURE), None),
    "one day": (table([3], [1]), answer(level=Level.TOO_EARLY), None),
    "nothing known": (table([3, 4], [NAN, NAN]), answer(0.1, -1, 1, lag=Lag.NEXT), None),
}


@pytest.mark.parametrize("name", EACH)
def test_it_is_one_image_and_nothing_lies_outside_it(name):
    days, one, label = EACH[name]
    chart = draw(days, one, label=label)
    (root,) = pictures(chart.svg)
    assert root.get("role") == "img"
    assert (root[0].text, root[1].text) == (chart.title, chart.sentence)
    assert outside(chart.svg) == []
    assert {len(row) for row in chart.rows} == {len(chart.columns)}
    assert "nan" not in chart.svg
    assert "<script" not in chart.svg
    assert len(chart.svg) < 60_000


def test_every_class_has_its_look():
    css = (files("psoas.charts") / "static" / "chart.css").read_text("utf-8")
    used = set().union(*(classes(draw(t, a, label=n).svg) for t, a, n in EACH.values()))
    names = {c for c in used if not c.startswith("chart-")}
    assert not [c for c in names if f".{c} " not in css and f".{c}," not in css]


def test_every_known_day_is_a_dot_and_the_table_counts_the_same():
    chart = draw(diary(182), answer(0.9, 0.4, 1.4))
    halves = part(diary(182), answer())
    assert chart.svg.count("h0") == len(halves.without) + len(halves.with_it)
    assert chart.rows[-6] == ("All days", str(len(halves.without)), str(len(halves.with_it)))
    heights = [row[1:] for row in chart.rows if row[0].isdigit()]
    assert sum(int(row[0]) for row in heights) == len(halves.without)
    assert sum(int(row[1]) for row in heights) == len(halves.with_it)


def test_no_two_dots_stand_on_each_other():
    chart = draw(diary(182), answer(0.9, 0.4, 1.4))
    at = [step.split("h0")[0] for part_ in chart.svg.split('d="M')[1:] for step in part_.split("M")]
    dots = [step for step in at if " " in step and "V" not in step and "H" not in step]
    assert len(dots) == len(set(dots))


def test_the_same_days_are_drawn_the_same_way():
    assert draw(diary(182), answer(0.9, 0.4, 1.4)) == draw(diary(182), answer(0.9, 0.4, 1.4))


def test_next_day_takes_the_pain_of_the_day_after():
    days = table([1, 9, 2, 8, NAN], [1, 0, 1, NAN, 1])
    halves = part(days, answer(lag=Lag.NEXT))
    assert halves.with_it.tolist() == [9, 8]
    assert halves.without.tolist() == [2]
    assert (halves.unknown, halves.missing) == (1, 1)


def test_unknown_days_are_counted_and_named_and_in_neither_half():
    days = table([1, 2, 3, 4], [1, 0, NAN, NAN])
    chart = draw(days, answer(0.2, -1, 1, level=Level.NOT_SURE))
    assert "2 days are left out: whether it was there is not known." in chart.sentence
    assert chart.rows[-1] == ("Not known whether it was there", "2", "")
    assert [word for word in words(chart.svg) if word.endswith(("day", "days"))] == [
        "1 day",
        "1 day",
    ]


def test_the_adjusted_means_lie_the_estimate_apart_around_the_mean_of_all_days():
    days = table([2, 2, 2, 6], [0, 0, 0, 1])
    means = adjusted(part(days, answer()), answer(1.0, 0.5, 1.5))
    assert means
    assert means.without == pytest.approx(3 - 1.0 * 0.25)
    assert means.with_it == pytest.approx(3 + 1.0 * 0.75)
    assert means.low == pytest.approx(3.25)
    assert means.high == pytest.approx(4.25)


def test_a_number_is_parted_at_its_mean_and_only_the_part_between_the_halves_is_taken():
    days = table([3, 3, 5, 5], [0, 2, 8, 10])
    one = answer(2.0, 1.0, 3.0, top=10.0)
    halves = part(days, one)
    assert (halves.middle, len(halves.without), len(halves.with_it)) == (5, 2, 2)
    means = adjusted(halves, one)
    assert means
    assert means.with_it - means.without == pytest.approx(2.0 * (9 - 1) / 10)
    assert (means.with_it + means.without) / 2 == pytest.approx(4)
    chart = draw(days, one)
    assert chart.columns == ("Pain", "At 5 or less", "At more than 5")
    assert "parted at its mean, 5" in chart.sentence


def test_the_halves_are_those_the_answer_counted():
    for days in (diary(150), diary(150, graded=True)):
        for one in any_day(days).answers:
            halves = part(days, one)
            assert (len(halves.with_it), len(halves.without)) == (one.days_with, one.days_without)


def test_columns_that_cannot_be_told_apart_fill_each_other_also_the_other_way_round():
    values = np.array([[1, 0], [0, 1], [1, 0], [0, 1], [1, 0], [NAN, 1], [NAN, 0]])
    days = tuple(date(2026, 1, 1) + timedelta(days=n) for n in range(7))
    pain = np.arange(7, dtype=float)
    halves = part(DayTable(days, pain, ("x", "y"), values), answer(members=("x", "y")))
    assert halves.without.tolist() == [1, 3, 5]
    assert halves.with_it.tolist() == [0, 2, 4, 6]
    assert halves.unknown == 0


def test_an_answer_of_another_table_is_refused():
    with pytest.raises(ValueError, match="no column 'rain'"):
        draw(diary(30), answer(members=("rain",)))


def test_it_is_too_early_for_means():
    chart = draw(*EACH["20 days"][:2])
    assert "Adjusted" not in chart.sentence
    assert "circle" not in chart.svg


def test_dots_shrink_and_then_stand_for_several_days():
    assert plan_heaps(5, 30, 98).pitch == 9.0
    assert plan_heaps(300, 30, 98).each == 1
    many = plan_heaps(5000, 30, 98)
    assert many.each > 1
    assert many.height(5000) <= 98
    drawn = draw_heaps(np.full(5000, 4.0), {4: 50.0}, 100, many, "days")
    assert drawn.count("h0") == -(-5000 // many.each)
    assert "A dot is up to" in " ".join(words(draw(diary(9000), answer(0.1, 0, 0.2)).svg))


def test_the_table_s_headings_are_short_also_for_the_next_day():
    chart = draw(diary(60), answer(0.2, -1, 1, lag=Lag.NEXT, level=Level.POSSIBLE))
    assert chart.columns == ("Pain", "Without", "With it")
    assert chart.title.startswith("Days after")
    assert "Test it" not in chart.sentence
