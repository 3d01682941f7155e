"""What was asked and answered: the safety check, questionnaires, measurements, and what follows.

Sealed under the person's clinical key. Person, times and who wrote it stay clear; which
questionnaire it was, what was answered and what came of it do not.
"""

import uuid
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from psoas.care.people.access import Viewer, own_rows, people_looked_after
from psoas.care.people.models import Person

FULL, AGAIN, NIGHT = "full", "again", "night"
TOLD, OVERRIDE = "told", "override"


class KeptContent(models.Model):
    """A content file as it was when somebody began to answer it: nobody's data, kept once.

    Who began with this version finishes with it, whatever is installed meanwhile.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=16)
    text = models.TextField()

    def __str__(self) -> str:
        return f"{self.kind} {self.digest[:8]}"


class Own(models.QuerySet):  # type: ignore[type-arg]
    def visible_to(self, viewer: Viewer) -> "Own":
        """The viewer's own rows, and for anybody else none at all."""
        return self.filter(own_rows(viewer))


class Screening(models.Model):
    """One round of the safety check: all of it, the part that is asked again, or the night set."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="screenings")
    kind = models.CharField(max_length=8)
    content = models.ForeignKey(KeptContent, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    # When the person had the urgent advice of this round on their screen and said so.
    advised_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)
    sealed = models.BinaryField()

    objects = Own.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "begun_at"], name="screening_of")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=[FULL, AGAIN, NIGHT]), name="screening_kind_known"
            ),
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(finished_at=None),
                name="one_screening_under_way",
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(finished_at__gte=F("begun_at")),
                name="screening_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} screening"


class AskAgain(models.Model):
    """The check is due again before its time: pain jumped, or the person fell. Why is sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="asked_again")
    at = models.DateTimeField()
    sealed = models.BinaryField()

    objects = Own.as_manager()

    def __str__(self) -> str:
        return "asked again"


class Clearance(models.Model):
    """A dated yes to exercise: a clinician's, as the person was told it or as they wrote it here.

    Holds until a question it covers is asked again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="clearances")
    kind = models.CharField(max_length=8)
    clinician = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="overrides"
    )
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    sealed = models.BinaryField()

    objects = Own.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind__in=[TOLD, OVERRIDE]), name="clearance_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"clearance ({self.kind})"


class Reply(models.Model):
    """One round of one questionnaire or test, begun, perhaps finished."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="replies")
    # Null where the person answered; else the clinician who examined or typed the values in.
    entered_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="replies_entered"
    )
    content = models.ForeignKey(KeptContent, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)
    sealed = models.BinaryField()

    objects = Own.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "begun_at"], name="reply_of")]

    def __str__(self) -> str:
        return "reply"


class Tasks(models.QuerySet["Task"]):
    def visible_to(self, viewer: Viewer, now: datetime) -> "Tasks":
        """A clinician's own tasks about the people they look after now."""
        return self.filter(clinician=viewer.person, person__in=people_looked_after(viewer, now))


class Task(models.Model):
    """Something a named clinician should see to, made by a rule."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tasks_about")
    clinician = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tasks")
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    sealed = models.BinaryField()

    objects = Tasks.as_manager()

    def __str__(self) -> str:
        return "task"


class Choices(models.Model):
    """What a person chose for being asked and guided: careful mode, reminders. Sealed."""

    person = models.OneToOneField(
        Person, primary_key=True, on_delete=models.CASCADE, related_name="choices"
    )
    revision = models.PositiveIntegerField(default=1)
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return "choices"


class OutcomePlan(models.Model):
    """From when on, and with what, it is measured whether things change. What is sealed."""

    person = models.OneToOneField(
        Person, primary_key=True, on_delete=models.CASCADE, related_name="outcome_plan"
    )
    began = models.DateField()
    # Which due date was last reminded of: a reminder goes out once.
    reminded_for = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return "outcome plan"


class Licence(models.Model):
    """The owner states that this clinic may use a questionnaire that is not free."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.CharField(max_length=40)
    stated_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, related_name="licences_stated"
    )
    stated_at = models.DateTimeField()
    wording = models.CharField(max_length=300)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["slug"], condition=Q(ended_at=None), name="one_licence_in_force"
            ),
        ]

    def __str__(self) -> str:
        return f"licence for {self.slug}"
