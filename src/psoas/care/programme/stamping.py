"""Which state of things a routine was put together from, as a short word that says nothing.

Another word as soon as the safety check, its rules, what has it asked again, a yes to exercise, a
questionnaire, the plan or the preferences are others. No row is opened for it: it goes with every
page, so that a device throws away what it kept from before.
"""

import hashlib
from collections.abc import Sequence
from typing import Any, Final

from django.db.models import Count, Max, Model, OuterRef, QuerySet, Subquery, Sum, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Concat

from psoas.care.assessment.models import AskAgain, Choices, Clearance, Reply, Screening
from psoas.care.people.models import Person
from psoas.care.programme.models import Plan, Preferences
from psoas.content.redflags import questions

# What is counted besides the rows: every change of a row changes one of these.
_OF: Final[Sequence[tuple[type[Model], tuple[Combinable, ...]]]] = (
    (Screening, (Sum("revision"), Max("begun_at"), Max("finished_at"), Count("advised_at"))),
    (AskAgain, (Max("at"),)),
    (Clearance, (Max("at"), Max("ended_at"), Count("ended_at"))),
    (Reply, (Sum("revision"), Max("begun_at"))),
    (Plan, (Max("number"), Count("ended_at"))),
    (Preferences, (Max("revision"),)),
    (Choices, (Max("revision"),)),
)


def stamp(person: Person) -> str:
    """Return the word for how things stand, from one question to the database."""
    asked = [Subquery(_said(table, parts), output_field=TextField()) for table, parts in _OF]
    found = Person.objects.filter(pk=person.pk).values_list(*asked).first()
    # Whether there is a PIN: behind one nothing of it is kept.
    said = f"{person.outbox_owner} {questions().digest} {found} {bool(person.pin)}"
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _said(table: type[Model], parts: Sequence[Combinable]) -> QuerySet[Any, Any]:
    rows = table._default_manager.filter(person=OuterRef("pk")).order_by().values("person")
    texts = [Coalesce(Cast(part, TextField()), Value("")) for part in (Count("pk"), *parts)]
    between = [each for text in texts for each in (text, Value(" "))]
    said: QuerySet[Any, Any] = rows.annotate(said=Concat(*between, output_field=TextField()))
    return said.values("said")
