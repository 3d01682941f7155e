"""How what is counted grows step by step, how it is taken away, and how it comes back.

In whole numbers, since nobody does half a repetition: each step is a fifth at most, or the least
there is where a fifth is less than that. What takes away rounds down.
"""

from dataclasses import dataclass
from math import floor
from typing import Final, Literal

Turn = Literal["red", "second red", "ambers", "greens"]
MOST_SETS: Final = 3
LEAST: Final = 0.25
AFTER_RED: Final = 0.5
AFTER_AMBERS: Final = 0.8


@dataclass(frozen=True)
class Size:
    """So many sets of so many: repetitions, or parts of a hold.

    Attributes:
        sets: Of one side.
        once: In one set.
    """

    sets: int
    once: int

    @property
    def total(self) -> int:
        """What all sets of one side come to."""
        return self.sets * self.once


def grown(first: Size, high: int, steps: int) -> Size:
    """Return a size after so many steps: more of it in a set up to ``high``, then another set.

    A new set comes with less in each, so that all of it rises by no more than a fifth.
    """
    now = first
    for _step in range(steps):
        most = now.total * 6 // 5
        more = Size(now.sets, min(high, most // now.sets))
        split = Size(now.sets + 1, most // (now.sets + 1))
        if more.once > now.once:
            now = more
        elif now.sets < MOST_SETS and split.total > now.total:
            now = split
        elif now.sets < MOST_SETS and now.once == high:
            # Of eight no two sets can be made within a fifth; of nine they can.
            now = Size(now.sets, most // now.sets)
    return now


def taken(full: Size, most: int, high: int, *, as_set: bool = False) -> Size:
    """Return the largest size within ``most``, and within the sets there are.

    Args:
        full: What it is taken from.
        most: What all sets may come to; one is left in any case.
        high: The most in one set.
        as_set: Keep as many sets as can be; else as few.
    """
    sets = range(full.sets, 0, -1) if as_set else range(1, full.sets + 1)
    once = max(high, full.once)
    found = [Size(each, min(once, most // each)) for each in sets if most >= each]
    return max(found, key=lambda each: each.total, default=Size(1, 1))


def followed(
    first: Size, high: int, turns: tuple[Turn, ...], steps: int, *, as_set: bool = False
) -> Size:
    """Return what the lights made of a size, in the order in which they came.

    Args:
        first: What it began with.
        high: The most in one set.
        turns: What the lights did, the oldest first.
        steps: The most steps it grew above its beginning; 0 where nothing may be added.
        as_set: Keep the sets where something is taken away.
    """
    full = now = first
    done = 0
    for turn in turns:
        if turn != "greens":
            done = max(0, done - 1) if turn == "second red" else done
            full = grown(first, high, done)
            share = AFTER_AMBERS if turn == "ambers" else AFTER_RED
            left = max(part(now.total, share), min(now.total, part(full.total, LEAST)))
            now = taken(full, left, high, as_set=as_set)
        elif now.total < full.total:
            now = _back(now, full, high, as_set=as_set)
        elif done < steps:
            done += 1
            full = now = grown(first, high, done)
    return now


def part(total: float, share: float) -> int:
    """Return a share of a total, rounded down; a share that is meant to be whole stays so."""
    return floor(total * share + 1e-9)


def _back(now: Size, full: Size, high: int, *, as_set: bool) -> Size:
    """One step back to what it was: a fifth, or the least that can be made of these sets."""
    most = max(now.total * 6 // 5, now.total + 1)
    while (found := taken(full, most, high, as_set=as_set)).total <= now.total:
        most += 1
    return full if found.total >= full.total else found
