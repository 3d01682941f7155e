"""Today's minutes: the one button to them, and what the last ones said, on Today and on Move."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from psoas.care.people.access import Viewer
from psoas.care.programme import morning, plans, sessions
from psoas.care.programme.lights import Lit, lit
from psoas.care.programme.plans import Today
from psoas.care.programme.session_rows import OpenSession
from psoas.web.person import figures

# What the last session's light says is news for so long.
NEWS: Final = timedelta(days=2)
_TITLES: Final = {
    ("morning", 5): gettext_lazy("Today’s five minutes"),
    ("morning", 7): gettext_lazy("Today’s seven minutes"),
    ("morning", 10): gettext_lazy("Today’s ten minutes"),
    ("evening", 5): gettext_lazy("Tonight’s five minutes"),
    ("evening", 7): gettext_lazy("Tonight’s seven minutes"),
    ("evening", 10): gettext_lazy("Tonight’s ten minutes"),
}
# Beside the sentence, which begins with the word.
_SIGNS: Final = {"green": "check", "amber": "circle-minus", "red": "hand"}


@dataclass(frozen=True)
class Minutes:
    """Today's minutes as they are offered.

    Attributes:
        title: "Tonight’s seven minutes".
        made_of: "4 movements, both sides. Gentle."
        picture: The first of them, or nothing.
        begun: They were begun and wait to be gone on with.
        done: They were done today already.
        empty: Nothing is open; ``notes`` says why.
    """

    title: str
    made_of: str
    picture: SafeString
    begun: bool
    done: bool
    empty: bool
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """What is asked the morning after."""

    key: UUID
    what: str


@dataclass(frozen=True)
class Told:
    """What the last session came to."""

    lit: Lit
    icon: str


def context(viewer: Viewer, now: datetime) -> dict[str, object]:
    """What ``person/move/minutes.html`` takes. Nothing of it where exercising is closed."""
    today = plans.today(viewer, now)
    if not today.leave.allowed:
        return {"asked": asked(viewer, now)}
    recent = sessions.recent(viewer, now, days=NEWS.days)
    return {
        "minutes": _offered(viewer, today, recent, now),
        "asked": asked(viewer, now),
        "told": _told(recent),
        "has_plan": today.plan is not None,
    }


def asked(viewer: Viewer, now: datetime) -> Asked | None:
    """The question of the morning after; None where nothing waits for an answer."""
    waits = morning.waiting(viewer, now)
    return Asked(waits.id, _what(waits, timezone.localdate(now))) if waits else None


def title(today: Today) -> str:
    """ "Tonight’s seven minutes", where it comes near that: a lighter week takes about half."""
    found = _TITLES.get((today.when, today.minutes))
    whole = today.routine.minutes > today.minutes - 2
    return str(found) if found and whole else _("Today’s minutes")


def made_of(today: Today) -> str:
    """How much it is, in a few words."""
    items = today.routine.items
    count = ngettext("%(n)s movement", "%(n)s movements", len(items)) % {"n": len(items)}
    if any(item.side == "each" for item in items):
        count = _("%(count)s, both sides") % {"count": count}
    return _("%(count)s. Gentle.") % {"count": count} if today.gentle else f"{count}."


def _offered(viewer: Viewer, today: Today, recent: list[OpenSession], now: datetime) -> Minutes:
    items = today.routine.items
    # A stretch or what strengthens says more than the easy movement before it.
    telling = sorted(items, key=lambda item: item.exercise.group not in ("stretch", "strength"))
    picture = next((found for item in telling if (found := figures.still(item.exercise))), None)
    done = any(
        each.day == today.day and each.finished_at and each.kind in ("routine", "short")
        for each in recent
    )
    return Minutes(
        title=title(today),
        made_of=made_of(today),
        picture=picture or SafeString(""),
        begun=sessions.under_way(viewer, now) is not None,
        done=done,
        empty=not items,
        notes=tuple(today.routine.notes),
    )


def _told(recent: list[OpenSession]) -> Told | None:
    finished = next((each for each in recent if each.finished_at), None)
    if finished is None:
        return None
    found = lit(finished)
    if found.waits and found.light != "red":
        return None
    return Told(found, _SIGNS[found.light])


def _what(session: OpenSession, today: date) -> str:
    what = {
        "walk": _("After your walk"),
        "swim": _("After your time in the water"),
        "yoga": _("After your yoga"),
        "massage": _("After your self-massage"),
    }.get(session.kind, _("After your minutes"))
    if today - session.day == timedelta(days=1):
        return _("%(what)s yesterday: how was it this morning?") % {"what": what}
    day = date_format(session.day, "l")
    return _("%(what)s on %(day)s: how was it the morning after?") % {"what": what, "day": day}
