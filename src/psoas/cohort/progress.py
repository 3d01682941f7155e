"""How far it is, on the error stream: a bar in a terminal, a line now and then elsewhere."""

import shutil
import sys
import time
from collections.abc import Callable
from typing import TextIO

from psoas.content.language import gettext as _

_BAR = 24
# Seconds between two showings, in a terminal and elsewhere.
_OFTEN, _SELDOM = 0.2, 10.0


class Progress:
    """Counts what is done and says how long the rest may take.

    The rate is that of this run: what an earlier one finished took no time now.
    """

    def __init__(
        self, stream: TextIO | None = None, clock: Callable[[], float] | None = None
    ) -> None:
        self._stream = sys.stderr if stream is None else stream
        self._clock = clock or time.monotonic
        self._drawn = self._stream.isatty()
        self._begun = self._shown = self._clock()
        self._title = ""
        self._all = self._before = self._done = 0
        self._told = self._wide = 0

    def begin(self, title: str, whole: int, before: int = 0) -> None:
        """Begin a stage.

        Args:
            title: What is done, before the numbers; with ``{n}`` and ``{all}`` in it.
            whole: How many there are.
            before: How many of them were done already.
        """
        self._title, self._all = title, whole
        self._before = self._done = self._told = before
        self._begun = self._clock()
        self._shown = self._begun
        if self._drawn:
            self._draw()

    def done(self, count: int) -> None:
        """Say that ``count`` of them are done by now."""
        self._done = count
        now = self._clock()
        if now - self._shown >= (_OFTEN if self._drawn else _SELDOM):
            self._shown = now
            self._draw()

    def advance(self, count: int) -> None:
        """Say that ``count`` more are done."""
        self.done(self._done + count)

    def end(self) -> None:
        """End a stage; the bar goes away, a line stays."""
        if self._drawn:
            self._wipe()
        elif self._done != self._told:
            self._draw()

    def say(self, sentence: str) -> None:
        """Write a sentence of its own."""
        self._wipe()
        print(sentence, file=self._stream, flush=True)

    @property
    def rate(self) -> float:
        """How many a second."""
        spent = self._clock() - self._begun
        return (self._done - self._before) / spent if spent > 0 else 0.0

    def line(self) -> str:
        """Return what is shown: counts, rate, time left."""
        share = self._done / self._all if self._all else 1.0
        parts = [f"{share:4.0%}", self._title.format(n=f"{self._done:,}", all=f"{self._all:,}")]
        if self.rate > 0:
            parts.append(_("{rate} a second").format(rate=f"{self.rate:,.0f}"))
        if self.rate > 0 and self._done < self._all:
            parts.append(_("{time} left").format(time=spoken(self._left())))
        return " · ".join(parts)

    def _left(self) -> float:
        return max(self._all - self._done, 0) / self.rate

    def _draw(self) -> None:
        if not self._drawn:
            self._told = self._done
            print(self.line(), file=self._stream, flush=True)
            return
        filled = round(_BAR * min(self._done / self._all if self._all else 1.0, 1.0))
        text = f"[{'#' * filled}{'-' * (_BAR - filled)}] {self.line()}"
        # One line only: a longer one would leave its beginnings on the screen.
        text = text[: max(shutil.get_terminal_size((80, 24)).columns - 1, 10)]
        self._stream.write("\r" + text.ljust(self._wide))
        self._wide = len(text)
        self._stream.flush()

    def _wipe(self) -> None:
        if self._drawn and self._wide:
            self._stream.write("\r" + " " * self._wide + "\r")
            self._wide = 0
            self._stream.flush()


def spoken(seconds: float) -> str:
    """Return a time as it is said.

    Example:
        >>> spoken(7), spoken(130), spoken(7500)
        ('7 s', '2 min 10 s', '2 h 5 min')
    """
    whole = round(seconds)
    if whole < 60:
        return _("{s} s").format(s=whole)
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return _("{min} min {s} s").format(min=minutes, s=rest)
    hours, minutes = divmod(minutes, 60)
    return _("{h} h {min} min").format(h=hours, min=minutes)
