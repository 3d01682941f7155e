"""An experiment while it runs and when it is over, and the list of all there were."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

import numpy as np
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from psoas.care.experiment import changing, deciding, reading, results
from psoas.care.experiment.outcomes import outcome_of
from psoas.care.experiment.sealing import OpenExperiment, State
from psoas.care.people.refusal import Refusal
from psoas.charts import experiment as experiment_chart
from psoas.charts.page import table_of
from psoas.diary.experiment.schedule import FEWEST_PAIRS, Schedule
from psoas.web import gated
from psoas.web.doors import door, viewer_of
from psoas.web.person.experiment_words import blocks, line_for_today
from psoas.web.person.weeks import Picture

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Row:
    """One experiment in the list."""

    found: OpenExperiment
    state: State
    sentence: str


@door("inside")
@require_safe
def every(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    rows = [
        Row(each, each.state(today), results.sentence(each))
        for each in reading.experiments(viewer_of(request))
    ]
    running = any(row.state in reading.UNDER_WAY for row in rows)
    context = {"rows": rows, "running": running}
    return render(request, "person/experiment/every.html", context)


@door("inside")
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, key: UUID) -> HttpResponse:
    if request.method == "POST":
        if closed := _closed(request, key):
            return closed
        try:
            _act(request, key)
        except Refusal as refusal:
            return _page(request, key, refusal)
        return redirect("experiment", key)
    return _page(request, key)


def _closed(request: HttpRequest, key: UUID) -> HttpResponse | None:
    """The way to the safety check, where taking it up again is like starting it: a door."""
    if request.POST.get("do") not in {"go on", "add"}:
        return None
    viewer = viewer_of(request)
    opens = reading.experiment(viewer, key).plan.switch.opens
    return gated.ask(request, viewer, opens) if opens else None


def _act(request: HttpRequest, key: UUID) -> None:
    viewer, now = viewer_of(request), timezone.now()
    match request.POST.get("do"):
        case "stop":
            changing.stop(viewer, key, now=now)
        case "go on":
            changing.go_on(viewer, key, now=now)
            messages.success(request, _("It goes on as the coin decided."))
        case "reveal":
            deciding.reveal(viewer, key, now=now)
        case "add":
            changing.add_pairs(viewer, key, now=now)
            messages.success(request, _("The days are added. It goes on as the coin decided."))
        case "otherwise" | "as drawn" as how:
            day = _posted_day(request.POST.get("day", ""))
            changing.note_day(viewer, key, day, otherwise=how == "otherwise", now=now)
            messages.success(request, _("Noted."))
        case _:
            # Somebody else's answers as one that is not there, whatever was posted to it.
            reading.experiment(viewer, key)


def _posted_day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refusal({"day": [_("Only today and yesterday can be noted.")]}) from None


def _page(request: HttpRequest, key: UUID, refusal: Refusal | None = None) -> HttpResponse:
    viewer, now = viewer_of(request), timezone.localtime()
    found = reading.experiment(viewer, key)
    state = found.state(now.date())
    context = {
        "found": found,
        "switch": found.plan.switch,
        "days": len(found.schedule.arms),
        "blocks": blocks(found.schedule, found.plan.switch, found.first),
        "with_line": found.plan.switch.line(with_it=True),
        "without_line": found.plan.switch.line(with_it=False),
        "today": now.date(),
        "wrong": str(refusal) if refusal else "",
    }
    match state:
        case State.DECIDED:
            context |= _decided(found)
        case State.STOPPED:
            context["can_go_on"] = changing.can_go_on(viewer, found, now.date())
        case State.OVER:
            context["pairs_to_add"] = changing.pairs_to_add(viewer, found, now.date())
        case _:
            context |= _under_way(request, found)
    context["days_to_add"] = _days_to_add(found, context)
    status = 422 if refusal else 200
    return render(request, f"person/experiment/{_template(state)}.html", context, status=status)


def _template(state: State) -> str:
    return "running" if state in reading.UNDER_WAY else state.value


def _days_to_add(found: OpenExperiment, context: dict[str, object]) -> int:
    pairs = context.get("pairs_to_add", 0)
    return pairs * 2 * found.schedule.scheme.block if isinstance(pairs, int) else 0


def _under_way(request: HttpRequest, found: OpenExperiment) -> dict[str, object]:
    viewer, now = viewer_of(request), timezone.localtime()
    today = now.date()
    outcome = outcome_of(viewer, found, today)
    past = outcome[: max(found.number_of(today), 0)]
    upcoming = [
        each
        for each in blocks(found.schedule, found.plan.switch, found.first)
        if each.first > today and each.with_it is not found.with_it(today)
    ]
    return {
        "line": line_for_today(found, now, closed=gated.is_closed(viewer, found, now)),
        "day": max(found.number_of(today) + 1, 0),
        "over": len(past),
        "with_number": int((~np.isnan(past)).sum()),
        "next": upcoming[0] if upcoming and found.first <= today else None,
        "notable": [
            (day, day in found.course.otherwise)
            for day in (today, today - ONE_DAY)
            if found.with_it(day) is not None
        ],
        "pairs_to_add": changing.pairs_to_add(viewer, found, today),
    }


def _decided(found: OpenExperiment) -> dict[str, object]:
    result = found.course.result
    verdict = result and (result.verdict or result.early)
    looked_at = len(found.course.looks)
    return {
        "result": result,
        "sentence": results.sentence(found),
        "pictures": _pictures(found),
        "something": results.has_found(found),
        "bounded": bool(verdict and np.isfinite([verdict.low, verdict.high]).all()),
        "why_none": results.why_none(found),
        "pairs": found.schedule.scheme.pairs,
        "pairs_over": looked_at,
        "fewest": FEWEST_PAIRS,
        "too_few_to_draw": bool(result and result.early and looked_at < FEWEST_PAIRS),
        "lower": bool(verdict and verdict.estimate < 0),
        "otherwise": len(found.course.otherwise),
    }


def _pictures(found: OpenExperiment) -> list[Picture]:
    """Chart 5; held against chance only where it was analysed as a whole.

    Of one that ended before its time the pairs that were whole are drawn, as they are what counted.
    """
    result = found.course.result
    if result is None or result.refused or not any(p is not None for p in result.outcome):
        return []
    schedule = found.schedule
    if result.early is not None:
        if len(found.course.looks) < FEWEST_PAIRS:
            return []
        schedule = _first_pairs(schedule, len(found.course.looks))
    outcome = np.array([np.nan if pain is None else pain for pain in result.outcome])
    switch = found.plan.switch
    days = experiment_chart.draw_days(
        outcome[: len(schedule.arms)],
        schedule,
        first=found.first,
        practice=capfirst(switch.line(with_it=True)),
        against=capfirst(switch.line(with_it=False)),
    )
    charts = [days]
    if result.verdict is not None:
        said = results.sentence(found)
        charts.append(experiment_chart.draw_against_chance(result.verdict, said=said))
    # Charts escape every part they are built of; a test gives a practice a name that is markup.
    return [
        Picture(chart, mark_safe(chart.svg), mark_safe(table_of(chart, "table")))
        for chart in charts
    ]


def _first_pairs(schedule: Schedule, pairs: int) -> Schedule:
    """The first pairs of a schedule as one of their own."""
    scheme = replace(schedule.scheme, days=pairs * 2 * schedule.scheme.block)
    return Schedule(scheme, schedule.arms[: scheme.length], schedule.seed)
