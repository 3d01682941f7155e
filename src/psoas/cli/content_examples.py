"""The worked examples of every questionnaire, worked out again."""

from collections.abc import Iterator

from psoas.content.overlay import ContentError
from psoas.content.questionnaire import MISSING, Example, Questionnaire
from psoas.content.questionnaires import questionnaire, slugs
from psoas.scales import typed
from psoas.scales.answers import shown
from psoas.scales.rounding import half_up
from psoas.scales.score import AnswersRefused
from psoas.scales.scoring import score


def examples_of_all() -> tuple[int, list[ContentError]]:
    """How many examples there are, and which do not come out as they say."""
    count, problems = 0, []
    for slug in slugs():
        try:
            found = questionnaire(slug)
        except ContentError:
            # Told already, as a file that cannot be read.
            continue
        count += len(found.examples)
        problems += list(_problems(found))
    return count, problems


def _problems(found: Questionnaire) -> Iterator[ContentError]:
    file = f"questionnaires/{found.slug}.toml"
    if not found.examples:
        yield ContentError(
            file, "", "examples", "there is no worked example", "Work out one by hand"
        )
    for number, example in enumerate(found.examples, 1):
        for key, written, comes in _unlike(found, example):
            yield ContentError(
                file,
                f"example {number} ({example.answers})",
                key,
                f"is {written or 'empty'}, and the answers come to {comes or 'nothing'}",
                "Correct the example or the file",
            )


def _unlike(found: Questionnaire, example: Example) -> Iterator[tuple[str, str, str]]:
    """Name each key that comes out otherwise: the key, what is written, what it comes to."""
    try:
        answers = typed.read(found, example.answers.split())
        scored = score(found, answers.answers)
        missing = answers.places(scored.missing)
    except AnswersRefused as refused:
        yield "answers", example.answers, f"a refusal ({refused})"
        return
    except (ValueError, TypeError, ArithmeticError, LookupError, StopIteration) as stumbled:
        # A clinic's own file may lack what its rule counts on, such as an item or a band.
        yield "answers", example.answers, f"nothing its rule can use ({type(stumbled).__name__})"
        return
    if _number(example.score) != _rounded(scored.score):
        yield "score", example.score, MISSING if scored.score is None else shown(scored.score)
    if example.band != (scored.band or ""):
        yield "band", example.band, scored.band or ""
    if example.steps != scored.steps:
        yield "steps", ", ".join(example.steps), ", ".join(scored.steps)
    if example.missing != missing:
        yield "missing", _listed(example.missing), _listed(missing)
    parts = {part.slug: part.score for part in scored.parts}
    for written in example.parts:
        slug, _space, value = written.partition(" ")
        if slug not in parts or _number(value) != _rounded(parts[slug]):
            comes = parts.get(slug)
            yield "parts", written, f"{slug} {MISSING if comes is None else shown(comes)}"
    if example.note not in scored.note:
        yield "note", example.note, scored.note


def _number(text: str) -> float | str | None:
    """Read a written score; what is no number stays text, which no score is equal to."""
    try:
        return None if text == MISSING else float(text)
    except ValueError:
        return text


def _rounded(value: float | None) -> float | None:
    return None if value is None else half_up(value)


def _listed(numbers: tuple[int, ...]) -> str:
    return ", ".join(map(str, numbers))
