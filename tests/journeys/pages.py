"""Every page there is, as one meets it: by whom, at which address, and in which states.

``STOPS`` is held against the doors of the matrix: a page that is not in it fails.
"""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID, uuid4

from allauth.account.internal.flows import login
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page

from psoas.care.assessment import licences, plans, replies, screenings, tasks
from psoas.care.assessment.reply_rows import create
from psoas.care.experiment import deciding
from psoas.care.journal import notebook, writing
from psoas.care.journal.models import DAY, MOMENT
from psoas.care.people import applock, links, sharing
from psoas.care.people.access import Viewer
from psoas.care.people.models import PERSON, Person
from psoas.care.people.sessions import SessionStore
from psoas.care.programme import building, sessions
from psoas.content.questionnaires import questionnaire
from psoas.web import doors
from psoas.web.person.experiment_offers import address
from tests import cast
from tests.care.assessment.checks import go_through
from tests.care.experiment import lab
from tests.care.journal.diary_of import write_days
from tests.web.signing_in import SECRET

DAYS = 40
SESSION = UUID("5a7f0a3e-2f0e-4d3c-9a55-6d6f3c1b7e21")
# Which of these many days have no entry at all.
GAPS = {9, 10, 11, 23}
FILE = (
    "day,pain,conflict,Long meetings\n2025-01-05,4,1,2.5\n2025-01-06,,0,1\n2025-01-07,3,0,1\n"
    "2025-01-08,11,0,0\n2025-01-09,12,0,0\n"
)


@dataclass
class Place:
    """What the stops speak of: who is there, and the things that have addresses."""

    people: dict[str, Person]
    entry: UUID
    moment: UUID
    links: dict[str, str] = field(default_factory=dict)
    tests: dict[str, UUID] = field(default_factory=dict)
    asked: dict[str, UUID] = field(default_factory=dict)
    checks: dict[str, UUID] = field(default_factory=dict)


def build() -> Place:
    """A demonstration with a person who kept a diary, staff, and somebody who just came."""
    now = timezone.now()
    cast.installation(is_demo=True)
    people = {
        "mara": cast.mara(),
        "new": cast.person("Nils"),
        "pin": cast.person("Petra"),
        "ines": cast.ines(),
        "olga": cast.olga(),
        "nadia": cast.person("Nadia", "clinician"),
        "ana": cast.person("Ana"),
        "bea": cast.person("Bea"),
        "hanna": cast.person("Hanna"),
    }
    for name in ("ana", "bea"):
        first = timezone.localdate() - timedelta(days=130)
        write_days(people[name], first, 130, cause="long-sitting", others=("stairs", "cold"))
    named = now - timedelta(days=130)
    notebook.name_suspects(Viewer(people["ana"]), [("long-sitting", False)], now=named)
    people["locked"] = people["pin"]
    for name in ("ines", "olga"):
        TOTP.activate(people[name], SECRET)
        RecoveryCodes.activate(people[name])
    applock.set_pin(people["pin"], "2580", "2580", 5, now=now)
    for person, shared in (("mara", {"pain", "feelings"}), ("new", set[str]())):
        sharing.start_care(people["ines"], people[person], actor=people["olga"], now=now)
        sharing.set_shares(people[person], people["ines"].pk, shared, now=now)
    tokens = {
        "setup": links.make("setup", now=now),
        "join": links.make("join", now=now, role=PERSON, name="Wanda"),
        "enter": links.make("enter", now=now, person=people["new"]),
    }
    asked = _answers_of(people["mara"], people["hanna"])
    _follow(people["ana"])
    tests = _experiments(people)
    checks = _checks(people)
    asked["examined"] = _examined(people, now)
    sessions.record(Viewer(people["mo"]), "walk", 12, 6, 4, now, key=SESSION)
    return Place(people, *diary(people["mara"]), tokens, tests, asked, checks)


def _examined(people: dict[str, Person], now: datetime) -> UUID:
    """Cleo, whose check sent her to a clinician: asked, measured, and with something to see to."""
    cleo, ines = people["cleo"], people["ines"]
    shared = {"questionnaires", "movement", "alarm", "sessions"}
    sharing.start_care(ines, cleo, actor=people["olga"], now=now)
    sharing.set_shares(cleo, ines.pk, shared, now=now)
    licences.state(Viewer(people["olga"]), "hoos-12", "Mapi 1234, to Linden", now)
    _finish(Viewer(cleo), "peg", [6, 7, 5], now - timedelta(days=42))
    _finish(Viewer(cleo), "peg", [4, 5, 4], now)
    facts = {"disposition": "C", "questions": ["RF15", "RF17"]}
    tasks.make(cleo, tasks.CHECK, facts, needs="questionnaires", now=now)
    tasks.make(cleo, tasks.HARD_ANSWER, {"level": "opened"}, needs="alarm", now=now)
    tasks.done(Viewer(ines), tasks.open_tasks(Viewer(ines), now)[0].id, now)
    replies.enter(Viewer(ines), cleo.pk, "five-sit-to-stand", ["16.2", "66", "0"], now)
    _planned(cleo, ines, now)
    degrees = [105, 120, 10, 12, 35, 40, 15, 20, 20, 34, 30, 38]
    return replies.enter(Viewer(ines), cleo.pk, "hip-range", degrees, now).id


def _planned(cleo: Person, ines: Person, now: datetime) -> None:
    """A plan with a word in it, and a session that was stopped for a sign."""
    left = {"slug": "half-kneeling-stretch", "side": "left", "sets": 2, "amount": 30}
    items = [{**left, "note": "Keep the tail under."}, {"slug": "bridge"}]
    raw = {"template": "", "note": "Two flights of stairs.", "lock": True, "items": items}
    building.build(Viewer(ines), cleo.pk, raw, seen=0, now=now)
    skipped = {"slug": "bridge", "side": "both", "state": "skipped", "reason": "hurts"}
    at = {"begun_at": now.isoformat(), "at": now.isoformat(), "finished": True}
    pain = {"before": 3, "during": 5, "stop": "groin-catch", "stopped_at": "bridge"}
    told = {"v": 1, "step": 1, "kind": "routine", "items": [skipped], **at, **pain}
    sessions.tell(Viewer(cleo), uuid4(), told, now)


def _follow(person: Person) -> None:
    """Six weeks of asking again: one measure moved, one has a gap, one waits."""
    viewer, now = Viewer(person), timezone.now()
    plans.begin(viewer, ["nprs", "peg", "own-activities"], now - timedelta(days=43))
    for ago, number in ((43, 6), (28, 5), (0, 4)):
        _finish(viewer, "nprs", [number], now - timedelta(days=ago))
    for ago in (43, 0):
        _finish(viewer, "peg", [6, 7, 5], now - timedelta(days=ago))


def _finish(viewer: Viewer, slug: str, values: list[int], at: datetime) -> None:
    reply = replies.begin(viewer, slug, at)
    for number, value in enumerate(values, 1):
        reply = replies.answer(viewer, reply.id, number, value, revision=reply.revision, now=at)
    for number in reply.waiting:
        reply = replies.answer(viewer, reply.id, number, None, revision=reply.revision, now=at)
    replies.finish(viewer, reply.id, revision=reply.revision, now=at)


def _answers_of(mara: Person, hanna: Person) -> dict[str, UUID]:
    """A questionnaire half way, one done, something named, and a hard answer of somebody else's."""
    now, viewer = timezone.now(), Viewer(mara)
    half = replies.begin(viewer, "phq-9", now)
    named = replies.begin(viewer, "own-activities", now)
    replies.answer(viewer, named.id, 1, "Kneeling", revision=1, now=now)
    done = create(mara, questionnaire("phq-2"), now, answers=(1.0, None))
    done = replies.answer(viewer, done.id, 2, 0, revision=1, now=now)
    replies.finish(viewer, done.id, revision=2, now=now)
    hard = create(hanna, questionnaire("asq"), now, answers=(0.0, 0.0, 0.0, 1.0, None))
    replies.answer(Viewer(hanna), hard.id, 5, 1, revision=1, now=now)
    return {"half": half.id, "named": named.id, "done": done.id, "hard": hard.id}


def diary(person: Person) -> tuple[UUID, UUID]:
    """Forty days of one person; returns one day's entry and one night's."""
    viewer, now = Viewer(person), timezone.now()
    with transaction.atomic():
        own = notebook.add_own(viewer, "Long drives", number=True, now=now)
        old = notebook.add_own(viewer, "Choir", number=False, now=now)
        notebook.retire_own(viewer, old.key, now=now)
        notebook.name_suspects(viewer, [("conflict", False), (own.key, False)], now=now)
        for ago in range(DAYS, 0, -1):
            if ago not in GAPS:
                entry, moment = uuid4(), uuid4()
                _day(viewer, ago, own.key, entry, moment)
    return entry, moment


def _day(viewer: Viewer, ago: int, own: str, entry: UUID, moment: UUID) -> None:
    now = timezone.now()
    evening = now - timedelta(days=ago, minutes=20)
    night = {"pain": (ago * 3) % 11, "places": ["front-left-groin"], "at": evening.isoformat()}
    if ago % 5 == 1:
        writing.write_entry(viewer, night, entry_id=moment, kind=MOMENT, now=now)
    told = night | {
        "worst": 8,
        "places": ["front-left-groin", "back-left-buttock"],
        "tension": ["front-jaw"],
        "scales": {"sleep": 4, "stress": 6, "headache": 2},
        "hindered": ["sitting", "sleep"],
        "feelings": {"worried": 3, "calm": 1},
        "triggers": {"conflict": ago % 2, own: 2.5},
        "asked": {"triggers": True, "feelings": True},
        "helped": ["walk", "heat"],
        "stiffness_min": 20,
        "words": "A long day, and a quiet evening.",
    }
    writing.write_entry(viewer, told, entry_id=entry, kind=DAY, now=now)


Act = Callable[[Page], None]


@dataclass(frozen=True)
class Stop:
    """One page in one state. ``act`` brings it there after the address was opened."""

    door: str
    who: str
    path: str
    state: str = ""
    act: Act | None = None
    # The status the page itself answers with, where it is not a plain page.
    answers: int = 200

    def __str__(self) -> str:
        return " ".join(part for part in (self.who, self.path, self.state) if part)


def send(page: Page, **typed: str) -> None:
    """Fill fields of the page's first form by name and send it, past the browser's own checks."""
    for name, text in typed.items():
        page.locator(f"main [name='{name}']").first.fill(text)
    form = page.locator("main form:has(.button)").first
    form.evaluate("(form) => { form.noValidate = true; }")
    with page.expect_navigation():
        form.locator("button:not([type=button])").first.click()


def sending(**typed: str) -> Act:
    return lambda page: send(page, **typed)


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def choose_file(text: str) -> Act:
    def choose(page: Page) -> None:
        if page.get_by_role("button", name="Choose another file").count():
            press(page, "Choose another file")
        file = {"name": "diary.csv", "mimeType": "text/csv", "buffer": text.encode()}
        page.locator("[type=file]").set_input_files(file)  # type: ignore[arg-type]
        send(page)

    return choose


def _twice_the_same(page: Page) -> None:
    for number in (1, 2):
        page.locator(f"#suspect-{number}").select_option("conflict")
    send(page)


def _delete_first(page: Page) -> None:
    press(page, "Delete this entry")


def _wrong_number(page: Page) -> None:
    page.locator("button[name=pain]").first.evaluate("(button) => { button.value = '11'; }")
    with page.expect_navigation():
        page.locator("button[name=pain]").first.click()


def _nothing_chosen(page: Page) -> None:
    page.get_by_role("button", name="Done").click()
    page.locator("#wrong .error").first.wait_for()


def _three_taps(page: Page) -> None:
    page.locator("[data-ready] [data-place=front-left-groin]").click()
    page.locator(".scale label", has_text="6").click()
    page.get_by_role("button", name="Done").click()
    page.locator("#noted-title").wait_for()


def _whole_back(page: Page) -> None:
    page.get_by_role("button", name="Whole body").click()
    page.get_by_role("button", name="Back", exact=True).click()


def _half_way_in(page: Page) -> None:
    send(page, login="ines@example.org", password=cast.PASSWORD)
    page.locator("#mfa_webauthn_authenticate").wait_for()


def _stale(page: Page) -> None:
    page.context.clear_cookies(name="csrftoken")
    send(page, name="Mara")


# Answers that are no page: text, JSON, a file, or a way on to somewhere else.
NO_PAGE = {
    "check-rules",
    "entry-delete",
    "entry-undo",
    "healthz",
    "leave",
    "letter-pdf",
    "lock",
    "manifest",
    "me-everywhere",
    "mfa_download_recovery_codes",
    "mfa_edit_webauthn",
    "mfa_login_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "move-figure",
    "move-sheet-pdf",
    "move-today",
    "outbox",
    "people-care",
    "people-close",
    "task-done",
    "progress-begin",
    "questions-begin",
    "shell-questions",
    "worker",
}


def stops(place: Place) -> Iterator[Stop]:
    for part in PARTS.values():
        yield from part(place)


def _at_the_entrance(place: Place) -> Iterator[Stop]:
    out = "nobody"
    yield Stop("account_login", out, "/in/")
    yield Stop("account_login", out, "/in/", "wrong", sending(login="a@b.cd", password="wrong"))
    yield Stop("mfa_authenticate", out, "/in/", "second step", _half_way_in)
    yield Stop("account_signup", out, "/closed/")
    yield Stop("account_inactive", out, "/inactive/")
    yield Stop("help", out, "/help/")
    yield Stop("help", out, "/help/?country=ZA")
    yield Stop("shell", out, "/now/shell/")
    yield Stop("shell-care", out, "/now/shell/care/")
    yield Stop("shell-move", out, "/now/shell/move/", "nothing kept", _shown("#p-shut"))
    for door in ("setup", "join", "enter"):
        yield Stop(door, out, f"/{door}/{place.links[door]}/")
        yield Stop(door, out, f"/{door}/used/", answers=404)
        if door != "enter":
            yield Stop(door, out, f"/{door}/{place.links[door]}/", "wrong", sending(zone="Mars"))


_JOURNAL = (("today", "/"), ("days", "/days/"), ("weeks", "/weeks/"), ("answers", "/answers/"))


def _in_the_journal(place: Place) -> Iterator[Stop]:
    day = (timezone.localdate() - timedelta(days=10)).isoformat()
    for who in ("new", "mara"):
        for door, path in _JOURNAL:
            yield Stop(door, who, path)
    yield Stop("days", "mara", f"/days/?before={day}")
    yield Stop("weeks", "mara", "/weeks/?weeks=26")
    yield Stop("answers", "ana", "/answers/", "found")
    yield Stop("answers", "bea", "/answers/", "without a guess")
    yield Stop("answers-words", "mara", "/answers/words/")
    yield Stop("now", "mara", "/now/")
    yield Stop("now", "mara", "/now/", "wrong", _nothing_chosen)
    yield Stop("now", "mara", "/now/", "whole body, back", _whole_back)
    yield Stop("now", "mara", "/now/", "noted", _three_taps)
    yield Stop("now", "mara", f"/now/?noted={place.moment}")
    yield Stop("entry-new", "mara", "/days/new/")
    yield Stop("entry-new", "mara", f"/days/new/?day={day}")
    many = sending(at="2999-01-01T03:10", stiffness_min="many")
    yield Stop("entry-new", "mara", "/days/new/", "wrong", many)
    yield Stop("entry", "mara", f"/days/{place.entry}/")
    yield Stop("entry", "mara", f"/days/{place.moment}/")
    yield Stop("entry", "mara", f"/days/{place.entry}/", "wrong", many)
    yield Stop("days", "mara", f"/days/{place.moment}/", "deleted", _delete_first)
    yield Stop("entry-quick", "mara", f"/days/quick/?day={day}")
    yield Stop("entry-quick", "mara", "/days/quick/")
    yield Stop("entry-quick", "mara", f"/days/quick/?day={day}", "wrong", _wrong_number)


def _asking(place: Place) -> Iterator[Stop]:
    yield Stop("questions", "mara", "/questions/")
    for which in ("half", "named"):
        yield Stop("question", "mara", f"/questions/{place.asked.get(which)}/", which)
    yield Stop("question-done", "mara", f"/questions/{place.asked.get('done')}/done/")
    yield Stop("question-done", "hanna", f"/questions/{place.asked.get('hard')}/done/", "help now")
    yield Stop("me-careful", "mara", "/me/careful/")
    yield Stop("letter", "mara", "/letter/")
    yield Stop("letter", "mara", "/letter/", "wrong", sending(name="", words="x" * 1501))
    yield Stop("letter", "mara", "/letter/", "seen", sending(words="It aches by noon."))


def _checked(place: Place) -> Iterator[Stop]:
    yield Stop("check", "ella", "/check/", "held by an emergency")
    yield Stop("check", "hal", "/check/", "half way")
    yield Stop("check", "due", "/check/", "due")
    yield Stop("check", "nina", "/check/")
    yield Stop("check", "nina", "/check/", "wrong", sending())
    here = f"/check/{place.checks.get('hal')}/"
    yield Stop("check-one", "hal", here)
    yield Stop("check-one", "hal", f"{here}?n=2", "back")
    yield Stop("check-one", "hal", here, "another window", _from_an_older_window)
    yield Stop("check-one", "tim", f"/check/{place.checks.get('tim')}/?n=young", "too young")
    yield Stop("check-fall", "due", "/check/fall/")
    for who in ("ella", "sara", "uma", "cleo", "mo", "mara"):
        yield Stop("check-result", who, f"/check/{place.checks.get(who)}/result/", who)
    yield Stop("check-print", "mo", f"/check/{place.checks.get('mo')}/print/")
    told = f"/check/{place.checks.get('cleo')}/told/"
    yield Stop("check-told", "cleo", told)
    yield Stop("check-told", "cleo", told, "wrong", sending(who=""))
    yield Stop("check-again", "due", "/check/again/")
    yield Stop("check-night", "nina", "/check/night/")
    yield Stop("check-night", "nina", "/check/night/", "opened", _open_one)
    for who in ("ella", "mara"):
        yield Stop("care", who, "/care/")
    yield Stop("today", "ella", "/", "an emergency")
    yield Stop("today", "sara", "/", "to a clinician today")
    for door in ("calm", "calm-breath", "calm-position"):
        # Not Mara: her pain jumped in what she wrote since, and the check comes first.
        yield Stop(door, "mo", f"/{door.replace('-', '/')}/")


def _open_one(page: Page) -> None:
    with page.expect_navigation():
        page.locator("button[value=RF06]").click()


def _from_an_older_window(page: Page) -> None:
    page.locator("[name=revision]").evaluate("(field) => { field.value = '1'; }")
    press(page, "No")


def _checks(people: dict[str, Person]) -> dict[str, UUID]:
    """Each outcome, one half way, one that is due, and one who never began."""
    now = timezone.now()
    replaced: dict[str, object] = {"RF16": "yes", "RF16.time": "later", "RF16.approach": "anterior"}
    given: dict[str, dict[str, object]] = {
        "ella": {"RF04": "yes"},
        "sara": {"RF13": "yes"},
        "uma": {"RF02": "not sure", "RF10": "not sure", "RF15": "not sure"},
        "cleo": {"RF15": "yes", "RF17": "yes", "RF17.features": ["waking"]},
        "mo": replaced,
        "mara": {},
        "new": {},
        "tries": {},
        "tried": {},
    }
    with transaction.atomic():
        for who in ("ella", "sara", "uma", "cleo", "mo", "hal", "tim", "due", "nina"):
            people[who] = cast.person(who.title())
        found = {who: go_through(people[who], each, now=now).id for who, each in given.items()}
        go_through(people["due"], now=now - timedelta(weeks=5))
        half = screenings.begin(Viewer(people["hal"]), "full", now)
        for name, answer in (("age", "18-64"), ("RF01", "no"), ("RF01.fall", "no")):
            viewer, revision = Viewer(people["hal"]), half.revision
            half = screenings.answer(viewer, half.id, name, answer, revision=revision, now=now)
        young = screenings.begin(Viewer(people["tim"]), "full", now)
        screenings.answer(
            Viewer(people["tim"]), young.id, "age", "under-16", revision=young.revision, now=now
        )
    return {**found, "hal": half.id, "tim": young.id}


def _moving(place: Place) -> Iterator[Stop]:
    # Mo has a replaced hip: there are limits to keep to, and things to leave out.
    for door in ("move", "move-plan", "move-set-up", "move-everyday", "move-flare", "move-sheet"):
        path = "/move/" if door == "move" else f"/move/{door.removeprefix('move-')}/"
        yield Stop(door, "mo", path)
    yield Stop("move-flare", "mo", "/move/flare/?write=1")
    yield Stop("move-morning", "mo", "/move/morning/")
    yield Stop("move-one", "mo", "/move/e18/")
    yield Stop("move-one", "mo", "/move/e05/", "left out")
    yield Stop("move-outside", "mo", "/move/outside/")
    yield Stop("move-outside", "mo", "/move/outside/?kind=walk")


def _playing(place: Place) -> Iterator[Stop]:
    yield Stop("move-go", "mo", "/move/go/", "before", _shown("#p-before"))
    yield Stop("move-go", "mo", "/move/go/", "under way", _begin)
    yield Stop("move-go", "mo", "/move/go/", "something is wrong", _something_is_wrong)
    yield Stop("move-after", "mo", f"/move/after/{SESSION}/")


def _shown(part: str) -> Act:
    return lambda page: page.locator(part).wait_for()


def _begin(page: Page) -> None:
    # From the visit before: closed as it is.
    page.locator("#p-before:visible, #stage h1:visible").first.wait_for()
    if page.locator("#stage").is_visible():
        page.get_by_role("button", name="Close it as it is").click()
    page.locator("#p-before .scale label").nth(3).click()
    page.get_by_role("button", name="Begin").click()
    page.locator("#p-go").wait_for()
    page.locator("#p-pause").click()


def _something_is_wrong(page: Page) -> None:
    _begin(page)
    page.locator("#p-wrong").click()


def _testing(place: Place) -> Iterator[Stop]:
    for door, path in (("experiments", "/try/"), ("experiment-new", "/try/new/")):
        for who in ("new", "tried"):
            yield Stop(door, who, path)
    offered = partial(address, notebook=_notebook_of(place.people["new"]))
    for tail in (offered("long-sitting"), offered("evening-stretch"), "/try/new/?own=1"):
        yield Stop("experiment-new", "new", tail)
    yield Stop("experiment-new", "new", offered("anniversary"), "watched")
    unasked = offered("evening-stretch")
    yield Stop("experiment-new", "new", unasked, "wrong", lambda page: _start(page))
    medicine = sending(name="ibuprofen")
    yield Stop("experiment-new", "new", "/try/new/?own=1", "wrong", medicine)
    hers = address("daily-walk", _notebook_of(place.people["tries"]))
    yield Stop("experiment-new", "tries", hers, "one is under way")
    yield Stop("today", "tries", "/", "an experiment under way")
    for who in ("tries", "tried", "over", "ended"):
        yield Stop("experiment", who, f"/try/{place.tests[who]}/", who)
    stop = f"/try/{place.tests['tries']}/"
    yield Stop("experiment", "tries", stop, "stopped", lambda page: press(page, "Stop this test"))


def _notebook_of(person: Person) -> notebook.Notebook:
    # Whose it is is all that an address asks of it, and no database is needed to list the stops.
    return notebook.Notebook(owner=person.pk.hex if isinstance(person.pk, UUID) else "")


def _start(page: Page) -> None:
    page.locator("main form:has([name=clinician])").evaluate("(form) => { form.noValidate = true }")
    press(page, "Start")


def _experiments(people: dict[str, Person]) -> dict[str, UUID]:
    """One under way, one over, one with its result, and one that its evidence ended."""
    now, found = timezone.now(), {}
    with transaction.atomic():
        for who, days, effect in (
            ("tries", 30, 0.0),
            ("over", 84, 0.0),
            ("tried", 86, -1.2),
            ("ended", 50, -3.0),
        ):
            people[who] = cast.person(f"{who.title()}er")
            viewer = Viewer(people[who])
            key = lab.begin(viewer, now=now - timedelta(days=days + 1))
            missed = frozenset({13, 14}) if who == "over" else frozenset[int]()
            noise = 0.3 if who == "ended" else 1.2
            lab.write_days(viewer, key, effect=effect, noise=noise, days=days, skip=missed)
            found[who] = key
        deciding.reveal(Viewer(people["tried"]), found["tried"], now=now)
        deciding.look_at_all(now)
    return found


def _about_oneself(place: Place) -> Iterator[Stop]:
    yield Stop("progress", "mara", "/progress/")
    yield Stop("progress", "ana", "/progress/", "followed")
    yield Stop("me-reminders", "mara", "/me/reminders/")
    yield Stop("me", "mara", "/me/")
    yield Stop("me", "mara", "/me/", "wrong", sending(name="", zone="Mars"))
    yield Stop("me", "mara", "/me/", "stale", _stale)
    yield Stop("me-suspects", "mara", "/me/suspects/")
    yield Stop("me-suspects", "mara", "/me/suspects/", "wrong", _twice_the_same)
    yield Stop("me-own", "mara", "/me/own/")
    yield Stop("me-own", "mara", "/me/own/", "wrong", lambda page: press(page, "Add"))
    yield Stop("me-import", "mara", "/me/import/")
    yield Stop("me-import", "mara", "/me/import/", "wrong", sending())
    yield Stop("me-import", "mara", "/me/import/", "nothing to add", choose_file("day,pain\n"))
    yield Stop("me-import", "mara", "/me/import/", "dry run", choose_file(FILE))
    yield Stop("me-export", "mara", "/me/export/")
    yield Stop("me-sharing", "mara", "/me/sharing/")
    yield Stop("me-sharing", "pin", "/me/sharing/", "nobody to share with")
    yield Stop("me-record", "mara", "/me/record/")
    yield Stop("me-record", "mara", "/me/record/?all=1")
    yield Stop("me-erase", "mara", "/me/erase/")
    yield Stop("me-erase", "mara", "/me/erase/", "wrong", sending(word="yes"))
    yield Stop("account_logout", "mara", "/out/")
    yield Stop("today", "mara", "/nothing/", answers=404)


def _keys_and_locks(place: Place) -> Iterator[Stop]:
    yield Stop("me-lock", "mara", "/me/lock/")
    yield Stop("me-lock", "mara", "/me/lock/", "wrong", sending(pin="1", again="2"))
    yield Stop("me-lock", "pin", "/me/lock/")
    yield Stop("locked", "locked", "/locked/")
    yield Stop("locked", "locked", "/locked/", "wrong", sending(pin="1111"))
    yield Stop("account_change_password", "mara", "/me/password/")
    new = {"oldpassword": "x", "password1": "short", "password2": "other"}
    yield Stop("account_change_password", "mara", "/me/password/", "wrong", sending(**new))
    yield Stop("account_reauthenticate", "mara", "/again/")
    yield Stop("mfa_reauthenticate", "ines", "/me/keys/reauthenticate/")
    yield Stop("mfa_index", "mara", "/me/keys/")
    yield Stop("mfa_index", "nadia", "/me/keys/", "none yet")
    yield Stop("mfa_index", "olga", "/me/keys/")
    yield Stop("mfa_activate_totp", "mara", "/me/keys/totp/activate/")
    wrong = sending(code="0")
    yield Stop("mfa_activate_totp", "mara", "/me/keys/totp/activate/", "wrong", wrong)
    yield Stop("mfa_deactivate_totp", "olga", "/me/keys/totp/deactivate/")
    yield Stop("mfa_add_webauthn", "mara", "/me/keys/webauthn/add/")
    yield Stop("mfa_list_webauthn", "mara", "/me/keys/webauthn/")
    yield Stop("mfa_view_recovery_codes", "olga", "/me/keys/recovery-codes/")
    yield Stop("mfa_generate_recovery_codes", "olga", "/me/keys/recovery-codes/generate/")


def _examining(place: Place) -> Iterator[Stop]:
    cleo, saved = place.people["cleo"], place.asked.get("examined")
    yield Stop("tasks", "ines", "/people/tasks/")
    about = f"/people/{cleo.pk}"
    yield Stop("person-check", "ines", f"{about}/check/", "wrong", sending(reason=""))
    yield Stop("person-progress", "ines", f"{about}/progress/")
    yield Stop("person-plan", "ines", f"{about}/plan/", "changed", _earlier)
    yield Stop("person-sessions", "ines", f"{about}/sessions/")
    yield Stop("person-measure", "ines", f"{about}/measure/")
    yield Stop("person-measure", "ines", f"{about}/measure/?saved={saved}", "saved")
    yield Stop("person-measure", "ines", f"{about}/measure/", "HOOS-12", _opens("HOOS-12"))
    yield Stop("person-measure", "ines", f"{about}/measure/", "wrong", _too_far)


def _earlier(page: Page) -> None:
    with page.expect_navigation():
        page.locator("button[value=up-1]").click()


def _opens(name: str) -> Act:
    def go(page: Page) -> None:
        with page.expect_navigation():
            page.locator("main .list-row", has_text=name).click()

    return go


def _too_far(page: Page) -> None:
    _opens("Range of the hip")(page)
    send(page, **{"item-1": "110", "item-2": "999"})


def _half_a_statement(page: Page) -> None:
    press(page, "State this HAGOS")


def _in_the_clinic(place: Place) -> Iterator[Stop]:
    yield Stop("people", "ines", "/people/")
    yield Stop("people-shared", "ines", f"/people/{place.people['mara'].pk}/")
    yield Stop("people-shared", "ines", f"/people/{place.people['new'].pk}/", "nothing shared")
    yield from _examining(place)
    yield Stop("people", "olga", "/people/")
    yield Stop("people-licences", "olga", "/people/licences/", "wrong", _half_a_statement)
    yield Stop("people-invite", "olga", "/people/invite/")
    yield Stop("people-invite", "olga", "/people/invite/", "the link", sending(name="Wim"))
    yield Stop("people-invite", "olga", "/people/invite/", "wrong", sending(name="x" * 99))
    yield Stop("people-clinic", "olga", "/people/clinic/")
    yield Stop("people-clinic", "olga", "/people/clinic/", "wrong", sending(clinic_name=""))


def _journal_and_clinic(place: Place) -> Iterator[Stop]:
    yield from _in_the_journal(place)
    yield from _asking(place)
    yield from _checked(place)
    yield from _moving(place)
    yield from _playing(place)
    yield from _in_the_clinic(place)


def _entrance_and_oneself(place: Place) -> Iterator[Stop]:
    yield from _at_the_entrance(place)
    yield from _testing(place)
    yield from _about_oneself(place)
    yield from _keys_and_locks(place)


# Two walks, so that two cores share them.
PARTS: dict[str, Callable[[Place], Iterator[Stop]]] = {
    "journal and clinic": _journal_and_clinic,
    "entrance and oneself": _entrance_and_oneself,
}


FIGURE = json.dumps(
    {
        "svg": '<svg xmlns="http://www.w3.org/2000/svg" class="fig" viewBox="0 0 4 3"/>',
        "rows": [],
        "seconds": 3,
    }
)


@dataclass
class Walk:
    """A walk along the stops, one browser context a visitor; what went wrong on the way."""

    browser: Browser
    origin: str
    place: Place
    options: dict[str, object]
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    contexts: dict[str, BrowserContext] = field(default_factory=dict)

    def page(self, who: str) -> Page:
        if who not in self.contexts:
            self.contexts[who] = self._come_in(who)
        context = self.contexts[who]
        return context.pages[0] if context.pages else context.new_page()

    def _come_in(self, who: str) -> BrowserContext:
        # What the worker keeps is a journey of its own; here every page is the server's.
        context = self.browser.new_context(service_workers="block", **self.options)  # type: ignore[arg-type]
        context.set_default_timeout(8000)
        # Bodies are solved in tests of their own; here nothing waits for thirty of them.
        context.route("**/move/figure/**", lambda route: route.fulfill(body=FIGURE))
        context.on("request", lambda request: self.requests.append(request.url))
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        context.on("console", self._heard)
        if person := self.place.people.get(who):
            value = session_of(person, locked=who == "locked")
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": self.origin}
            context.add_cookies([cookie])  # type: ignore[list-item]
        return context

    def _heard(self, message: object) -> None:
        text = getattr(message, "text", "")
        # A refused form answers 422 or 404, which Chromium logs as an error of its own.
        if getattr(message, "type", "") == "error" and "Failed to load resource" not in text:
            self.complaints.append(text)

    def to(self, stop: Stop) -> Page:
        """Open a page and bring it into its state, with everything on it unfolded."""
        if stop.who == "nobody" and "nobody" in self.contexts:
            self.contexts["nobody"].clear_cookies()
        page = self.page(stop.who)
        answer = page.goto(self.origin + stop.path)
        assert answer, stop
        found = (answer.status, page.url)
        assert found == (stop.answers, self.origin + stop.path), (stop, found)
        page.evaluate(UNFOLD)
        if stop.act:
            stop.act(page)
            page.evaluate(UNFOLD)
        page.evaluate(SHORTEN)
        return page


# Rows beyond these are drawn by the same loop; looking at four of them is looking at all.
SHORTEN = """document.querySelectorAll('main :is(tbody, .timeline)')
  .forEach((list) => [...list.children].slice(4).forEach((row) => row.remove()))"""
UNFOLD = "document.querySelectorAll('details').forEach((each) => { each.open = true; })"


@contextmanager
def walking(browser: Browser, origin: str, **options: object) -> Iterator[Walk]:
    walk = Walk(browser, origin, build(), options)
    yield walk
    for context in walk.contexts.values():
        context.close()


def session_of(person: Person, *, locked: bool = False) -> str:
    """A session that has just given its password, so that no page asks for it again."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    proof = {"method": "password", "at": time.time(), "reauthenticated": True}
    session[login.AUTHENTICATION_METHODS_SESSION_KEY] = [proof]
    session[login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(person.pk)
    session[doors.LAST_SEEN] = time.time()
    if locked:
        session[doors.LOCKED] = True
    session.save()
    return str(session.session_key)
