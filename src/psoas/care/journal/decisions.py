"""Decisions of answer days as they are kept: sealed, once a person and day, never changed."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from psoas.care.journal.models import Decision
from psoas.care.journal.sealing import day_from, journal_sealer, sealed_bytes
from psoas.care.people.access import Viewer
from psoas.care.people.models import Person
from psoas.care.people.vault import Place, Sealer, Unreadable
from psoas.diary.answers.answer import Answer, Answers, Lag, Level, Rule

_VERSION: Final = 1
# The length alone would hint at how much was found: documents are filled up to whole blocks.
_BLOCK: Final = 4096
# As they lie there: text that is no day must not stop anybody from reading the others.
_DAYS_AS_TEXT: Final = (Cast("answer_day", TextField()), Cast("began", TextField()))


@dataclass(frozen=True)
class Decided:
    """What was decided on an answer day.

    ``began`` is the day the answer days are counted from, ``data`` the hash of the table it was
    decided on, and ``keys`` says which trigger each of its columns was.
    """

    answer_day: date
    decided_on: date
    began: date
    data: str
    keys: dict[str, str]
    answers: Answers


@dataclass(frozen=True)
class ClosedDecision:
    """A decision that does not open: damaged, moved, or filed under another day."""

    answer_day: date | None


def newest_first(viewer: Viewer) -> Iterator[Decided | ClosedDecision]:
    """Open the viewer's own decisions one by one, the newest first."""
    return open_rows(Decision.objects.visible_to(viewer).order_by("-answer_day"), viewer.person)


def open_rows(
    rows: QuerySet[Decision], person: Person | None
) -> Iterator[Decided | ClosedDecision]:
    """Open rows of one person; one that does not open stops none of the others."""
    with_ = None
    for day, began, sealed in rows.values_list(*_DAYS_AS_TEXT, "sealed"):
        assert person is not None
        with_ = with_ or journal_sealer(person)
        try:
            yield _unpack(with_.open(_place(person, day, began), sealed_bytes(sealed)))
        except Unreadable:
            yield ClosedDecision(day_from(day))


def freeze(person: Person, with_: Sealer, decided: Decided) -> None:
    """Write a decision down. Where another request was first, what it wrote stays."""
    day, began = decided.answer_day, decided.began
    sealed = with_.seal(_place(person, day.isoformat(), began.isoformat()), _pack(decided))
    row = Decision(person=person, answer_day=day, began=began, sealed=sealed)
    Decision.objects.bulk_create([row], ignore_conflicts=True)


def as_document(decided: Decided) -> dict[str, Any]:
    """The decision in plain values, as it is sealed and as its person takes it away."""
    # Days and levels become text; an evidence beyond all bounds stays a number of JSON's kind.
    document: dict[str, Any] = json.loads(json.dumps(asdict(decided), default=str))
    return {"v": _VERSION, **document}


def _place(person: Person, day: str, began: str) -> Place:
    return Place("decision", "answers", person.pk, 1, f"{day}|{began}")


def _pack(decided: Decided) -> bytes:
    text = json.dumps(as_document(decided), separators=(",", ":"), ensure_ascii=False).encode()
    return text.ljust(-(-len(text) // _BLOCK) * _BLOCK)


def _unpack(text: bytes) -> Decided:
    document = json.loads(text)
    answers = document["answers"]
    return Decided(
        answer_day=date.fromisoformat(document["answer_day"]),
        decided_on=date.fromisoformat(document["decided_on"]),
        began=date.fromisoformat(document["began"]),
        data=document["data"],
        keys=document["keys"],
        answers=Answers(
            **{
                **answers,
                **{name: _day(answers[name]) for name in _DAYS},
                "rule": Rule(answers["rule"]),
                "answers": tuple(_answer(each) for each in answers["answers"]),
                "notes": tuple(answers["notes"]),
            }
        ),
    )


_DAYS = ("first", "last", "decided_on", "next_answer_day")


def _answer(document: dict[str, Any]) -> Answer:
    more = document["more_days"]
    return Answer(
        **{
            **document,
            "lag": Lag(document["lag"]),
            "level": Level(document["level"]),
            "more_days": more and (more[0], more[1]),
            "members": tuple(document["members"]),
            "found_on": _day(document["found_on"]),
        }
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
