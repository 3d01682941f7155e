"""``psoas score SLUG ANSWER…``: a questionnaire or a test scored, without its words."""

import argparse
import json
from collections.abc import Sequence

from psoas.cli.refusal import CommandRefused
from psoas.cli.score_told import told
from psoas.content.language import gettext as _
from psoas.content.questionnaire import MISSING, Questionnaire
from psoas.content.questionnaires import questionnaire, slugs
from psoas.scales.answers import plain, shown
from psoas.scales.change import Change, since
from psoas.scales.rounding import half_up
from psoas.scales.score import AnswersRefused, Score
from psoas.scales.scoring import score
from psoas.scales.span import span
from psoas.scales.typed import read

_EXTRAS = ("age", "sex", "hands")


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subparsers.add_parser(
        "score",
        help="score the answers to a questionnaire or a test",
        description="Score answers in the order of the items: numbers, yes and no where that is "
        "asked, a dash for a missing one. `psoas content list questionnaires` lists what there is.",
    )
    parser.add_argument("slug", metavar="SLUG", help="such as phq-9")
    parser.add_argument("answers", nargs="*", metavar="ANSWER", help="such as 2, yes or -")
    parser.add_argument("--age", help="in years, for the tests of standing up")
    parser.add_argument("--sex", help="female or male, as the norms of chair-stand-30 are given")
    parser.add_argument("--hands", help="yes if hands were needed in five-sit-to-stand")
    parser.add_argument("--before", metavar="SCORE", help="an earlier score, to say what changed")
    parser.add_argument("--json", action="store_true", help="print the score as one JSON object")
    parser.set_defaults(run=run, further=[])


def run(args: argparse.Namespace) -> int:
    asked = _questionnaire(args.slug)
    args.answers += _further(args)
    if not args.answers:
        raise CommandRefused(
            _(
                "{slug} needs its answers, one for each item in its order, such as: "
                "psoas score {slug} {example}"
            ).format(slug=asked.slug, example=asked.examples[0].answers if asked.examples else "1")
        )
    try:
        typed = read(asked, _with_extras(asked, args))
        found = score(asked, typed.answers)
    except AnswersRefused as refused:
        raise CommandRefused(str(refused)) from None
    missing = typed.places(found.missing)
    step = None if args.before is None else since(asked, _before(asked, found, args.before), found)
    if args.json:
        facts = _facts(asked, found, missing, step)
        print(json.dumps(facts, ensure_ascii=False, indent=2, allow_nan=False))
    else:
        print(told(asked, found, missing, step))
    return 0


def _questionnaire(slug: str) -> Questionnaire:
    try:
        return questionnaire(slug)
    except KeyError:
        raise CommandRefused(
            _("There is no questionnaire called {slug}. There are {slugs}.").format(
                slug=plain(slug), slugs=", ".join(slugs())
            )
        ) from None


def _further(args: argparse.Namespace) -> list[str]:
    """What was typed after an option, or looks like one: answers too, such as -inf, refused so."""
    words: list[str] = args.further
    for word in words:
        if word[:2] == "--":
            raise CommandRefused(
                _("psoas score knows no {option}. Leave it out.").format(option=plain(word))
            )
    return words


def _with_extras(asked: Questionnaire, args: argparse.Namespace) -> Sequence[str]:
    """Put --age, --sex and --hands where the answers have their place."""
    words = list(args.answers)
    places = {item.slug: place for place, item in enumerate(asked.items)}
    for name in _EXTRAS:
        value = getattr(args, name)
        if value is None:
            continue
        place = places.get(name)
        if place is None:
            raise CommandRefused(
                _("{slug} has no use for --{name}. Leave it out.").format(
                    slug=asked.slug, name=name
                )
            )
        words += [MISSING] * (place + 1 - len(words))
        if words[place] != MISSING:
            raise CommandRefused(
                _(
                    "--{name} is given twice: as answer {place} and by its name. Leave one out."
                ).format(name=name, place=place + 1)
            )
        words[place] = value
    return words


def _before(asked: Questionnaire, found: Score, text: str) -> float:
    """Read the earlier score; it must be one that there can be."""
    # A crisis is not held against an earlier one.
    ends = None if asked.scorer == "asq" else span(asked)
    if ends is None or (found.parts and found.score is None):
        raise CommandRefused(
            _("{slug} has no total here to hold --before against. Leave it out.").format(
                slug=asked.slug
            )
        )
    low, high = ends
    try:
        before = float(text.replace(",", "."))
    except ValueError:
        before = float("nan")
    if not low <= before <= high:
        raise CommandRefused(
            _("--before {text} is no score of {slug}. Give a number from {low} to {high}.").format(
                text=plain(text), slug=asked.slug, low=shown(low), high=shown(high)
            )
        )
    return before


def _facts(
    asked: Questionnaire, found: Score, missing: tuple[int, ...], step: Change | None
) -> dict[str, object]:
    facts: dict[str, object] = {
        "slug": found.slug,
        "score": _number(found.score),
        # As it is written in what was published: moderately severe.
        "band": found.band and found.band.replace("-", " "),
        "steps": list(found.steps),
        "missing": list(missing),
    }
    if found.parts:
        facts["parts"] = {part.slug: _number(part.score) for part in found.parts}
    if note := " ".join(text for text in (asked.note_label, found.note) if text):
        facts["note"] = note
    if found.parts or note:
        facts["direction"] = asked.direction
    if step is not None:
        facts["change"] = {
            "difference": _number(step.difference),
            "words": step.words,
            "meanings": list(step.meanings),
            "beyond_error": step.beyond_error,
            "sentence": step.sentence,
        }
    return facts


def _number(value: float | None) -> float | int | None:
    """Round as it is shown, and write 8 rather than 8.0."""
    if value is None:
        return None
    rounded = half_up(value)
    return int(rounded) if rounded.is_integer() else rounded
