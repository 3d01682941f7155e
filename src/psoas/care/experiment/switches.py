"""What is switched on and off: a practice that is offered, or something in one's own words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from psoas.care.people.joining import tidy_name
from psoas.care.people.refusal import Refusal
from psoas.content.practices import PRACTICES, Limit, Practice, limit_of, opens_of_words, practice
from psoas.diary.experiment.schedule import DAYS, Scheme

LONGEST_NAME, LONGEST_WORDS = 60, 200
# Of every block the last two days count; what a longer block has before them is its washout.
_COUNTED = 2
_USUAL_BLOCK = 3


@dataclass(frozen=True)
class Switch:
    """What to do on the days with it and on the days without.

    ``practice`` is the slug of an offered practice, and empty for words of one's own. The words
    are English as the content has them, or as the person wrote them.
    """

    practice: str
    name: str
    on: str
    off: str
    with_words: str
    without_words: str
    block: int
    ask: bool

    @property
    def scheme(self) -> Scheme:
        return Scheme(DAYS, self.block, self.block - _COUNTED)

    @property
    def label(self) -> str:
        return self._said(self.name)

    @property
    def to_do(self) -> str:
        return self._said(self.on)

    @property
    def to_leave(self) -> str:
        return self._said(self.off)

    @property
    def limit(self) -> Limit | None:
        """What content says of the person's own words; what is offered was weighed before."""
        return None if self.practice else limit_of(self.name, self.on, self.off)

    @property
    def opens(self) -> str:
        """The door of the safety check before it; empty where it needs none."""
        if not self.practice:
            return opens_of_words(self.name, self.on, self.off)
        try:
            return practice(self.practice).opens
        except KeyError:
            # No longer offered: what it was is read from its words.
            return opens_of_words(self.name, self.on)

    def line(self, *, with_it: bool) -> str:
        """A day in a few words, such as “with sitting breaks”."""
        if self.practice:
            return self._said(self.with_words if with_it else self.without_words)
        said = _("with %(name)s") if with_it else _("without %(name)s")
        return said % {"name": self.name}

    def _said(self, words: str) -> str:
        return _(words) if words and self.practice else words


def offered(slug: str) -> Switch | None:
    """The practice of this slug as a switch; None where nothing offered has it."""
    try:
        return _from_content(practice(slug))
    except KeyError:
        return None


def all_offered() -> list[Switch]:
    return [_from_content(each) for each in PRACTICES]


def in_own_words(name: str, on: str = "", off: str = "") -> Switch:
    """A switch in the person's words; refused where it is a medicine or could harm."""
    name, on, off = tidy_name(name), tidy_name(on), tidy_name(off)
    wrong: dict[str, list[str]] = {}
    if not name or len(name) > LONGEST_NAME:
        wrong["name"] = [_("Say in 1 to 60 characters what it is.")]
    for field, words in (("on", on), ("off", off)):
        if len(words) > LONGEST_WORDS:
            wrong[field] = [_("Use at most 200 characters.")]
    limit = limit_of(name, on, off)
    if limit is not None and limit.kind == "never":
        wrong.setdefault("name", []).append(limit.said)
    if wrong:
        raise Refusal(wrong)
    return Switch("", name, on, off, "", "", _USUAL_BLOCK, ask=True)


def _from_content(found: Practice) -> Switch:
    return Switch(
        found.slug,
        found.name,
        found.on,
        found.off,
        found.with_line,
        found.without_line,
        found.block,
        found.ask,
    )
