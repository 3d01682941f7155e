"""A small clinic in which every kind of visitor stands before every door.

``DOORS`` restates, by hand, who may pass. A page that is not in it fails the matrix.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db.models import Q
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from psoas.care.assessment import replies, screenings, tasks, walking
from psoas.care.assessment.models import Task
from psoas.care.experiment import starting, switches
from psoas.care.journal import notebook, writing
from psoas.care.journal.models import DAY, MOMENT
from psoas.care.people import applock, sharing
from psoas.care.people.access import Viewer
from psoas.care.people.models import CATEGORIES, CLINICIAN, Person, Share
from psoas.care.programme import building, sessions
from psoas.content.redflags import questions
from psoas.web import doors
from tests import cast
from tests.care.journal.diary_of import write_days

# Words that stand in Mara's record and nowhere else. Nobody who may not read it ever meets one.
CANARIES = (
    "kestrelword",
    "plovertrigger",
    "dotterelbreak",
    "7.2512463",
    "wigeonplan",
    "curlewstretch",
)
SHARED_CANARIES = ("7.2512463",)
# What her plan says is read by whoever looks after her, whatever she shares.
PLAN_CANARIES = ("wigeonplan",)
MARAS_NAME = "Maraheron"


@dataclass
class World:
    people: dict[str, Person]
    entry: UUID
    deleted: UUID
    own_key: str
    experiment: UUID
    check: UUID
    task: UUID
    reply: UUID
    session: UUID

    def client(self, role: str) -> Client:
        client = Client(raise_request_exception=True)
        if role == "anonymous":
            return client
        person = self.people[role]
        # A session that began while the account was open: the worst moment to be closed.
        active, person.is_active = person.is_active, True
        client.force_login(person)
        person.is_active = active
        if role == "locked":
            session = client.session
            session[doors.LOCKED] = True
            session.save()
        return client


ROLES = (
    "anonymous",
    "mara",
    "tom",
    "assigned",
    "expired",
    "ended",
    "unassigned",
    "receptionist",
    "owner",
    "no second factor",
    "deactivated",
    "locked",
)
PEOPLE = frozenset(ROLES) - {"anonymous", "deactivated"}
IN = PEOPLE - {"locked", "no second factor"}
CLINICIANS = frozenset({"assigned", "expired", "ended", "unassigned"})
# Whom each policy admits, said a second time and independently of the code.
ADMITS = {
    "anyone": frozenset(ROLES),
    "signed in": PEOPLE,
    "unlocked": PEOPLE - {"locked"},
    "inside": IN,
    "clinician": CLINICIANS,
    "owner": frozenset({"owner"}),
    "clinician or owner": CLINICIANS | {"owner"},
}


@dataclass(frozen=True)
class Door:
    """One address: its policy, an example of Mara's, who may reach that, and what may be posted."""

    policy: str
    kwargs: Callable[[World], dict[str, Any]] = lambda world: {}
    # Who reaches the example itself; everybody else admitted to the door gets a 404.
    reaches: frozenset[str] | None = None
    post: Callable[[World], dict[str, Any]] = field(default=lambda world: {})


def _entry(world: World) -> dict[str, Any]:
    return {"key": world.entry}


def _check(world: World) -> dict[str, Any]:
    return {"key": world.check}


def _task(world: World) -> dict[str, Any]:
    return {"key": world.task}


def _reply(world: World) -> dict[str, Any]:
    return {"key": world.reply}


def _mara(world: World) -> dict[str, Any]:
    return {"key": world.people["mara"].pk}


MARA = frozenset({"mara"})
# What they share has ended for one of them, the care has not.
LOOKED_AFTER_BY = frozenset({"assigned", "expired"})
DOORS: dict[str, Door] = {
    "account_change_password": Door("unlocked"),
    "account_inactive": Door("anyone"),
    "account_login": Door("anyone"),
    "account_logout": Door("anyone"),
    "account_reauthenticate": Door("unlocked"),
    "account_signup": Door("anyone"),
    "answers": Door("inside"),
    "answers-words": Door("inside"),
    "calm": Door("inside"),
    "calm-breath": Door("inside"),
    "calm-position": Door("inside"),
    "care": Door("inside"),
    "check": Door("inside", post=lambda world: {"age": "18-64"}),
    "check-again": Door("inside", post=lambda world: {"done": "1"}),
    "check-fall": Door("inside"),
    "check-night": Door("inside", post=lambda world: {"done": "1"}),
    "check-one": Door("inside", _check, MARA),
    "check-print": Door("inside", _check, MARA),
    "check-result": Door("inside", _check, MARA),
    "check-told": Door("inside", _check, MARA),
    "check-rules": Door("anyone"),
    "days": Door("inside"),
    "enter": Door("anyone", lambda world: {"token": "not-a-token"}),
    "entry": Door(
        "inside", _entry, MARA, lambda world: {"pain": "3", "revision": "1", "kind": "day"}
    ),
    "entry-delete": Door("inside", _entry, MARA),
    "entry-new": Door("inside"),
    "entry-quick": Door("inside", post=lambda world: {"pain": "3"}),
    "entry-undo": Door("inside", lambda world: {"key": world.deleted}, MARA),
    "experiment": Door("inside", lambda world: {"key": world.experiment}, MARA),
    "experiment-new": Door("inside"),
    "experiments": Door("inside"),
    "healthz": Door("anyone"),
    "help": Door("anyone"),
    "join": Door("anyone", lambda world: {"token": "not-a-token"}),
    "leave": Door("anyone"),
    "letter": Door("inside"),
    "letter-pdf": Door("inside"),
    "lock": Door("unlocked"),
    "locked": Door("signed in"),
    "manifest": Door("anyone"),
    "me": Door("inside"),
    "me-careful": Door("inside"),
    "me-erase": Door("inside"),
    "me-everywhere": Door("inside"),
    "me-export": Door("inside"),
    "me-import": Door("inside"),
    "me-lock": Door("inside"),
    "me-own": Door("inside"),
    "me-record": Door("inside"),
    "me-reminders": Door("inside"),
    "me-sharing": Door("inside"),
    "me-suspects": Door("inside"),
    "mfa_activate_totp": Door("unlocked"),
    "mfa_add_webauthn": Door("unlocked"),
    "mfa_authenticate": Door("anyone"),
    "mfa_deactivate_totp": Door("unlocked"),
    "mfa_download_recovery_codes": Door("unlocked"),
    "mfa_edit_webauthn": Door("unlocked", lambda world: {"pk": 1}),
    "mfa_generate_recovery_codes": Door("unlocked"),
    "mfa_index": Door("unlocked"),
    "mfa_list_webauthn": Door("unlocked"),
    "mfa_login_webauthn": Door("anyone"),
    "mfa_reauthenticate": Door("unlocked"),
    "mfa_reauthenticate_webauthn": Door("unlocked"),
    "mfa_remove_webauthn": Door("unlocked", lambda world: {"pk": 1}),
    "mfa_view_recovery_codes": Door("unlocked"),
    "move": Door("inside"),
    "move-after": Door("inside", lambda world: {"key": world.session}, MARA),
    "move-everyday": Door("inside"),
    "move-figure": Door("inside", lambda world: {"code": "e10", "side": "right"}),
    "move-flare": Door("inside"),
    "move-go": Door("inside"),
    "move-morning": Door("inside"),
    "move-one": Door("inside", lambda world: {"code": "e10"}),
    "move-outside": Door("inside"),
    "move-plan": Door("inside"),
    "move-set-up": Door("inside"),
    "move-sheet": Door("inside"),
    "move-sheet-pdf": Door("inside"),
    "move-today": Door("inside"),
    "now": Door("inside"),
    "outbox": Door("inside"),
    "people": Door("clinician or owner"),
    "people-care": Door("owner", _mara),
    "people-clinic": Door("owner"),
    "people-close": Door("owner", _mara),
    "people-invite": Door("owner"),
    "people-licences": Door("owner"),
    "people-shared": Door("clinician", _mara, LOOKED_AFTER_BY),
    "person-check": Door("clinician", _mara, LOOKED_AFTER_BY),
    "person-measure": Door("clinician", _mara, LOOKED_AFTER_BY),
    "person-plan": Door("clinician", _mara, LOOKED_AFTER_BY),
    "person-progress": Door("clinician", _mara, LOOKED_AFTER_BY),
    "person-sessions": Door("clinician", _mara, LOOKED_AFTER_BY),
    "progress": Door("inside"),
    "progress-begin": Door("inside", post=lambda world: {"chosen": "peg"}),
    "question": Door("inside", _reply, MARA),
    "question-done": Door("inside", _reply, MARA),
    "questions": Door("inside"),
    "questions-begin": Door("inside", post=lambda world: {"what": "peg"}),
    "setup": Door("anyone", lambda world: {"token": "not-a-token"}),
    "shell": Door("anyone"),
    "shell-care": Door("anyone"),
    "shell-move": Door("anyone"),
    "shell-questions": Door("anyone"),
    "task-done": Door("clinician", _task, frozenset({"assigned"})),
    "tasks": Door("clinician"),
    "today": Door("inside"),
    "weeks": Door("inside"),
    "worker": Door("anyone"),
}


def build() -> World:
    now = timezone.now()
    cast.installation()
    people = {
        "mara": cast.person(MARAS_NAME),
        "tom": cast.tom(),
        "assigned": cast.ines(),
        "unassigned": cast.jonas(),
        "expired": cast.person("Kim", CLINICIAN),
        "ended": cast.person("Lou", CLINICIAN),
        "receptionist": cast.rosa(),
        "owner": cast.olga(),
        "no second factor": cast.person("Nadia", CLINICIAN),
        "deactivated": cast.person("Dead"),
        "locked": cast.person("Lena"),
    }
    for name in ("assigned", "unassigned", "expired", "ended", "receptionist", "owner"):
        TOTP.activate(people[name], generate_totp_secret())
    _care_and_shares(people)
    for name in ("mara", "tom", "locked", "deactivated"):
        _journal(people[name])
    applock.set_pin(people["locked"], "2580", "2580", 5, now=now)
    mara = Viewer(people["mara"])
    own = notebook.add_own(mara, "plovertrigger", number=False, now=now)
    entry, deleted = uuid4(), uuid4()
    for key in (entry, deleted):
        raw = {
            "pain": 7.2512463,
            "places": ["front-left-groin"],
            "words": "kestrelword",
            "triggers": {own.key: 1},
            "asked": {"triggers": True, "feelings": True},
        }
        writing.write_entry(mara, raw, entry_id=key, kind=DAY, now=now - timedelta(minutes=5))
    writing.delete_entry(mara, deleted, now=now)
    _answers(mara, own.key)
    sharing.deactivate(people["deactivated"], actor=people["owner"], now=now)
    # Everybody inside has done it, so that whom a door does not admit shows and not the gate.
    checks = {name: _check_of(Viewer(people[name]), now) for name in sorted(IN)}
    task = _task_about(people["mara"], people["assigned"], now)
    _plan(people["mara"], people["assigned"], now)
    world = World(
        people,
        entry,
        deleted,
        own.key,
        _experiment(mara),
        checks["mara"],
        task,
        _answering(mara),
        _session(mara),
    )
    # Decided and drawn once, as they are at the first look; the next look writes nothing.
    assert b"plovertrigger" in world.client("mara").get(reverse("answers")).content
    return world


def _answers(mara: Viewer, key: str) -> None:
    """Sixty days on which her own trigger goes with the pain of the day after."""
    first = timezone.localdate() - timedelta(days=60)
    write_days(mara.known, first, 59, cause=key, others=())
    notebook.name_suspects(mara, [(key, False)], now=timezone.now() - timedelta(days=60))


def _check_of(viewer: Viewer, now: datetime) -> UUID:
    """A check to its end, with nothing that speaks against exercise."""
    answers = walking.quiet(questions())
    return screenings.whole(viewer, answers, key=uuid4(), kind="full", at=now, now=now).id


def _task_about(mara: Person, clinician: Person, now: datetime) -> UUID:
    """What waits for whoever looks after her; one of theirs is the example."""
    facts = {"disposition": "C", "questions": ["RF12"]}
    tasks.make(mara, tasks.CHECK, facts, needs="questionnaires", now=now)
    return Task.objects.get(clinician=clinician).pk


def _answering(mara: Viewer) -> UUID:
    now = timezone.now()
    begun = replies.begin(mara, "own-activities", now)
    return replies.answer(mara, begun.id, 1, "kestrelword", revision=1, now=now).id


def _session(mara: Viewer) -> UUID:
    """A session of hers, and a walk: what that came to is on a page of its own."""
    now = timezone.now()
    begun = (now - timedelta(minutes=9)).isoformat()
    left_out = {"slug": "curlewstretch", "side": "left", "state": "skipped", "reason": "hurts"}
    told = {"v": 1, "step": 1, "kind": "routine", "begun_at": begun, "at": now.isoformat()}
    sessions.tell(mara, uuid4(), {**told, "items": [left_out], "finished": True}, now)
    return sessions.record(mara, "walk", 12, 2, 3, now).id


def _plan(mara: Person, clinician: Person, now: datetime) -> None:
    """A plan that a clinician built for her and locked, with her own words above it."""
    items = [{"slug": "bridge", "sets": 2, "amount": 8, "note": "wigeonplan"}]
    raw = {"template": "", "note": "wigeonplan", "lock": True, "items": items}
    building.build(Viewer(clinician), mara.pk, raw, seen=0, now=now)


def _experiment(mara: Viewer) -> UUID:
    switch = switches.in_own_words("dotterelbreak", "dotterelbreak at noon")
    answered, now = {"clinician": "no"}, timezone.now()
    return starting.start(mara, switch, answered, experiment_id=uuid4(), now=now).id


def _journal(person: Person) -> None:
    now = timezone.now() - timedelta(hours=2)
    raw = {"pain": 2, "places": ["front-right-groin"]}
    writing.write_entry(Viewer(person), raw, entry_id=uuid4(), kind=MOMENT, now=now)


def _care_and_shares(people: dict[str, Person]) -> None:
    mara, now = people["mara"], timezone.now()
    for name in ("assigned", "expired", "ended"):
        sharing.start_care(people[name], mara, actor=people["owner"], now=now - timedelta(days=9))
        # Where the share ran out it had been wide, so that opening it again shows words of hers.
        shared = {"pain", "feelings", "sessions"} if name == "expired" else {"pain"}
        sharing.set_shares(mara, people[name].pk, shared, now=now - timedelta(days=8))
    Share.objects.filter(clinician=people["expired"]).update(until=now - timedelta(days=1))
    sharing.end_care(people["ended"], mara, actor=people["owner"], now=now - timedelta(days=2))


# What a scope becomes when its guard is taken away, for the mutation run.
def everybodys_rows(viewer: Viewer) -> Q:
    return Q()


def everybody(viewer: Viewer, now: Any) -> Any:
    return Person.objects.all()


def everything(viewer: Viewer, person: Person, now: Any) -> frozenset[str]:
    return frozenset(CATEGORIES)


def all_shares(now: Any) -> Any:
    return Share.objects.filter(ended_at=None)
