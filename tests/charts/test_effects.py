"""Chart 3: every answer an interval on one axis, with its sentence."""

from dataclasses import replace
from datetime import date
from importlib.resources import files

import pytest

from psoas.charts import effects
from psoas.charts.effects import MOST_ROWS, draw, draw_one
from psoas.charts.interval import Axis, draw_interval, reach_of
from psoas.diary.answers.answer import Answer, Answers, Lag, Level, Rule
from psoas.diary.answers.sentences import sentence
from tests.charts.looking import classes, outside, pictures, words

EVIL = "<script>alert(1)</script>\"' onload=x & {braces}"
LONG = "an evening stretch before bed, on days with time for all of it"
ONE_WORD = "Donaudampfschifffahrtsgesellschaftskapitaenspatentinhabers123"


def answer(
    name: str,
    level: Level,
    *numbers: float | None,
    lag: Lag = Lag.NEXT,
    top: float = 1.0,
) -> Answer:
    estimate, low, high = numbers or (None, None, None)
    return Answer(
        name, lag, level, estimate, low, high, 9.0, 0.6, 31, 92, None, (name,), top=top
    )  # fmt: skip


FOUND = answer("an argument", Level.FOUND, 0.9, 0.4, 1.4)
HELPS = answer(LONG, Level.FOUND, -0.7, -1.2, -0.2, lag=Lag.SAME)
POSSIBLE = answer("stress", Level.POSSIBLE, 0.8, -0.1, 1.7, top=10.0)
SMALL = answer("long sitting", Level.NO_LARGE_EFFECT, 0.1, -0.2, 0.4)
NOT_SURE = answer(ONE_WORD, Level.NOT_SURE, 0.4, -0.5, 1.3)
OPEN = answer(EVIL, Level.NOT_SURE, -0.4, None, None, lag=Lag.SAME)
UNTOLD = answer("crowds", Level.NOT_SURE)
EXTREME = answer("travel", Level.NOT_SURE, 1e9, -1e12, 1e12)
EARLY = answer("a new chair", Level.TOO_EARLY)
ALL = (FOUND, HELPS, POSSIBLE, SMALL, NOT_SURE, OPEN, UNTOLD, EXTREME, EARLY)


def said_of(*answers: Answer) -> Answers:
    return Answers(date(2026, 1, 1), date(2026, 5, 1), 121, 100, Rule.ANY_DAY, answers)


@pytest.fixture(scope="module")
def chart():
    return draw(said_of(*ALL))


def test_both_pictures_are_images_with_title_and_description(chart):
    assert len(pictures(chart.svg)) == 2
    for picture in pictures(chart.svg):
        assert picture.get("role") == "img"
        title, description = picture[0], picture[1]
        assert (title.text, description.text) == (chart.title, chart.sentence)
        assert picture.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"


def test_no_two_parts_share_an_id_also_beside_cards(chart):
    whole = chart.svg + "".join(draw_one(each) for each in ALL)
    ids = [part.split('"')[0] for part in whole.split(' id="')[1:]]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("each", [ALL, ALL[-1:], (), ALL * 9], ids=["all", "early", "none", "81"])
def test_nothing_lies_outside_its_picture(each):
    assert outside(draw(said_of(*each)).svg) == []


@pytest.mark.parametrize("each", ALL[:-1], ids=lambda each: each.level)
def test_a_card_s_interval_lies_inside_it(each):
    assert outside(draw_one(each)) == []


def test_every_class_has_its_look(chart):
    css = (files("psoas.charts") / "static" / "chart.css").read_text("utf-8")
    used = {c for c in classes(chart.svg + draw_one(FOUND)) if not c.startswith("chart-")}
    assert not [c for c in used if f".{c} " not in css and f".{c}," not in css]
    assert "style=" not in chart.svg


def test_the_surest_stand_first_whatever_order_they_come_in():
    ranked = [FOUND, POSSIBLE, SMALL, NOT_SURE, EARLY]
    rows = draw(said_of(*ranked[::-1])).rows
    assert [row[0] for row in rows] == [each.trigger for each in ranked]


def test_too_early_is_in_the_table_and_not_drawn(chart):
    assert chart.rows[-1][0] == "a new chair"
    assert chart.rows[-1][1:4] == ("", "", "")
    assert "a new chair" not in chart.svg
    assert draw_one(EARLY) == ""


def test_the_table_says_what_the_picture_shows(chart):
    first = chart.rows[0]
    assert first[:6] == ("an argument", "+0.9", "+0.4", "+1.4", "next day", "Found")
    assert first[6:] == ("31", "92", sentence(FOUND))
    assert {len(row) for row in chart.rows} == {len(chart.columns)}
    bars = [
        p for p in pictures(draw(said_of(FOUND)).svg)[0].iter() if p.get("class") == "bar found"
    ]
    axis = Axis(8, 310, -2, 2)
    assert float(bars[0].attrib["x"]) == pytest.approx(axis.x(0.4), abs=0.01)
    assert float(bars[0].attrib["width"]) == pytest.approx(axis.x(1.4) - axis.x(0.4), abs=0.01)


def test_each_drawn_answer_is_said_in_both_pictures(chart):
    for picture in pictures(chart.svg):
        whole = " ".join(n.text or "" for n in picture.iter() if n.get("class") == "said")
        for each in (FOUND, HELPS, SMALL):
            assert sentence(each) in whole
        assert "pain was 0.8 higher" in whole
        assert "Not sure yet:" not in whole


def test_what_is_not_sure_has_its_sentence_in_the_table(chart):
    assert next(row for row in chart.rows if row[0] == ONE_WORD)[-1] == sentence(NOT_SURE)


def test_a_picture_asks_nothing_where_nothing_can_be_tapped(chart):
    assert "Test it" in sentence(POSSIBLE)
    assert "Test it" not in chart.svg + "".join(row[-1] for row in chart.rows)


def test_levels_differ_by_a_word_and_a_shape_and_not_by_colour_alone(chart):
    assert {"Found", "Possible pattern", "Probably no large effect"} <= set(words(chart.svg))
    css = (files("psoas.charts") / "static" / "chart.css").read_text("utf-8")
    assert ".dot.possible { fill: var(--card);" in css


def test_a_claim_that_is_less_sure_now_is_hollow():
    assert "dot found" in draw_one(FOUND)
    assert "dot possible" in draw_one(replace(FOUND, less_sure=True))


def test_an_end_without_bound_is_an_arrow_and_says_so_in_the_table(chart):
    row = next(row for row in chart.rows if row[0] == EVIL)
    assert row[2:4] == ("no bound", "no bound")
    assert draw_one(OPEN).count("l-5 5l5 5") == draw_one(OPEN).count("l5 5l-5 5") == 1
    assert "arrow" not in classes(draw_one(FOUND))


def test_a_number_beyond_the_axis_has_no_dot_at_a_false_place():
    drawn = "".join(draw_interval(EXTREME, Axis(8, 300, -2, 2), 10))
    assert "circle" not in drawn
    assert drawn.count("l") >= 2


def test_what_is_known_fits_the_axis_and_what_is_not_sure_does_not_squeeze_it():
    assert reach_of([FOUND, EXTREME]) == 2
    assert reach_of([replace(FOUND, high=4.0)]) == 5
    assert reach_of([replace(FOUND, high=1e6)]) == 10
    assert reach_of([]) == 2


def test_names_are_shown_as_given_and_escaped(chart):
    assert "<script" not in chart.svg
    assert "&lt;script&gt;" in chart.svg
    labelled = draw(said_of(FOUND, SMALL), labels={"an argument": "Streit & Zank"})
    assert [row[0] for row in labelled.rows] == ["Streit & Zank", "long sitting"]
    assert "Streit &amp; Zank" in labelled.svg


def test_two_hundred_triggers_are_drawn_as_far_as_they_can_be_compared():
    many = [replace(NOT_SURE, trigger=f"trigger {n}") for n in range(400)]
    chart = draw(said_of(*many))
    assert len(chart.rows) == 400
    assert f"{400 - MOST_ROWS} more are in the table." in words(chart.svg)
    assert chart.svg.count("bar unsure") == 2 * MOST_ROWS


def test_the_sentence_counts_the_levels(chart):
    assert chart.sentence == (
        "9 questions: 2 found, 1 possible, 1 probably without a large effect, 4 not sure yet, "
        "1 too early."
    )
    assert draw(said_of()).sentence == "There is nothing to compare yet."
    assert "cause" not in chart.svg.lower()


def test_words_on_one_axis_never_touch():
    for reach in (2.0, 3.0, 5.0, 10.0):
        assert outside(draw_one(FOUND, reach=reach)) == []
    assert effects.draw_one(FOUND).count(">−0.5<") == 1
