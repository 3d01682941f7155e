"""What goes with the pain, as it was decided on the last answer day: sentences before pictures."""

from dataclasses import asdict, replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from psoas.care.experiment import results
from psoas.care.experiment.reading import finished
from psoas.care.journal import keeping
from psoas.care.journal.decisions import Decided
from psoas.care.journal.insights import Analysed, analysed, insight
from psoas.care.journal.notebook import Notebook, open_notebook, trigger_label
from psoas.care.journal.reading import entries
from psoas.care.people.access import Viewer
from psoas.charts import days_with, effects
from psoas.charts.chart import Chart
from psoas.charts.page import table_of
from psoas.diary.answers.answer import Answers, Level
from psoas.diary.answers.levels import LEAST_RECORDED
from psoas.web.doors import door, viewer_of
from psoas.web.person.answer_cards import cards_of, named_now
from psoas.web.person.guessing import is_early
from psoas.web.person.testing import Way, way_to_test

# So many answers are shown day by day; more would be long to read and say less each.
MOST_DAY_BY_DAY = 3
# Seconds that one look may take; the next one, or the sweep, goes on.
PATIENCE = 1.0
# Counted up where cards or charts change their shape, so that none of the old ones are shown.
_LAYOUT = "2"


@door("inside")
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    viewer, today = viewer_of(request), timezone.localdate()
    found, notebook = insight(viewer, today, PATIENCE), open_notebook(viewer)
    context: dict[str, object] = {
        "found": found,
        "least": LEAST_RECORDED,
        "guesses": _guesses(notebook),
        "all_days_count": is_early(found.began if found else None, today),
        "recorded": 0,
    }
    if found and found.left:
        # Years brought in at once: what is half worked out is not shown as if it were whole.
        return render(request, "person/answers/working.html", context)
    if found and found.decided:
        context |= _decided(viewer, found.decided, notebook) | {"tested": _tested(viewer)}
    elif found:
        context["recorded"] = _recorded(viewer, notebook, today)
    return render(request, "person/answers/page.html", context)


@door("inside")
@require_safe
def words(request: HttpRequest) -> HttpResponse:
    return render(request, "person/answers/words.html", {"least": LEAST_RECORDED})


def _guesses(notebook: Notebook) -> list[dict[str, object]]:
    return [
        {
            "name": trigger_label(each.trigger, notebook),
            "since": date.fromisoformat(each.since),
            "way": way if (way := way_to_test([each.trigger], notebook)).ready else Way(),
        }
        for each in notebook.suspects
    ]


def _tested(viewer: Viewer) -> list[dict[str, str]]:
    return [
        {"url": reverse("experiment", args=[each.id]), "sentence": results.sentence(each)}
        for each in finished(viewer)
    ]


def _recorded(viewer: Viewer, notebook: Notebook, today: date) -> int:
    found = analysed(entries(viewer, date.min, today), notebook)
    return found.table.recorded if found else 0


def _decided(viewer: Viewer, decided: Decided, notebook: Notebook) -> dict[str, object]:
    drawn = _drawn(viewer, decided, notebook)
    cards = {
        level: [card for card in drawn["cards"] if card["level"] == level.value] for level in Level
    }
    unsure, found = cards[Level.NOT_SURE], cards[Level.FOUND]
    return {
        "found_ones": found,
        "shown": [
            *found,
            *cards[Level.POSSIBLE],
            *cards[Level.NO_LARGE_EFFECT],
            *(card for card in unsure if card["starred"]),
        ],
        "not_sure": [card for card in unsure if not card["starred"]],
        "too_early": cards[Level.TOO_EARLY],
        "overview": drawn["overview"],
        "day_by_day": drawn["day_by_day"],
        "recorded": drawn["recorded"],
        "notes": decided.answers.notes,
    }


def _drawn(viewer: Viewer, decided: Decided, notebook: Notebook) -> dict[str, Any]:
    """Cards and pictures, made anew only where something they show has changed."""
    key = keeping.key_of(viewer, _LAYOUT, decided.answer_day.isoformat(), get_language() or "")
    drawn = keeping.kept(viewer, key)
    if drawn is None:
        found = analysed(entries(viewer, date.min, date.max), notebook)
        answers = named_now(decided, notebook)
        drawn = {
            "cards": [asdict(card) for card in cards_of(answers, decided, notebook)],
            "recorded": found.table.recorded if found else 0,
            "overview": _picture(_without_sentences(effects.draw(answers)))
            if answers.answers
            else None,
            "day_by_day": _day_by_day(answers, found, decided.answer_day) if found else [],
        }
        keeping.keep(viewer, key, drawn)
    return drawn


def _day_by_day(answers: Answers, found: Analysed, on: date) -> list[dict[str, str]]:
    """The days behind what was found or guessed, as far as they are still there."""
    if found.table.first >= on:
        return []
    table = found.table.before(on)
    shown = [
        each
        for each in answers.answers
        if each.estimate is not None
        and set(each.members) <= set(table.triggers)
        and (each.level in {Level.FOUND, Level.POSSIBLE} or each.starred)
    ]
    return [
        {
            **_picture(days_with.draw(table, each)),
            "of": capfirst(each.trigger),
            "lag": effects.lag_word(each.lag),
        }
        for each in shown[:MOST_DAY_BY_DAY]
    ]


def _without_sentences(chart: Chart) -> Chart:
    """The overview's table ends with the sentence, which makes its rows long and stands above."""
    return replace(
        chart, columns=chart.columns[:-1], rows=tuple(cells[:-1] for cells in chart.rows)
    )


def _picture(chart: Chart) -> dict[str, str]:
    return {
        "slug": chart.slug,
        "title": chart.title,
        "sentence": chart.sentence,
        "svg": chart.svg,
        "table": table_of(chart, "table"),
    }
