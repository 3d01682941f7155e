from psoas.care.programme.grading import (
    GOAL,
    Week,
    baseline,
    first_week,
    lighter,
    load,
    next_week,
    planned,
    rose_too_far,
    too_hard,
)


def test_the_weeks_of_a_baseline_of_twelve_and_a_half_minutes():
    weeks = planned(first_week("walk", 12.5), 5)
    assert [(week.minutes, week.days) for week in weeks] == [
        (10, 3),
        (11.5, 3),
        (11.5, 4),
        (7, 4),
        (13, 4),
    ]


def test_minutes_and_days_never_rise_in_the_same_week_and_no_minutes_by_more_than_a_fifth():
    for kind in ("walk", "yoga", "swim"):
        for lowest in (1, 1.5, 2, 3, 5, 7.5, 12.5, 20, 40):
            weeks = planned(first_week(kind, lowest), 60, GOAL[kind])
            for before, after in zip(weeks, weeks[1:], strict=False):
                assert (after.level[0] > before.level[0]) + (after.level[1] > before.level[1]) <= 1
                assert after.level[0] <= before.level[0] * 1.2
                assert after.minutes <= GOAL[kind][0] or after.minutes <= weeks[0].minutes


def test_every_fourth_week_is_lighter():
    weeks = planned(first_week("walk", 12.5), 12)
    assert [week.number for week in weeks if week.cause == "lighter"] == [4, 8, 12]
    assert (lighter(Week(4, 20, 5, "hold")).minutes, lighter(Week(4, 20, 5, "hold")).days) == (
        12,
        5,
    )


def test_it_rises_only_after_three_greens_of_the_last_four():
    first = first_week("walk", 12.5)
    assert next_week(first, ["green", "amber", "green", "green"]).cause == "minutes"
    assert next_week(first, ["green", "amber", "amber", "green"]).cause == "hold"
    assert next_week(first, []).cause == "hold"


def test_three_ambers_bring_the_lighter_week_forward_and_two_never_follow_each_other():
    early = next_week(first_week("walk", 12.5), [], ambers=True)
    assert early.cause == "lighter"
    assert next_week(early, ["green"] * 4, ambers=True).cause != "lighter"


def test_it_stops_at_the_goal():
    weeks = planned(first_week("walk", 30), 40)
    assert max(week.minutes for week in weeks) == 30
    assert max(week.days for week in weeks) == 5


def test_very_short_walks_rise_by_quarters_and_one_that_cannot_says_that_it_stays():
    minutes = [week.level[0] for week in planned(first_week("walk", 2), 14)]
    assert minutes[0] == 1.5
    assert {1.75, 2, 2.5, 3} <= set(minutes)
    last = planned(first_week("walk", 1), 12)[-2]
    assert (last.minutes, last.days, last.cause) == (1, 5, "hold")


def test_who_does_more_than_the_goal_already_gets_no_more_days():
    for lowest in (42, 6.25):
        weeks = planned(first_week("walk", lowest), 8, (5.0, 5))
        assert {week.days for week in weeks} == {3}
        assert {week.cause for week in weeks} == {"begin", "lighter", "goal"}


def test_two_days_are_no_baseline():
    assert baseline([10, 12]) is None
    assert baseline([15, 12.5, 20]) == 12.5


def test_load_and_effort():
    assert load(4, 10) == 40
    assert rose_too_far([100], [121])
    assert not rose_too_far([100], [120])
    assert not rose_too_far([], [50])
    assert too_hard([3, 8, 9])
    assert not too_hard([9, 3])
