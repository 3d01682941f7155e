"""A clinic for one test: Ines looks after Mara, and everybody else who might look in."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from psoas.care.people import sharing
from psoas.care.people.models import Person
from tests import cast
from tests.web.signing_in import as_staff

STRANGERS = ("jonas", "rosa", "olga", "tom", "mara")


def cared_for(of: Person, who: Person, *categories: str) -> None:
    """Care that began long before now, as the clock of a page sees it."""
    now = timezone.now()
    sharing.start_care(of, who, actor=of, now=now - timedelta(days=30))
    sharing.set_shares(who, of.pk, set(categories), now=now - timedelta(days=29))


def stranger(name: str, mara: Person) -> Client:
    """Somebody who may not see Mara's pages; Mara herself among them."""
    return as_staff(mara if name == "mara" else getattr(cast, name)())
