"""A task in plain words, as far as the person lets this clinician know."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import dateformat, timezone
from django.utils.translation import gettext as _

from psoas.care.assessment import tasks
from psoas.care.assessment.named import Otherwise
from psoas.care.assessment.suicide_step import HELP_NOW, HELP_TODAY
from psoas.care.assessment.tasks import OpenTask
from psoas.care.programme.stopping import stop_of
from psoas.content.language import gettext as said
from psoas.content.questionnaire import Questionnaire
from psoas.content.questionnaires import questionnaires
from psoas.content.redflags import questions
from psoas.scales.together import NO_CHANGE
from psoas.web.clinic.numbers import shown
from psoas.web.clinic.session_words import name_of, sign_said
from psoas.web.person.check_steps import answer_in_words

Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Told:
    """What a task says: its badge, one sentence, and what belongs to it line by line.

    ``ck``: the sentence names limits that are common clinical knowledge, without a source.
    """

    badge: str
    sentence: str
    more: tuple[str, ...] = ()
    urgent: bool = False
    leads_to: str = "progress"
    ck: bool = False


def in_words(task: OpenTask, now: datetime) -> Told:
    if task.kind == tasks.CHECK:
        return _check(task, now)
    if task.facts is None:
        sentence = _("%(name)s no longer shares what this was about.") % {"name": task.person.name}
        return Told(_("Get in touch"), sentence)
    kinds: dict[str, Callable[[OpenTask, Facts], Told]] = {
        tasks.HARD_ANSWER: _hard_answer,
        tasks.SCORES: _scores,
        tasks.WORSE: _worse,
        tasks.PLAN: _plan,
    }
    return kinds[task.kind](task, task.facts)


def _check(task: OpenTask, now: datetime) -> Told:
    made = timezone.localdate(task.latest)
    if made == timezone.localdate(now):
        sentence = _("Please get in touch about today’s check.")
    else:
        sentence = _("Please get in touch about the check of %(day)s.") % {
            "day": dateformat.format(made, "j F")
        }
    if task.facts is None:
        # How urgent it is is not shared either, so it counts as urgent.
        return Told(_("Check"), sentence, leads_to="check", urgent=True)
    disposition = task.facts.get("disposition", "")
    return Told(
        said(questions().outcome(disposition).name) if disposition else _("Check"),
        sentence,
        (*_short_names(task.facts.get("questions")), *since_then(task.otherwise, now)),
        urgent=disposition in {"E", "S", "C"},
        leads_to="check",
    )


def since_then(found: Iterable[Otherwise], now: datetime) -> list[str]:
    """What was named and then answered otherwise: both times, and that it is to be asked."""
    return [
        _("%(sign)s: named %(named)s; answered “%(answer)s” at %(at)s. That does not undo it: ask.")
        % {
            "sign": said(each.question_set.by_slug[each.question].short),
            "named": _at(each.named_at, now),
            "answer": answer_in_words(each.question_set, each.question, each.answers),
            "at": _at(each.at, now),
        }
        for each in found
    ]


def _at(moment: datetime, now: datetime) -> str:
    """The hour of today; of another day with the day."""
    here = timezone.localtime(moment)
    today = here.date() == timezone.localdate(now)
    return dateformat.format(here, "H:i" if today else "j F, H:i")


def _short_names(slugs: object) -> list[str]:
    by_slug = questions().by_slug
    found = slugs if isinstance(slugs, list | tuple) else ()
    return [said(by_slug[each].short) for each in found if each in by_slug]


def _hard_answer(task: OpenTask, facts: Facts) -> Told:
    name = {"name": task.person.name}
    words = {
        HELP_NOW: _(
            "%(name)s answered that they think of killing themselves now, and was shown the "
            "emergency number. Contact them now."
        ),
        HELP_TODAY: _(
            "%(name)s gave an answer about wishing to be dead, and was asked to speak to somebody "
            "today. Contact them today."
        ),
        "opened": _(
            "%(name)s gave an answer about thoughts of dying, and has not answered the questions "
            "that follow. Contact them today."
        ),
    }
    gave = _("%(name)s gave an answer about thoughts of dying; the questions after it were no.")
    level = str(facts.get("level", ""))
    # psoas has no telephone number of anybody.
    how = _("Use the number or address that the clinic has of them; psoas has none.")
    return Told(_("Contact"), words.get(level, gave) % name, (how,), urgent=level in words)


def _scores(task: OpenTask, facts: Facts) -> Told:
    found = _questionnaire(facts)
    told = {
        "name": task.person.name,
        "what": found.label if found else "",
        "score": shown(facts.get("score")),
    }
    sentence = _("%(name)s reached %(score)s in %(what)s. Speak with them this week.") % told
    return Told(_("This week"), sentence)


def _worse(task: OpenTask, facts: Facts) -> Told:
    if facts.get("talk") == NO_CHANGE:
        sentence = _(
            "For %(name)s little has changed in six weeks: pain is down by less than 1 point, and "
            "PEG by less than 30%%. Look at the plan together."
        )
        return Told(_("Little change"), sentence % {"name": task.person.name}, ck=True)
    found = _questionnaire(facts)
    told = {"name": task.person.name, "what": found.label if found else ""}
    sentence = _("%(what)s of %(name)s is worse by more than the change that means something.")
    more = (str(facts["sentence"]),) if facts.get("sentence") else ()
    return Told(_("Worse"), sentence % told, more)


def _plan(task: OpenTask, facts: Facts) -> Told:
    """Something about the plan, or about a session, that a clinician should look at."""
    why, name = str(facts.get("why", "")), {"name": task.person.name}
    if why == "stopped":
        return _stopped(name, str(facts.get("sign", "")))
    words = {
        "nothing-left": _("Everything in the plan of %(name)s is taken out now. Look at it."),
        "locked-banned": _(
            "The check takes out something that stands in the locked plan of %(name)s. It is not "
            "shown to them; put something in its place."
        ),
        "two-reds": _("Two red sessions within a week for %(name)s. Look at the plan."),
        "above-five": _(
            "The usual pain of %(name)s is above 5, so nothing is loaded from here. Get in touch."
        ),
    }
    sentence = words.get(why, _("Look at the plan of %(name)s.")) % name
    more = tuple(name_of(str(each)) for each in facts.get("items", ()))
    ck = why in {"two-reds", "above-five"}
    return Told(_("Plan"), sentence, more, leads_to="plan", ck=ck)


def _stopped(name: Mapping[str, str], sign: str) -> Told:
    """A session that ended for a sign; some signs cannot wait."""
    urgent = stop_of(sign).route == "help"
    how = _("They were shown what to do first, and the check is asked again.") if urgent else ""
    sentence = _("%(name)s stopped a session: %(sign)s.") % {**name, "sign": sign_said(sign)}
    more = (how,) if how else ()
    return Told(_("Stopped"), sentence, more, urgent=urgent, leads_to="sessions")


def _questionnaire(facts: Facts) -> Questionnaire | None:
    slug = facts.get("slug")
    return next((each for each in questionnaires() if each.slug == slug), None)
