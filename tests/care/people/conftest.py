import pytest

from psoas.care.people.keyring import Keyring


@pytest.fixture(autouse=True)
def ring(tmp_path, settings):
    """Keys of this test's own, as some tests rotate them and write in the ledger."""
    settings.KEYRING = Keyring.create(tmp_path / "keys")
    return settings.KEYRING
