"""One entry in a few words: when, where, how strong."""

from datetime import date, datetime, timedelta

from django.utils import dateformat
from django.utils.translation import gettext as _

from psoas.care.journal.sealing import Document, OpenEntry
from psoas.web.bodymap import place_name


def clock(at: datetime) -> str:
    return at.strftime("%H:%M")


def where(document: Document) -> str:
    slugs = [*document.get("places", []), *document.get("tension", [])]
    return ", ".join(name for slug in slugs if (name := place_name(slug)))


def strength(document: Document) -> str:
    pain = document.get("pain")
    if pain is None:
        return _("not sure how strong") if document.get("unsure") else ""
    return _("%(pain)s of 10") % {"pain": f"{pain:g}"}


def in_short(entry: OpenEntry) -> str:
    """Such as “left groin, 4 of 10”."""
    return ", ".join(part for part in (where(entry.document), strength(entry.document)) if part)


def when(entry: OpenEntry, today: date) -> str:
    """The hour alone today; before that the day with it."""
    time = clock(entry.at)
    if entry.day == today:
        return time
    if entry.day == today - timedelta(days=1):
        return _("yesterday %(time)s") % {"time": time}
    return f"{dateformat.format(entry.day, _('j F'))}, {time}"
