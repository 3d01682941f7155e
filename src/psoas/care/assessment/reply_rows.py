"""Between a reply and its sealed row. Nothing else in the house opens one.

Which questionnaire a row belongs to is sealed with the answers: in clear it points to all
questionnaires as they were that day, so that a copy of the tables does not tell who was asked what.
"""

import json
import logging
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from psoas.care.assessment.kept_content import keep, kept
from psoas.care.assessment.models import Reply
from psoas.care.assessment.sealing import Document, clinical_sealer, open_sealed, seal
from psoas.care.people.models import Person
from psoas.care.people.refusal import Refusal
from psoas.care.people.vault import Sealer, Unreadable
from psoas.content import questionnaires
from psoas.content.overlay import ContentError
from psoas.content.questionnaire import Item, Questionnaire
from psoas.scales.score import PartScore, Score

Answer = float | str | None
ASQ = "asq"
PC_PTSD = "pc-ptsd-5"
_latest: tuple[tuple[Questionnaire, ...], str] | None = None


@dataclass(frozen=True)
class OpenReply:
    """One round of one questionnaire as it stands; the questionnaire is the version begun."""

    id: UUID
    person_id: UUID
    entered_by: UUID | None
    questionnaire: Questionnaire
    answers: tuple[Answer, ...]
    begun_at: datetime
    finished_at: datetime | None = None
    revision: int = 1
    # Questions the person chose not to answer.
    left_out: frozenset[int] = frozenset()
    side: str = ""
    language: str = "en"
    score: Score | None = None
    # What follows from it, the person's own choices considered.
    steps: tuple[str, ...] = ()
    # The suicide step that this reply opened, and the longer questionnaire it went on as.
    opened: UUID | None = None
    onward: UUID | None = None
    # For a suicide step: why it was opened, and by which reply.
    because: str = ""
    came_from: UUID | None = None
    # A clinician entered it; still known when their account is gone.
    entered: bool = False

    @property
    def slug(self) -> str:
        return self.questionnaire.slug

    @property
    def to_ask(self) -> tuple[int, ...]:
        """Numbers of the questions that are asked, as far as the answers so far tell."""
        numbers = tuple(
            item.number
            for item in self.questionnaire.items
            if not item.named_by or self.answers[item.named_by - 1] is not None
        )
        if self.slug == PC_PTSD and not self.answers[0]:
            return numbers[:1]
        if self.slug == ASQ and not any(self.is_yes(number) for number in numbers[:4]):
            return numbers[:4]
        return numbers

    @property
    def waiting(self) -> tuple[int, ...]:
        """Numbers of the questions neither answered nor left out yet, in order."""
        return tuple(
            number
            for number in self.to_ask
            if self.answers[number - 1] is None and number not in self.left_out
        )

    @property
    def next_number(self) -> int | None:
        return next(iter(self.waiting), None)

    def item(self, number: int) -> Item:
        return self.questionnaire.items[number - 1]

    def is_yes(self, number: int) -> bool:
        """For the suicide step: a question left out counts as yes."""
        return bool(self.answers[number - 1]) or number in self.left_out

    def changed(self, **to: Any) -> "OpenReply":
        return replace(self, **to)


@dataclass(frozen=True)
class Opened:
    """The replies of one person that open, and the ids of those that do not."""

    replies: list[OpenReply]
    closed: list[UUID]


def current(slug: str) -> Questionnaire | None:
    """The questionnaire as it is installed now."""
    return next((each for each in questionnaires.questionnaires() if each.slug == slug), None)


def create(
    person: Person,
    questionnaire: Questionnaire,
    now: datetime,
    *,
    entered_by: Person | None = None,
    **more: Any,
) -> OpenReply:
    """Begin a row with the questionnaires as they are now."""
    reply = OpenReply(
        id=uuid4(),
        person_id=person.pk,
        entered_by=entered_by.pk if entered_by else None,
        questionnaire=questionnaire,
        answers=(None,) * len(questionnaire.items),
        begun_at=now,
        language=questionnaire.language,
        entered=entered_by is not None,
    ).changed(**more)
    Reply.objects.create(
        id=reply.id,
        person=person,
        entered_by=entered_by,
        content_id=keep("questionnaires", _all_of_now()),
        begun_at=now,
        finished_at=reply.finished_at,
        sealed=seal(clinical_sealer(person), "reply", reply.id, _document(reply)),
    )
    return reply


def write(person: Person, reply: OpenReply) -> OpenReply:
    """Write a reply under its next revision, unless somebody else did so meanwhile."""
    revision = reply.revision + 1
    sealed = seal(clinical_sealer(person), "reply", reply.id, _document(reply), revision=revision)
    rows = Reply.objects.filter(pk=reply.id, revision=reply.revision, finished_at=None)
    if not rows.update(revision=revision, sealed=sealed, finished_at=reply.finished_at):
        raise Refusal(elsewhere())
    return reply.changed(revision=revision)


def elsewhere() -> str:
    return _(
        "This was answered in another window meanwhile. What you answered there is kept; "
        "open it again and go on from there."
    )


def open_row(with_: Sealer, row: Reply) -> OpenReply:
    """Open one row; ``Unreadable`` where it, or what was asked, was changed or moved."""
    return _opened(row, _document_of(with_, row))


def _document_of(with_: Sealer, row: Reply) -> Document:
    return open_sealed(with_, "reply", row.pk, row.sealed, revision=row.revision)


def _opened(row: Reply, document: Document) -> OpenReply:
    return OpenReply(
        id=row.pk,
        person_id=row.person_id,
        entered_by=row.entered_by_id,
        questionnaire=_asked(row.content_id, document["slug"]),
        answers=tuple(document["answers"]),
        begun_at=row.begun_at,
        finished_at=row.finished_at,
        revision=row.revision,
        left_out=frozenset(document["left_out"]),
        side=document["side"],
        language=document["language"],
        score=_score(document["score"]),
        steps=tuple(document["steps"]),
        opened=_uuid(document["opened"]),
        onward=_uuid(document["onward"]),
        because=document["because"],
        came_from=_uuid(document["came_from"]),
        entered=document["entered"],
    )


def open_all(person: Person, rows: Iterable[Reply] | None = None, *, slug: str = "") -> Opened:
    """Open a person's rows, oldest first; one that does not open keeps no other from it.

    With ``slug`` those of one questionnaire, without unfolding the others.
    """
    if rows is None:
        rows = Reply.objects.filter(person=person).order_by("begun_at", "pk")
    rows = list(rows)
    opened: list[OpenReply] = []
    closed: list[UUID] = []
    if not rows:
        return Opened(opened, closed)
    with_ = clinical_sealer(person)
    for row in rows:
        try:
            document = _document_of(with_, row)
            if slug in ("", document["slug"]):
                opened.append(_opened(row, document))
        except Unreadable:
            logging.getLogger(__name__).warning("A reply does not open.")
            closed.append(row.pk)
    return Opened(opened, closed)


def _document(reply: OpenReply) -> Document:
    return {
        "v": 1,
        "slug": reply.slug,
        "version": reply.questionnaire.version,
        "scorer": reply.questionnaire.scorer,
        "answers": list(reply.answers),
        "left_out": sorted(reply.left_out),
        "side": reply.side,
        "language": reply.language,
        "score": asdict(reply.score) if reply.score else None,
        "steps": list(reply.steps),
        "opened": reply.opened and str(reply.opened),
        "onward": reply.onward and str(reply.onward),
        "because": reply.because,
        "came_from": reply.came_from and str(reply.came_from),
        "entered": reply.entered,
    }


def _score(document: Document | None) -> Score | None:
    """The score as it was when it was told; a later version of the rules does not change it."""
    if document is None:
        return None
    known = {field.name for field in fields(Score)}
    values = {name: _frozen(value) for name, value in document.items() if name in known}
    values["parts"] = tuple(PartScore(**part) for part in document["parts"])
    return Score(**values)


def _frozen(value: object) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _uuid(text: str | None) -> UUID | None:
    return UUID(text) if text else None


def _all_of_now() -> str:
    global _latest
    found = questionnaires.questionnaires()
    # The same tuple as long as the content is: writing it all out takes longer than a reply does.
    if _latest is None or _latest[0] is not found:
        _latest = found, json.dumps([questionnaires.to_json(each) for each in found])
    return _latest[1]


# Found by its digest, so what is remembered here cannot become wrong.
@lru_cache(maxsize=64)
def _asked(digest: str, slug: str) -> Questionnaire:
    text = _texts(digest).get(slug)
    try:
        if text is not None:
            return questionnaires.from_json(text)
    except ContentError:
        logging.getLogger(__name__).warning("A kept questionnaire does not fit this version.")
    raise Unreadable("What was asked then cannot be read by this version.")


@lru_cache(maxsize=8)
def _texts(digest: str) -> dict[str, str]:
    return {json.loads(text)["slug"]: text for text in json.loads(kept(digest))}
