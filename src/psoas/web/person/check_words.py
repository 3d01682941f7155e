"""What the check's doors do, why it is due, and where it stands, in words."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from psoas.care.assessment.gate import Standing
from psoas.care.assessment.models import FULL
from psoas.care.assessment.screening import Decision
from psoas.content.language import gettext as said
from psoas.content.redflags import QuestionSet, questions


@dataclass(frozen=True)
class OpenDoor:
    """One line of what is open: which door, and what it does today."""

    slug: str
    name: str
    said: str
    icon: str


@dataclass(frozen=True)
class Card:
    """Where the check stands, and the one thing to do about it."""

    title: str
    text: str
    action: str
    url: str
    urgent: bool = False
    emergency: bool = False
    until: str = ""
    quiet: bool = False
    icon: str = "triangle-alert"


def doors_in_words(
    question_set: QuestionSet,
    words: Mapping[str, str],
    *,
    advised: bool = False,
    limited: bool = True,
) -> tuple[OpenDoor, ...]:
    """The table of what an outcome opens, as a person reads it."""
    told = {
        # What is fine, not what is open: writing and booking have no pages in this version.
        "yes": (_("fine"), "check"),
        "no": (_("not now"), "circle-minus"),
        "with limits": (_("fine, within the limits"), "check"),
        "after advice": (_("fine once you have read the advice"), "clock"),
    }
    if not limited:
        told["with limits"] = told["yes"]
    if advised:
        told["after advice"] = told["yes"]
    return tuple(
        OpenDoor(each.slug, said(each.name), *told[words[each.slug]]) for each in question_set.doors
    )


def why_due(standing: Standing) -> str:
    """Why the check is asked again, as a sentence; empty where it is not due."""
    sentences = {
        "weeks": _("Four weeks have passed; what may have changed is asked again."),
        "pain": _("Your pain rose by 3 or more; what may have changed is asked again."),
        "fall": _("You noted a fall; what may have changed is asked again."),
        "stop": _("You stopped a session for a sign; what may have changed is asked again."),
        "version": _("The questions were renewed since you answered them."),
        "unknown": _("Something asked for it since; what may have changed is asked again."),
    }
    return sentences.get(standing.why_due, "")


def urgent_advice(standing: Standing) -> list[Card]:
    """The advice that goes before anything else on a page: of the suicide step, of the check.

    Neither hides the other: who needs somebody to talk to may have a leg that needs a doctor.
    """
    cards = []
    if standing.mind is not None:
        cards.append(
            Card(
                title=_("You do not have to deal with this alone"),
                text=_("There are people you can talk to now."),
                action=_("Help now"),
                url=reverse("help"),
                urgent=True,
                emergency=standing.mind == "E",
                icon="life-buoy",
            )
        )
    decision = standing.decision
    if decision is not None and standing.screening is not None and is_urgent(standing):
        outcome = questions().outcome(decision.disposition)
        card = Card(
            title=said(outcome.title),
            text=said(outcome.text),
            action=_("Read the advice"),
            url=reverse("check-result", args=[standing.screening.id]),
            urgent=True,
            emergency=decision.disposition == "E",
        )
        # An emergency goes first, and its numbers stand once.
        if card.emergency:
            cards = [card, *(replace(each, emergency=False) for each in cards)]
        else:
            cards.append(card)
    return cards


def is_urgent(standing: Standing) -> bool:
    """Whether an answer asks for help today; not yet, while its further question is still open."""
    asked = standing.under_way.next if standing.under_way else None
    open_question = asked.partition(".")[0] if asked and "." in asked else ""
    reasons = standing.decision.reasons if standing.decision else ()
    return any(
        each.disposition in {"E", "S"} and each.question != open_question for each in reasons
    )


def card_for_today(standing: Standing) -> Card | None:
    """That the check is to be done, where it is; nothing beside urgent advice."""
    if urgent_advice(standing):
        return None
    begun = standing.under_way
    if begun is not None and begun.kind == FULL:
        return Card(
            title=_("Safety check, begun"),
            text=_("You can go on where you were."),
            action=_("Go on"),
            url=reverse("check-one", args=[begun.id]),
            quiet=True,
        )
    if standing.state == "never":
        return Card(
            title=_("A safety check comes first"),
            text=_("Before breathing, positions or exercise. About five minutes."),
            action=_("Begin"),
            url=reverse("check"),
            quiet=True,
        )
    if standing.state == "due":
        return Card(
            title=_("The safety check is due"),
            text=why_due(standing),
            action=_("Answer it"),
            url=reverse("check"),
            quiet=True,
        )
    return None


def card_for_care(standing: Standing) -> Card | None:
    """The check's card in Care: the same, and what holds where nothing is to be done."""
    asked = card_for_today(standing)
    if asked is not None or standing.state != "holds" or is_urgent(standing):
        return asked
    decision = standing.decision
    # Without a limit to name, going on is all there is to say.
    bare = decision is None or (decision.disposition == "M" and not _is_limited(decision))
    outcome = questions().outcome("G" if bare or decision is None else decision.disposition)
    # Where the check holds, there is a last round and a day on which it is due again.
    screening, until = standing.screening, standing.until
    done = screening.finished_at if screening else None
    return Card(
        title=_("Safety check"),
        text=_("%(day)s: %(what)s.") % {"day": _day(done), "what": said(outcome.title)}
        if done
        else said(outcome.title),
        action=_("What it says"),
        url=reverse("check-result", args=[screening.id]) if screening else reverse("check"),
        until=_("Holds until %(day)s.") % {"day": _day(until)} if until else "",
        quiet=True,
    )


def _is_limited(decision: Decision) -> bool:
    return bool(decision.limits or decision.bans)


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j F Y")
