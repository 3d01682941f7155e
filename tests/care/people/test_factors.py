"""A stolen database gives nobody a second factor."""

import json

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from psoas.care.people import factors
from psoas.care.people.vault import Unreadable
from tests import cast


def test_a_secret_comes_back_and_never_looks_the_same_twice():
    first, second = factors.seal("JBSWY3DPEHPK3PXP"), factors.seal("JBSWY3DPEHPK3PXP")
    assert first != second
    assert factors.unseal(first) == factors.unseal(second) == "JBSWY3DPEHPK3PXP"


def test_a_changed_secret_does_not_open():
    sealed = factors.seal("JBSWY3DPEHPK3PXP")
    with pytest.raises(Unreadable):
        factors.unseal(("A" if sealed[0] != "A" else "B") + sealed[1:])


@pytest.mark.django_db
def test_neither_authenticator_secret_nor_recovery_seed_stands_in_the_database():
    ines, secret = cast.ines(), generate_totp_secret()
    TOTP.activate(ines, secret)
    codes = RecoveryCodes.activate(ines)
    rows = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in rows
    assert not any(code in rows for code in codes.get_unused_codes())
    assert codes.validate_code(codes.get_unused_codes()[0])
