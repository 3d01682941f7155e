"""Logs tell kind and place of a fault, and nothing anybody typed or any address holds."""

import io
import logging
import logging.config

import pytest
from django.http import HttpRequest
from django.test import Client, override_settings
from django.urls import path

from psoas.cli.logs import WithoutBodies
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


@pytest.mark.parametrize(
    "name", ["", "psoas", "django.request", "allauth", "gunicorn.error", "x.y"]
)
def test_what_any_library_says_in_its_own_words_is_cut_to_its_place(name):
    cut = record(name, request=CANARY, stack_info=CANARY, exc_text=CANARY)
    assert WithoutBodies().filter(cut)
    assert CANARY not in logging.Formatter("{message}", style="{").format(cut)
    assert cut.getMessage() == "something at /somewhere/else.py:7"


def test_what_the_server_says_about_its_own_processes_is_kept():
    kept = record("gunicorn.error", module_path="/lib/gunicorn/arbiter.py")
    kept.msg, kept.args = "Worker (pid:%s) was sent SIGKILL", (42,)
    WithoutBodies().filter(kept)
    assert kept.getMessage() == "Worker (pid:42) was sent SIGKILL"
