"""Leaving for good: the account, its keys and everything they sealed."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from psoas.care.people import sessions, trail, vault
from psoas.care.people.models import OWNER, Person
from psoas.care.people.refusal import Refusal


def erase_account(person: Person, *, now: datetime) -> None:
    """Destroy the person's keys, then every row of theirs. The trail keeps no name."""
    with transaction.atomic():
        if _is_last_owner(person):
            raise Refusal(
                _(
                    "You are the only owner, and other people have accounts here. "
                    "Invite another owner first."
                )
            )
        trail.record("account erased", actor=person, subject=person, now=now)
        vault.shred(person, vault.JOURNAL, now)
        vault.shred(person, vault.CLINICAL, now)
        # A session row outlives the account otherwise.
        sessions.end_all_of(person)
        person.delete()
        transaction.on_commit(vault.settle_erasure)


def _is_last_owner(person: Person) -> bool:
    others = Person.objects.filter(is_active=True).exclude(pk=person.pk)
    return person.role == OWNER and others.exists() and not others.filter(role=OWNER).exists()
