import pytest

from psoas.care.programme.light import Told, light, usual


@pytest.mark.parametrize(
    ("at", "told", "expected"),
    [
        (2, (2, 2, 2), "green"),
        (2, (4, 3, 2), "amber"),
        (2, (6, 4, 2), "red"),
        (2, (2, 2, 4), "red"),
        (2, (2, 2, None), "amber"),
        (3, (3, 3, 3), "green"),
        (5, (5, 5, 5), "green"),
        (5, (6, 5, 5), "red"),
        (2, (2, 2, 3.5), "amber"),
        # The same limits from either side.
        (2, (5, 5, 2), "amber"),
        (2, (5.5, 2, 2), "red"),
        (2, (2, 5.5, 2), "red"),
        (2, (2, 2, 2.9), "green"),
        (2, (2, 2, 3), "amber"),
        (2, (2, 2, 3.9), "amber"),
        (0, (2, 2, 0), "green"),
        (0, (2.5, 2, 0), "amber"),
        # What was not told is never green.
        (2, (None, None, 2), "amber"),
        (2, (None, 2, 2), "green"),
        (2, (None, None, None), "amber"),
    ],
)
def test_the_light_of_a_session(at, told, expected):
    during, after, next_day = told
    assert light(Told(during, after, next_day, usual=at)) == expected


def test_a_new_limp_or_night_pain_is_red_whatever_the_numbers():
    assert light(Told(0, 0, 0, usual=0, alarmed=True)) == "red"


def test_more_pain_never_makes_a_light_greener():
    rank = {"green": 0, "amber": 1, "red": 2}
    for at in range(6):
        for during in range(11):
            for after in range(11):
                for morning in range(10):
                    here = rank[light(Told(during, after, morning, at))]
                    assert here <= rank[light(Told(during, after, morning + 1, at))]
                    if during < 10:
                        assert here <= rank[light(Told(during + 1, after, morning, at))]


def test_usual_is_the_median_of_the_last_seven_or_the_baseline():
    assert usual([9, 9, 1, 2, 3, 4, 5, 6, 7]) == 4
    assert usual([], 3) == 3
    assert usual([]) is None
