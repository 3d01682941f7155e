import pytest

from psoas.charts.wrap import ELLIPSIS, shorten, width_of, wrap

SENTENCE = "Not sure yet: between 0.6 lower and 1.1 higher the day after “short night”."


@pytest.mark.parametrize("room", [60, 120, 300, 2000])
def test_no_line_is_wider_than_its_room_and_no_word_is_lost(room):
    lines = wrap(SENTENCE, room, 12.5, 40)
    assert all(width_of(line, 12.5) <= room for line in lines)
    assert " ".join(lines) == SENTENCE or room == 60


def test_a_word_longer_than_a_line_is_cut_and_keeps_its_letters():
    lines = wrap("a" + "b" * 60, 100, 12.5, 40)
    assert "".join(lines) == "a" + "b" * 60
    assert all(width_of(line, 12.5) <= 100 for line in lines)


def test_what_does_not_fit_ends_with_a_sign():
    lines = wrap(SENTENCE, 120, 12.5, 2)
    assert len(lines) == 2
    assert lines[1].endswith(ELLIPSIS)
    assert width_of(lines[1], 12.5) <= 120
    assert shorten("short", 200, 12.5) == "short"


def test_nothing_is_one_empty_line():
    assert wrap("", 100, 12.5, 3) == [""]


def test_wide_letters_count_as_wide_and_joined_marks_as_nothing():
    assert width_of("痛み", 10) > width_of("ab", 10)
    assert width_of("e\u0301", 10) == width_of("e", 10)
