"""What every test with Django has in common."""

import os

import pytest


@pytest.fixture(autouse=True)
def _all_answers_at_once(monkeypatch):
    """A busy machine must not turn a page of answers into one that is still being worked out."""
    if "DJANGO_SETTINGS_MODULE" in os.environ:
        monkeypatch.setattr("psoas.web.person.answers.PATIENCE", 600.0)
