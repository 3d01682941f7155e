"""People and what binds them: accounts, keys, care, shares, links, the trail."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

PERSON, CLINICIAN, RECEPTIONIST, OWNER = "person", "clinician", "receptionist", "owner"
ROLES = {
    PERSON: _("Person"),
    CLINICIAN: _("Physiotherapist"),
    RECEPTIONIST: _("Reception"),
    OWNER: _("Owner"),
}
STAFF = frozenset({CLINICIAN, RECEPTIONIST, OWNER})

CATEGORIES = {
    "pain": _("Pain: how strong, where, and what it got in the way of"),
    "feelings": _("Feelings and triggers, and the words you wrote"),
    "sessions": _("Sessions: what you did and how it felt"),
    "questionnaires": _("Questionnaires and their scores"),
    "movement": _("Movement: what was measured"),
    "alarm": _("Hard answers: a note asks them to contact you when an answer sounds like danger"),
}


class People(BaseUserManager["Person"]):
    def create(self, **fields: object) -> "Person":
        password = fields.pop("password", None)
        person: Person = self.model(**fields)
        if isinstance(password, str) and password:
            person.set_password(password)
        else:
            person.set_unusable_password()
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Anyone with an account. Staff are people too, and may keep a journal of their own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=80)
    role = models.CharField(max_length=16, default=PERSON)
    is_active = models.BooleanField(default=True)
    zone = models.CharField(max_length=64, default="UTC")
    language = models.CharField(max_length=12, default="en")
    country = models.CharField(max_length=8, default="", blank=True)
    theme = models.CharField(max_length=8, default="hours")
    # The device's outbox knows its owner by this and by nothing that names the person.
    outbox_owner = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pin = models.CharField(max_length=256, default="", blank=True)
    lock_after_minutes = models.PositiveSmallIntegerField(default=5)
    # Wrong PINs since the last right one, on all devices together.
    pin_tries = models.PositiveIntegerField(default=0)
    # Raising it ends every session of this person, on every device.
    session_round = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()

    objects = People()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(role__in=list(ROLES)), name="person_role_known"),
            models.CheckConstraint(
                condition=Q(theme__in=["hours", "light", "dark", "auto"]), name="person_theme_known"
            ),
            models.UniqueConstraint(Lower("email"), name="person_email_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_staff_member(self) -> bool:
        return self.role in STAFF

    def get_session_auth_hash(self) -> str:
        return f"{super().get_session_auth_hash()}.{self.session_round}"


class Installation(models.Model):
    """The one row that says what this installation is: a clinic, a home, or a demonstration."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    clinic_name = models.CharField(max_length=120, default="", blank=True)
    country = models.CharField(max_length=8, default="other")
    is_demo = models.BooleanField()
    key_name = models.CharField(max_length=16)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(id=1), name="one_installation")]

    def __str__(self) -> str:
        return self.clinic_name or "psoas"


class WrappedKey(models.Model):
    """A person's data key, wrapped. Without this row what it sealed is noise for ever."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="keys")
    purpose = models.CharField(max_length=16)
    wrapped_by = models.CharField(max_length=16)
    wrapped = models.BinaryField()
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "purpose"], name="one_key_a_purpose"),
            models.CheckConstraint(
                condition=Q(purpose__in=["journal", "clinical"]), name="key_purpose_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} key"


class Care(models.Model):
    """A clinician looks after a person, from a day until it ends."""

    clinician = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="looks_after")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="looked_after_by")
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["clinician", "person"], condition=Q(ended_at=None), name="care_once"
            ),
            models.CheckConstraint(
                condition=~Q(clinician=models.F("person")), name="care_of_another"
            ),
        ]

    def __str__(self) -> str:
        return "care"


class Shares(models.QuerySet["Share"]):
    def in_force(self, now: datetime) -> "Shares":
        return self.filter(Q(until=None) | Q(until__gt=now), ended_at=None, given_at__lte=now)


class Share(models.Model):
    """One category that a person lets one clinician read. Off until given, ended at once."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="shares_given")
    clinician = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="shares_received")
    category = models.CharField(max_length=16)
    given_at = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = Shares.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "clinician", "category"],
                condition=Q(ended_at=None),
                name="share_once",
            ),
            models.CheckConstraint(
                condition=Q(category__in=list(CATEGORIES)), name="share_category_known"
            ),
        ]

    def __str__(self) -> str:
        return "share"


class OneTimeLink(models.Model):
    """A link that works once: to set up, to join, or to sign in. Only its hash is kept."""

    digest = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=8)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, blank=True)
    role = models.CharField(max_length=16, default=PERSON)
    name = models.CharField(max_length=80, default="", blank=True)
    made_by = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="links_made"
    )
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(purpose__in=["setup", "join", "enter"]), name="link_purpose_known"
            ),
            models.CheckConstraint(condition=Q(role__in=list(ROLES)), name="link_role_known"),
            models.CheckConstraint(
                condition=Q(purpose="enter", person__isnull=False)
                | (~Q(purpose="enter") & Q(person__isnull=True)),
                name="link_person_to_enter",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} link"


class TrailRow(models.Model):
    """One line of the trail: who did what to whose record, chained to the line before it."""

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.UUIDField(null=True)
    subject = models.UUIDField(null=True)
    action = models.CharField(max_length=40)
    item = models.CharField(max_length=64, default="")
    digest = models.CharField(max_length=64)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["subject", "number"], name="trail_of_person")]

    def __str__(self) -> str:
        return f"{self.number} {self.action}"


class TrailHead(models.Model):
    """Where the trail ends. A trail cut short at its end no longer meets it."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="")

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(id=1), name="one_trail_head")]

    def __str__(self) -> str:
        return f"head at {self.number}"
