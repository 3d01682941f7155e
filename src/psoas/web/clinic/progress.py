"""Everything measured and answered over time, as far as one clinician may read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from psoas.care.assessment import outcomes, replies
from psoas.care.assessment.reply_rows import OpenReply
from psoas.care.people.access import shared_categories
from psoas.care.people.models import Person
from psoas.charts import measures
from psoas.charts.course import direction_said
from psoas.charts.measures import word_said
from psoas.content.questionnaire import Questionnaire
from psoas.content.questionnaires import slugs
from psoas.scales.course import EARLY, Course
from psoas.web.clinic.entered import Said, groups
from psoas.web.clinic.score_words import ScoreTold, told
from psoas.web.clinic.whom import whom
from psoas.web.doors import door, viewer_of


@dataclass(frozen=True)
class Row:
    """One time it was answered: when, who typed it in, and what came out."""

    at: datetime
    by: str
    score: ScoreTold | None
    measured: tuple[Said, ...]


@dataclass(frozen=True)
class Told:
    """How one measure moved: a word, sentences, and where their limits are from."""

    course: Course
    word: str
    direction: str


@dataclass(frozen=True)
class Instrument:
    questionnaire: Questionnaire
    told: tuple[Told, ...]
    rows: tuple[Row, ...]


@door("clinician")
@require_safe
def page(request: HttpRequest, key: UUID) -> HttpResponse:
    viewer, now = viewer_of(request), timezone.now()
    person = whom(viewer, key, now)
    shared = shared_categories(viewer, person, now)
    found = replies.finished(viewer, person_id=person.pk, now=now)
    courses = outcomes.courses(viewer, now, person_id=person.pk)
    context = {
        "person": person,
        "instruments": _instruments(found, courses, person),
        "chart": measures.draw(courses) if any(each.readings for each in courses) else None,
        "not_shared": [each for each in ("questionnaires", "movement") if each not in shared],
    }
    return render(request, "clinic/progress.html", context)


def _instruments(
    found: list[OpenReply], courses: Iterable[Course], person: Person
) -> list[Instrument]:
    names = _names(found)
    order = {slug: place for place, slug in enumerate(slugs())}
    by_slug: dict[str, list[OpenReply]] = {}
    for reply in found:
        by_slug.setdefault(reply.slug, []).append(reply)
    moved: dict[str, list[Told]] = {}
    for each in courses:
        word = "" if each.word == EARLY and not each.said else word_said(each.word)
        moved.setdefault(each.slug, []).append(Told(each, word, direction_said(each)))
    return [
        Instrument(
            mine[-1].questionnaire,
            tuple(moved.get(slug, ())),
            tuple(_row(reply, names, person) for reply in reversed(mine)),
        )
        for slug, mine in sorted(by_slug.items(), key=lambda one: order.get(one[0], len(order)))
    ]


def _row(reply: OpenReply, names: dict[UUID, str], person: Person) -> Row:
    by = names.get(reply.entered_by, "") if reply.entered_by else person.name
    # A score stands for the answers; degrees have none and are said themselves.
    measured = groups(reply) if any(item.side for item in reply.questionnaire.items) else ()
    return Row(reply.finished_at or reply.begun_at, by, told(reply), measured)


def _names(found: list[OpenReply]) -> dict[UUID, str]:
    keys = {each.entered_by for each in found if each.entered_by}
    return dict(Person.objects.filter(pk__in=keys).values_list("pk", "name"))
