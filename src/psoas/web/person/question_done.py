"""What follows a questionnaire: help first, and only where nothing asks for help, the number.

The address says nothing and stays the same; what it shows is decided each time it is opened.
"""

import math
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from psoas.care.assessment import mind, replies, this_week
from psoas.care.assessment.mind import Next
from psoas.care.assessment.reply_rows import OpenReply
from psoas.care.people.access import Viewer
from psoas.content import claims
from psoas.content.questionnaire import Questionnaire
from psoas.scales.change import Change, change
from psoas.scales.rounding import half_up
from psoas.web.doors import door, viewer_of
from psoas.web.entrance.help import country_of

ASK_ON = frozenset({"questions", "suicide-step", "phq-9", "gad-7"})
CRISIS = {"help-now": "help_now", "help-today": "help_today", "support": "support"}
# Trauma-focused treatments come first: where that stands.
TREATMENTS = "C21"
# The usual cut of both; its source stands with the band that begins there.
POSITIVE_FROM = {"phq-9": 10, "gad-7": 10}
# Its number is read by a clinician together with the person, not by one of them alone.
READ_TOGETHER = frozenset({"pcl-5"})


@door("inside")
@require_safe
def page(request: HttpRequest, key: UUID) -> HttpResponse:
    reply = replies.read(viewer_of(request), key)
    following = mind.after(reply, timezone.now())
    if following.kind in ASK_ON and following.reply:
        return redirect("question", following.reply)
    if following.kind in CRISIS:
        return _crisis(request, following)
    return _result(request, reply, following)


def _crisis(request: HttpRequest, following: Next) -> HttpResponse:
    came_from = following.reply
    context = {
        "help": country_of(request),
        "told": mind.who_heard(viewer_of(request).known, timezone.now()),
        "onward": reverse("question-done", args=[came_from]) if came_from else "",
    }
    return render(request, f"person/questions/{CRISIS[following.kind]}.html", context)


def _result(request: HttpRequest, reply: OpenReply, following: Next) -> HttpResponse:
    viewer, asked = viewer_of(request), reply.questionnaire
    together = asked.slug in READ_TOGETHER
    score = reply.score if following.show_score and not together else None
    if request.method == "GET" and not reply.entered:
        this_week.opened(viewer.known, reply)
    context = {
        "questionnaire": asked,
        "score": score,
        "shown": _shown(score.score) if score else "",
        "scale": _scale(asked),
        "direction": _direction(asked),
        "band": next((each for each in asked.bands if score and each.slug == score.band), None),
        "parts": [(part.name, _shown(part.score)) for part in score.parts] if score else [],
        "change": _change(viewer, reply) if score else None,
        "steps": following.steps,
        "talk": together or bool(following.steps) or _worth_talking(reply),
        "together": together,
        "stopped": following.kind == "stop",
        "careful": mind.careful(viewer),
        "treatments": claims.claim(TREATMENTS),
    }
    return render(request, "person/questions/result.html", context)


def _worth_talking(reply: OpenReply) -> bool:
    """Screened positive: a letter is offered, beside what the rule of the score asks for."""
    score = reply.score.score if reply.score else None
    return score is not None and score >= POSITIVE_FROM.get(reply.slug, math.inf)


def _shown(value: float | None) -> str:
    return "" if value is None else f"{half_up(value):g}"


def _scale(asked: Questionnaire) -> str:
    """From where to where the number goes, where that can be said."""
    if asked.bands:
        low, high = asked.bands[0].low, asked.bands[-1].high
    elif asked.scorer in ("single", "mean", "mean-of-answered"):
        low, high = asked.counted[0].range
    else:
        return ""
    return _("of %(low)s to %(high)s") % {"low": f"{low:g}", "high": f"{high:g}"}


def _direction(asked: Questionnaire) -> str:
    said = {
        "higher is better": _("a higher number is better"),
        "higher is worse": _("a higher number is worse"),
    }
    return said.get(asked.direction, "")


def _change(viewer: Viewer, reply: OpenReply) -> Change | None:
    """Against the round before, where both have a number."""
    rounds = replies.finished(viewer, reply.slug, now=timezone.now())
    before = [
        each
        for each in rounds
        if each.entered_by is None
        and each.score
        and each.id != reply.id
        and _is_before(each, reply)
    ]
    if not before or not reply.score or reply.score.score is None:
        return None
    earlier = before[-1].score
    if earlier is None or earlier.score is None:
        return None
    return change(reply.questionnaire, earlier, reply.score)


def _is_before(each: OpenReply, reply: OpenReply) -> bool:
    return bool(each.finished_at and reply.finished_at and each.finished_at < reply.finished_at)
