"""What scoring gives back, and how it says no."""

from dataclasses import dataclass

Answer = float | str | None
"""One answer: a number, the words of a text item, or None for missing."""


class AnswersRefused(Exception):  # noqa: N818  (a refusal is an answer, not a fault)
    """These answers cannot be scored; the message says what, where and what to do."""


@dataclass(frozen=True)
class PartScore:
    """The score of one sub-scale.

    Attributes:
        slug: its key.
        name: its name in the reader's language.
        score: unrounded; None where too much is missing.
    """

    slug: str
    name: str
    score: float | None


@dataclass(frozen=True)
class Score:
    """What a set of answers comes to.

    Attributes:
        slug: of the questionnaire.
        score: unrounded; None where it may not be worked out, or there is no total.
        band: slug of the band it lies in; None where there is none.
        band_label: the band in the reader's language; empty where there is none.
        parts: sub-scales, in their order.
        steps: what follows: "suicide-step", "phq-9", "gad-7", "clinician-this-week", "referral",
            "trauma-information", "emergency", "same-day".
        missing: numbers of the items whose answers are missing, from 1.
        direction: whether more is better.
        note: sentences that belong beside this score; may be empty. What is to be said beside
            every score of a questionnaire is its own `note`.
        answers: the numbers it was worked out from, in the order of the items; None where an
            answer is missing or the item holds words.
    """

    slug: str
    score: float | None
    band: str | None
    band_label: str
    parts: tuple[PartScore, ...]
    steps: tuple[str, ...]
    missing: tuple[int, ...]
    direction: str
    note: str
    answers: tuple[float | None, ...]

    def part(self, slug: str) -> float | None:
        """Return the score of one sub-scale; None where too much of it is missing.

        Raises:
            KeyError: there is no such sub-scale.
        """
        return {part.slug: part.score for part in self.parts}[slug]


@dataclass(frozen=True)
class Found:
    """What one rule works out; everything else about a score is the same for all rules.

    Attributes:
        score: unrounded, or None.
        parts: unrounded, by slug.
        steps: what follows.
        note: sentences that belong beside it.
        band: where the rule decides on the band; None lets the score decide.
        missing: where the rule decides what was to be answered; None lets the items decide.
    """

    score: float | None
    parts: tuple[tuple[str, float | None], ...] = ()
    steps: tuple[str, ...] = ()
    note: str = ""
    band: str | None = None
    missing: tuple[int, ...] | None = None
