"""Who may do what. Everything that is not allowed here by name is refused.

A *policy* answers for a whole page: may this viewer stand at this door at all? A *scope* answers
for rows: which of them exist for this viewer? Pages reach rows through scopes only, so that an
id guessed or pasted finds nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from psoas.care.people.models import CLINICIAN, OWNER, Care, Person, Share


@dataclass(frozen=True)
class Viewer:
    """Who is looking, and in what state: nobody, someone, someone whose screen is locked."""

    person: Person | None
    locked: bool = False
    second_factor_missing: bool = False

    @property
    def known(self) -> Person:
        if self.person is None:
            raise LookupError("Nobody is signed in; a policy should have refused this door.")
        return self.person


Policy = Callable[[Viewer], bool]


def anyone(viewer: Viewer) -> bool:
    return True


def signed_in(viewer: Viewer) -> bool:
    """Also while locked or before a second factor: to unlock, to set one up, to leave."""
    return viewer.person is not None and viewer.person.is_active


def unlocked(viewer: Viewer) -> bool:
    return signed_in(viewer) and not viewer.locked


def inside(viewer: Viewer) -> bool:
    """A person in their own rooms: signed in, unlocked, second factor in place if staff."""
    return unlocked(viewer) and not viewer.second_factor_missing


def clinician(viewer: Viewer) -> bool:
    return inside(viewer) and viewer.known.role == CLINICIAN


def owner(viewer: Viewer) -> bool:
    return inside(viewer) and viewer.known.role == OWNER


def clinician_or_owner(viewer: Viewer) -> bool:
    return clinician(viewer) or owner(viewer)


POLICIES: dict[str, Policy] = {
    "anyone": anyone,
    "signed in": signed_in,
    "unlocked": unlocked,
    "inside": inside,
    "clinician": clinician,
    "owner": owner,
    "clinician or owner": clinician_or_owner,
}


def allows(policy: str, viewer: Viewer) -> bool:
    return POLICIES[policy](viewer)


def people_looked_after(viewer: Viewer, now: datetime) -> QuerySet[Person]:
    """The people a clinician looks after now. Nobody, for anyone else."""
    if not SCOPES["people looked after"](viewer):
        return Person.objects.none()
    care = Care.objects.filter(clinician=viewer.person, since__lte=now, ended_at=None)
    return Person.objects.filter(pk__in=care.values("person"), is_active=True)


def shared_categories(viewer: Viewer, person: Person, now: datetime) -> frozenset[str]:
    """What this person lets this clinician read at this moment; ends with the care itself."""
    if not people_looked_after(viewer, now).filter(pk=person.pk).exists():
        return frozenset()
    shares = Share.objects.in_force(now).filter(person=person, clinician=viewer.person)
    return frozenset(shares.values_list("category", flat=True))


def own_rows(viewer: Viewer) -> Q:
    """The filter for rows that belong to the viewer; matches nothing for nobody."""
    if not SCOPES["own rows"](viewer):
        return Q(pk__in=[])
    return Q(person=viewer.person)


SCOPES: dict[str, Policy] = {
    "people looked after": clinician,
    "own rows": inside,
}
