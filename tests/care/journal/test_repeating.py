"""A form sent again, as it was and with other words."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from psoas.care.journal import writing
from psoas.care.journal.models import Entry
from psoas.care.journal.notebook import open_notebook
from psoas.care.journal.reading import entries
from psoas.care.journal.repeating import write_form
from psoas.care.people.access import Viewer
from tests import cast
from tests.cast import NOW
from tests.web.signing_in import as_

pytestmark = pytest.mark.django_db
KEY = UUID("3d7f6f64-7a45-4d0c-9c6e-5d9d9a2c2b11")
FORM = {"at": "2026-04-14T07:00", "pain": "3", "words": "first", "triggers": {"conflict": 1}}


@pytest.fixture
def mara() -> Viewer:
    return cast.viewer(cast.mara())


def send(viewer: Viewer, form: Mapping[str, Any], kind: str = "day") -> bool:
    return write_form(viewer, form, entry_id=KEY, kind=kind, now=NOW).fresh


def words(viewer: Viewer) -> list[str]:
    found = entries(viewer, NOW.date(), NOW.date())
    return sorted(each.document.get("words", "") for each in found)


def test_the_same_form_sent_twice_is_one_entry(mara: Viewer) -> None:
    asked = {**FORM, "asked": {"triggers": True}, "new_trigger": "Long meetings"}
    assert send(mara, asked)
    assert not send(mara, asked)
    assert Entry.objects.count() == 1
    assert len(open_notebook(mara).own) == 1


def test_other_words_under_a_used_id_are_written_and_once(mara: Viewer) -> None:
    send(mara, FORM)
    for _twice in range(2):
        send(mara, {**FORM, "words": "second"})
    assert words(mara) == ["first", "second"]


@pytest.mark.parametrize(
    "other",
    [
        {"pain": "4"},
        {"at": "2026-04-14T07:30"},
        {"triggers": {}},
        {"helped": ["heat"]},
        {"new_trigger": "Long meetings"},
    ],
)
def test_anything_else_that_differs_is_written_too(mara: Viewer, other: dict[str, Any]) -> None:
    send(mara, FORM)
    send(mara, {**FORM, **other})
    assert Entry.objects.count() == 2


def test_a_form_without_a_time_is_the_same_a_minute_later(mara: Viewer) -> None:
    tap = {"places": ["front-left-groin"], "pain": "6"}
    for later in range(2):
        now = NOW.replace(minute=later)
        write_form(mara, tap, entry_id=KEY, kind="moment", now=now)
    assert Entry.objects.count() == 1


def test_a_deleted_entry_is_not_brought_back_by_its_form(mara: Viewer) -> None:
    send(mara, FORM)
    writing.delete_entry(mara, KEY, now=NOW)
    assert not send(mara, FORM)
    assert words(mara) == []


def test_a_page_sent_again_with_other_words_in_it_loses_none(mara: Viewer) -> None:
    client, key = as_(mara.known), str(uuid4())
    today = timezone.localdate().isoformat()
    for said in ("SPARROWONE", "SPARROWTWO"):
        form = {"key": key, "at": f"{today}T00:01", "pain": "3", "words": said}
        answer = client.post(reverse("entry-new"), form)
        assert answer.status_code == 302
    page = client.get(reverse("days")).content.decode()
    assert "SPARROWONE" in page
    assert "SPARROWTWO" in page
