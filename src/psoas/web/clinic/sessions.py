"""Since last time: what somebody did, how it felt, and what the traffic light made of it.

Only while the person shares their sessions; closed at once when that ends.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from psoas.care.people.access import Viewer
from psoas.care.people.models import Person, TrailRow
from psoas.care.people.refusal import NotAllowed
from psoas.care.programme import sessions as story
from psoas.care.programme.light import RED
from psoas.care.programme.lights import lit
from psoas.care.programme.morning import STILL
from psoas.care.programme.session_rows import OpenSession
from psoas.charts import sessions as chart
from psoas.charts.sessions import Done, Light, light_said
from psoas.web.clinic import session_words as words
from psoas.web.clinic.whom import whom
from psoas.web.doors import door, viewer_of

SINCE = "since"
WEEKS = ("2", "4", "12")
MOST_DAYS, USUAL_DAYS = 84, 28
# What a clinician does in a record with the person before them: then was last time.
_VISIT = (
    "plan made",
    "plan changed",
    "plan locked",
    "plan unlocked",
    "reply entered",
    "check overridden",
)
# The only columns the list can be put in order by; anything else in the address is ignored.
_LIGHT_ORDER = {"green": 0, "amber": 1, "red": 2, "": 3}


@dataclass(frozen=True)
class Row:
    """One session in the list."""

    done: Done
    light: str
    morning: str
    part: str
    stop: str


@dataclass(frozen=True)
class Column:
    """A heading: where a click on it leads, and how the list is ordered by it now."""

    label: str
    link: str
    sort: str


@door("clinician")
@require_safe
def page(request: HttpRequest, key: UUID) -> HttpResponse:
    viewer, now = viewer_of(request), timezone.now()
    person = whom(viewer, key, now)
    last = _last_time(viewer, person, now)
    span = _span(request.GET.get("weeks", ""), last)
    days = _days(span, last, now)
    context: dict[str, object] = {"person": person, "last": last, "span": span, "spans": WEEKS}
    try:
        found = story.recent(viewer, now, days=days, person_id=person.pk)
    except NotAllowed:
        # Somebody they look after, who does not share this: that is said, and nothing else.
        context["shared"] = False
    else:
        context |= {"shared": True, **_told(request, found, days, now)}
    return render(request, "clinic/sessions.html", context)


def _told(
    request: HttpRequest, found: Sequence[OpenSession], days: int, now: datetime
) -> dict[str, object]:
    lights = {each.id: light_of(each, now) for each in found}
    order = request.GET.get("order", "-day")
    rows = [_row(each, lights[each.id]) for each in found]
    return {
        "chart": chart.draw([row.done for row in reversed(rows)]) if rows else None,
        "summary": words.summary(found, lights, days),
        "columns": _columns(order, request.GET.get("weeks", "")),
        "rows": _ordered(rows, order),
        "skipped": words.skipped(found),
        "stopped": words.stopped(found),
    }


def light_of(session: OpenSession, now: datetime) -> Light:
    """Its light; none while the morning that decides it may still be told."""
    found = lit(session)
    may_come = timezone.localdate(now) - session.day <= STILL
    return "" if found.waits and may_come and found.light != RED else found.light


def _row(session: OpenSession, light: Light) -> Row:
    return Row(
        words.done(session, light),
        light_said(light),
        words.morning_said(session),
        words.items_said(session),
        "; ".join(words.sign_said(sign) for sign, _at in session.signs),
    )


def _last_time(viewer: Viewer, person: Person, now: datetime) -> datetime | None:
    """When this clinician last wrote in this record, on a day before today."""
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = TrailRow.objects.filter(
        actor=viewer.known.pk, subject=person.pk, action__in=_VISIT, at__lt=today
    )
    return rows.order_by("-number").values_list("at", flat=True).first()


def _span(asked: str, last: datetime | None) -> str:
    if asked in WEEKS:
        return asked
    return SINCE if last else "4"


def _days(span: str, last: datetime | None, now: datetime) -> int:
    if span != SINCE or last is None:
        return int(span) * 7 if span in WEEKS else USUAL_DAYS
    since = (timezone.localdate(now) - timezone.localdate(last)) // timedelta(days=1) + 1
    return min(since, MOST_DAYS)


def _orders() -> dict[str, tuple[str, Callable[[Row], float]]]:
    """Each column the list can be ordered by: its heading, and what is compared."""
    return {
        "day": (_("Day"), lambda row: row.done.day.toordinal()),
        "before": (_("Before"), lambda row: _pain(row.done.before)),
        "during": (_("During"), lambda row: _pain(row.done.during)),
        "after": (_("After"), lambda row: _pain(row.done.after)),
        "light": (_("Light"), lambda row: _LIGHT_ORDER[row.done.light]),
    }


def _pain(pain: float | None) -> float:
    # What was not told stands before every number.
    return -1.0 if pain is None else pain


def _ordered(rows: list[Row], order: str) -> list[Row]:
    name, down = order.removeprefix("-"), order.startswith("-")
    orders = _orders()
    _label, by = orders.get(name, orders["day"])
    return sorted(rows, key=by, reverse=down or name not in orders)


def _columns(order: str, weeks: str) -> dict[str, Column]:
    chosen, down = order.removeprefix("-"), order.startswith("-")
    kept = f"&weeks={weeks}" if weeks in WEEKS else ""
    return {
        name: Column(
            label,
            f"?order={'' if name == chosen and down else '-'}{name}{kept}",
            ("descending" if down else "ascending") if name == chosen else "",
        )
        for name, (label, _by) in _orders().items()
    }
