from unittest import mock

import pytest
from django.utils.safestring import mark_safe

from tests.web import world


@pytest.fixture(scope="module")
def clinic(django_db_setup, django_db_blocker):
    """One clinic for the whole matrix; every request in it is rolled back."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        # Built before any test's own fixtures: a busy machine must not show a page still at work.
        with mock.patch("psoas.web.person.answers.PATIENCE", 600.0):
            built = world.build()
        yield built
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _figures_are_not_drawn(request, monkeypatch):
    """A figure takes a fifth of a second the first time; most tests look at what is beside it.

    A module that says ``DRAWN = True`` gets the real ones.
    """
    if getattr(request.module, "DRAWN", False):
        return
    from psoas.web.person import figures

    still = mark_safe('<svg class="fig" viewBox="0 0 4 3"></svg>')
    monkeypatch.setattr(figures, "_still", lambda *of: still)
    monkeypatch.setattr(figures, "_at", lambda *of: still)
    monkeypatch.setattr(figures, "_moving", lambda *of: '{"svg": "", "rows": [], "seconds": 3}')
