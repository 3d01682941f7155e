"""What waits for a clinician: the urgent first, each with one tap to say that it is seen to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from psoas.care.assessment import tasks as story
from psoas.care.assessment.tasks import OpenTask
from psoas.web.clinic.task_words import Told, in_words
from psoas.web.doors import door, viewer_of

# How long what is done can still be looked at here, and taken up again.
KEPT = timedelta(days=14)
# Where the id of a task waits between its being done and the offer to take that back.
DONE = "done_task"


@dataclass(frozen=True)
class Row:
    """A task and what it says to whoever it is for."""

    task: OpenTask
    told: Told


@door("clinician")
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    viewer, now = viewer_of(request), timezone.now()
    context = {
        "open": _rows(story.open_tasks(viewer, now), now),
        "done": _rows(story.done_tasks(viewer, now - KEPT, now), now),
        "days": KEPT.days,
        "just_done": request.session.pop(DONE, None),
    }
    return render(request, "clinic/tasks.html", context)


@door("clinician")
@require_POST
def done(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say that a task is seen to, or take that back."""
    viewer, now = viewer_of(request), timezone.now()
    if "undo" in request.POST:
        story.take_up_again(viewer, key, now)
    else:
        story.done(viewer, key, now)
        request.session[DONE] = str(key)
    return redirect("tasks")


def _rows(found: Iterable[OpenTask], now: datetime) -> list[Row]:
    return [Row(task, in_words(task, now)) for task in found]
