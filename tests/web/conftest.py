from unittest import mock

import pytest

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
