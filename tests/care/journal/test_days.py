"""Days put together from entries: unknown stays unknown, and a gap stays a gap."""

from datetime import date
from uuid import uuid4

import numpy as np

from psoas.care.journal.days import Day, Gap, day_pain, day_table, day_triggers, timeline
from psoas.care.journal.notebook import Notebook, OwnTrigger
from psoas.care.journal.sealing import OpenEntry


def entry(day: int, kind: str = "day", hour: int = 20, **document: object) -> OpenEntry:
    at = f"2026-04-{day:02}T{hour:02}:00:00+01:00"
    return OpenEntry(uuid4(), date(2026, 4, day), kind, 1, {"v": 1, "at": at, **document})


def april(day: int) -> date:
    return date(2026, 4, day)


def test_a_day_takes_the_pain_of_its_day_entry():
    moments = [entry(1, "moment", 3, pain=9), entry(1, "moment", 4, pain=8)]
    assert day_pain([*moments, entry(1, pain=4)]) == 4


def test_without_one_it_takes_the_mean_of_its_moments():
    assert day_pain([entry(1, "moment", pain=9), entry(1, "moment", pain=8)]) == 8.5
    assert day_pain([entry(1, "moment", pain=7)]) == 7


def test_an_unsure_day_has_no_pain_and_never_zero():
    assert day_pain([entry(1, pain=None, unsure=True)]) is None


def test_a_moment_at_night_never_makes_a_trigger_absent():
    table = day_table(
        [
            entry(1, pain=4, triggers={"deadline": 1, "conflict": 0}),
            entry(2, "moment", 3, pain=7),
            entry(3, pain=5, triggers={"deadline": 0, "conflict": 0}),
        ],
        april(1),
        april(3),
        Notebook(),
    )
    deadline = table.values[:, table.triggers.index("a deadline")]
    assert deadline[0] == 1
    assert np.isnan(deadline[1])
    assert deadline[2] == 0


def test_a_trigger_is_present_if_any_entry_of_the_day_names_it():
    assert day_triggers(
        [entry(1, triggers={"deadline": 0}), entry(1, "moment", triggers={"deadline": 1})]
    ) == {"deadline": 1}


def test_the_table_covers_the_days_asked_for_and_leaves_holes_open():
    table = day_table([entry(3, pain=4)], april(1), april(5), Notebook())
    assert table.first == april(1)
    assert table.last == april(5)
    assert np.isnan(table.pain).tolist() == [True, True, False, True, True]


def test_no_entry_at_all_is_a_table_without_a_number():
    table = day_table([], april(1), april(5), Notebook())
    assert table.recorded == 0
    assert table.span == 5


def test_columns_stand_by_how_often_they_were_there():
    own = Notebook(own=(OwnTrigger("own-1", "long drive", False, "2026-01-01"),))
    table = day_table(
        [
            entry(1, pain=1, triggers={"own-1": 1, "cold": 0}),
            entry(2, pain=1, triggers={"own-1": 1, "cold": 1}),
        ],
        april(1),
        april(2),
        own,
    )
    assert table.triggers == ("long drive", "cold")


def test_the_timeline_runs_backwards_with_its_gaps():
    line = timeline([entry(2), entry(2, "moment", 3), entry(6)], april(1), april(8))
    assert [(each.days if isinstance(each, Gap) else each.day.day) for each in line] == [
        2,
        6,
        3,
        2,
        1,
    ]
    gap = line[2]
    assert isinstance(gap, Gap)
    assert (gap.first, gap.last) == (april(3), april(5))
    day = line[3]
    assert isinstance(day, Day)
    assert len(day.entries) == 2
