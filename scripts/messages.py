"""Collect every marked string, of code, templates and content files, into the catalogue."""

import dataclasses
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from psoas.content import (
    body,
    claims,
    crisis,
    emotions,
    everyday,
    exercises,
    flare,
    helped,
    hindered,
    practices,
    programmes,
    questionnaires,
    redflags,
    triggers,
)

PACKAGE = Path(__file__).parent.parent / "src" / "psoas"
# What of the safety check and of questionnaires is read by people.
READ = frozenset(
    {
        "short",
        "ask",
        "hint",
        "why",
        "label",
        "advice",
        "name",
        "title",
        "text",
        "about",
        "recall",
        "note",
        "notice",
        "meaning",
        "condition",
        "unit",
        "ends",
        "who",
        "steps",
        "cue",
        "care",
        "stop",
        "careful",
        "instead",
        "times",
        "below",
        "above",
        "reason",
        "question",
        "lines",
        "prompt",
    }
)
GATHERED = PACKAGE / "content" / "gathered_strings.py"


def main() -> int:
    # gettext's tools read source code only, so the content files' words pass through one.
    lines = [f"_({text!r})\n" for text in sorted(set(_content_strings()))]
    GATHERED.write_text("".join(lines), encoding="utf-8")
    (PACKAGE / "locale").mkdir(exist_ok=True)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "django", "makemessages", "--locale", "en", "--no-obsolete",
             "--no-location", "--extension", "py,html,js"],
            cwd=PACKAGE,
            env=os.environ | {"PYTHONPATH": str(PACKAGE.parent)},
            check=False,
        )  # fmt: skip
    finally:
        GATHERED.unlink()
    return done.returncode


def _content_strings() -> Iterator[str]:
    yield from _of_the_journal()
    for practice in practices.PRACTICES:
        yield from (practice.name, practice.on, practice.off)
        yield from (practice.with_line, practice.without_line)
    for limit in practices.LIMITS:
        yield limit.reason
    for claim in claims.CLAIMS:
        yield from filter(None, (claim.claim, claim.words, claim.note, claim.say))
    for thing in (*exercises.EXERCISES, *programmes.PROGRAMMES, *everyday.EVERYDAY, *flare.PARTS):
        yield from _texts_of(thing)
    yield from _texts_of(redflags.questions())
    for questionnaire in questionnaires.questionnaires():
        yield from _texts_of(questionnaire)


def _of_the_journal() -> Iterator[str]:
    for trigger in triggers.TRIGGERS:
        yield from filter(None, (trigger.name, trigger.group))
    for named in (*emotions.EMOTIONS, *helped.HELPED, *hindered.HINDERED):
        yield named.name
    for region in body.REGIONS:
        yield from (region.name, region.group)
    for country in crisis.COUNTRIES:
        yield from filter(None, (country.name, country.note, country.notice))
        for line in country.lines:
            yield from filter(None, (line.name, line.text, line.hours))


def _texts_of(thing: object) -> Iterator[str]:
    """Every text for people in a record, however deep it lies."""
    for field in dataclasses.fields(thing) if dataclasses.is_dataclass(thing) else ():
        value = getattr(thing, field.name)
        for each in value if isinstance(value, tuple) else (value,):
            if isinstance(each, str) and each and field.name in READ:
                yield each
            yield from _texts_of(each)


if __name__ == "__main__":
    sys.exit(main())
