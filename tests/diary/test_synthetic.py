from datetime import date

import numpy as np

from psoas.content.emotions import EMOTIONS
from psoas.content.helped import HELPED
from psoas.content.hindered import HINDERED
from psoas.content.triggers import TRIGGERS
from psoas.diary.synthetic import make_diary

LAST = date(2026, 4, 14)


def test_the_same_seed_makes_the_same_diary_and_another_seed_another():
    assert make_diary(1, LAST).days == make_diary(1, LAST).days
    assert make_diary(1, LAST).days != make_diary(2, LAST).days


def test_every_word_is_one_that_the_journal_offers():
    offered = {
        "feelings": {one.slug for one in EMOTIONS},
        "helped": {one.slug for one in HELPED},
        "hindered": {one.slug for one in HINDERED},
        "triggers": {one.slug for one in TRIGGERS},
    }
    for day in make_diary(3, LAST).days:
        for name, slugs in offered.items():
            assert set(getattr(day, name) or ()) <= slugs


def test_days_look_like_a_person_s_days():
    diary = make_diary(1, LAST)
    table = diary.table
    assert table.span == 182
    assert 130 <= table.recorded <= 175
    asked = [day for day in diary.days if day.triggers is not None]
    assert 5 <= table.recorded - len(asked) <= 40
    assert any(day.moments for day in diary.days)
    assert all((day.worst or 10) >= (day.pain or 0) for day in diary.days)
    sitting = table.triggers.index("long-sitting")
    weekend = np.array([day.weekday() >= 5 for day in table.days])
    column = table.values[:, sitting]
    assert np.nanmean(column[~weekend]) > 2 * np.nanmean(column[weekend])


def test_a_day_that_was_not_asked_has_unknown_triggers_never_absent_ones():
    diary = make_diary(1, LAST)
    for day, values in zip(diary.days, diary.table.values, strict=True):
        assert np.isnan(values).all() == (day.triggers is None)


def test_the_true_effects_are_in_the_numbers():
    """With fifty diaries laid together, plain differences come near the truth."""
    effects: dict[str, list[float]] = {"conflict": [], "cold": []}
    for seed in range(50):
        table = make_diary(seed, LAST).table
        for name, found in effects.items():
            yesterday = table.values[:-1, table.triggers.index(name)]
            today = table.pain[1:]
            found.append(np.nanmean(today[yesterday == 1]) - np.nanmean(today[yesterday == 0]))
    assert abs(np.mean(effects["conflict"]) - 1.0) < 0.2
    assert abs(np.mean(effects["cold"])) < 0.2
