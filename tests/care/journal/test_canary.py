"""What somebody types is nowhere to be found but in sealed documents.

One canary word in every field that takes text, a pain no other number looks like, written through
the stories every door goes through; then every file psoas wrote is searched.
"""

import base64
import io
import json
import logging
import sqlite3
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import aes_key_unwrap
from django.db import connection

from psoas.care.journal import importing, insights, keeping, notebook, writing
from psoas.care.people import backup
from psoas.cli.logs import WithoutBodies
from tests import cast
from tests.care.journal.diary_of import write_days
from tests.cast import NOW

# Long, as short digits also stand in the microseconds of a time.
PAIN = 7.2512463
ENTRY = UUID("c0ffee00-0000-4000-8000-000000000007")
CANARIES = {
    "words": "zelkovagrove",
    "changed words": "quokkameadow",
    "deleted words": "numbatburrow",
    "own trigger": "ptarmigansnow",
    "own number": "capercaillie",
    "imported column": "wallcreeper",
    "file name": "hoopoefeather",
    "refused words": "siamangcanopy",
}
FIELDS: dict[str, Any] = {
    "places": ["front-left-groin"],
    "tension": ["front-jaw"],
    "feelings": {"worried": 3},
    "helped": ["laughter"],
    "hindered": ["sex"],
    "triggers": {"loneliness": 1},
    "asked": {"triggers": True, "feelings": True},
    "scales": {"headache": 4.75},
    "stiffness_min": 1234,
    "cycle_day": 17,
}
# What the lists call these is written nowhere in clear either.
CHOSEN = ("left-groin", "front-jaw", "worried", "laughter", "loneliness", "headache")
# Nor is what was decided of it, or how sure that is.
DECIDED = ("too early", "not sure", "possible", "no large effect", "less_sure", "days_with")


@pytest.fixture
def typed(tmp_path, transactional_db):
    """Everything typed, and the folder that then holds every file: database, logs, backup."""
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    handler.addFilter(WithoutBodies())
    logging.getLogger().addHandler(handler)
    mara = cast.mara()
    viewer = cast.viewer(mara)
    own = notebook.add_own(viewer, CANARIES["own trigger"], number=False, now=NOW)
    number = notebook.add_own(viewer, CANARIES["own number"], number=True, now=NOW)
    notebook.name_suspects(viewer, [(own.key, False), ("loneliness", True)], now=NOW)
    raw = {"pain": PAIN, "worst": 8.125, **FIELDS, "words": CANARIES["words"]}
    raw["triggers"] = {**FIELDS["triggers"], own.key: 1, number.key: 3.375}
    writing.write_entry(viewer, raw, entry_id=ENTRY, kind="day", now=NOW)
    second, third = UUID(int=2), UUID(int=3)
    writing.write_entry(viewer, raw, entry_id=second, kind="day", now=NOW)
    changed = {**raw, "words": CANARIES["changed words"]}
    writing.change_entry(viewer, second, changed, revision=1, now=NOW)
    gone = {**raw, "words": CANARIES["deleted words"]}
    writing.write_entry(viewer, gone, entry_id=third, kind="day", now=NOW)
    writing.delete_entry(viewer, third, now=NOW)
    table = f"day,pain,{CANARIES['imported column']}\n2026-01-05,{PAIN},1\n2026-01-06,2,0\n"
    name = f"{CANARIES['file name']}.csv"
    importing.keep(viewer, table.encode(), name, now=NOW)
    importing.carry_out(viewer, now=NOW)
    importing.keep(viewer, table.encode(), name, now=NOW)
    write_days(mara, NOW.date() - timedelta(days=60), 59, cause=own.key)
    assert (found := insights.insight(viewer, NOW.date())) and found.decided
    drawn = {"said": [*DECIDED, CANARIES["own trigger"]]}
    keeping.keep(viewer, keeping.key_of(viewer), drawn)
    try:
        raw["triggers"] = {CANARIES["refused words"]: 1}
        writing.write_entry(viewer, raw, entry_id=UUID(int=4), kind="day", now=NOW)
    except Exception:
        logging.getLogger("psoas").exception("not written: %s", raw)
    logging.getLogger().removeHandler(handler)
    connection.ensure_connection()
    live = tmp_path / "psoas.sqlite3"
    live.write_bytes(connection.connection.serialize())
    backup.make(live, tmp_path / "backups", NOW + timedelta(hours=1))
    (tmp_path / "log.txt").write_text(log.getvalue())
    return mara, tmp_path


def shapes(word):
    """The ways a word may lie in a file."""
    for text in (word, word.upper(), word.capitalize(), word[::-1]):
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            data = text.encode(encoding)
            yield data
            yield data.hex().encode()
            yield data.hex().upper().encode()
            # Base64 shifts with what stands before: three ways, without the edges that mix.
            for shift in range(3):
                coded = base64.b64encode(b"\0" * shift + data + b"\0" * 3)
                yield coded[4 if shift else 0 : (shift + len(data)) // 3 * 4]


def files(folder):
    found = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {path: data for path, data in found.items() if path.parent.name != "keys"}


@pytest.mark.parametrize("field", CANARIES)
def test_a_word_is_in_no_file_in_no_shape(typed, field):
    _mara, folder = typed
    for path, data in files(folder).items():
        for shape in shapes(CANARIES[field]):
            assert shape not in data, path


def test_nor_is_anything_that_was_chosen_from_a_list(typed):
    _mara, folder = typed
    for path, data in files(folder).items():
        for word in (*CHOSEN, *DECIDED):
            assert word.encode() not in data, (path, word)


def test_the_search_would_find_a_word_that_lay_there(tmp_path):
    for number, shape in enumerate(shapes("zelkovagrove")):
        (tmp_path / str(number)).write_bytes(b"before" + shape + b"after")
        assert len(shape) > 6
    coded = base64.b64encode(b'{"words":"my zelkovagrove hurts"}')
    assert any(shape in coded for shape in shapes("zelkovagrove"))
    assert len(files(tmp_path)) > 50


def test_the_search_looks_at_database_backup_and_log(typed):
    _mara, folder = typed
    names = {path.name.split("-")[0] for path in files(folder)}
    assert names == {"psoas.sqlite3", "psoas", "log.txt"}
    assert all(
        b"mara@example.org" in data
        for path, data in files(folder).items()
        if path.suffix == ".sqlite3"
    )
    # Something was logged, and says where, not what.
    assert " at /" in (folder / "log.txt").read_text()


def test_the_sealed_document_opened_by_hand_holds_its_pain_and_no_column_does(typed, settings):
    mara, folder = typed
    database = sqlite3.connect(folder / "psoas.sqlite3")
    key_file = settings.KEYRING.folder / "vault.key"
    ((wrapped,),) = database.execute(
        "SELECT wrapped FROM people_wrappedkey WHERE person_id = ? AND purpose = 'journal'",
        [mara.pk.hex],
    )
    data_key = aes_key_unwrap(bytes.fromhex(key_file.read_text().strip()), wrapped)
    ((sealed, revision, filed),) = database.execute(
        "SELECT sealed, revision, day || '|' || kind FROM journal_entry WHERE id = ?", [ENTRY.hex]
    )
    place = f"1|entry|document|{ENTRY.hex}|{revision}|{mara.pk.hex}|{filed}".encode()
    opened = AESGCM(data_key).decrypt(sealed[1:13], sealed[13:], place)
    document = json.loads(opened)
    assert document["pain"] == PAIN
    assert document["words"] == CANARIES["words"]

    numbers = {PAIN, 8.125, 3.375, 4.75, 1234}
    texts = {str(number) for number in numbers}
    tables = [
        # Row numbers count up over all tests, and sooner or later meet any whole number.
        name
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        if name != "sqlite_sequence"
    ]
    looked_at = 0
    for table in tables:
        for row in database.execute(f'SELECT * FROM "{table}"'):
            for value in row[1:] if isinstance(row[0], int) else row:
                looked_at += 1
                assert value not in numbers, (table, row)
                assert not (isinstance(value, str) and texts & set(value.split())), (table, row)
                assert not (isinstance(value, bytes) and b'"pain"' in value), table
    database.close()
    assert looked_at > 200
