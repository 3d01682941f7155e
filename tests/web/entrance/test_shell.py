"""What a browser keeps: discreet, the same for everyone, and nobody's words in it."""

import hashlib
import json
import re
from pathlib import Path
from uuid import uuid4

import pytest
from django.contrib.staticfiles import finders
from django.db import DatabaseError, connection
from django.test import Client

from psoas.care.journal.writing import write_entry
from psoas.content import crisis
from psoas.content.redflags import questions
from psoas.web.entrance.shell import KEPT
from tests import cast
from tests.web.signing_in import as_

pytestmark = pytest.mark.django_db


def test_healthz_answers_while_the_database_does():
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_healthz_says_when_the_database_does_not_answer(monkeypatch):
    def gone():
        raise DatabaseError("no such file")

    monkeypatch.setattr(connection, "cursor", gone)
    answer = Client().get("/healthz")
    assert answer.status_code == 503
    assert b"no such file" not in answer.content


def test_on_a_home_screen_it_is_called_notes():
    manifest = json.loads(Client().get("/manifest.webmanifest").content)
    assert (manifest["name"], manifest["start_url"]) == ("Notes", "/")
    assert manifest["display"] == "standalone"
    assert not re.search("pain|hip|psoas|journal", json.dumps(manifest))
    for icon in manifest["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/")), icon


def test_the_shell_is_the_same_page_for_everyone():
    mara = cast.mara()
    mara.name = "Mara Canary"
    mara.save()
    raw = {"pain": 6, "places": ["front-left-groin"], "words": "canary-heron"}
    write_entry(cast.viewer(mara), raw, entry_id=uuid4(), kind="moment", now=cast.NOW)
    shells = [client.get("/now/shell/") for client in (Client(), as_(mara))]
    assert shells[0].content == shells[1].content
    page = shells[0].content.decode()
    for private in ("Canary", "canary", "csrfmiddlewaretoken", "data-owner", str(mara.pk)):
        assert private not in page
    assert not shells[0].cookies


def test_the_shell_draws_the_whole_map():
    page = Client().get("/now/shell/").content.decode()
    assert "front-left-groin" in page
    assert page.count('name="pain"') == 12


def test_the_worker_rules_the_whole_site_and_is_asked_for_again_each_time():
    answer = Client().get("/sw.js")
    assert answer["Service-Worker-Allowed"] == "/"
    assert answer["Cache-Control"] == "no-cache"
    assert answer["Content-Type"].startswith("text/javascript")


def test_the_worker_keeps_every_script_and_no_page_of_a_person():
    source = Client().get("/sw.js").content.decode()
    found = re.search(r"FILES = (\[.*\]);", source)
    assert found
    files = json.loads(found[1])
    assert [name.removeprefix("/static/") for name in files] == list(KEPT)
    for name in KEPT:
        assert finders.find(name), name
    assert "[...FILES, ...DATA, PAGES.shell, PAGES.care, PAGES.move, PAGES.help]" in source


def test_scripts_import_only_what_the_worker_keeps():
    for name in KEPT:
        if name.endswith(".mjs"):
            text = Path(str(finders.find(name))).read_text(encoding="utf-8")
            for other in re.findall(r"""(?:from |import\()['"]\./([\w.]+)['"]""", text):
                assert f"js/{other}" in KEPT, (name, other)


def test_a_changed_shell_makes_a_new_version(monkeypatch):
    def version() -> str:
        found = re.search(r"notes-([0-9a-f]+)", Client().get("/sw.js").content.decode())
        assert found
        return found[1]

    before = version()
    assert version() == before
    monkeypatch.setattr("psoas.web.entrance.shell._shell", lambda: "another page")
    assert version() != before


def test_the_shell_of_care_is_the_same_for_everyone_and_names_nobody():
    mara = cast.mara()
    shells = [client.get("/now/shell/care/") for client in (Client(), as_(mara))]
    assert shells[0].content == shells[1].content
    page = shells[0].content.decode()
    for private in ("csrfmiddlewaretoken", "data-owner", str(mara.pk)):
        assert private not in page
    assert not shells[0].cookies


def test_both_shells_carry_whom_to_ring_in_every_country():
    for address in ("/now/shell/", "/now/shell/care/"):
        page = Client().get(address).content.decode()
        found = re.search(r'<script id="countries"[^>]*>(.*?)</script>', page)
        assert found
        numbers = {each["code"]: each["emergency"] for each in json.loads(found[1])}
        assert numbers == {each.code: list(each.emergency) for each in crisis.COUNTRIES}


def test_the_check_is_kept_as_a_file_under_the_name_of_its_hash():
    source = Client().get("/sw.js").content.decode()
    found = re.search(r"DATA = (\[.*\]);", source)
    assert found
    rules, asked = json.loads(found[1])
    answer = Client().get(rules)
    assert hashlib.sha256(answer.content).hexdigest() == rules.partition("v=")[2]
    assert answer.content.decode() == questions().to_json()
    assert "immutable" in answer["Cache-Control"]
    assert not answer.cookies
    assert list(json.loads(Client().get(asked).content)) == ["phq-2", "phq-9", "asq"]
    # Never another version under this one's name: answers would be sent under a wrong one.
    assert Client().get(rules[:-1] + "x").status_code == 404


def test_no_address_of_what_is_kept_says_what_it_is_about():
    source = Client().get("/sw.js").content.decode()
    kept = re.search(r"DATA = (.*);", source), re.search(r"PAGES = (.*);", source)
    for line in kept:
        assert line and not re.search("phq|asq|mood|suicid|flag|pain", line[1])
