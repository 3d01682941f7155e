"""Chart 5: an experiment block by block, and its result against chance."""

from datetime import date, timedelta
from importlib.resources import files
from typing import Any

import numpy as np
import pytest

from psoas.charts.chance import round_below
from psoas.charts.chart import Chart
from psoas.charts.experiment import draw_against_chance, draw_days
from psoas.charts.experiment_days import round_ends
from psoas.diary.experiment.analysis import Verdict, analyse, analyse_within, pair_means
from psoas.diary.experiment.schedule import Schedule, Scheme, make_schedule
from tests.charts.looking import classes, outside, pictures, words

NAN = np.nan
FIRST = date(2026, 3, 2)
EVIL = "<script>alert(1)</script>\"' onload=x & {braces}"
LONG = "an evening stretch before bed, on days with time for all of it"


def outcome(schedule: Schedule, effect: float = -1.0, missing: float = 0.1) -> np.ndarray:
    chance = np.random.default_rng(4)
    arms = np.array(schedule.arms)
    pain = np.clip(np.round(4.5 + effect * arms + chance.normal(size=len(arms))), 0, 10)
    return np.where(chance.random(len(arms)) < missing, NAN, pain)


USUAL = make_schedule(7)
PAIN = outcome(USUAL)
LONGEST = make_schedule(1, Scheme(1096, 2, 0))
SHORT = make_schedule(3, Scheme(36, 3, 1))


def days(outcome: Any = PAIN, schedule: Schedule = USUAL, **more: Any) -> Chart:
    return draw_days(outcome, schedule, first=FIRST, **more)


PLANS = {
    "over": lambda: days(practice=LONG, against=EVIL),
    "running": lambda: days(outcome=PAIN[:40], today=FIRST + timedelta(days=40)),
    "first day": lambda: days(outcome=PAIN[:0], today=FIRST),
    "last day": lambda: days(today=FIRST + timedelta(days=83)),
    "longest": lambda: days(outcome=outcome(LONGEST), schedule=LONGEST),
    "other scale": lambda: days(outcome=PAIN * 1e4 - 2e4, outcome_name="Steps"),
    "nothing": lambda: days(outcome=np.full(84, NAN)),
}


@pytest.mark.parametrize("name", PLANS)
def test_the_days_are_one_image_and_nothing_lies_outside_it(name):
    chart = PLANS[name]()
    (root,) = pictures(chart.svg)
    assert root.get("role") == "img"
    assert (root[0].text, root[1].text) == (chart.title, chart.sentence)
    assert outside(chart.svg) == []
    assert {len(row) for row in chart.rows} == {len(chart.columns)}
    assert "nan" not in chart.svg
    assert "<script" not in chart.svg


def test_every_class_has_its_look():
    css = (files("psoas.charts") / "static" / "chart.css").read_text("utf-8")
    used = set().union(*(classes(draw().svg) for draw in PLANS.values()))
    used |= classes(draw_against_chance(analyse(PAIN, USUAL), said="").svg)
    names = {c for c in used if not c.startswith("chart-")}
    assert not [c for c in names if f".{c} " not in css and f".{c}," not in css]


def test_the_table_has_every_day_with_its_arm_and_its_number():
    chart = days(practice="Stretch")
    assert len(chart.rows) == 84
    for n, row in enumerate(chart.rows):
        assert row[1] == str(USUAL.pair_of(n) + 1)
        assert row[2] == ("Stretch" if USUAL.arms[n] else "Without")
        assert row[3] == ("yes" if USUAL.counts[n] else "no")
        assert row[4] == ("no entry" if np.isnan(PAIN[n]) else str(int(PAIN[n])))


def test_only_pairs_with_numbers_on_both_sides_have_a_line():
    some = PAIN.copy()
    some[:3] = NAN
    complete = int((~np.isnan(pair_means(some, USUAL))).all(axis=1).sum())
    (line, _key) = [
        part.split('"')[0] for part in days(outcome=some).svg.split('class="pair" d="')[1:]
    ]
    assert line.count("M") == complete
    assert f"{complete} pairs have numbers on both sides." in days(outcome=some).sentence


def test_missing_days_are_hatched_and_days_to_come_are_open():
    nothing = np.full(10, NAN)
    nothing[[0, 1, 5]] = 4
    running = days(outcome=nothing, today=FIRST + timedelta(days=9))
    assert running.svg.count('class="gap"') == 2
    assert "6 days have no number. 75 days are still to come." in running.sentence
    assert [row[4] for row in running.rows[:11]] == [
        "4", "4", "no entry", "no entry", "no entry", "4",
        "no entry", "no entry", "no entry", "to come", "to come",
    ]  # fmt: skip


def test_today_has_a_mark_only_while_it_runs():
    assert "Today" in words(days(today=FIRST).svg)
    assert "Today" not in words(days().svg)
    assert "Today" not in words(days(today=FIRST + timedelta(days=84)).svg)
    before = days(outcome=PAIN[:0], today=FIRST - timedelta(days=1))
    assert "84 days are still to come." in before.sentence
    assert "no entry" not in {row[4] for row in before.rows}


def test_washout_days_are_paler_and_the_key_says_so_only_where_there_are_any():
    assert 'class="day faint"' in days().svg
    assert "Paler: does not count" in words(days().svg)
    plain = make_schedule(7, Scheme(84, 2, 0))
    assert "faint" not in classes(days(schedule=plain).svg)


def test_arms_differ_by_shape_and_not_by_shade_alone():
    assert {"present", "absent"} <= classes(days().svg)


@pytest.mark.parametrize(
    ("numbers", "ends"),
    [
        ([], (0, 10)),
        ([0, 10], (0, 10)),
        ([3, 72], (0, 80)),
        ([-4, 4], (-4, 4)),
        ([120], (120, 130)),
        ([-5e6, 8e6], (-5e6, 8e6)),
    ],
)
def test_the_axis_ends_at_round_numbers(numbers, ends):
    assert round_ends(np.array([*numbers, NAN])) == ends


VERDICTS = {
    "usual": lambda: analyse(PAIN, USUAL),
    "few": lambda: analyse(outcome(SHORT, 0.0, 0.0), SHORT),
    "within blocks": lambda: analyse_within(
        outcome(USUAL), np.tile([1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0], 12), 7
    ),
    "small scale": lambda: analyse(PAIN / 1e4, USUAL),
    "large scale": lambda: analyse(PAIN * 1e5, USUAL),
    "no bound": lambda: Verdict(
        0.2, -np.inf, np.inf, 0.4, 6, 0, np.zeros((6, 2)), np.array([-0.2, 0.1, 0.3]), 30
    ),
}


@pytest.mark.parametrize("name", VERDICTS)
def test_the_histogram_is_one_image_that_counts_every_schedule(name):
    verdict = VERDICTS[name]()
    chart = draw_against_chance(verdict, said="It is said.")
    (root,) = pictures(chart.svg)
    assert root.get("role") == "img"
    assert (root[0].text, root[1].text) == (chart.title, chart.sentence)
    assert chart.sentence.startswith("It is said. By chance alone, ")
    assert outside(chart.svg) == []
    assert sum(int(row[2]) for row in chart.rows if row[2]) == len(verdict.drawn)
    assert {len(row) for row in chart.rows} == {len(chart.columns)}


def test_yours_is_marked_with_its_number_and_is_in_the_table():
    verdict = analyse(PAIN, USUAL)
    chart = draw_against_chance(verdict, said="")
    number = f"−{abs(verdict.estimate):.1f}".removesuffix(".0")
    assert f"Yours: {number}" in words(chart.svg)
    assert ("Yours", number, "") in chart.rows
    assert 'class="yours"' in chart.svg


def test_a_range_without_bound_is_said_and_has_arrows():
    chart = draw_against_chance(VERDICTS["no bound"](), said="")
    assert ("Range from", "no bound", "") in chart.rows
    assert "arrow" in classes(chart.svg)


def test_the_sentence_says_how_often_chance_does_it():
    found = draw_against_chance(analyse(outcome(USUAL, -2.0), USUAL), said="").sentence
    assert found.startswith("By chance alone, fewer than 1 schedule in 100 gives")
    assert (
        "about 40 schedules in 100 give"
        in draw_against_chance(VERDICTS["no bound"](), said="").sentence
    )


def test_round_numbers_are_one_two_and_five():
    assert [round_below(n) for n in (0.9, 1, 4.9, 70)] == pytest.approx([0.5, 1, 2, 50])
