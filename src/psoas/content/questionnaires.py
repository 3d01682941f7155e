"""Questionnaires and tests as files: what is asked, whose words they are, how they are scored.

One TOML file a questionnaire. What is asked once is written once: ``[each]`` holds the keys that
all items share, and ``count = 10`` in an item stands for ten of them. A clinic's overlay folder
may replace a whole file, or give the words of a questionnaire it holds a licence for in
``questionnaires/texts/<slug>.toml``; how it is scored stays as it is here.
"""

import dataclasses
import hashlib
import json
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from psoas.content.overlay import names_in
from psoas.content.questionnaire import Questionnaire
from psoas.content.reader import ContentError, read_toml, record_of

FOLDER = "questionnaires"
TEXTS = f"{FOLDER}/texts"

if TYPE_CHECKING:
    QUESTIONNAIRES: tuple[Questionnaire, ...]

# The order of lists: pain and doing, mood, what happened, small ones, tests, the restricted ones.
_ORDER = (
    *("nprs", "peg", "own-activities"),
    *("phq-2", "phq-9", "gad-2", "gad-7", "pc-ptsd-5", "pcl-5", "asq"),
    *("sleep", "activity-days"),
    *("five-sit-to-stand", "chair-stand-30", "hip-range"),
    *("hoos", "hoos-12", "hoos-ps", "ihot-12", "hagos", "pseq-2", "tsk-11", "pss-10", "pss-4"),
)


def __getattr__(name: str) -> Any:
    # All files are read when somebody asks for all of them, not when this module is loaded:
    # `psoas diary` and a page that shows one questionnaire do not wait for the others.
    if name == "QUESTIONNAIRES":
        return questionnaires()
    raise AttributeError(name)


@cache
def questionnaires() -> tuple[Questionnaire, ...]:
    """Return every questionnaire, in the order of lists.

    Raises:
        ContentError: a file is not as it must be; says which, where and what to do.
    """
    for slug in sorted(_in(TEXTS) - set(slugs())):
        raise ContentError(
            f"{TEXTS}/{slug}.toml",
            "",
            "",
            f"no questionnaire is called {slug}",
            "Call the file as the questionnaire whose words it holds",
        )
    return tuple(questionnaire(slug) for slug in slugs())


@cache
def slugs() -> tuple[str, ...]:
    """Return every slug, in the order of lists; a clinic's own ones come last."""
    there = _in(FOLDER)
    known = [slug for slug in _ORDER if slug in there]
    return (*known, *sorted(there - set(known)))


def _in(folder: str) -> set[str]:
    names = (name.removeprefix(f"{folder}/") for name in names_in(folder))
    return {name.removesuffix(".toml") for name in names if "/" not in name}


def questionnaire(slug: str) -> Questionnaire:
    """Return the questionnaire with this slug.

    Raises:
        KeyError: no file is called so.
        ContentError: its file is not as it must be.
    """
    if slug not in slugs():
        raise KeyError(slug)
    return _read(slug)


@cache
def _read(slug: str) -> Questionnaire:
    name = f"{FOLDER}/{slug}.toml"
    found = from_document(read_toml(name), name)
    if found.slug != slug:
        raise ContentError(
            name, "", "slug", f"is “{found.slug}”", f"Write “{slug}”, as the file is called"
        )
    if slug in _in(TEXTS):
        return _with_texts(found, read_toml(f"{TEXTS}/{slug}.toml"), f"{TEXTS}/{slug}.toml")
    return found


def from_document(document: dict[str, Any], name: str) -> Questionnaire:
    """Return the questionnaire that one file describes (``name`` is for errors).

    Raises:
        ContentError: a key is unknown, missing or of the wrong kind.
    """
    row = dict(document)
    each = row.pop("each", {})
    if not isinstance(each, dict):
        raise ContentError(name, "", "each", "is not a table", "Write [each] above its keys")
    items = row.get("items")
    if isinstance(items, list) and all(isinstance(item, dict) for item in items):
        row["items"] = [
            {**each, **item, "number": number}
            for number, item in enumerate(_one_by_one(items, name), 1)
        ]
    return record_of(row, name, Questionnaire)


def _one_by_one(items: list[dict[str, Any]], name: str) -> Iterator[dict[str, Any]]:
    """Write out the items that stand for several: p1 … p10 for ``slug = "p"``, ``count = 10``."""
    for place, item in enumerate(items, 1):
        if "number" in item:
            raise ContentError(
                name, f"items {place}", "number", "is not a known key", "Items count themselves"
            )
        if "count" not in item:
            yield item
            continue
        row = dict(item)
        count, slug = row.pop("count"), row.get("slug")
        if type(count) is not int or count < 1:
            raise ContentError(
                name, f"items {place}", "count", f"is {count!r}", "It must be 1 or more"
            )
        yield from ({**row, "slug": f"{slug}{number}"} for number in range(1, count + 1))


def _with_texts(found: Questionnaire, texts: dict[str, Any], name: str) -> Questionnaire:
    """Put a licence holder's own words in; items, directions and rules stay as they are."""
    for key in texts:
        if key not in ("item", "options"):
            raise ContentError(
                name, "", key, "is not a known key", "Known keys are item and options"
            )
    asks = _words(texts, "item", len(found.items), name)
    most = max(len(item.options) for item in found.items)
    labels = _words(texts, "options", most, name) if "options" in texts else []
    items = tuple(
        dataclasses.replace(
            item,
            ask=ask,
            options=tuple(
                dataclasses.replace(option, label=label)
                for option, label in zip(item.options, labels, strict=True)
            )
            if labels
            else item.options,
        )
        for item, ask in zip(found.items, asks, strict=True)
    )
    return dataclasses.replace(found, items=items)


def _words(texts: dict[str, Any], key: str, count: int, name: str) -> list[str]:
    words = texts.get(key)
    if not isinstance(words, list) or not all(isinstance(w, str) and w.strip() for w in words):
        raise ContentError(name, "", key, "must be a list of texts", f'Write {key} = ["…", "…"]')
    if len(words) != count:
        raise ContentError(
            name, "", key, f"holds {len(words)} texts", f"It must hold {count}, in their order"
        )
    return words


def to_json(found: Questionnaire) -> str:
    """Return the questionnaire as canonical JSON: the same questionnaire, the same text."""
    return json.dumps(
        dataclasses.asdict(found), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


def from_json(text: str) -> Questionnaire:
    """Return the questionnaire that `to_json` wrote, as it was then.

    Raises:
        ContentError: the text describes no questionnaire.
    """
    return record_of(json.loads(text), "kept questionnaire", Questionnaire)


def digest(found: Questionnaire) -> str:
    """Return the SHA-256 of its canonical JSON, in 64 hexadecimal digits."""
    return hashlib.sha256(to_json(found).encode("utf-8")).hexdigest()
