"""One answer as its card says it: how sure, the sentence, the picture, what can be done."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from psoas.care.journal.decisions import Decided
from psoas.care.journal.notebook import Notebook, trigger_label
from psoas.charts import effects
from psoas.charts.interval import reach_of
from psoas.charts.said import said_of
from psoas.diary.answers.answer import Answer, Answers, Lag, Level
from psoas.diary.answers.sentences import tenths
from psoas.diary.spoken import spoken_number
from psoas.web.person.testing import Way, way_to_test


class Badge(NamedTuple):
    """How sure: in a word, a sign and a colour."""

    text: str
    icon: str
    colour: str = ""


@dataclass(frozen=True)
class Card:
    """One answer. Of its sentence the number stands apart, to be set in bold.

    ``beside`` is what follows the first sentence: when it was found, how long it may still take.
    ``beyond`` says that the sentence itself names what else was allowed for. ``guessed`` is true
    for a guess of today's too, which the answer day has not known.
    """

    level: str
    starred: bool
    guessed: bool
    badge: str
    icon: str
    colour: str
    before: str
    number: str
    after: str
    beside: str
    beyond: bool
    claimed: bool
    way: Way
    svg: str


def cards_of(answers: Answers, decided: Decided, notebook: Notebook) -> list[Card]:
    """The answers' cards, their pictures all on one axis."""
    reach = reach_of(each for each in answers.answers if each.estimate is not None)
    guesses = {each.trigger for each in notebook.suspects}
    cards, offered = [], set[Way]()
    for each, was in zip(answers.answers, decided.answers.answers, strict=True):
        keys = [decided.keys[name] for name in was.members]
        claimed = each.level in {Level.FOUND, Level.POSSIBLE}
        way = way_to_test(keys, notebook) if claimed or each.starred else Way()
        # A guess that is not sure is offered once, though it has two answers.
        shown = way if claimed or (way.ready and way not in offered) else Way()
        offered.add(way)
        guessed = each.starred or not guesses.isdisjoint(keys)
        cards.append(_card(each, guessed, claimed, shown, reach))
    return cards


def named_now(decided: Decided, notebook: Notebook) -> Answers:
    """The answers under the names that their triggers have now, in the reader's language."""
    names = {name: trigger_label(key, notebook) or name for name, key in decided.keys.items()}
    answers = [
        replace(
            each,
            # Several in one answer keep the name they were given together.
            trigger=names[each.members[0]] if len(each.members) == 1 else each.trigger,
            members=tuple(names[member] for member in each.members),
        )
        for each in decided.answers.answers
    ]
    return replace(decided.answers, answers=tuple(answers))


def badge_of(answer: Answer) -> Badge:
    if answer.less_sure:
        return Badge(_("Less sure now"), "circle-help")
    return {
        Level.FOUND: Badge(_("Found"), "check", "badge-clay"),
        Level.POSSIBLE: Badge(_("Possible pattern"), "flask-conical"),
        Level.NO_LARGE_EFFECT: Badge(_("Probably no large effect"), "circle-minus", "badge-teal"),
        Level.NOT_SURE: Badge(_("Not sure yet"), "circle-help"),
        Level.TOO_EARLY: Badge(_("Too early"), "clock"),
    }[answer.level]


def _card(answer: Answer, guessed: bool, claimed: bool, way: Way, reach: float) -> Card:
    badge = badge_of(answer)
    said, beside = _parted(answer, badge)
    return Card(
        answer.level.value,
        answer.starred,
        guessed,
        *badge,
        *(_set_apart(said, answer) if claimed else (said, "", "")),
        beside,
        beyond=answer.lag is Lag.NEXT and answer.level is Level.FOUND,
        claimed=claimed,
        way=way,
        svg="" if answer.estimate is None else effects.draw_one(answer, reach=reach),
    )


def _parted(answer: Answer, badge: Badge) -> tuple[str, str]:
    """The main sentence and what follows it, without what the badge says already."""
    said = said_of(answer)
    for mark in (": ", "; ", ". "):
        said = capfirst(said.removeprefix(f"{badge.text}{mark}"))
    # Only after the trigger's name, which the person may have written with a full stop in it.
    end = said.find(". ", said.rfind("\u201d"))
    return (said, "") if end < 0 else (said[: end + 1], said[end + 2 :])


def _set_apart(said: str, answer: Answer) -> tuple[str, str, str]:
    """A sentence cut around the number it is about; whole where it gives none."""
    if answer.estimate is None:
        return said, "", ""
    figure = f" {spoken_number(abs(tenths(answer.estimate)) / 10)} "
    start = said.find(figure, said.rfind("\u201d")) + 1
    if not start:
        return said, "", ""
    end = said.find(" ", start + len(figure) - 1)
    end = len(said) if end < 0 else end
    return said[:start], said[start:end], said[end:]
