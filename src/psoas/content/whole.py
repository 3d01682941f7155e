"""All content at once: every file read, and nothing left that another file or a record misses.

Half of a content is worse than none, so this is done before anybody is served.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from psoas.content.loose_ends import LOOSE_ENDS
from psoas.content.overlay import ContentError, names_in, own_files

Count = Callable[[], int]


@dataclass(frozen=True)
class Kind:
    """One kind of content.

    Attributes:
        name: As ``psoas content check`` calls it.
        files: The files it is read from.
        entries: How many things could be read of them.
        problems: What is wrong in them.
    """

    name: str
    files: tuple[str, ...]
    entries: int
    problems: tuple[ContentError, ...]


def kinds() -> tuple[Kind, ...]:
    """Read all content and return every kind of it, with what is wrong in it.

    Raises:
        ContentError: the clinic's own folder itself cannot be used.
    """
    own_files()
    counted = [(name, files, *_counted(steps)) for name, files, steps in _kinds()]
    problems = [problem for *_rest, told in counted for problem in told]
    for look in LOOSE_ENDS:
        # A file that could not be read is told already, by the kind it belongs to.
        problems += _counted([look])[1]
    # What reads the file of another kind stumbles over it as well; it is told once, where it is.
    once = {str(problem): problem for problem in problems}
    return tuple(
        Kind(name, files, entries, tuple(p for p in once.values() if _place(p) in files))
        for name, files, entries, _told in counted
    )


def _kinds() -> Iterable[tuple[str, tuple[str, ...], list[Count]]]:
    sheets, library = names_in("questionnaires"), (*names_in("exercises"), *names_in("practices"))
    templates = names_in("programmes")
    return (
        ("redflags", ("redflags/redflags.toml",), [_redflags]),
        ("questionnaires", sheets, [_sheet(name) for name in sheets if name.count("/") == 1]),
        ("exercises, practices", library, [_entry(name) for name in library]),
        ("programmes", templates, [_template(name) for name in templates]),
        ("everyday, flare", ("everyday.toml", "flare.toml"), [_everyday, _flare]),
        ("claims", ("claims.toml",), [_claims]),
        ("triggers", ("triggers.toml",), [_triggers]),
        ("crisis", ("crisis.toml",), [_crisis]),
        ("what can be tested", ("practices_to_test.toml", "not_to_test.toml"), [_to_test]),
        (
            "words of the journal",
            ("emotions.toml", "helped.toml", "hindered.toml"),
            [_emotions, _helped, _hindered],
        ),
        ("body", ("places.toml", "silhouettes.toml"), [_body]),
    )


def _place(problem: ContentError) -> str:
    """Return the file a problem is told under."""
    return problem.file.partition(",")[0]


def _counted(steps: Iterable[Count]) -> tuple[int, list[ContentError]]:
    entries, problems = 0, []
    for step in steps:
        try:
            entries += step()
        except ContentError as problem:
            problems += [problem, *problem.others]
    return entries, problems


# Most modules read their file when they are loaded, so that is where a bad one shows.
def _redflags() -> int:
    from psoas.content.redflags import questions

    return len(questions().questions)


def _sheet(name: str) -> Count:
    def read() -> int:
        from psoas.content.questionnaires import questionnaire

        questionnaire(name.partition("/")[2].removesuffix(".toml"))
        return 1

    return read


def _entry(name: str) -> Count:
    def look() -> int:
        from psoas.content.exercises import read

        read(name)
        return 1

    return look


def _template(name: str) -> Count:
    def look() -> int:
        from psoas.content.programmes import read

        read(name)
        return 1

    return look


def _everyday() -> int:
    from psoas.content.everyday import EVERYDAY

    return len(EVERYDAY)


def _flare() -> int:
    from psoas.content.flare import PARTS

    return len(PARTS)


def _claims() -> int:
    from psoas.content.claims import CLAIMS

    return len(CLAIMS)


def _triggers() -> int:
    from psoas.content.triggers import TRIGGERS

    return len(TRIGGERS)


def _crisis() -> int:
    from psoas.content.crisis import COUNTRIES

    return len(COUNTRIES)


def _to_test() -> int:
    from psoas.content.practices import LIMITS, PRACTICES

    return len(PRACTICES) + len(LIMITS)


def _emotions() -> int:
    from psoas.content.emotions import EMOTIONS

    return len(EMOTIONS)


def _helped() -> int:
    from psoas.content.helped import HELPED

    return len(HELPED)


def _hindered() -> int:
    from psoas.content.hindered import HINDERED

    return len(HINDERED)


def _body() -> int:
    from psoas.content.body import REGIONS, SILHOUETTES

    return len(REGIONS) + len(SILHOUETTES)
