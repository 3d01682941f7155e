"""The journal by day: newest first, and days without an entry shown as such."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import dateformat, timezone
from django.views.decorators.http import require_safe

from psoas.care.journal.days import Gap, timeline
from psoas.care.journal.models import DAY
from psoas.care.journal.notebook import Notebook, open_notebook
from psoas.care.journal.reading import latest_day_before, opened, span
from psoas.care.people.access import Viewer
from psoas.web.doors import door, viewer_of
from psoas.web.person.flare import is_high
from psoas.web.person.retold import Retold, Teller

# Two weeks: with three entries a day, more would be slow to draw and long to read.
SHOWN = timedelta(days=14)
ONE_DAY = timedelta(days=1)
# No journal reaches beyond these, and weeks can be counted from them either way.
LONG_AGO, FAR_AHEAD = date(1900, 1, 1), date(2999, 12, 31)
# Where the id of an entry waits between its deletion and the offer to bring it back.
DELETED = "deleted_entry"


@dataclass(frozen=True)
class Stretch:
    """One day with its entries told back, or (``gap``) days without any."""

    day: date
    entries: tuple[Retold, ...] = ()
    gap: Gap | None = None

    @property
    def iso(self) -> str:
        return self.day.isoformat()

    @property
    def name(self) -> str:
        return dateformat.format(self.day, "D j")


@dataclass(frozen=True)
class Month:
    first: date
    stretches: tuple[Stretch, ...]


@door("inside")
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    today = timezone.localdate()
    asked = asked_day(request.GET.get("before"))
    before = min(asked or FAR_AHEAD, today + ONE_DAY)
    context: dict[str, object] = {
        "today": today,
        "yesterday": today - ONE_DAY,
        "later": later_than(before, today),
        "deleted": request.session.pop(DELETED, None),
    }
    if ends := span(viewer):
        first = before - SHOWN
        if asked is None and ends[1] < first:
            # After a long silence the journal opens where it ends, below the gap that led here.
            first = ends[1] + ONE_DAY - SHOWN
        shown = (max(first, ends[0]), before - ONE_DAY)
        context |= _window(viewer, shown, today, open_notebook(viewer))
        context["began"] = ends[0]
    return render(request, "person/days/page.html", context)


def _window(
    viewer: Viewer, shown: tuple[date, date], today: date, notebook: Notebook
) -> dict[str, object]:
    first, last = shown
    there = opened(viewer, first, last)
    found = there.entries
    # Today is not over: that nothing is written yet is no gap.
    if last == today and not (found and found[-1].day == today):
        last -= ONE_DAY
    teller = Teller(notebook)
    line = [
        Stretch(each.last, gap=each)
        if isinstance(each, Gap)
        else Stretch(each.day, tuple(map(teller.retell, each.entries)))
        for each in timeline(found, first, last)
    ]
    months = [
        Month(start, tuple(stretches))
        for start, stretches in groupby(line, key=lambda each: each.day.replace(day=1))
    ]
    days = [each.id for each in found if each.kind == DAY and each.day == today]
    return {
        "months": months,
        "closed": there.closed,
        "earlier": _earlier(viewer, first),
        # A day is told once: written already, it is opened and added to.
        "of_today": days[0] if days else None,
        "flare": last == today and is_high(viewer, found, timezone.localtime()),
    }


def _earlier(viewer: Viewer, first: date) -> str | None:
    """The page before this one; over a gap of years it leads to where the entries are."""
    latest = latest_day_before(viewer, first)
    if latest is None:
        return None
    far = first - latest > SHOWN
    return address(latest + ONE_DAY if far else first)


def later_than(before: date, today: date) -> str | None:
    if before > today:
        return None
    after = before + SHOWN
    return address(after) if after <= today else reverse("days")


def asked_day(text: str | None) -> date | None:
    """A day from an address; nothing where it is none, as nobody types these by hand."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if LONG_AGO <= day <= FAR_AHEAD else None


def address(before: date) -> str:
    return f"{reverse('days')}?before={before.isoformat()}"


def address_of(day: date, today: date) -> str:
    """The page of the timeline on which a day stands."""
    return reverse("days") if day > today - SHOWN else address(day + ONE_DAY)
