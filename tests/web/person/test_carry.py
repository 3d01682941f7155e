"""Bringing a diary in and taking the journal away, as a browser does it."""

import json
import re
import tempfile
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from psoas.care.assessment import replies
from psoas.care.journal.models import Entry, PendingImport
from psoas.diary.reading import read_csv
from tests import cast
from tests.cast import NOW
from tests.web.person.journal_of import at_nine, note, page, tells
from tests.web.signing_in import as_

__all__ = ["at_nine"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_nine")]
BRING, TAKE = reverse("me-import"), reverse("me-export")
DIARIES = Path(__file__).parents[3].parent / "shared" / "data" / "diaries"
FILE = b"day,pain,poor sleep,plover\n2026-04-01,4,1,6.5\n2026-04-02,,0,3\n"


def look(client: Client, data: bytes, name: str = "me.csv") -> str:
    answer = client.post(BRING, {"file": SimpleUploadedFile(name, data)}, follow=True)
    return answer.content.decode()


def test_the_dry_run_says_what_will_be_added_and_adds_nothing():
    client = as_(cast.mara())
    text = look(client, FILE)
    for said in (
        "2 days will be added, 1 April 2026 to 2 April 2026.",
        "1 day has no pain number; it stays unknown.",
        "(new, a number)",
        "Add 2 days",
    ):
        assert said in text
    assert not Entry.objects.exists()


def test_yes_adds_them_once_however_often_it_is_tapped():
    client = as_(cast.mara())
    look(client, FILE)
    assert client.post(BRING, {"do": "add"}).status_code == 302
    assert client.post(BRING, {"do": "add"}).status_code == 422
    assert Entry.objects.count() == 2


def test_another_file_puts_the_first_away():
    client = as_(cast.mara())
    look(client, FILE)
    client.post(BRING, {"do": "another"})
    assert not PendingImport.objects.exists()
    assert "Choose a file" not in client.get(BRING).content.decode()


def test_every_refused_row_is_named_with_its_line_and_column():
    text = look(
        as_(cast.mara()),
        b"day,pain,mood\n2026-04-01,11,1\n2026-04-15,4,1\nsoon,4,1\n2026-04-02,4,sad\n"
        b"2026-04-03,4,1\n",
    )
    assert "me.csv, line 2, column pain" in text
    assert "me.csv, line 3, column day" in text
    assert "me.csv, line 4, column day" in text
    assert "me.csv, line 5, column mood" in text
    assert "Add 1 day" in text


def test_of_very_many_refused_rows_the_first_are_named_and_the_rest_counted():
    rows = "".join(f"2025-{1 + n // 28:02}-{1 + n % 28:02},99\n" for n in range(300))
    text = look(as_(cast.mara()), f"day,pain\n{rows}".encode())
    assert len(re.findall(r"<li>me\.csv, line", text)) == 200
    assert "And 100 more." in text


@pytest.mark.parametrize(
    "data", [b"", "day,pain\n2026-04-01,4\n".encode("utf-16"), b"\x89PNG\r\n\x1a\n\x00\x00"]
)
def test_what_is_no_diary_is_refused_in_a_sentence(data):
    text = look(as_(cast.mara()), data)
    assert "Nothing in this file can be added." in text
    assert "<li>me.csv" in text
    assert 'value="add"' not in text


def test_where_nothing_can_be_added_every_reason_is_in_sight():
    rows = "".join(f"2025-03-{day:02},99\n" for day in range(1, 29))
    text = look(as_(cast.mara()), f"day,pain\n{rows}".encode())
    assert "Nothing in this file can be added." in text
    assert '<details class="card" open><summary>Left out, and why' in text


def test_what_cannot_be_added_does_not_wait_for_a_yes():
    client = as_(cast.mara())
    look(client, FILE)
    assert "Nothing in this file can be added." in look(client, b'{"v": 1}', "notes.json")
    assert not PendingImport.objects.exists()
    assert "notes.json" not in client.get(BRING).content.decode()


def test_a_file_whose_days_were_written_meanwhile_is_told_once_and_put_away():
    mara = cast.mara()
    client = as_(mara)
    look(client, FILE)
    note(mara, "2026-04-01T20:00")
    note(mara, "2026-04-02T20:00")
    again = client.get(BRING)
    assert again.status_code == 422
    assert "your journal has an entry for 2026-04-01 already" in again.content.decode()
    assert "Look at it" in client.get(BRING).content.decode()


def test_after_yes_the_page_asks_for_a_file_again():
    client = as_(cast.mara())
    look(client, FILE)
    client.post(BRING, {"do": "add"})
    assert "Look at it" in client.get(BRING).content.decode()


def test_what_a_spreadsheet_wrote_is_taken_and_said():
    text = look(as_(cast.mara()), "\ufeffday;pain\n13.04.2026;4,5\n".encode())
    assert "Read as" in text
    assert "Add 1 day" in text


def test_no_file_is_a_sentence_at_the_field():
    answer = as_(cast.mara()).post(BRING, {"do": "look"})
    assert answer.status_code == 422
    assert "Choose a file first." in answer.content.decode()


def test_fifty_megabytes_are_refused_without_keeping_them_anywhere(monkeypatch):
    def no_disk(*args: object, **kwargs: object) -> None:
        raise AssertionError("an upload must not touch the disk in clear")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", no_disk)
    client = as_(cast.mara())
    big = BytesIO(b"day,pain\n" + b"2026-04-01,4\n" * 4_000_000)
    big.name = "big.csv"
    answer = client.post(BRING, {"file": big})
    assert answer.status_code == 422
    assert "big.csv is larger than 5 MB." in answer.content.decode()
    assert not PendingImport.objects.exists()


def test_a_file_of_several_chunks_arrives_whole():
    rows = "".join(
        f"{2000 + n // 336}-{1 + n // 28 % 12:02}-{1 + n % 28:02},4\n" for n in range(8000)
    )
    assert "8000 days will be added" in look(as_(cast.mara()), f"day,pain\n{rows}".encode())


def test_a_name_that_is_markup_stays_words():
    text = look(as_(cast.mara()), b"day,pain,<b>x</b>\n2026-04-01,4,1\n", "<i>.csv")
    assert "<b>x</b>" not in text
    assert "<i>.csv" not in text


def test_the_table_is_taken_under_a_neutral_name_and_never_kept_by_a_cache():
    client = as_(cast.mara())
    look(client, FILE)
    client.post(BRING, {"do": "add"})
    answer = client.post(TAKE, {"as": "csv"})
    assert answer.content == FILE
    assert answer["Content-Disposition"] == 'attachment; filename="notes-2026-04-14.csv"'
    assert "no-store" in answer["Cache-Control"]
    everything = client.post(TAKE, {"as": "json"})
    assert everything["Content-Disposition"] == 'attachment; filename="notes-2026-04-14.json"'
    assert "plover" in everything.content.decode()


def test_looking_at_the_page_downloads_nothing():
    mara = cast.mara()
    note(mara, words="kestrel")
    assert "kestrel" not in page(mara, TAKE)


def test_a_stranger_sees_no_waiting_file_and_takes_nothing():
    look(as_(cast.mara()), FILE, "kestrel.csv")
    tom = as_(cast.tom())
    assert not tells(tom.get(BRING))
    assert tom.post(BRING, {"do": "add"}).status_code == 422
    assert not Entry.objects.exists()
    tom.post(BRING, {"do": "another"})
    assert PendingImport.objects.count() == 1
    assert not tells(tom.post(TAKE, {"as": "json"}))


@pytest.mark.shared_data
@pytest.mark.skipif(not DIARIES.is_dir(), reason="the real diaries are not beside the project")
def test_the_hip_diary_comes_in_is_looked_at_and_goes_out_the_same():
    data = (DIARIES / "hip-pain-82-days.csv").read_bytes()
    client = as_(cast.person("Hana"))
    look(client, data, "diary.csv")
    client.post(BRING, {"do": "add"})
    weeks = client.get(reverse("weeks"), {"weeks": "13", "until": "2019-09-19"})
    assert "Pain was mostly" in weeks.content.decode()
    out = client.post(TAKE, {"as": "csv"}).content
    today = NOW.date()
    before, after = read_csv(data, "in", today), read_csv(out, "out", today)
    said = {row.day: (row.pain, dict(row.values)) for row in before.rows}
    assert {row.day: (row.pain, dict(row.values)) for row in after.rows} == {
        day: each for day, each in said.items() if each != (None, {})
    }


def test_what_was_asked_and_answered_is_taken_along_under_a_neutral_name():
    mara = cast.mara()
    viewer = cast.viewer(mara)
    begun = replies.begin(viewer, "own-activities", NOW)
    replies.answer(viewer, begun.id, 1, "plover watching", revision=1, now=NOW)
    answer = as_(mara).post(TAKE, {"as": "record"})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="record.json"'
    assert answer.headers["Cache-Control"] == "no-store, private"
    record = json.loads(answer.content)
    assert record["format"] == "psoas record 1"
    assert "plover watching" in answer.content.decode()
    assert b"plover" not in as_(cast.tom()).post(TAKE, {"as": "record"}).content
