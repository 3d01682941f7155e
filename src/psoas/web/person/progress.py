"""Whether things change: what is due, each measure in words and a picture, and all together."""

from dataclasses import dataclass, replace
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from psoas.care.assessment import mind, outcomes, plans
from psoas.care.assessment.plans import Plan
from psoas.care.people.refusal import Refusal
from psoas.care.people.sharing import who_reads
from psoas.charts import course as chart
from psoas.charts.measures import word_said
from psoas.charts.page import table_of
from psoas.content.questionnaires import questionnaire
from psoas.scales.course import BETTER, WORSE, Course
from psoas.scales.together import together
from psoas.web.doors import door, viewer_of

# The look of a word: never red, and never the only thing that tells it.
_LOOKS = {BETTER: ("badge-teal", "check"), WORSE: ("badge-clay", "flag")}


@dataclass(frozen=True)
class Picture:
    """One measure as the page shows it."""

    slug: str
    title: str
    about: str
    word: str
    look: str
    icon: str
    course: Course
    svg: SafeString
    table: SafeString


@dataclass(frozen=True)
class Choice:
    slug: str
    name: str
    about: str
    chosen: bool


@door("inside")
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    return _page(request)


@door("inside")
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin with what was chosen; while it runs, the same form changes what is asked."""
    viewer, now = viewer_of(request), timezone.now()
    before = plans.plan_of(viewer.known, now)
    chosen = request.POST.getlist("chosen")
    try:
        plans.begin(viewer, chosen, now)
    except Refusal as refusal:
        return _page(request, refusal, chosen)
    if before and before.running:
        messages.success(request, _("Saved. It holds from the next time on."))
    else:
        messages.success(request, _("Begun today. The first answers can wait up to six days."))
    return redirect("progress")


def _page(
    request: HttpRequest, refusal: Refusal | None = None, chosen: list[str] | None = None
) -> HttpResponse:
    viewer, now = viewer_of(request), timezone.now()
    person = viewer.known
    plan, today = plans.plan_of(person, now), plans.today_of(person, now)
    # While help is what counts, no number is shown, nor anything asked.
    held = mind.standing(person, now) is not None
    drawn = outcomes.followed(viewer, now) if plan and not held else []
    context: dict[str, object] = {
        "plan": plan,
        "held": held,
        "due": outcomes.due(viewer, now) if plan and not held else None,
        "next_day": outcomes.next_day(plan, today) if plan else None,
        "together": together(drawn) if drawn else None,
        "pictures": [_picture(n, each) for n, each in enumerate(drawn)],
        "choices": _choices(plan, chosen),
        "readers": ", ".join(who_reads(person, "questionnaires", now=now)),
        "wrong": str(refusal) if refusal else "",
        "first": _first_answer(drawn),
    }
    return render(request, "person/progress/page.html", context, status=422 if refusal else 200)


def _choices(plan: Plan | None, chosen: list[str] | None) -> list[Choice]:
    marked = set(chosen if chosen is not None else plan.chosen if plan else plans.USUAL)
    return [
        Choice(each.slug, each.short_label, each.about_label, each.slug in marked)
        for each in plans.to_follow()
    ]


def _picture(number: int, course: Course) -> Picture:
    asked = questionnaire(course.slug)
    # As the list of questions calls it: others may see the screen.
    course = replace(course, name=course.name.replace(asked.label, asked.short_label))
    drawn = chart.draw(course, slug=f"course-{number}")
    look, icon = _LOOKS.get(course.word, ("", "circle-minus"))
    # Charts escape every part they are built of; a test gives one a name that is markup.
    return Picture(
        f"course-{number}",
        drawn.title,
        drawn.sentence,
        word_said(course.word),
        look,
        icon,
        course,
        mark_safe(drawn.svg),
        mark_safe(table_of(drawn, "table")),
    )


def _first_answer(drawn: list[Course]) -> date | None:
    days = [course.before.day for course in drawn if course.before]
    return min(days, default=None)
