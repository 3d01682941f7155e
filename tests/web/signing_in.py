"""How a test comes in: as somebody, with a second factor where their work asks for one."""

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.test import Client

from psoas.care.people.models import Person

SECRET = "JBSWY3DPEHPK3PXP"


def with_second_factor(person: Person) -> Person:
    auth.TOTP.activate(person, SECRET)
    return person


def code(secret: str = SECRET) -> str:
    counter = next(auth.yield_hotp_counters_from_time())
    return str(auth.format_hotp_value(auth.hotp_value(secret, counter)))


def as_(person: Person) -> Client:
    """A browser of this person's own."""
    client = Client()
    client.force_login(person)
    return client


def as_staff(person: Person) -> Client:
    if not Authenticator.objects.filter(user=person).exists():
        with_second_factor(person)
    return as_(person)
