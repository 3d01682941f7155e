"""What a person does for the hip: the plan, each session, and what they wrote down before a flare.

Sealed under the person's clinical key. Person, times and who made a plan stay clear; what is in
it, what was done and how it felt do not.
"""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from psoas.care.people.access import Viewer, own_rows
from psoas.care.people.models import Person


class Own(models.QuerySet):  # type: ignore[type-arg]
    def visible_to(self, viewer: Viewer) -> "Own":
        """The viewer's own rows, and for anybody else none at all."""
        return self.filter(own_rows(viewer))


class Plan(models.Model):
    """One version of a plan. A change is a new row, and the old one ends: nothing is overwritten.

    Sealed: the circumstances it was built from, its items, and the template and words of who
    built it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="plans")
    # Null where the rules built it for the person; else the clinician.
    made_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="plans_made"
    )
    number = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    # Only a clinician in care changes it then; what the check and the traffic light take away is
    # taken away all the same.
    locked = models.BooleanField(default=False)
    sealed = models.BinaryField()

    objects = Own.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at=None), name="one_plan_in_force"
            ),
            models.UniqueConstraint(fields=["person", "number"], name="plan_number_once"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("made_at")),
                name="plan_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"plan {self.number}"


class Session(models.Model):
    """One session: begun on the device under an id of its own, written down as it goes.

    Sealed: what kind, what was done of what, pain before, during, after and the next morning.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sessions_done")
    # The day of the person's own clock when it was begun.
    day = models.DateField()
    begun_at = models.DateTimeField()
    # When the device last told of it, by the server's clock: a phone's may be wrong.
    told_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)
    sealed = models.BinaryField()

    objects = Own.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "day"], name="session_of")]

    def __str__(self) -> str:
        return "session"


class Preferences(models.Model):
    """What a person told about exercising: how long, when, with what, and how it is led. Sealed."""

    person = models.OneToOneField(
        Person, primary_key=True, on_delete=models.CASCADE, related_name="preferences"
    )
    revision = models.PositiveIntegerField(default=1)
    sealed = models.BinaryField()

    objects = Own.as_manager()

    def __str__(self) -> str:
        return "preferences"


class FlarePlan(models.Model):
    """What a person wrote for bad days while they were well. Sealed."""

    person = models.OneToOneField(
        Person, primary_key=True, on_delete=models.CASCADE, related_name="flare_plan"
    )
    written_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)
    sealed = models.BinaryField()

    objects = Own.as_manager()

    def __str__(self) -> str:
        return "flare plan"
