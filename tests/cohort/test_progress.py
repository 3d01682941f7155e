"""How far it is, in a terminal and elsewhere."""

import io

from psoas.cohort.progress import Progress, spoken


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_counts_rate_and_time_left_are_said():
    clock = Clock()
    progress = Progress(io.StringIO(), clock)
    progress.begin("{n} of {all} people", 10_000, before=4_000)
    clock.now = 10
    progress.advance(1_500)
    assert progress.line() == " 55% · 5,500 of 10,000 people · 150 a second · 30 s left"


def test_elsewhere_than_in_a_terminal_a_line_comes_now_and_then():
    clock, stream = Clock(), io.StringIO()
    progress = Progress(stream, clock)
    progress.begin("{n} of {all} people", 100)
    for second in range(1, 26):
        clock.now = second
        progress.advance(4)
    progress.end()
    lines = stream.getvalue().splitlines()
    assert [line.partition(" ·")[0].strip() for line in lines] == ["40%", "80%", "100%"]
    assert "\r" not in stream.getvalue()


def test_in_a_terminal_one_line_is_drawn_over_and_goes_away(monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    clock, stream = Clock(), Terminal()
    progress = Progress(stream, clock)
    progress.begin("{n} of {all} people", 1_000)
    clock.now = 1
    progress.advance(500)
    drawn = stream.getvalue().split("\r")[-1]
    assert drawn.startswith("[############------------]  50%")
    assert len(drawn) < 60
    progress.end()
    assert stream.getvalue().split("\r")[-2].strip() == ""
    assert "\n" not in stream.getvalue()


def test_nothing_to_do_and_no_time_are_no_trouble():
    progress = Progress(io.StringIO(), Clock())
    progress.begin("{n} of {all}", 0)
    progress.end()
    assert progress.line() == "100% · 0 of 0"


def test_times_are_said_as_people_say_them():
    assert [spoken(s) for s in (0, 59.6, 61, 3_600, 9_000)] == [
        "0 s",
        "1 min 0 s",
        "1 min 1 s",
        "1 h 0 min",
        "2 h 30 min",
    ]
