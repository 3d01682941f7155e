"""What can be answered, and beginning with it. A questionnaire is never named in an address."""

import math
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from psoas.care.assessment import mind, replies, this_week
from psoas.care.assessment.replies import Offered, OpenReply
from psoas.care.people.access import Viewer
from psoas.care.people.refusal import Refusal
from psoas.care.people.sharing import who_reads
from psoas.web.doors import door, viewer_of

# How long one question takes without hurry.
SECONDS_EACH = 10
# What stands together in the list. What a clinic added of its own comes after.
BODY = ("nprs", "peg", "own-activities", "sleep", "activity-days")
FEELING = ("phq-2", "phq-9", "gad-2", "gad-7", "pc-ptsd-5", "pcl-5")


@dataclass(frozen=True)
class Row:
    """One questionnaire as the list names it: neutrally, since others may see the screen."""

    slug: str
    name: str
    about: str
    minutes: str
    under_way: bool
    # Each time it was answered, the newest first.
    rounds: tuple[OpenReply, ...] = ()


@dataclass(frozen=True)
class Group:
    heading: str
    why: str
    rows: tuple[Row, ...]


@door("inside")
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    return _page(request)


@door("inside")
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin, or go on where one was begun; which one travels in the form alone."""
    try:
        reply = replies.begin(viewer_of(request), request.POST.get("what", ""), timezone.now())
    except Refusal as refusal:
        return _page(request, refusal)
    return redirect("question", reply.id)


def _page(request: HttpRequest, refusal: Refusal | None = None) -> HttpResponse:
    viewer, now = viewer_of(request), timezone.now()
    person = viewer.known
    context = {
        "groups": _groups(replies.offered(viewer, now), _rounds(viewer, now)),
        "this_week": this_week.unread(person, now),
        "readers": ", ".join(who_reads(person, "questionnaires", now=now)),
        "told": mind.who_would_hear(person, now),
        "standing": mind.standing(person, now),
        "wrong": str(refusal) if refusal else "",
    }
    return render(request, "person/questions/page.html", context, status=422 if refusal else 200)


def _rounds(viewer: Viewer, now: datetime) -> dict[str, list[OpenReply]]:
    """What the person answered by themselves, by questionnaire and the newest first."""
    found: dict[str, list[OpenReply]] = {}
    for each in reversed(replies.finished(viewer, now=now)):
        if not each.entered:
            found.setdefault(each.slug, []).append(each)
    return found


def _groups(offered: list[Offered], rounds: dict[str, list[OpenReply]]) -> list[Group]:
    rows = {each.questionnaire.slug: _row(each, rounds) for each in offered}
    groups = (
        Group(
            _("Pain and what you can do"),
            _("Answered now and again in some weeks, it shows whether something changes."),
            tuple(rows[slug] for slug in BODY if slug in rows),
        ),
        Group(
            _("How you are"),
            _(
                "Pain and mood often move together, in both directions. That does not make pain "
                "imagined. A number here can open a door to help; it is never a diagnosis."
            ),
            tuple(rows[slug] for slug in FEELING if slug in rows),
        ),
        Group(
            _("From your clinic"),
            _("What your clinic added, or holds a licence for."),
            tuple(row for slug, row in rows.items() if slug not in BODY + FEELING),
        ),
        Group(
            _("Answered before"),
            _("These are no longer asked here. What came out stays yours to read."),
            tuple(_past(found) for slug, found in rounds.items() if slug not in rows),
        ),
    )
    return [group for group in groups if group.rows]


def _row(each: Offered, rounds: dict[str, list[OpenReply]]) -> Row:
    asked = each.questionnaire
    minutes = max(math.ceil(len(asked.items) * SECONDS_EACH / 60), 1)
    about = ngettext("about %(n)s minute", "about %(n)s minutes", minutes) % {"n": minutes}
    return Row(
        asked.slug,
        asked.short_label,
        asked.about_label,
        about,
        each.under_way is not None,
        tuple(rounds.get(asked.slug, ())),
    )


def _past(rounds: list[OpenReply]) -> Row:
    """One that nobody can begin any more: a licence that ended, a file that was taken away."""
    asked = rounds[0].questionnaire
    return Row("", asked.short_label, asked.about_label, "", False, tuple(rounds))
