import pytest

from tests.web import world


@pytest.fixture(scope="module")
def clinic(django_db_setup, django_db_blocker):
    """One clinic for the whole matrix; every request in it is rolled back."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        yield world.build()
        transaction.set_rollback(True)
