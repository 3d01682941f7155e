"""The day entry's form: what was posted or sealed becomes fields, and back again.

``raw`` is the same shape in all three places: what the browser sent, what was sealed before, and
what ``writing`` checks. So a refused form shows again exactly what was typed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils import dateformat
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from psoas.care.journal.drafts import SCALES
from psoas.care.journal.models import BACKFILL
from psoas.care.journal.notebook import Notebook, Offered
from psoas.care.journal.sealing import Document
from psoas.content.body import grouped
from psoas.content.emotions import EMOTIONS
from psoas.content.helped import HELPED
from psoas.content.hindered import HINDERED

Raw = dict[str, Any]
# A chosen feeling always shows a strength; in the middle until its person says otherwise.
USUAL_STRENGTH = 2


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    checked: bool
    strength: object = USUAL_STRENGTH


@dataclass(frozen=True)
class Group:
    """Chips under one heading; own triggers that are counted come as numbers instead."""

    legend: str
    options: tuple[Option, ...]
    numbers: tuple[Option, ...] = ()


@dataclass(frozen=True)
class Scale:
    name: str
    label: str
    value: object
    low: str
    high: str
    error: str


def posted(post: QueryDict, before: Document | None = None) -> Raw:
    """Read the form. ``before`` is the document an edit began with."""
    raw: Raw = {
        name: post.get(name, "")
        for name in ("at", "worst", "stiffness_min", "cycle_day", "words", "new_trigger")
    }
    pain = post.get("pain", "")
    raw |= {"unsure": True} if pain == "unsure" else {"pain": pain}
    for name in ("places", "tension", "hindered", "helped"):
        raw[name] = post.getlist(name)
    raw["scales"] = {name: post.get(name, "") for name in SCALES}
    raw["feelings"] = {
        word: post.get(f"feelings-{word}") or USUAL_STRENGTH for word in post.getlist("feelings")
    }
    if "mood" in post:
        raw["mood"] = {axis: post.get(axis, "") for axis in ("pleasant", "energy")}
    raw["triggers"] = _posted_triggers(post, before or {})
    raw["asked"] = {name: f"asked-{name}" in post for name in ("triggers", "feelings")}
    return _as_before(raw, before) if before else raw


def _posted_triggers(post: QueryDict, before: Document) -> Raw:
    known = before.get("triggers", {})
    chosen = set(post.getlist("triggers"))
    numbers = {
        name.removeprefix("amount-"): value
        for name, value in post.items()
        if name.startswith("amount-")
    }
    # What was known stays known: a trigger that was recorded as absent and is still not chosen
    # is absent, whether or not the whole list was gone through this time.
    kept = {key: known[key] if key in chosen else 0 for key in known if key not in numbers}
    new = {key: 1 for key in chosen if not known.get(key)}
    return kept | new | {key: value for key, value in numbers.items() if value != ""}


def _as_before(raw: Raw, before: Document) -> Raw:
    """Keep the exact moment where the time was not touched: the form shows minutes alone."""
    raw["zone"] = before["zone"]
    if raw["at"] == shown_time(before):
        raw["at"] = before["at"]
    return raw


def shown_time(document: Mapping[str, Any]) -> str:
    """A moment as the browser's time field holds it: minutes, no zone."""
    return str(document.get("at", ""))[:16]


def fields(
    raw: Mapping[str, Any], notebook: Notebook, wrong: Mapping[str, list[str]], kind: str
) -> dict[str, Any]:
    """Everything the template shows."""
    wrong_text = {name: " ".join(sentences) for name, sentences in wrong.items()}
    scales = tuple(_scale(name, raw, wrong_text) for name in SCALES)
    feelings = _feeling_groups(raw)
    triggers = _trigger_groups(raw, notebook)
    mood = raw.get("mood") or {}
    return {
        "raw": raw,
        "at": shown_time(raw),
        "when": _spoken(shown_time(raw)),
        "wrong": wrong_text,
        "pain": "unsure" if raw.get("unsure") else plain(raw.get("pain")),
        # An imported mean such as 2.5 has no place in the scale; it is offered beside it.
        "pain_between": _between(raw.get("pain")),
        "pain_required": kind != BACKFILL,
        "worst": plain(raw.get("worst")),
        "places": _place_groups("pain", raw.get("places") or ()),
        "tension": _place_groups("tension", raw.get("tension") or ()),
        "body": tuple(scale for scale in scales if scale.name not in ("stress", "sleep")),
        "night": tuple(scale for scale in scales if scale.name in ("stress", "sleep")),
        "hindered": _options(HINDERED, raw.get("hindered") or ()),
        "helped": _options(HELPED, raw.get("helped") or ()),
        "feelings": feelings,
        "triggers": triggers,
        "pleasant": mood.get("pleasant"),
        "energy": mood.get("energy"),
        # The way somebody answered last stands open; so does whatever the entry already holds.
        "with_words": not notebook.pad or bool(raw.get("feelings")),
        "with_pad": notebook.pad or bool(mood),
        "with_cycle": notebook.cycle or raw.get("cycle_day") not in ("", None),
        "asked": raw.get("asked") or {},
    } | _said(raw, scales, feelings, triggers)


def _said(
    raw: Mapping[str, Any],
    scales: Iterable[Scale],
    feelings: Iterable[Group],
    triggers: Iterable[Group],
) -> dict[str, str]:
    """What each folded section holds, for the line it folds to."""
    places = [*(raw.get("places") or ()), *(raw.get("tension") or ())]
    names = {region.slug: region.label for _heading, regions in grouped() for region in regions}
    given = [scale for scale in scales if scale.value not in ("", None)]
    return {
        "said_places": ", ".join(names[slug] for slug in places if slug in names),
        "said_body": _numbers(scale for scale in given if scale.name not in ("stress", "sleep")),
        "said_night": _numbers(scale for scale in given if scale.name in ("stress", "sleep")),
        "said_feelings": _chosen(option for group in feelings for option in group.options),
        "said_triggers": _chosen(option for group in triggers for option in group.options),
        "said_hindered": _chosen(_options(HINDERED, raw.get("hindered") or ())),
        "said_helped": _chosen(_options(HELPED, raw.get("helped") or ())),
    }


def _numbers(scales: Iterable[Scale]) -> str:
    return ", ".join(f"{scale.label} {scale.value}" for scale in scales)


def _chosen(options: Iterable[Option]) -> str:
    return ", ".join(option.label for option in options if option.checked)


def _spoken(at: str) -> str:
    try:
        return dateformat.format(datetime.fromisoformat(at), _("D j F, H:i"))
    except ValueError:
        return at


def plain(value: object) -> object:
    """6.0 as 6, so that the scale finds it; anything else as it was typed."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _between(pain: object) -> object:
    try:
        number = float(str(pain))
    except ValueError:
        return None
    return None if number.is_integer() else pain


def _scale(name: str, raw: Mapping[str, Any], wrong: Mapping[str, str]) -> Scale:
    low, high = (_("bad"), _("good")) if name == "sleep" else (_("none"), _("as much as can be"))
    value = plain((raw.get("scales") or {}).get(name))
    return Scale(name, str(SCALES[name]), value, low, high, wrong.get(name, ""))


def _place_groups(kind: str, chosen: Iterable[str]) -> tuple[Group, ...]:
    of_kind = [
        (heading, [region for region in regions if region.kind == kind])
        for heading, regions in grouped()
    ]
    return tuple(
        Group(heading, _options(regions, chosen)) for heading, regions in of_kind if regions
    )


def places_of(remembered: Mapping[str, Any], raw: Mapping[str, Any]) -> tuple[Option, ...]:
    """The places of last time, offered in one tap each."""
    slugs = remembered.get("places", [])
    regions = [each for _heading, found in grouped() for each in found if each.slug in slugs]
    return _options(regions, raw.get("places") or ())


def _options(things: Iterable[Any], chosen: Iterable[str]) -> tuple[Option, ...]:
    picked = set(chosen)
    return tuple(Option(each.slug, capfirst(each.label), each.slug in picked) for each in things)


def _feeling_groups(raw: Mapping[str, Any]) -> tuple[Group, ...]:
    strengths = raw.get("feelings") or {}
    headings = {
        "pleasant": _("Pleasant"),
        "low": _("Unpleasant and quiet"),
        "stirred": _("Unpleasant and stirred up"),
    }
    return tuple(
        Group(
            heading,
            tuple(
                Option(
                    each.slug,
                    capfirst(each.label),
                    each.slug in strengths,
                    strengths.get(each.slug, USUAL_STRENGTH),
                )
                for each in EMOTIONS
                if each.family == family
            ),
        )
        for family, heading in headings.items()
    )


def _trigger_groups(raw: Mapping[str, Any], notebook: Notebook) -> tuple[Group, ...]:
    values = raw.get("triggers") or {}
    offered = notebook.offered()
    keys = {each.key for each in offered}
    # One that is no longer offered but stands in this entry keeps its place in it.
    past = [
        Offered(own.key, own.name, _("No longer offered"), own.number)
        for own in notebook.own
        if own.key in values and own.key not in keys
    ]
    groups: dict[str, list[Offered]] = {}
    for each in [*offered, *past]:
        groups.setdefault(each.group, []).append(each)
    return tuple(
        Group(
            heading,
            tuple(_trigger_option(each, values) for each in members if not each.number),
            tuple(
                Option(each.key, capfirst(each.label), True, values.get(each.key, ""))
                for each in members
                if each.number
            ),
        )
        for heading, members in groups.items()
    )


def _trigger_option(offered: Offered, values: Mapping[str, Any]) -> Option:
    return Option(offered.key, capfirst(offered.label), bool(values.get(offered.key)))
