from datetime import date, timedelta

import numpy as np
import pytest

from psoas.diary.experiment.filling import write_plan
from psoas.diary.experiment.fitting import fit_schedule, misfit, refuse_pairs
from psoas.diary.experiment.reading import read_experiment
from psoas.diary.experiment.refusal import ExperimentRefused
from psoas.diary.experiment.schedule import Scheme, make_schedule
from psoas.diary.refusal import DiaryRefused

FIRST = date(2026, 1, 5)


def plan(seed=7, scheme=None, fill=lambda number: str(number % 5)):
    schedule = make_schedule(seed, scheme)
    lines = write_plan(schedule, FIRST, "pain").splitlines()
    filled = [line + fill(number) for number, line in enumerate(lines[1:])]
    return schedule, [lines[0], *filled]


def read(lines, outcome="pain", arm="arm"):
    return read_experiment("\n".join(lines).encode(), "my.csv", outcome, arm)


def refusal(lines, outcome="pain", arm="arm"):
    with pytest.raises(DiaryRefused) as caught:
        read(lines, outcome, arm)
    return str(caught.value)


@pytest.mark.parametrize("scheme", [Scheme(), Scheme(84, 2, 0), Scheme(60, 5, 2), Scheme(36)])
def test_a_filled_plan_comes_back_as_the_schedule_it_was(scheme):
    schedule, lines = plan(3, scheme)
    trial = read(lines)
    assert (trial.block, trial.washout, trial.first) == (scheme.block, scheme.washout, FIRST)
    fitted = fit_schedule(trial, trial.block, trial.washout)
    assert (fitted.schedule.scheme, fitted.schedule.arms) == (schedule.scheme, schedule.arms)
    assert fitted.outcome.tolist() == [day % 5 for day in range(scheme.length)]


def test_several_rows_of_a_day_are_averaged_and_a_time_of_day_is_left_out():
    trial = read(
        [
            "datetime,mood,Melatonin",
            "2026-02-18 10:06:00,60,0",
            "2026-02-18T22:04:36,70,",
            "2026-02-20 10:00:01,80,1",
            "2026-02-20 11:00:01,,1",
        ],
        "Mood",
        "melatonin",
    )
    assert trial.first == date(2026, 2, 18)
    assert np.array_equal(trial.outcome, [65, np.nan, 80], equal_nan=True)
    assert np.array_equal(trial.arms, [0, np.nan, 1], equal_nan=True)
    assert trial.lines == (2, 0, 4)


def test_rows_in_any_order_semicolons_and_decimal_commas_are_read():
    trial = read(["Date;pain;arm", "2026-01-02;4,5;1", "2026-01-01;3;0"])
    assert trial.outcome.tolist() == [3, 4.5]
    assert trial.arms.tolist() == [0, 1]
    assert trial.arms.dtype == trial.outcome.dtype == np.float64


@pytest.mark.parametrize(
    ("words", "column", "practice", "against"),
    [
        (("0", "1"), "arm", None, None),
        (("0.0", "1.0"), "stretch", "stretch", None),
        (("no", "yes"), "stretch", "stretch", None),
        (("control", "Melatonin"), "condition", "Melatonin", None),
        (("without", "with"), "arm", None, None),
        (("off", "walk"), "arm", "walk", None),
        (("walk", "yoga"), "arm", "yoga", "walk"),
    ],
)
def test_the_arm_with_the_practice_is_told_by_its_word(words, column, practice, against):
    lines = [f"day,pain,{column}", f"2026-01-01,4,{words[1]}", f"2026-01-02,5,{words[0]}"]
    trial = read(lines, arm=column)
    assert trial.arms.tolist() == [1, 0]
    assert (trial.words.practice, trial.words.against) == (practice, against)


def test_what_cannot_be_read_is_named_by_file_line_and_column():
    _schedule, good = plan()
    changed = {
        "my.csv, line 1, column mood: there is no column": (good, "mood", "arm"),
        "my.csv, line 1, column walk: there is no column": (good, "pain", "walk"),
        "must be three columns": (good, "pain", "pain"),
    }
    for said, (lines, outcome, arm) in changed.items():
        assert said in refusal(lines, outcome, arm)
    for line, cell, said in (
        (5, "2026-01-08,1,1,yes,nan", "my.csv, line 5, column pain: “nan” is not a number"),
        (5, "2026-01-08,1,1,yes,inf", "my.csv, line 5, column pain: “inf” is not a number"),
        (5, "2026-01-08,1,1,yes,1e99", "my.csv, line 5, column pain: 1e99 is too large"),
        (5, "2026-01-08,2,1,yes,3", "my.csv, line 5, column arm: “2” is a third kind of day"),
        (5, "soon,1,1,yes,3", "my.csv, line 5, column day: “soon” is not a date"),
        (5, "2026-01-08,1,1", "my.csv, line 5: this line has 3 cells"),
        (5, "2026-01-07,0,1,yes,3", "my.csv, line 5, column arm: 2026-01-07 is “0” here"),
        (5, "2199-01-07,0,1,yes,3", "my.csv, line 5, column day: 2026-01-05 and 2199-01-07"),
    ):
        assert said in refusal([*good[: line - 1], cell, *good[line:]])


def test_a_file_without_numbers_arms_or_days_says_so():
    head = "day,pain,arm"
    assert "no day has a number" in refusal([head, "2026-01-01,,1", "2026-01-02,,0"])
    assert "no day has a number" in refusal([head, "2026-01-01,bad,1", "2026-01-02,good,0"])
    assert "no day has an arm" in refusal([head, "2026-01-01,4,", "2026-01-02,4,"])
    assert "every day is “1”" in refusal([head, "2026-01-01,4,1", "2026-01-02,4,1"])
    assert "no days below it" in refusal([head])
    assert "two columns have this name" in refusal(["day,pain,pain,arm", "2026-01-01,1,2,1"])
    assert "column day: there is no column" in refusal(["when,pain,arm", "2026-01-01,1,1"])


def test_arms_that_are_no_blocks_name_the_first_line_that_breaks_them():
    _schedule, lines = plan()
    lines[8] = lines[8].replace(",1,2,", ",0,2,")
    with pytest.raises(DiaryRefused, match="line 9, column arm.*within-blocks:N"):
        fit_schedule(read(lines), 3, 1)
    _schedule, lines = plan(3, Scheme(84, 2, 0))
    with pytest.raises(DiaryRefused, match="Blocks of 2 days would fit: add --block 2"):
        fit_schedule(read(lines), 3, 1)


def test_rows_that_were_taken_out_leave_the_schedule_as_it_was():
    schedule, lines = plan()
    trial = read([lines[0], *lines[2:30], *lines[40:]])
    assert (trial.block, trial.washout) == (3, 1)
    fitted = fit_schedule(trial, 3, 1)
    assert fitted.first == FIRST
    kept = [pair for pair in range(14) if pair not in (5,)]
    assert [fitted.schedule.flips[p] for p in kept] == [schedule.flips[p] for p in kept]
    assert np.isnan(fitted.outcome[29:39]).all()


def test_too_few_pairs_and_impossible_blocks_are_refused():
    _schedule, lines = plan()
    with pytest.raises(DiaryRefused, match="30 days are 5 pairs"):
        fit_schedule(read(lines[:31]), 3, 1)
    for block, washout in ((7, 1), (0, 0), (-3, 1), (3, 3)):
        with pytest.raises(ExperimentRefused):
            fit_schedule(read(lines), block, washout)


def test_days_of_unknown_arm_take_their_blocks():
    unknown = np.nan
    assert misfit(np.array([unknown, 1, unknown, 0, unknown, 0]), 3) is None
    assert misfit(np.array([1, unknown, 0, 0, 0, 0]), 3) == 2
    assert misfit(np.array([1, 1, 1, 1, 0, 0]), 3) == 3


def test_a_gap_of_two_years_is_named_and_not_the_blocks():
    _schedule, lines = plan()
    moved = []
    for line in lines[43:]:
        day, _comma, rest = line.partition(",")
        moved.append(f"{date.fromisoformat(day) + timedelta(days=800)},{rest}")
    with pytest.raises(DiaryRefused) as caught:
        fit_schedule(read([*lines[:43], *moved]), 3, 1)
    assert str(caught.value) == (
        "my.csv, line 44, column arm: before this day the file stops for 800 days, from "
        "2026-02-16 to 2028-04-25, and the blocks do not go on after them. Two experiments belong "
        "in two files."
    )


def test_days_that_were_drawn_in_blocks_are_not_shuffled_within_longer_ones():
    _schedule, lines = plan()
    with pytest.raises(DiaryRefused, match="as its column pair says. Leave --scheme away"):
        refuse_pairs(read(lines))
    cells = [line.split(",") for line in lines]
    bare = [",".join([day, arm, pain]) for day, arm, _pair, _counts, pain in cells]
    with pytest.raises(DiaryRefused, match="blocks of 3 days.*and add --block 3"):
        refuse_pairs(read(bare))
    mixed = np.random.default_rng(3)
    for _round in range(50):
        arms = np.concatenate([mixed.permutation([0, 0, 0, 0, 1, 1, 1]) for _week in range(12)])
        days = [f"{FIRST + timedelta(days=n)},{arm},{n % 5}" for n, arm in enumerate(arms)]
        refuse_pairs(read(["day,arm,pain", *days]))
