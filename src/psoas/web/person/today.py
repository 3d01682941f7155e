"""Today: one button for pain, and the few things that may be said about today."""

from datetime import datetime, time, timedelta
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from psoas.care.assessment import gate, outcomes, tasks, this_week
from psoas.care.experiment.reading import latest
from psoas.care.journal.models import DAY, MOMENT
from psoas.care.journal.notebook import open_notebook, trigger_label
from psoas.care.journal.reading import entries, span
from psoas.care.journal.sealing import OpenEntry
from psoas.care.people.access import Viewer
from psoas.care.people.models import Person
from psoas.web import gated
from psoas.web.doors import door, viewer_of
from psoas.web.entrance.help import country_of
from psoas.web.person import minutes
from psoas.web.person.check_words import card_for_today, urgent_advice
from psoas.web.person.experiment_words import line_for_today
from psoas.web.person.flare import is_high
from psoas.web.person.guessing import is_early
from psoas.web.person.spoken import clock, in_short, when
from psoas.web.person.testing import way_to_test
from psoas.web.surroundings import NIGHT_BEGINS, NIGHT_ENDS, is_night

FIRST_WEEKS = timedelta(days=14)
_ONE_DAY = timedelta(days=1)


@door("inside")
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    person = viewer.known
    now = timezone.localtime()
    today = now.date()
    recent = entries(viewer, today - _ONE_DAY, today)
    ends = span(viewer)
    last = recent[-1] if recent else None
    if last is None and ends is not None:
        # None of that day, where what was written then does not open.
        last = next(reversed(entries(viewer, ends[1], ends[1])), None)
    night = _last_night(recent, now)
    test, standing = latest(viewer), gate.stand(person, now)
    context = {
        "now": now,
        "is_dimmed": is_night(now) and person.theme == "hours",
        "last": last and {"id": last.id, "when": when(last, today), "what": in_short(last)},
        "day": next((each for each in recent if each.kind == DAY and each.day == today), None),
        "night": night and {"id": night.id, "time": clock(night.at)},
        "empty_yesterday": _empty_yesterday(recent, now) if ends else None,
        "test": test,
        "test_line": line_for_today(test, now, closed=gated.is_closed(viewer, test, now)),
        "key": uuid4(),
        "urgent": urgent_advice(standing),
        "card": card_for_today(standing),
        # Before the first check there is nothing that a fall would make due.
        "may_fall": standing.state != "never",
        "this_week": this_week.unread(person, now),
        "waiting": outcomes.is_waiting(viewer, now),
        "tasks_wait": tasks.waiting(viewer, now),
        "help": country_of(request),
        "flare": is_high(viewer, recent, now),
        **minutes.context(viewer, now),
        **_guessing(viewer, is_early(ends[0] if ends else None, today), _is_new(person, now)),
    }
    return render(request, "person/today/page.html", context)


def _last_night(recent: list[OpenEntry], now: datetime) -> OpenEntry | None:
    """The night's last entry, in the morning after it, as long as nothing more was said of it."""
    if not NIGHT_ENDS <= now.hour < 12:
        return None
    ends = datetime.combine(now.date(), time(NIGHT_ENDS), now.tzinfo)
    begins = datetime.combine(now.date() - _ONE_DAY, time(NIGHT_BEGINS), now.tzinfo)
    at_night = [each for each in recent if each.kind == MOMENT and begins <= each.at < ends]
    if not at_night:
        return None
    document = at_night[-1].document
    told = document.get("words") or document.get("triggers") or document.get("feelings")
    return None if told else at_night[-1]


def _empty_yesterday(recent: list[OpenEntry], now: datetime) -> str | None:
    yesterday = now.date() - _ONE_DAY
    if any(each.day == yesterday for each in recent):
        return None
    return yesterday.isoformat()


def _guessing(viewer: Viewer, early: bool, new: bool) -> dict[str, object]:
    """In the first week, ask for guesses; in the first two, offer to test one that can be switched.

    Watching alone takes months; a guess is worth most before any picture could suggest it, and
    one that is named later is not asked for: only the days after it would count.
    """
    if not (early or new):
        return {}
    notebook = open_notebook(viewer)
    offers = (
        {"name": trigger_label(each.trigger, notebook), "way": way}
        for each in notebook.suspects
        if new and (way := way_to_test([each.trigger], notebook)).ready
    )
    return {"suggest_suspects": early and not notebook.suspects, "to_test": next(offers, None)}


def _is_new(person: Person, now: datetime) -> bool:
    return now - person.created_at < FIRST_WEEKS
