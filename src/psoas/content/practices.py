"""What can be tested on oneself: practices that a person can switch, and what is never tested."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from psoas.content.language import gettext
from psoas.content.reader import read_entries
from psoas.content.triggers import TRIGGERS


@dataclass(frozen=True)
class Practice:
    """One thing a person can do on some days and not on others.

    Attributes:
        slug: Its key in plans.
        name: As it stands inside a sentence: "an evening stretch".
        on: What to do on a day with it.
        off: What to do on a day without it.
        with_line: A day with it in a few words: "with an evening stretch".
        without_line: A day without it.
        triggers: Slugs of the triggers it answers, the closest first.
        block: Days in a row that are alike.
        ask: Whether a clinician may have advised it, or advised against it.
        opens: The door of the safety check before it; empty where it needs none.
    """

    slug: str
    name: str
    on: str
    off: str
    with_line: str
    without_line: str
    triggers: tuple[str, ...]
    block: Literal[2, 3]
    ask: bool = False
    opens: Literal["", "routine", "breath"] = ""

    def __post_init__(self) -> None:
        """Refuse a trigger that is not offered.

        Raises:
            ValueError: a slug in ``triggers`` is none of triggers.toml, or no exposure.
        """
        known = {trigger.slug for trigger in TRIGGERS if trigger.exposure}
        if unknown := set(self.triggers) - known:
            raise ValueError(f"no trigger is called {min(unknown)}")

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return gettext(self.name)


@dataclass(frozen=True)
class Limit:
    """Words that keep a wording from being tested, or from being tested unasked.

    Attributes:
        slug: Its key.
        kind: ``never``; ``agree`` where a clinician's yes comes first, whoever thought of it;
            ``ask`` where a clinician may have advised it. ``routine`` and ``breath`` keep nothing
            from being tested: they name the door of the safety check before it.
        words: Whole words, in any case; ``*`` stands for the rest of a word.
        reason: The sentence that says why.
    """

    slug: str
    kind: Literal["never", "agree", "ask", "routine", "breath"]
    words: tuple[str, ...]
    reason: str

    @property
    def said(self) -> str:
        """The reason in the reader's language."""
        return gettext(self.reason)


PRACTICES: tuple[Practice, ...] = read_entries("practices_to_test.toml", "practice", Practice)
LIMITS: tuple[Limit, ...] = read_entries("not_to_test.toml", "limit", Limit)
_BY_SLUG = {found.slug: found for found in PRACTICES}


def practice(slug: str) -> Practice:
    """Return the practice with this slug.

    Raises:
        KeyError: nothing offered has it (a person's own wording is not content).
    """
    return _BY_SLUG[slug]


def practices_for(trigger: str) -> tuple[Practice, ...]:
    """Return what answers a trigger, the closest first; empty where it can only be watched."""
    found = [each for each in PRACTICES if trigger in each.triggers]
    return tuple(sorted(found, key=lambda each: each.triggers.index(trigger)))


def limit_of(*texts: str) -> Limit | None:
    """Return what keeps these words from being tested, the strictest first."""
    return _first_of(("never", "agree", "ask"), texts)


def opens_of_words(*texts: str) -> str:
    """Return the door of the safety check before an own wording; empty where none is seen."""
    found = _first_of(("routine", "breath"), texts)
    return found.kind if found else ""


def _first_of(kinds: Iterable[str], texts: Iterable[str]) -> Limit | None:
    # The end of one text and the beginning of the next are no words that stand together.
    text = " | ".join(_plain(each) for each in texts)
    for kind in kinds:
        for limit in LIMITS:
            if limit.kind == kind and any(_stands_in(word, text) for word in limit.words):
                return limit
    return None


def _stands_in(word: str, text: str) -> bool:
    # Whole words unless it says otherwise: a pillow is no pill.
    pattern = re.escape(_plain(word)).replace(r"\*", r"\w*")
    return re.search(rf"\b{pattern}\b", text) is not None


def _plain(text: str) -> str:
    # However it was typed: a walking-frame is a walking frame, don’t is don't.
    return " ".join(text.casefold().replace("\u2019", "'").replace("-", " ").split())
