"""Everything that can be checked of the content: files, examples, and ways through the check."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from psoas.cli.content_lists import aligned
from psoas.cli.content_walk import Ways, combinations, lowered, ways_through
from psoas.content.never_less import RED_FLAGS, less
from psoas.content.overlay import ContentError, own_files
from psoas.content.whole import Kind, kinds


@dataclass(frozen=True)
class Report:
    """What was checked and what is wrong."""

    kinds: tuple[Kind, ...]
    examples: int
    ways: Ways | None
    combinations: int
    problems: tuple[ContentError, ...]

    def facts(self) -> dict[str, Any]:
        ways = self.ways
        return {
            "kinds": [
                {
                    "kind": kind.name,
                    "files": len(kind.files),
                    "entries": kind.entries,
                    "problems": self._of(kind),
                }
                for kind in self.kinds
            ],
            "examples": self.examples,
            "answer_sets": ways.answer_sets if ways else 0,
            "rules": [ways.rules_reached, ways.rules] if ways else None,
            "follow_ups": [ways.follow_ups_reached, ways.follow_ups] if ways else None,
            "combinations": self.combinations,
            "problems": [
                {"file": each.file, "entry": each.entry, "key": each.key, "sentence": str(each)}
                for each in self.problems
            ],
        }

    def told(self) -> list[str]:
        lines = [["kind", "files", "entries", "problems"]]
        for kind in self.kinds:
            numbers = (len(kind.files), kind.entries, self._of(kind))
            lines.append([kind.name, *map(str, numbers)])
        found = [*aligned(lines, right=(1, 2, 3)), "", *self._told_of_ways()]
        if self.problems:
            found += ["", *(str(problem) for problem in self.problems)]
        return found

    def _of(self, kind: Kind) -> int:
        return sum(each.file.partition(",")[0] in kind.files for each in self.problems)

    def _told_of_ways(self) -> Iterator[str]:
        yield f"Examples of questionnaires worked out: {self.examples}."
        if self.ways is None:
            yield "The safety check cannot be read, so no way through it was tried."
            return
        yield (
            f"Safety check, one question at a time with all its follow-ups: "
            f"{self.ways.answer_sets} answer sets tried, "
            f"{self.ways.rules_reached} of {self.ways.rules} rules and "
            f"{self.ways.follow_ups_reached} of {self.ways.follow_ups} follow-ups reached."
        )
        if self.combinations:
            yield (
                f"All combinations of the emergency questions of the night: {self.combinations} "
                "answer sets decided, each as high as its highest answer."
            )


def everything(*, walk: bool = False) -> Report:
    """Check all content; ``walk`` also decides on every combination of the night's questions."""
    read, examples, problems = _readable()
    ways, tried = None, 0
    if not any(each.file.startswith("redflags/") for each in problems):
        from psoas.content.redflags import questions

        ways = ways_through(questions())
        problems += ways.problems
        if walk:
            tried, missed = combinations(questions())
            problems += missed
    return Report(read, examples, ways, tried, tuple(problems))


def require_whole() -> None:
    """Refuse to go on with content of which a part cannot be used.

    Raises:
        ContentError: the first problem; ``others`` holds the rest.
    """
    _read, _examples, problems = _readable()
    if problems:
        problems[0].others = tuple(problems[1:])
        raise problems[0]


def _readable() -> tuple[tuple[Kind, ...], int, list[ContentError]]:
    read = kinds()
    problems = [problem for kind in read for problem in kind.problems]
    # Loaded only now: these read content themselves, and a bad file is to be told among all.
    from psoas.cli.content_examples import examples_of_all

    examples, wrong = examples_of_all()
    if not any(_is_of_red_flags(each) for each in problems):
        problems += _taken_away()
    return read, examples, problems + wrong


def _is_of_red_flags(problem: ContentError) -> bool:
    return problem.file.startswith(RED_FLAGS)


def _taken_away() -> Iterator[ContentError]:
    """What a clinic's own safety check takes away from the one of psoas."""
    if RED_FLAGS not in own_files():
        return
    from psoas.content.redflags import as_brought, questions

    yield from less(questions(), as_brought())
    yield from lowered(questions(), as_brought())
