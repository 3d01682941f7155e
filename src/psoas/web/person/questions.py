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

from psoas.care.assessment import mind, replies
from psoas.care.assessment.replies import Offered
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
    last: datetime | None
    under_way: bool


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
        "groups": _groups(replies.offered(viewer, now)),
        "readers": ", ".join(who_reads(person, "questionnaires", now=now)),
        "told": mind.who_would_hear(person, now),
        "standing": mind.standing(person, now),
        "wrong": str(refusal) if refusal else "",
    }
    return render(request, "person/questions/page.html", context, status=422 if refusal else 200)


def _groups(offered: list[Offered]) -> list[Group]:
    rows = {each.questionnaire.slug: _row(each) for each in offered}
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
    )
    return [group for group in groups if group.rows]


def _row(each: Offered) -> Row:
    asked = each.questionnaire
    minutes = max(math.ceil(len(asked.items) * SECONDS_EACH / 60), 1)
    about = ngettext("about %(n)s minute", "about %(n)s minutes", minutes) % {"n": minutes}
    return Row(
        asked.slug,
        asked.short_label,
        asked.about_label,
        about,
        each.last,
        each.under_way is not None,
    )
