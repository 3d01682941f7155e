"""What a person chose for being asked and guided, in one sealed document."""

import logging
from typing import Any

from django.db import transaction

from psoas.care.assessment.models import Choices
from psoas.care.assessment.sealing import Document, clinical_sealer, open_sealed, seal
from psoas.care.people.models import Person
from psoas.care.people.vault import Unreadable


def chosen(person: Person) -> Document:
    """Every choice by its name; empty before anything was chosen.

    Raises:
        Unreadable: The row is damaged. Who asks decides what is the careful thing then.
    """
    row = Choices.objects.filter(person=person).first()
    if row is None:
        return {}
    return open_sealed(
        clinical_sealer(person), "choices", person.pk, row.sealed, revision=row.revision
    )


def choose(person: Person, name: str, value: Any) -> None:
    """Change one choice and keep the others."""
    with transaction.atomic():
        row = Choices.objects.select_for_update().filter(person=person).first()
        try:
            document = {**chosen(person), name: value}
        except Unreadable:
            # What it said is lost either way; a new choice must not be.
            logging.getLogger(__name__).warning("A person's choices do not open.")
            document = {name: value}
        revision = row.revision + 1 if row else 1
        sealed = seal(clinical_sealer(person), "choices", person.pk, document, revision=revision)
        Choices.objects.update_or_create(
            person=person, defaults={"revision": revision, "sealed": sealed}
        )
