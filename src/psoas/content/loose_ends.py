"""What one content file alone cannot show: names that lead nowhere, numbers without a source.

A clinic may replace one file and not another, and people's records hold on to the words that were
there when they were written.
"""

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any, Final

from psoas.content.never_less import less_careful
from psoas.content.overlay import ContentError, names_in, names_of_psoas, own_files
from psoas.content.reader import brought_toml, read_toml

# By file: its table, and the keys under which records of people hold on to an entry.
_HELD: Final = {
    "triggers.toml": ("trigger", ("slug",)),
    "emotions.toml": ("emotion", ("slug",)),
    "helped.toml": ("helped", ("slug",)),
    "hindered.toml": ("hindered", ("slug",)),
    "places.toml": ("place", ("slug",)),
    "silhouettes.toml": ("silhouette", ("view", "frame")),
    "practices_to_test.toml": ("practice", ("slug",)),
    "everyday.toml": ("everyday", ("slug",)),
    "flare.toml": ("part", ("slug",)),
    "claims.toml": ("claim", ("slug",)),
    "redflags/redflags.toml": ("question", ("slug",)),
}
# Where psoas asks before it opens something; a table without one of them would leave a door open.
_DOORS: Final = ("routine", "breath", "writing", "entry", "reading", "booking")
_RED_FLAGS: Final = "redflags/redflags.toml"


def what_records_hold() -> int:
    """Refuse a clinic's file that lacks an entry of psoas.

    Raises:
        ContentError: an entry is gone; ``others`` holds further ones.
    """
    return _told(_gone())


def bans() -> int:
    """Refuse a rule of the safety check that takes out an exercise nobody knows.

    Raises:
        ContentError: the library has no such code.
    """
    return _told(_unknown_bans())


def library() -> int:
    """Refuse an exercise that leads to one nobody knows, or lacks what psoas says of it.

    Raises:
        ContentError: a way, a part, a code or a ban is wrong; ``others`` holds further ones.
    """
    return _told(_library())


def everyday() -> int:
    """Refuse an everyday item that leads to a claim or an exercise nobody knows, or to no source.

    Raises:
        ContentError: one of them; ``others`` holds further ones.
    """
    return _told(_everyday())


def doors() -> int:
    """Refuse a safety check that does not say what each door does.

    Raises:
        ContentError: a door is missing, or there is one that nobody knocks at.
    """
    return _told(_doors())


def emergency_numbers() -> int:
    """Refuse a list of help lines without the entry for countries that are not listed.

    Raises:
        ContentError: nothing is called "other".
    """
    from psoas.content.crisis import COUNTRIES

    if "other" not in {country.code for country in COUNTRIES}:
        raise ContentError(
            "crisis.toml",
            "",
            "country",
            "nothing has the code “other”",
            "Add an entry for countries that are not listed",
        )
    return 0


def texts() -> int:
    """Refuse words for a questionnaire that is not there.

    Raises:
        ContentError: no questionnaire has the name of the file.
    """
    return _told(
        ContentError(
            name, "", "", "there is no questionnaire of this name", "Correct the name of the file"
        )
        for name in names_in("questionnaires/texts")
        if name.replace("/texts/", "/") not in names_in("questionnaires")
    )


def sources() -> int:
    """Refuse what is clinical and has no source: numbers, doses, bans, evidence, everyday advice.

    Raises:
        ContentError: it neither names one nor is marked ``ck``; ``others`` holds further ones.
    """
    problem, remedy = "there is no source", "Name one, or mark it ck = true"
    return _told(
        ContentError(name, place, "sources", problem, remedy)
        for name, thing in _clinical()
        for place in _unsourced(thing, "")
    )


LOOSE_ENDS: tuple[Callable[[], int], ...] = (
    what_records_hold,
    bans,
    library,
    everyday,
    doors,
    emergency_numbers,
    texts,
    sources,
)


def _told(problems: Iterator[ContentError]) -> int:
    found = list(problems)
    if found:
        found[0].others = tuple(found[1:])
        raise found[0]
    return 0


def _gone() -> Iterator[ContentError]:
    for name in own_files():
        if name not in _HELD:
            continue
        table, keys = _HELD[name]
        there = set(_entries(read_toml(name), table, keys))
        for lost in _entries(brought_toml(name), table, keys):
            if lost not in there:
                yield ContentError(
                    name,
                    f"{table} “{' '.join(lost)}”",
                    "",
                    "is gone, and people's records may hold it",
                    "Put the entry back; its words may change",
                )


def _entries(
    document: dict[str, Any], table: str, keys: tuple[str, ...]
) -> Iterator[tuple[str, ...]]:
    rows = document.get(table)
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, dict):
            yield tuple(str(row.get(key)) for key in keys)


def _unknown_bans() -> Iterator[ContentError]:
    from psoas.content.exercises import EXERCISES
    from psoas.content.redflags import questions

    known = {each.code for each in EXERCISES}
    for question in questions().all:
        for rule in question.rules:
            for code in rule.bans:
                if code not in known:
                    yield ContentError(
                        _RED_FLAGS,
                        f"question “{question.slug}”, rule “{rule.slug}”",
                        "bans",
                        f"no exercise has the code “{code}”",
                        "Use a code of the library: psoas content list exercises",
                    )


def _library() -> Iterator[ContentError]:
    from psoas.content.exercises import EXERCISES, as_brought, file_of

    known = {each.slug for each in EXERCISES}
    for each in EXERCISES:
        name = file_of(each.slug)
        ways = {"harder": each.harder, "easier": each.easier}
        led = [(key, way.to) for key, several in ways.items() for way in several if way.to]
        for key, slug in (*led, *(("parts", slug) for slug in each.parts)):
            if slug not in known or slug == each.slug:
                problem = (
                    f"leads to “{slug}”, which is {'itself' if slug in known else 'not there'}"
                )
                yield ContentError(name, "", key, problem, "Use the slug of another exercise")
        if name in own_files() and name in names_of_psoas():
            yield from less_careful(each, as_brought(name), name)


def _everyday() -> Iterator[ContentError]:
    from psoas.content.claims import CLAIMS
    from psoas.content.everyday import EVERYDAY
    from psoas.content.exercises import EXERCISES

    known = {
        "claims": {each.slug for each in CLAIMS},
        "exercise": {"", *(each.slug for each in EXERCISES)},
    }
    for each in EVERYDAY:
        place = f"everyday “{each.slug}”"
        for key, slugs in (("claims", each.claims), ("exercise", (each.exercise,))):
            for slug in slugs:
                if slug not in known[key]:
                    problem = f"leads to “{slug}”, which is not there"
                    yield ContentError("everyday.toml", place, key, problem, "Correct the slug")


def _doors() -> Iterator[ContentError]:
    from psoas.content.redflags import questions

    found = {door.slug for door in questions().doors}
    for slug in sorted(found ^ set(_DOORS)):
        problem = "is missing" if slug in _DOORS else "is no door that psoas knocks at"
        remedy = f"The doors are {', '.join(_DOORS)}"
        yield ContentError(_RED_FLAGS, f"door “{slug}”", "", problem, remedy)


def _clinical() -> Iterator[tuple[str, object]]:
    """Each thing that could name sources, with the file it is from."""
    from psoas.content.everyday import EVERYDAY
    from psoas.content.exercises import EXERCISES, file_of
    from psoas.content.flare import PARTS
    from psoas.content.programmes import FOLDER, PROGRAMMES
    from psoas.content.questionnaires import questionnaires

    yield from ((f"questionnaires/{each.slug}.toml", each) for each in questionnaires())
    yield from ((file_of(each.slug), each) for each in EXERCISES)
    yield from ((f"{FOLDER}/{each.slug}.toml", each) for each in PROGRAMMES)
    yield from (("everyday.toml", each) for each in EVERYDAY)
    yield from (("flare.toml", each) for each in PARTS)


def _unsourced(thing: object, place: str) -> Iterator[str]:
    """Name every part of a thing that could name a source, and neither does nor says why not."""
    if not dataclasses.is_dataclass(thing):
        return
    values = {field.name: getattr(thing, field.name) for field in dataclasses.fields(thing)}
    if "sources" in values and not values.get("ck") and not _any_text(values["sources"]):
        yield place
    for name, value in values.items():
        for number, each in enumerate(value if isinstance(value, tuple) else (value,), 1):
            inner = f"{name} {number}" if isinstance(value, tuple) else name
            yield from _unsourced(each, f"{place}, {inner}" if place else inner)


def _any_text(texts: tuple[str, ...]) -> bool:
    return bool(texts) and all(text.strip() for text in texts)
