"""Chart 9: pain before and after each session, and its light as a shape and a word."""

import re
from datetime import date, timedelta
from importlib.resources import files

import pytest

from psoas.charts import sessions
from psoas.charts.sessions import MOST, Done
from tests.charts.looking import NS, classes, outside, pictures, words

FIRST = date(2026, 3, 2)
EVIL = "<script>alert(1)</script>\"' onload=x & {braces}"


def day(n: int) -> date:
    return FIRST + timedelta(days=n)


MIXED = [
    Done(day(0), "Routine", 3, 4, 2, 3, "green"),
    Done(day(1), "Routine", 3, 5, 4, 4, "amber"),
    Done(day(1), EVIL, None, None, None, None, ""),
    Done(day(3), "Routine", 4, 6, None, 6, "red"),
    Done(day(4), "Walk", 2, None, 2, None, ""),
]
MANY = [Done(day(n), "Routine", n % 11, None, (n * 3) % 11, None, "green") for n in range(60)]
DRAWN = {
    "none": sessions.draw([]),
    "one": sessions.draw(MIXED[:1]),
    "mixed": sessions.draw(MIXED),
    "many": sessions.draw(MANY),
}


@pytest.mark.parametrize("name", DRAWN)
def test_it_is_an_image_with_title_and_description_and_nothing_lies_outside(name):
    chart = DRAWN[name]
    (root,) = pictures(chart.svg)
    assert root.get("role") == "img"
    assert root.findtext(f"{NS}title") == chart.title
    assert root.findtext(f"{NS}desc") == chart.sentence
    assert outside(chart.svg) == []
    assert {len(row) for row in chart.rows} <= {len(chart.columns)}
    assert not re.search(r"nan|style=|<script", chart.svg)


def test_every_class_has_its_look():
    css = (files("psoas.charts") / "static" / "chart.css").read_text("utf-8")
    used = set().union(*(classes(chart.svg) for chart in DRAWN.values()))
    names = {c for c in used if not c.startswith("chart-")}
    assert not [c for c in names if f".{c} " not in css and f".{c}," not in css]


def test_the_lights_differ_in_shape_and_have_their_words():
    svg = DRAWN["mixed"].svg
    body, key = svg.split(">Pain before<")[0], svg
    assert re.search(r'<circle[^>]*class="light-green"', body)
    assert re.search(r'<path class="light-amber"', body)
    assert re.search(r'<rect[^>]*class="light-red"', body)
    said = words(key)
    assert {"Green: settled", "Amber: watch it", "Red: too much", "Not told, not zero"} <= set(said)


def test_what_was_not_told_is_hatched_and_never_zero():
    chart = DRAWN["mixed"]
    assert chart.svg.count('class="gap"') == 1
    assert chart.rows[2] == ("3 Mar 2026", EVIL, *["not told"] * 4, "no light yet")
    assert not any("0" in row[2:6] for row in chart.rows)


def test_the_table_has_every_session_the_newest_first_and_the_picture_the_last_ones():
    chart = DRAWN["many"]
    assert len(chart.rows) == len(MANY)
    assert chart.rows[0][0] == "30 Apr 2026"
    # One of them stands in the key.
    assert chart.svg.count('class="after"') == MOST + 1


def test_a_sentence_says_what_the_picture_shows_and_counts_only_what_was_told():
    said = DRAWN["mixed"].sentence
    assert said == (
        "5 sessions. Pain was higher after than before in 1 of 3 where both were told. "
        "Lights: 1 green, 1 amber, 1 red."
    )
    assert DRAWN["none"].sentence == "No session was told yet."


def test_days_under_the_picture_do_not_touch():
    labels = [word for word in words(DRAWN["many"].svg) if re.fullmatch(r"\d+ \w{3}", word)]
    assert labels[-1] == "30 Apr"
    assert 2 <= len(labels) <= 7
