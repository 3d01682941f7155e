"""The trail's acts in words that the person they are about understands."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from psoas.care.people.models import CATEGORIES, TrailRow

# What the person's switches say at length, in a word or three: it stands in sentences, and on
# the clinic's pages, where "the words you wrote" would be somebody else's.
TITLES = {
    "pain": gettext_lazy("Pain"),
    "feelings": gettext_lazy("Feelings, triggers and words"),
    "sessions": gettext_lazy("Sessions"),
    "questionnaires": gettext_lazy("Questionnaires"),
    "movement": gettext_lazy("Movement"),
    "alarm": gettext_lazy("Hard answers"),
}


@dataclass(frozen=True)
class Act:
    """One line: when, who, and what they did."""

    at: datetime
    who: str
    sentence: str
    times: int = 1
    since: datetime | None = None


def in_words(row: TrailRow, *, who: str, other: str) -> Act:
    """Say what a row of the trail stands for; ``other`` is the person its item names, if any."""
    told = _told(other).get(row.action)
    if told is None:
        told = _category_told(row, other) or row.action
    return Act(row.at, who, told)


def _told(other: str) -> dict[str, str]:
    named = {"name": other or _("someone whose account is gone")}
    return {
        "joined": _("made this account"),
        "signed in by link": _("signed in with a one-time link"),
        "signed out everywhere": _("signed out on all other devices"),
        "app lock set": _("set the app lock"),
        "app lock removed": _("took the app lock off"),
        "link to enter made": _("made a one-time link to sign in"),
        "care began": _("noted that %(name)s looks after you") % named,
        "care ended": _("noted that %(name)s no longer looks after you") % named,
        "account closed": _("closed this account"),
        "journal erased": _("deleted the whole journal"),
        "account erased": _("deleted the account"),
        "entry written": _("wrote an entry"),
        "entry changed": _("changed an entry"),
        "entry deleted": _("deleted an entry"),
        "entry brought back": _("brought an entry back"),
        "test begun": _("began a test"),
        "test stopped": _("stopped a test"),
        "test taken up again": _("went on with a test"),
        "test made longer": _("made a test longer"),
        "test answered": _("looked at what came out of a test"),
        "reminder sent": _("sent you a mail that something is waiting"),
        "reply finished": _("finished some questions"),
        "reply entered": _("entered a measurement"),
        "check begun": _("began the check"),
        "check finished": _("finished the check"),
        "check asked again": _("was to be asked the check again"),
        "task made": _("left a note for %(name)s to get in touch") % named,
        "task done": _("marked a note about you as seen to"),
        "task taken up again": _("took up a note about you again"),
        "session told": _("noted what was done"),
        "weeks begun": _("began to raise walking, water or yoga week by week"),
        "morning answered": _("said how the morning after was"),
        "flare plan written": _("wrote a flare plan"),
        "sessions read": _("read your sessions"),
        "preferences told": _("said how and when to exercise"),
        "plan made": _("made your plan"),
        "plan locked": _("locked your plan"),
        "plan unlocked": _("unlocked your plan"),
        "plan read": _("looked at your plan"),
        "yes of a clinician noted": _("noted a clinician’s yes"),
        "yes of a clinician withdrawn": _("took a clinician’s yes back"),
        "check overridden": _("said, with name and reason, that you may go on"),
    }


def _category_told(row: TrailRow, other: str) -> str:
    action = row.action
    if action == "shared journal read":
        return _("read what you share: %(what)s") % {"what": titles(row.item.split(","))}
    if action == "check read":
        return (
            _("read your check and its answers") if row.item else _("saw what your check came to")
        )
    if action == "answers read" and not row.item:
        return _("looked at what they typed in themselves")
    if action == "answers read":
        return _("read answers or measurements: %(what)s") % {"what": titles(row.item.split(","))}
    if action.endswith(" days added"):
        return _("brought in a file: %(n)s days") % {"n": action.removesuffix(" days added")}
    endings: dict[str, Callable[[dict[str, str]], str]] = {
        " no longer shared": lambda to: _("stopped sharing “%(what)s” with %(name)s") % to,
        " shared": lambda to: _("began to share “%(what)s” with %(name)s") % to,
    }
    for ending, told in endings.items():
        category = action.removesuffix(ending)
        if category != action and category in CATEGORIES:
            named = other or _("someone whose account is gone")
            return told({"what": titles([category]), "name": named})
    return ""


def titles(categories: Iterable[str]) -> str:
    """The categories' short names, in their own order, for a sentence."""
    chosen = set(categories)
    return "; ".join(str(TITLES[slug]) for slug in CATEGORIES if slug in chosen)
