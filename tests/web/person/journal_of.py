"""A journal to look at, the hour fixed, and the stranger who must never see any of it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Protocol
from unittest import mock
from uuid import UUID, uuid4

import pytest

from psoas.care.journal import writing
from psoas.care.people.models import Person
from tests import cast
from tests.cast import NOW
from tests.web.signing_in import as_

# Words that stand in Mara's journal and nowhere else.
CANARIES = ("kestrel", "plover")


class Answer(Protocol):
    @property
    def content(self) -> bytes: ...


@pytest.fixture
def at_nine() -> Iterator[datetime]:
    """It is 14 April 2026, 9:00 in London."""
    with mock.patch("django.utils.timezone.now", return_value=NOW):
        yield NOW


def note(person: Person, at: str = "", *, kind: str = "day", **raw: object) -> UUID:
    key = uuid4()
    document = {"pain": 4, "at": at, **raw}
    writing.write_entry(cast.viewer(person), document, entry_id=key, kind=kind, now=NOW)
    return key


def refuses_a_stranger(url: str, *, post: dict[str, object] | None = None) -> bool:
    """Tom gets the page of what does not exist, and not a word of hers."""
    client = as_(cast.tom())
    answer = client.get(url) if post is None else client.post(url, post)
    return answer.status_code == 404 and not tells(answer)


def tells(answer: Answer) -> bool:
    return any(word in answer.content.decode() for word in CANARIES)


def page(person: Person, url: str) -> str:
    answer = as_(person).get(url)
    assert answer.status_code == 200
    return answer.content.decode()
