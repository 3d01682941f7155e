"""When something goes wrong, the page says so, keeps the words, and names nothing."""

import sqlite3

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection
from django.test import Client

from psoas.care.journal import writing
from psoas.care.journal.models import Entry
from psoas.web.unwritten import try_to_write
from tests import cast
from tests.web.world import DOORS

pytestmark = pytest.mark.django_db
WORDS = "kestrelword, and the rain"
OURS = {"origin": "http://testserver", "sec-fetch-site": "same-origin"}


@pytest.fixture
def mara():
    cast.installation()
    return cast.mara()


def failing(code: int):
    def fail(*args, **kwargs):
        problem = sqlite3.OperationalError("no")
        problem.sqlite_errorcode = code
        raise OperationalError(*problem.args) from problem

    return fail


full = failing(sqlite3.SQLITE_FULL)


def test_a_full_disk_is_no_success_and_gives_the_words_back(client, mara, monkeypatch):
    monkeypatch.setattr(writing, "seal_entry", full)
    client.force_login(mara)
    answer = client.post("/days/new/", {"pain": "4", "words": WORDS, "kind": "day"})
    assert answer.status_code == 507
    assert WORDS in answer.content.decode()
    assert "Not saved" in answer.content.decode()
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    ("code", "status", "says"),
    [
        (sqlite3.SQLITE_FULL, 507, "The disk is full"),
        (sqlite3.SQLITE_IOERR_WRITE, 507, "The disk is full"),
        (sqlite3.SQLITE_BUSY, 503, "at the same moment"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, 503, "at the same moment"),
        (sqlite3.SQLITE_LOCKED, 503, "at the same moment"),
        (sqlite3.SQLITE_READONLY, 503, "at the moment"),
        (sqlite3.SQLITE_READONLY_DBMOVED, 503, "at the moment"),
        (sqlite3.SQLITE_CANTOPEN, 503, "at the moment"),
    ],
)
def test_what_cannot_be_written_is_said_and_can_be_sent_again(
    client, mara, monkeypatch, code, status, says
):
    monkeypatch.setattr(writing, "seal_entry", failing(code))
    client.force_login(mara)
    answer = client.post("/days/new/", {"pain": "4", "words": WORDS})
    page = answer.content.decode()
    assert answer.status_code == status
    assert WORDS in page
    assert says in page
    assert "Try again" in page


def test_a_database_somebody_else_writes_to_gives_the_words_back(mara, transactional_db):
    client = Client()
    client.force_login(mara)
    connection.cursor().execute("PRAGMA busy_timeout=50")
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        answer = client.post("/days/new/", {"pain": "4", "words": WORDS})
    finally:
        other.close()
        connection.cursor().execute("PRAGMA busy_timeout=20000")
    assert answer.status_code == 503
    assert WORDS in answer.content.decode()


def test_without_a_database_at_all_the_words_are_still_given_back(mara, monkeypatch):
    client = Client(raise_request_exception=False)
    client.force_login(mara)
    monkeypatch.setattr("psoas.care.people.sessions.opened", failing(sqlite3.SQLITE_CANTOPEN))
    for headers, kept in ((OURS, True), ({"origin": "https://elsewhere.example"}, False)):
        answer = client.post("/days/new/", {"pain": "4", "words": WORDS}, headers=headers)
        assert answer.status_code == 503
        assert (WORDS in answer.content.decode()) is kept


def test_signing_in_on_a_full_disk_is_not_called_too_many_tries(client, mara, monkeypatch):
    monkeypatch.setattr("allauth.core.internal.ratelimit.consume", lambda *args, **kwargs: None)
    typed = {"login": "mara@example.org", "password": cast.PASSWORD}
    answer = client.post("/in/", typed)
    assert answer.status_code == 429
    assert "Wait a little" in answer.content.decode()
    monkeypatch.setattr("psoas.web.faults.try_to_write", full)
    answer = client.post("/in/", typed)
    assert answer.status_code == 507
    assert cast.PASSWORD not in answer.content.decode()


def test_trying_to_write_leaves_nothing_behind(mara):
    before = Session.objects.count()
    try_to_write()
    assert Session.objects.count() == before


def test_a_full_disk_keeps_no_password_on_the_page(client, mara, monkeypatch):
    monkeypatch.setattr("psoas.care.people.applock.make_password", full)
    client.force_login(mara)
    typed = {"act": "set", "pin": "2580", "again": "2580", "minutes": "5"}
    answer = client.post("/me/lock/", typed)
    assert answer.status_code == 507
    assert "2580" not in answer.content.decode()


def without_token(person) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    client.get("/help/")
    return client


def test_a_form_from_a_page_left_open_too_long_gives_the_words_back(mara):
    client = without_token(mara)
    answer = client.post("/days/new/", {"pain": "4", "words": WORDS}, headers=OURS)
    assert answer.status_code == 403
    assert WORDS in answer.content.decode()
    assert "Try again" in answer.content.decode()
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {"origin": "http://testserver", "sec-fetch-site": "cross-site"},
        {"origin": "http://testserver", "sec-fetch-site": "same-site"},
        {"referer": "https://elsewhere.example/"},
        {},
    ],
)
def test_a_form_from_elsewhere_is_refused_and_not_offered_again(mara, headers):
    for path in ("/days/new/", "/me/sharing/"):
        answer = without_token(mara).post(path, {"category": WORDS}, headers=headers)
        page = answer.content.decode()
        assert answer.status_code == 403
        assert WORDS not in page
        assert "Try again" not in page
        assert "csrfmiddlewaretoken" not in page


@pytest.mark.parametrize(
    "path", ["/me/sharing/", "/me/erase/", "/me/everywhere/", "/lock/", "/out/"]
)
def test_only_what_one_writes_can_be_sent_again_from_there(mara, path):
    answer = without_token(mara).post(path, {"category": WORDS}, headers=OURS)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert WORDS in page
    assert "Try again" not in page
    assert f'name="category" value="{WORDS}"' not in page


def test_an_unknown_host_is_told_which_setting_to_set(client):
    answer = client.get("/in/", headers={"host": "evil.example"})
    assert answer.status_code == 421
    assert "PSOAS_URL" in answer.content.decode()
    assert "evil.example" not in answer.content.decode()
    assert answer["Cache-Control"] == "no-store, private"
    assert answer["X-Frame-Options"] == "DENY"
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_missing_and_refused_look_the_same(client, mara):
    client.force_login(cast.tom())
    missing = client.get("/days/00000000-0000-4000-8000-000000000000/")
    refused = client.get("/people/")
    assert missing.status_code == refused.status_code == 404
    assert "Nothing here" in missing.content.decode()
    assert missing.headers.keys() == refused.headers.keys()


def test_every_page_of_a_demonstration_says_so(client, settings):
    cast.installation(is_demo=True)
    settings.DEMO = settings.LOOPBACK = True
    owner, ines, mara = cast.olga(), cast.ines(), cast.mara()
    pages = ["/", "/now/", "/days/", "/days/new/", "/weeks/", "/me/", "/me/lock/", "/help/"]
    pages += ["/me/sharing/", "/me/record/", "/me/erase/", "/me/import/", "/me/keys/", "/nothing"]
    for person, places in ((mara, pages), (owner, ["/people/"]), (ines, ["/people/"])):
        client.force_login(person)
        for place in places:
            assert "Demonstration" in client.get(place, follow=True).content.decode(), place
    for place in ("/in/", "/help/", "/closed/", "/now/shell/", "/enter/x/", "/setup/x/"):
        assert "Demonstration" in Client().get(place).content.decode(), place


def test_no_page_has_anything_inline_or_from_elsewhere(client, mara):
    client.force_login(mara)
    for name in ("/", "/now/", "/days/new/", "/weeks/", "/me/", "/me/keys/totp/activate/"):
        answer = client.get(name, follow=True)
        page = answer.content.decode()
        for forbidden in (" style=", "<style", " onclick=", "javascript:", "<script>"):
            assert forbidden not in page, (name, forbidden)
        assert 'src="http' not in page
        policy = answer.headers["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy


def test_titles_and_addresses_are_neutral(client, mara):
    client.force_login(mara)
    telling = ("pain", "hip", "psoas", "journal", "trigger", "feeling", "health", "clinic")
    for name, door in DOORS.items():
        assert door
        assert not any(word in name for word in telling[:5]), name
    for page in ("/", "/now/", "/days/", "/weeks/", "/me/", "/help/", "/me/own/"):
        html = client.get(page).content.decode()
        assert "<title>Notes</title>" in html
        assert not any(word in page for word in telling)
