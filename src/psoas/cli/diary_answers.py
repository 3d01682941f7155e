"""The answers of ``psoas diary``: as text that stays readable at forty triggers, and as data."""

import shutil
import textwrap
from collections.abc import Iterable, Sequence

from psoas.content.language import gettext as _
from psoas.content.language import ngettext
from psoas.diary.answers.answer import Answer, Answers, Lag, Level, Rule, Star
from psoas.diary.answers.deciding import any_day, planned
from psoas.diary.answers.levels import LEAST_RECORDED
from psoas.diary.answers.sentences import sentence
from psoas.diary.spoken import full_day
from psoas.diary.table import DayTable

_WIDEST = 88
# So many sentences of one level are read; more are a wall. The rest is named in one.
_MOST_SENTENCES = 8
_MOST_NOTES = 12


def answer(table: DayTable, stars: Sequence[str], on_answer_days: bool) -> Answers:
    """Return the answers of a table, having said so where they take a while to prepare.

    Raises:
        StarsRefused: A star that is no trigger, or too many of them.
    """
    if table.triggers and table.recorded >= LEAST_RECORDED:
        # Loaded only here: a diary too short for an answer needs no arithmetic.
        from psoas.cli.arithmetic import make_ready

        make_ready()
    rule = planned if on_answer_days else any_day
    return rule(table, [Star(name) for name in stars])


def facts(answers: Answers, table: DayTable, notes: Iterable[str]) -> dict[str, object]:
    """Return what ``--json`` prints."""
    days: dict[str, object] = {
        "first": table.first.isoformat(),
        "last": table.last.isoformat(),
        "span": table.span,
        "recorded": table.recorded,
    }
    if answers.next_answer_day is not None:
        days["next_answer_day"] = answers.next_answer_day.isoformat()
    return {
        "days": days,
        "answers": [_fact(one) for one in answers.answers],
        "notes": list(notes),
    }


def _fact(one: Answer) -> dict[str, object]:
    return {
        "trigger": one.trigger,
        "lag": str(one.lag),
        "level": str(one.level),
        "estimate": _rounded(one.estimate),
        "low": _rounded(one.low),
        "high": _rounded(one.high),
        "e_value": float(f"{one.e_value:.6g}"),
        "posterior": _rounded(one.posterior),
        "days_with": one.days_with,
        "days_without": one.days_without,
        "more_days": None if one.more_days is None else list(one.more_days),
        "sentence": sentence(one),
    }


def _rounded(value: float | None) -> float | None:
    # Four decimals, and never -0.0.
    return None if value is None else round(value, 4) + 0.0


def told(answers: Answers, table: DayTable) -> list[str]:
    """Return the answers as lines, the surest first."""
    lines = [_("What goes with the pain")]
    if answers.rule is Rule.ANSWER_DAYS:
        lines += wrapped(_when(answers))
    of_level = {level: [one for one in answers.answers if one.level is level] for level in Level}
    for level in (Level.FOUND, Level.POSSIBLE, Level.NO_LARGE_EFFECT, Level.NOT_SURE):
        lines += _group(of_level[level])
    early = of_level[Level.TOO_EARLY]
    if early:
        said = _("Too early, nothing to read here yet: {names}.").format(names=_named(early))
        lines += ["", *wrapped(said)]
    if not answers.answers:
        lines += wrapped(_nothing(table))
    return lines


def _when(answers: Answers) -> str:
    assert answers.next_answer_day is not None
    coming = full_day(answers.next_answer_day)
    if answers.decided_on is None:
        return _("The first answer day is {day}; until then it is too early.").format(day=coming)
    return _("Decided on {day}, on the days before it. The next answer day is {coming}.").format(
        day=full_day(answers.decided_on), coming=coming
    )


def _nothing(table: DayTable) -> str:
    if table.triggers:
        return _("No answers; the notes below say why.")
    return _("The file has no columns beside day and pain, so there is nothing to compare.")


def _group(answers: Sequence[Answer]) -> list[str]:
    # No headings: each sentence says its own level.
    lines = [""] if answers else []
    for one in answers[:_MOST_SENTENCES]:
        lines += wrapped(sentence(one), "  - ", "    ")
    rest = answers[_MOST_SENTENCES:]
    if rest:
        said = ngettext(
            "And {n} answer more like these: {names}.",
            "And {n} answers more like these: {names}.",
            len(rest),
        ).format(n=len(rest), names=_named(rest))
        lines += wrapped(said, "  - ", "    ")
    return lines


def _named(answers: Sequence[Answer]) -> str:
    """Name answers in one line, a trigger of which both lags are meant once."""
    lags: dict[str, list[Lag]] = {}
    for one in answers:
        lags.setdefault(one.trigger, []).append(one.lag)
    texts = {Lag.SAME: _("{name} (same day)"), Lag.NEXT: _("{name} (next day)")}
    return ", ".join(
        name if len(meant) == len(Lag) else texts[meant[0]].format(name=name)
        for name, meant in lags.items()
    )


def told_notes(notes: Sequence[str]) -> list[str]:
    """Return notes as lines; of very many, the first."""
    lines = []
    for note in notes[:_MOST_NOTES]:
        lines += wrapped(note)
    if len(notes) > _MOST_NOTES:
        lines += wrapped(
            _("And {n} notes more; --json prints them all.").format(n=len(notes) - _MOST_NOTES)
        )
    return lines


def wrapped(text: str, first: str = "  ", others: str = "  ") -> list[str]:
    """Return a text in lines that fit the terminal."""
    width = min(shutil.get_terminal_size((80, 24)).columns - 2, _WIDEST)
    return textwrap.wrap(text, width, initial_indent=first, subsequent_indent=others)
