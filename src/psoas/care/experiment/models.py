"""Experiments on oneself. What is tested, when, and what came out of it is sealed."""

import uuid
from typing import ClassVar

from django.db import models

from psoas.care.people.access import Viewer, own_rows
from psoas.care.people.models import Person, WrappedKey


class Experiments(models.QuerySet["Experiment"]):
    def visible_to(self, viewer: Viewer) -> "Experiments":
        """The viewer's own experiments, and for anybody else none at all."""
        return self.filter(own_rows(viewer))


class Experiment(models.Model):
    """What was drawn before the first day. A trigger of the database refuses every change."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="experiments")
    # The key that sealed it: where a journal's key is destroyed, this row goes with it.
    key = models.ForeignKey(WrappedKey, on_delete=models.CASCADE, related_name="+")
    # The first, the second …: of two starts at once, one meets a number that is taken.
    number = models.PositiveSmallIntegerField()
    sealed = models.BinaryField()

    objects = Experiments.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "number"], name="experiment_number_once"),
        ]

    def __str__(self) -> str:
        return f"experiment {self.number}"


class Course(models.Model):
    """What happened since: days that went differently, looks, the end, what came out."""

    experiment = models.OneToOneField(
        Experiment, primary_key=True, on_delete=models.CASCADE, related_name="course"
    )
    revision = models.PositiveIntegerField(default=1)
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return "course of an experiment"
