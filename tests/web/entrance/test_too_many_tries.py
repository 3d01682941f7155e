"""Somebody who guesses passwords is slowed down, and nobody else with them."""

import os
import subprocess
import sys
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_tries_yet() -> None:
    cache.clear()


@pytest.fixture
def strict(settings) -> None:
    """The same rules with a smaller number, so that it is reached soon."""
    settings.ACCOUNT_RATE_LIMITS = {"login": "10/m/ip", "login_failed": "10/m/ip,5/5m/key"}


def sign_in(email: str, password: str = "wrong every time", **headers: str) -> Any:
    typed = {"login": email, "password": password}
    return Client().post("/in/", typed, headers=dict(headers))


def guess_from(forwarded: str) -> list[int]:
    """Guess until it is noticed, each time at another account."""
    return [
        sign_in(f"nobody{n}@example.org", **{"x-forwarded-for": forwarded}).status_code
        for n in range(12)
    ]


def test_one_address_that_guesses_does_not_lock_out_another_behind_the_web_server(
    strict, settings
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    cast.mara()
    assert 429 in guess_from("203.0.113.7")
    answer = sign_in("mara@example.org", cast.PASSWORD, **{"x-forwarded-for": "198.51.100.2"})
    assert answer.status_code == 302


def test_what_a_caller_puts_before_its_own_address_changes_nothing(strict, settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    answers = [
        sign_in(
            f"nobody{n}@example.org", **{"x-forwarded-for": f"10.0.0.{n}, 203.0.113.7"}
        ).status_code
        for n in range(12)
    ]
    assert 429 in answers


def test_without_a_web_server_in_front_the_header_is_not_believed(strict) -> None:
    answers = [
        sign_in(f"nobody{n}@example.org", **{"x-forwarded-for": f"203.0.113.{n}"}).status_code
        for n in range(12)
    ]
    assert 429 in answers


def test_one_account_is_guessed_at_five_times_from_wherever(settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    cast.mara()
    for n in range(5):
        sign_in("mara@example.org", **{"x-forwarded-for": f"203.0.113.{n}"})
    answer = sign_in("mara@example.org", cast.PASSWORD, **{"x-forwarded-for": "198.51.100.9"})
    assert answer.status_code == 200
    assert "Too many" in answer.content.decode()


def test_a_clinic_behind_one_address_may_mistype_now_and_then() -> None:
    cast.mara()
    for n in range(20):
        sign_in(f"nobody{n}@example.org")
    assert sign_in("mara@example.org", cast.PASSWORD).status_code == 302


@pytest.mark.parametrize(
    ("url", "trusted"), [("https://care.example.org", "1"), ("http://localhost:8000", "0")]
)
def test_the_header_is_believed_over_https_alone(url: str, trusted: str) -> None:
    program = "from psoas.site import settings; print(settings.ALLAUTH_TRUSTED_PROXY_COUNT)"
    environment = {**os.environ, "PSOAS_URL": url}
    answer = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.strip() == trusted
