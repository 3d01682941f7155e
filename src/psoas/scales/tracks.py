"""The numbers of a questionnaire that are followed: its score, its sub-scales, or each measurement.

A sub-scale is followed on its own, beside the score where there is one. A test that gives several
numbers and no score, such as the range of the hip, has one track a number.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from psoas.content.questionnaire import Item, Questionnaire
from psoas.scales.change import SAME, Change, change
from psoas.scales.score import PartScore, Score
from psoas.scales.scoring import score

_MEASURED = frozenset({"degrees", "seconds", "count"})
# Halvings on the way to where a band ends: finer than a picture shows.
_HALVINGS = 14


@dataclass(frozen=True)
class Track:
    """One number of a questionnaire.

    Attributes:
        questionnaire: What it is a number of.
        name: What it is called.
        part: Slug of the sub-scale; "" for the score or a single item.
        item: Number of the item that is followed by itself; 0 for none.
    """

    questionnaire: Questionnaire
    name: str
    part: str = ""
    item: int = 0

    def value(self, of: Score) -> float | None:
        """Return its number in a score."""
        if self.item:
            return of.answers[self.item - 1]
        if self.part:
            return next((each.score for each in of.parts if each.slug == self.part), None)
        return of.score

    def weigh(self, before: Score, after: Score) -> Change | None:
        """Return what the step between two scores means; None where nothing is known of it."""
        if self.item:
            return None
        whole = change(self.questionnaire, before, after)
        if not self.part:
            return whole
        return next((found for slug, _name, found in whole.parts if slug == self.part), None)

    def ends(self) -> tuple[float, float]:
        """Return the lowest and the highest number there can be."""
        if self.item:
            return self._items[self.item - 1].range
        if not self.has_ends:
            return self.questionnaire.counted[0].range
        extremes = [
            self.value(score(self.questionnaire, [_extreme(each, high) for each in self._items]))
            for high in (False, True)
        ]
        known = [end for end in extremes if end is not None]
        return min(known), max(known)

    @property
    def has_ends(self) -> bool:
        """Whether its scale is drawn from end to end; seconds and degrees are not."""
        return not any(each.kind in _MEASURED for each in self._items)

    @property
    def _items(self) -> tuple[Item, ...]:
        return self.questionnaire.items

    def around(self, before: Score, holds: Callable[[Change], bool]) -> tuple[float, float] | None:
        """Return from where to where around ``before`` something holds of the change to there.

        Args:
            before: The earlier score.
            holds: Has to hold for no change, and to stop holding once on each side.
        """
        middle = self.value(before)
        if middle is None or not self._holds(before, middle, holds):
            return None
        low, high = self.ends()
        return self._edge(before, middle, low, holds), self._edge(before, middle, high, holds)

    def _edge(
        self, before: Score, inside: float, end: float, holds: Callable[[Change], bool]
    ) -> float:
        if self._holds(before, end, holds):
            return end
        outside = end
        for _halving in range(_HALVINGS):
            middle = (inside + outside) / 2
            if self._holds(before, middle, holds):
                inside = middle
            else:
                outside = middle
        return inside

    def _holds(self, before: Score, value: float, holds: Callable[[Change], bool]) -> bool:
        found = self.weigh(*self._pair(before, value))
        return found is not None and holds(found)

    def _pair(self, before: Score, value: float) -> tuple[Score, Score]:
        """Return the score before, and one that is the same but for this number."""
        if self.part:
            parts = tuple(
                PartScore(each.slug, each.name, value) if each.slug == self.part else each
                for each in before.parts
            )
            return before, replace(before, parts=parts)
        if self.questionnaire.scorer != "mean-of-answered":
            return before, replace(before, score=value)
        # Compared answer by answer: as many of them, all at the mean.
        mean = self.value(before)
        flat, there = (
            replace(before, score=at, answers=tuple(at if n is not None else None for n in
                                                    before.answers))
            for at in (mean, value)
        )  # fmt: skip
        return flat, there


def tracks_of(questionnaire: Questionnaire) -> tuple[Track, ...]:
    """Return what is followed of a questionnaire, the score first."""
    if not questionnaire.counted:
        return tuple(
            Track(questionnaire, item.label, item=item.number)
            for item in questionnaire.items
            if item.kind != "text"
        )
    whole = Track(questionnaire, questionnaire.label)
    parts = tuple(
        Track(questionnaire, f"{questionnaire.label}: {part.label}", part=part.slug)
        for part in questionnaire.parts
    )
    answers = [_extreme(each, high=False) for each in questionnaire.items]
    has_total = score(questionnaire, answers).score is not None
    return (whole, *parts) if has_total else parts or (whole,)


def no_change(found: Change) -> bool:
    """Return whether a change is smaller than any that means something."""
    return found.words == SAME


def within_error(found: Change) -> bool:
    """Return whether measuring alone may give a change."""
    return found.beyond_error is False or found.difference == 0


def _extreme(item: Item, high: bool) -> float | None:
    if item.kind == "text":
        return None
    low, most = item.range
    return most if high != item.reverse else low
