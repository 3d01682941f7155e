from datetime import date, timedelta

import numpy as np
import pytest

from psoas.diary.course import Change, course
from psoas.diary.summary import summarise
from psoas.diary.table import DayTable

FIRST = date(2026, 1, 5)  # a Monday
NEVER = ("cause", "because", "due to", "triggered", "thanks to", "streak", "!")


def diary(pain) -> DayTable:
    days = tuple(FIRST + timedelta(days=n) for n in range(len(pain)))
    return DayTable(days, np.asarray(pain, dtype=float))


def trend_of(table: DayTable) -> Change:
    trend = course(table).trend
    assert trend is not None
    return trend


def simulated(seed, length=120, carry=0.6, slope=0.0, weekday=(0.0,) * 7) -> DayTable:
    """A diary with carried-over pain, whole numbers, a fifth of the days missing."""
    chance = np.random.default_rng(seed)
    carried = np.empty(length)
    carried[0] = chance.normal()
    for t in range(1, length):
        carried[t] = carry * carried[t - 1] + np.sqrt(1 - carry**2) * chance.normal()
    days = np.arange(length)
    pain = np.array(weekday)[days % 7] + 5 + slope * days / (length - 1) + carried
    pain = np.clip(np.round(pain + 0.6 * chance.normal(size=length)), 0, 10)
    pain[chance.random(length) < 0.2] = np.nan
    return diary(pain)


@pytest.mark.parametrize("slope", [0.0, -2.0])
def test_the_trend_interval_covers_the_truth(slope):
    covered = 0
    for seed in range(60):
        trend = trend_of(simulated(seed, slope=slope))
        covered += trend.low <= slope <= trend.high
    assert covered >= 54


def test_a_steep_trend_is_found_and_a_flat_one_is_not_claimed():
    found = [trend_of(simulated(s, slope=-4.0)) for s in range(20)]
    assert sum(trend.high < 0 for trend in found) >= 16
    flat = [trend_of(simulated(100 + s)) for s in range(60)]
    assert sum(trend.clear for trend in flat) <= 5


def test_no_weekday_stands_out_where_none_does():
    false = sum(bool(course(simulated(200 + seed)).weekdays) for seed in range(80))
    assert false <= 8


def test_a_weekday_that_is_truly_higher_is_named():
    table = simulated(7, length=182, weekday=(2.0, 0, 0, 0, 0, 0, 0))
    (one,) = course(table).weekdays or ()
    assert one.weekday == 0
    assert one.change.low < 2.0 < one.change.high
    assert "Mondays were about" in " ".join(summarise(table).sentences())


def test_last_two_weeks_are_compared_only_when_both_sides_have_days():
    pain = simulated(5, length=100).pain.copy()
    pain[-14:] = np.where(np.arange(14) % 2, 9.0, 8.0)
    recent = course(diary(pain)).recent
    assert recent is not None
    assert recent.low > 0
    assert summarise(diary(pain)).headline().endswith("higher than the three before.")
    pain[-14:-2] = np.nan
    assert course(diary(pain)).recent is None


def test_a_short_diary_says_that_it_is_too_early():
    said = summarise(diary([3, np.nan, np.nan, 5])).sentences()
    assert said[0] == "5 Jan 2026 to 8 Jan 2026: 4 days, 2 with pain recorded."
    assert said[1].startswith("2 days have no pain entry; they are left open")
    assert "The longest gap is 2 days, 6 Jan 2026 to 7 Jan 2026." in said[1]
    assert said[2] == "Pain was 3 to 5. The middle is 4, the lowest 3, the highest 5."
    assert said[3:] == ("Too few days yet to speak of a trend.",)


def test_a_diary_without_pain_and_one_without_change_have_their_sentences():
    assert "No day has a pain entry yet." in summarise(diary([np.nan] * 40)).sentences()
    flat = summarise(diary([4.0] * 80))
    assert "Over 11 weeks, pain stayed level: any trend is less than half a point." in (
        flat.sentences()
    )
    assert flat.sentences()[1] == "Every day has an entry."
    assert flat.headline() == "Pain was mostly 4."


def test_no_sentence_claims_a_cause():
    for seed in range(12):
        table = simulated(seed, slope=float(seed - 6), weekday=(seed / 4, 0, 0, 0, 0, 0, 0))
        text = " ".join(summarise(table).sentences()).casefold()
        assert not [word for word in NEVER if word in text]
