"""What is claimed about hips, stress and feelings, what the evidence says, and what may be said."""

from dataclasses import dataclass
from typing import Literal

from psoas.content.language import gettext
from psoas.content.reader import read_entries

Verdict = Literal["S", "P", "U", "N"]


@dataclass(frozen=True)
class Claim:
    """One claim, judged.

    Attributes:
        slug: "C01" and so on; never given to another claim.
        claim: What is claimed, in a few words.
        verdict: Supported, partly supported, unsupported, or not testable.
        words: The verdict in words, with its limits.
        note: What the evidence says, with its figures.
        say: What a person may read; empty where the claim is never shown.
        show: Whether the claim may be shown at all.
        sources: Readable citations.
        ck: All or part of it is common clinical knowledge for which no source was found.
    """

    slug: str
    claim: str
    verdict: Verdict
    words: str
    note: str
    say: str = ""
    show: bool = True
    sources: tuple[str, ...] = ()
    ck: bool = False

    def __post_init__(self) -> None:
        """Refuse a claim that nothing holds up, and one that is shown without words.

        Raises:
            ValueError: it is supported or partly so, and neither sourced nor common knowledge; or
                ``say`` and ``show`` contradict each other.
        """
        if self.verdict in ("S", "P") and not self.sources and not self.ck:
            raise ValueError("a claim that is supported needs sources, or ck = true")
        if self.show != bool(self.say):
            raise ValueError("say is what is shown: leave it out where show = false, else write it")
        if not all(each.strip() for each in (*self.sources, self.claim, self.words, self.note)):
            raise ValueError("there is an empty text in it")

    @property
    def said(self) -> str:
        """What a person may read, in the reader's language; empty where nothing may be shown."""
        return gettext(self.say) if self.say else ""

    @property
    def verdict_label(self) -> str:
        """The verdict in words, in the reader's language."""
        return gettext(self.words)

    @property
    def note_label(self) -> str:
        """What the evidence says, in the reader's language."""
        return gettext(self.note)


CLAIMS: tuple[Claim, ...] = read_entries("claims.toml", "claim", Claim)
_BY_SLUG = {found.slug: found for found in CLAIMS}


def claim(slug: str) -> Claim:
    """Return the claim with this slug.

    Raises:
        KeyError: no such claim was judged.
    """
    return _BY_SLUG[slug]
