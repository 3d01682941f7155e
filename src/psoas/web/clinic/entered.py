"""What was just typed in, said back: whose it is, as it stands on paper, and what comes of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from psoas.care.assessment import replies
from psoas.care.assessment.reply_rows import OpenReply
from psoas.care.people.access import Viewer
from psoas.care.people.models import Person
from psoas.care.people.refusal import NotAllowed
from psoas.content.questionnaire import Item
from psoas.web.clinic.numbers import shown
from psoas.web.clinic.printed import printed, without_side
from psoas.web.clinic.score_words import ScoreTold, told

# A number is never parted from what it belongs to.
_TOGETHER = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Line:
    """One value: what it is, and how it was typed in."""

    label: str
    value: str


@dataclass(frozen=True)
class Both:
    """One thing measured on both sides; a dash where it was not."""

    label: str
    left: str
    right: str


@dataclass(frozen=True)
class Said:
    """A part of a form: its name, what came out of it, and its values as they stand on paper."""

    part: str
    score: str
    values: str


@dataclass(frozen=True)
class Entered:
    """What was typed in, as it is compared with the paper: by sides, by parts, or line by line."""

    reply: OpenReply
    score: ScoreTold | None
    unit: str
    sides: tuple[Both, ...]
    parts: tuple[Said, ...]
    lines: tuple[Line, ...]
    sources: tuple[str, ...]
    ck: bool


def entered(viewer: Viewer, person: Person, key: str, now: datetime) -> Entered:
    """One reply as its clinician reads it back; nothing where they may not."""
    try:
        reply = replies.read(viewer, UUID(key), now)
    except ValueError:
        raise NotAllowed from None
    if reply.person_id != person.pk or reply.finished_at is None:
        raise NotAllowed
    asked = reply.questionnaire
    units = {item.unit_label for item in asked.items if item.side}
    # Above the columns where it is the same for all of them.
    unit = units.pop() if len(units) == 1 else ""
    return Entered(
        reply,
        told(reply),
        unit,
        _sides(reply, bare=bool(unit)),
        _parts(reply),
        _lines(reply),
        asked.sources,
        asked.ck,
    )


def _sides(reply: OpenReply, *, bare: bool) -> tuple[Both, ...]:
    """Left and right beside each other; what was measured on neither side is not said."""
    rows: dict[str, dict[str, str]] = {}
    for item, answer in _given(reply):
        if item.side:
            plain = bare and isinstance(answer, float)
            value = shown(float(answer)) if plain else _value(item, answer)
            rows.setdefault(without_side(item), {})[item.side] = value
    return tuple(
        Both(name, both.get("left", shown(None)), both.get("right", shown(None)))
        for name, both in rows.items()
    )


def _parts(reply: OpenReply) -> tuple[Said, ...]:
    """Each part in the order of the paper, a dash for what was left out."""
    scores = {part.slug: part.score for part in reply.score.parts} if reply.score else {}
    values: dict[str, list[str]] = {}
    parts = {}
    for at in printed(reply.questionnaire):
        if at.part is not None:
            answer = reply.answers[at.item.number - 1]
            number = shown(answer if isinstance(answer, float) else None)
            values.setdefault(at.part.slug, []).append(f"{at.code}:{_TOGETHER}{number}")
            parts[at.part.slug] = at.part.label
    return tuple(
        Said(parts[slug], shown(scores.get(slug)), ", ".join(each)) for slug, each in values.items()
    )


def _lines(reply: OpenReply) -> tuple[Line, ...]:
    """The values that have neither a side nor a part; what was left empty is not said."""
    inside = {at.item.number for at in printed(reply.questionnaire) if at.part is not None}
    return tuple(
        Line(item.label, _value(item, answer))
        for item, answer in _given(reply)
        if not item.side and item.number not in inside
    )


def _given(reply: OpenReply) -> list[tuple[Item, float | str]]:
    pairs = zip(reply.questionnaire.items, reply.answers, strict=True)
    return [(item, answer) for item, answer in pairs if answer is not None]


def _value(item: Item, answer: float | str) -> str:
    if isinstance(answer, str):
        return answer
    chosen = next((each.said for each in item.options if each.value == answer), "")
    if item.kind == "yes-no":
        chosen = _("Yes") if answer else _("No")
    return chosen or f"{shown(answer)} {item.unit_label}".strip()
