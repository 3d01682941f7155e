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
from psoas.scales.course import EARLY, NEITHER, Course
from psoas.web.clinic.norm_words import Compared
from psoas.web.clinic.numbers import shown
from psoas.web.clinic.printed import ending, without_side
from psoas.web.clinic.score_words import ScoreTold, told
from psoas.web.clinic.typed import norms_of
from psoas.web.clinic.whom import whom
from psoas.web.doors import door, viewer_of

# More times than these do not fit beside each other on a phone.
MOST_TIMES = 4


@dataclass(frozen=True)
class Row:
    """One time it was answered: when, who typed it in, and what came out."""

    at: datetime
    by: str
    score: ScoreTold | None


@dataclass(frozen=True)
class Told:
    """How one measure moved: a word, sentences, and where their limits are from."""

    course: Course
    word: str
    direction: str


@dataclass(frozen=True)
class Series:
    """One movement: its degrees on each side, oldest first, and what they are compared with."""

    label: str
    left: str
    right: str
    norms: list[Compared]


@dataclass(frozen=True)
class Sides:
    """What is measured on both sides, the last few times."""

    days: tuple[datetime, ...]
    series: tuple[Series, ...]
    remark: str


@dataclass(frozen=True)
class Instrument:
    questionnaire: Questionnaire
    told: tuple[Told, ...]
    rows: tuple[Row, ...]
    sides: Sides | None


@door("clinician")
@require_safe
def page(request: HttpRequest, key: UUID) -> HttpResponse:
    viewer, now = viewer_of(request), timezone.now()
    person = whom(viewer, key, now)
    shared = shared_categories(viewer, person, now)
    found = replies.finished(viewer, person_id=person.pk, now=now)
    courses = outcomes.courses(viewer, now, person_id=person.pk)
    # Degrees say more side by side in a table than as twelve lines with no better and no worse.
    drawn = [each for each in courses if each.direction != NEITHER]
    context = {
        "person": person,
        "instruments": _instruments(found, courses, person),
        "chart": measures.draw(drawn) if any(each.readings for each in drawn) else None,
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
        if each.word != EARLY:
            told_of = Told(each, word_said(each.word), direction_said(each))
            moved.setdefault(each.slug, []).append(told_of)
    return [
        Instrument(
            mine[-1].questionnaire,
            # Both sides of everything stand in their own table.
            () if sides else tuple(moved.get(slug, ())),
            tuple(_row(reply, names, person) for reply in reversed(mine)),
            sides,
        )
        for slug, mine in sorted(by_slug.items(), key=lambda one: order.get(one[0], len(order)))
        for sides in [_sides(mine[-MOST_TIMES:])]
    ]


def _sides(mine: list[OpenReply]) -> Sides | None:
    """Both sides over time, in the version of the last one; None where nothing has a side."""
    latest = mine[-1]
    found = [reply for reply in mine if reply.questionnaire.items == latest.questionnaire.items]
    of: dict[str, dict[str, str]] = {}
    for item in latest.questionnaire.items:
        if item.side:
            numbers = (reply.answers[item.number - 1] for reply in found)
            of.setdefault(ending(item), {})[item.side] = " → ".join(
                shown(each if isinstance(each, float) else None) for each in numbers
            )
    if not of:
        return None
    names = {ending(item): without_side(item) for item in latest.questionnaire.items}
    return Sides(
        tuple(reply.finished_at or reply.begun_at for reply in found),
        tuple(
            Series(names[name], both["left"], both["right"], norms_of(latest.questionnaire, name))
            for name, both in of.items()
        ),
        latest.score.note if latest.score else "",
    )


def _row(reply: OpenReply, names: dict[UUID, str], person: Person) -> Row:
    by = names.get(reply.entered_by, "") if reply.entered_by else person.name
    return Row(reply.finished_at or reply.begun_at, by, told(reply))


def _names(found: list[OpenReply]) -> dict[UUID, str]:
    keys = {each.entered_by for each in found if each.entered_by}
    return dict(Person.objects.filter(pk__in=keys).values_list("pk", "name"))
