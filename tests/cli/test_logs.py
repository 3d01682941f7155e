"""Logs tell kind and place of a fault, and nothing anybody typed or any address holds."""

import io
import logging
import logging.config
from pathlib import Path

import gunicorn
import pytest
from django.http import HttpRequest
from django.test import Client, override_settings
from django.urls import path

from psoas.cli.logs import _BEGINNINGS, _KNOWN, WithoutBodies
from psoas.web.doors import door

CANARY = "zelkovagrove"


@door("anyone")
def breaks(request: HttpRequest, token: str = ""):
    secret = CANARY + "local"
    try:
        raise KeyError(secret)
    except KeyError as cause:
        raise ValueError(f"{token} {secret} {request.POST}") from cause


urlpatterns = [path("break/<str:token>/", breaks)]
handler404 = "psoas.web.faults.not_found"
handler500 = "psoas.web.faults.broken"


@pytest.fixture
def stream(settings):
    """What the project's own logging writes, from Django's default on."""
    written = io.StringIO()
    config = {
        **settings.LOGGING,
        "handlers": {"stderr": {**settings.LOGGING["handlers"]["stderr"]}},
    }
    config["handlers"]["stderr"]["stream"] = written
    standing = {
        name: (logging.getLogger(name).handlers[:], logging.getLogger(name).propagate)
        for name in ("", "django")
    }
    logging.config.dictConfig(config)
    yield written
    for name, (handlers, propagate) in standing.items():
        logging.getLogger(name).handlers[:] = handlers
        logging.getLogger(name).propagate = propagate


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


@override_settings(ROOT_URLCONF="tests.cli.test_logs")
@pytest.mark.django_db
def test_an_exception_that_quotes_what_was_typed_is_logged_by_kind_and_place(stream, client):
    answer = client.post(f"/break/{CANARY}/?q={CANARY}", {"words": CANARY})
    assert answer.status_code == 500
    assert CANARY not in stream.getvalue()
    assert "ValueError at " in stream.getvalue()
    assert "test_logs.py:" in stream.getvalue()
    assert "Traceback" not in stream.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/nowhere/{}/", "/enter/{}/", "/setup/{}", "/days/?q={}"])
def test_a_path_that_was_asked_for_is_not_logged(stream, client, path):
    client.get(path.format(CANARY))
    assert CANARY not in stream.getvalue()


@pytest.mark.django_db
def test_a_refused_method_and_a_missing_token_are_not_quoted(stream):
    client = Client(raise_request_exception=False, enforce_csrf_checks=True)
    client.post(f"/enter/{CANARY}/", {"words": CANARY})
    client.put(f"/help/?{CANARY}", CANARY)
    assert CANARY not in stream.getvalue()
    assert "a request was refused 40" in stream.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("host", [f"{CANARY}.example", f"{CANARY} x", f"{CANARY}:99999"])
def test_a_wrong_host_is_not_quoted(stream, client, host):
    answer = client.get("/in/", headers={"host": host})
    assert answer.status_code == 421
    assert CANARY not in stream.getvalue()


def record(name, *, module_path="/somewhere/else.py", **fields):
    made = logging.LogRecord(name, logging.ERROR, module_path, 7, f"{CANARY} %s", (CANARY,), None)
    made.__dict__.update(fields)
    return made


@pytest.mark.parametrize("name", ["", "psoas", "django.request", "allauth", "x.y"])
def test_what_any_library_says_in_its_own_words_is_cut_to_its_place(name):
    cut = record(name, request=CANARY, stack_info=CANARY, exc_text=CANARY)
    assert WithoutBodies().filter(cut)
    assert CANARY not in logging.Formatter("{message}", style="{").format(cut)
    assert cut.getMessage() == "something at /somewhere/else.py:7"


def server_says(words, *values):
    said = record("gunicorn.error")
    said.msg, said.args = words, values
    return said.getMessage() if WithoutBodies().filter(said) else None


def test_what_the_server_says_about_its_own_processes_is_kept_in_plain_words():
    told = server_says("Worker (pid:%s) was sent %s!", 42, "SIGKILL")
    assert told == "Worker process 42 was ended by SIGKILL; another takes over."
    told = server_says("WORKER TIMEOUT (pid:%s)", 42)
    assert told == "Worker process 42 did not answer for a minute; another takes over."
    assert server_says("Shutting down: %s", CANARY) == "The server stops."


@pytest.mark.parametrize(
    "words", [f"Invalid request from ip={CANARY}", f"Connection in use: {CANARY}", f"{CANARY} %s"]
)
def test_what_the_server_says_about_a_request_is_a_fixed_sentence(words):
    values = (CANARY,) if "%s" in words else ()
    told = server_says(words, *values)
    assert told.endswith(".")
    assert CANARY not in told
    assert "/" not in told


def test_a_browser_that_closes_a_page_early_is_not_told():
    gone = record("gunicorn.error", exc_info=(BrokenPipeError, BrokenPipeError(), None))
    assert not WithoutBodies().filter(gone)
    head = "WSGI app sent body bytes on a no-body response (method=%s status=%s); "
    assert server_says(head + "dropping per RFC 9110.", "HEAD", 200) is None


def test_a_lost_connection_of_anything_else_is_told():
    lost = record("psoas", exc_info=(ConnectionResetError, ConnectionResetError(CANARY), None))
    assert WithoutBodies().filter(lost)
    assert "ConnectionResetError at" in lost.getMessage()


def test_the_words_are_those_that_this_server_has():
    """A server of another version may say it otherwise; then the list is to be renewed."""
    package = Path(gunicorn.__file__).parent
    files = ("arbiter.py", "http/wsgi.py", "sock.py", "workers/base.py")
    source = "".join((package / name).read_text(encoding="utf-8") for name in files)
    joined = source.replace('"\n                    "', "")
    endings = {"Worker (pid:%s) was sent %s! Perhaps out of memory?": " Perhaps out of memory?"}
    for words in (*_KNOWN, *_BEGINNINGS):
        assert f'"{endings.get(words, words)}' in joined, words
