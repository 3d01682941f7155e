"""The people every test meets. Each has words of their own that nobody else may ever see."""

from datetime import UTC, datetime, timedelta

from psoas.care.people import joining, sharing
from psoas.care.people.access import Viewer
from psoas.care.people.models import CLINICIAN, OWNER, PERSON, RECEPTIONIST, Person

NOW = datetime(2026, 4, 14, 8, 0, tzinfo=UTC)
PASSWORD = "a long walk by the sea"


def person(name: str, role: str = PERSON, zone: str = "Europe/London") -> Person:
    arrival = joining.Arrival(name, f"{name.lower()}@example.org", PASSWORD, zone)
    return joining.welcome(arrival, role=role, now=NOW - timedelta(days=400))


def installation(*, is_demo: bool = False, clinic_name: str = "Linden") -> None:
    joining.set_installation(is_demo=is_demo, now=NOW, clinic_name=clinic_name, country="GB")


def mara() -> Person:
    """The person with the hip; the owner of what a test looks at."""
    return person("Mara")


def tom() -> Person:
    """A stranger: another person with an account, who may see nothing of Mara's."""
    return person("Tom")


def ines() -> Person:
    """A physiotherapist."""
    return person("Ines", CLINICIAN)


def jonas() -> Person:
    """Another physiotherapist, who looks after nobody here."""
    return person("Jonas", CLINICIAN)


def rosa() -> Person:
    """At reception."""
    return person("Rosa", RECEPTIONIST)


def olga() -> Person:
    """Owns the clinic."""
    return person("Olga", OWNER)


def viewer(person: Person) -> Viewer:
    return Viewer(person)


def under_care(of: Person, who: Person, *categories: str) -> None:
    """Let ``of`` look after ``who``, and ``who`` share these categories."""
    sharing.start_care(of, who, actor=of, now=NOW - timedelta(days=30))
    sharing.set_shares(who, of.pk, set(categories), now=NOW - timedelta(days=29))
