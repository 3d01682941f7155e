"""The journal's tables. What was said is sealed; only person, day and kind stay clear."""

import uuid
from datetime import date, datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from psoas.care.people.access import Viewer, own_rows
from psoas.care.people.models import Person

MOMENT, DAY, BACKFILL = "moment", "day", "backfill"


class Entries(models.QuerySet["Entry"]):
    def visible_to(self, viewer: Viewer) -> "Entries":
        """The viewer's own entries, and for anybody else none at all."""
        return self.filter(own_rows(viewer))

    def standing(self) -> "Entries":
        return self.filter(deleted_at=None)

    def between(self, first: date, last: date) -> "Entries":
        return self.filter(day__gte=first, day__lte=last)

    def forgotten(self, before: datetime) -> "Entries":
        return self.filter(deleted_at__lt=before)


class Entry(models.Model):
    """One entry: a moment of pain, a whole day, or a day added afterwards."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="entries")
    day = models.DateField()
    kind = models.CharField(max_length=8)
    revision = models.PositiveIntegerField(default=1)
    sealed = models.BinaryField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects = Entries.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "day"], name="entry_person_day")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=[MOMENT, DAY, BACKFILL]), name="entry_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.day}"


class ForgottenEntry(models.Model):
    """The id of an entry that is gone, and nothing of it: a late repeat does not bring it back."""

    id = models.UUIDField(primary_key=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="forgotten_entries")

    def __str__(self) -> str:
        return "an entry that is gone"


class Notebook(models.Model):
    """What a person set up once: suspects, triggers of their own, last choices. Sealed."""

    person = models.OneToOneField(
        Person, primary_key=True, on_delete=models.CASCADE, related_name="notebook"
    )
    revision = models.PositiveIntegerField(default=1)
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return "notebook"


class Decisions(models.QuerySet["Decision"]):
    def visible_to(self, viewer: Viewer) -> "Decisions":
        """The viewer's own decisions, and for anybody else none at all."""
        return self.filter(own_rows(viewer))


class Decision(models.Model):
    """What was decided on one answer day, sealed. Written once, never changed.

    ``began`` is the day answer days are counted from. The first decision sets it: an older diary
    brought in later moves none of them.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="decisions")
    answer_day = models.DateField()
    began = models.DateField()
    sealed = models.BinaryField()

    objects = Decisions.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "answer_day"], name="one_decision_a_day"),
        ]

    def __str__(self) -> str:
        return f"decision of {self.answer_day}"


class KeptPage(models.Model):
    """A page as it was drawn from exactly these entries, sealed: a copy, never the record."""

    person = models.OneToOneField(
        Person, primary_key=True, on_delete=models.CASCADE, related_name="kept_page"
    )
    key = models.CharField(max_length=64)
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return "a kept page"


class PendingImport(models.Model):
    """A file between its dry run and the person's yes. Sealed, and gone within the hour."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="pending_import")
    made_at = models.DateTimeField()
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return "a file waiting"
