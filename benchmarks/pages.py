"""Server time of the journal's pages: at most 30 ms at p95.

One person with three years of three entries a day, and 1,000 other people in the database, through
the whole stack of middleware as a worker process runs it (Django's test client, no socket).
"""

import time
from datetime import UTC, datetime, timedelta
from statistics import median
from uuid import uuid4

from benchmarks import installation, table

YEARS_OF_DAYS = 3 * 365
OTHERS = 1_000
RUNS = 200


def main() -> None:
    installation.make()
    client = _signed_in()
    rows = []
    for name, path in (
        ("today", "/"),
        ("hurting now", "/now/"),
        ("days", "/days/"),
        ("weeks, 5", "/weeks/"),
        ("weeks, 26", "/weeks/?weeks=26"),
        ("weeks, 52", "/weeks/?weeks=52"),
        ("answers", "/answers/"),
        ("day entry form", "/days/new/"),
        ("care", "/care/"),
        ("check, asked again", "/check/again/"),
        ("breath (behind the gate)", "/calm/breath/"),
        ("questions", "/questions/"),
        ("what changes", "/progress/"),
    ):
        took = []
        for _ in range(RUNS):
            began = time.perf_counter()
            response = client.get(path)
            took.append((time.perf_counter() - began) * 1000)
            if response.status_code != 200:
                raise SystemExit(f"{path} answered {response.status_code}")
        took = took[10:]
        asked = "30" if name in {"days", "weeks, 5", "today", "answers"} else ""
        rows.append(
            (
                name,
                f"{median(took):.1f}",
                f"{table.quantile(took, 0.95):.1f}",
                asked,
                f"{len(response.content) / 1000:.0f}",
            )
        )
    table.show(
        f"Server time, {YEARS_OF_DAYS * 3:,} entries of one person, {OTHERS:,} other people",
        ("page", "ms, median", "ms, p95", "p95 asked", "kB, plain"),
        rows,
    )


def _signed_in():  # type: ignore[no-untyped-def]
    from django.conf import settings
    from django.test import Client

    from psoas.care.journal import notebook
    from psoas.care.people import joining
    from psoas.care.people.access import Viewer
    from psoas.care.people.models import PERSON

    settings.ALLOWED_HOSTS = ["testserver", "localhost"]
    # Passwords are not what is measured; Argon2 a thousand times would take minutes.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    now = datetime.now(UTC)
    long_ago = now - timedelta(days=1200)
    joining.set_installation(is_demo=False, now=long_ago, clinic_name="", country="GB")
    person = joining.welcome(
        joining.Arrival("Mara", "mara@example.org", "", "Europe/London"), role=PERSON, now=long_ago
    )
    notebook.name_suspects(Viewer(person), [("stairs", False), ("poor-sleep", False)], now=long_ago)
    _write_years(person, now)
    _answer_often(person, now)
    _crowd(long_ago)
    client = Client()
    client.force_login(person)
    return client


def _write_years(person, now) -> None:  # type: ignore[no-untyped-def]
    from psoas.care.journal import drafts
    from psoas.care.journal.models import DAY, MOMENT, Entry
    from psoas.care.journal.notebook import Notebook
    from psoas.care.journal.sealing import journal_sealer, seal_entry
    from psoas.content.triggers import TRIGGERS

    sealer = journal_sealer(person)
    entries = []
    for back in range(YEARS_OF_DAYS):
        for hour, kind in ((3, MOMENT), (13, MOMENT), (20, DAY)):
            at = (now - timedelta(days=back + 1)).replace(hour=hour)
            raw = {
                "at": at.isoformat(),
                "pain": (back * 7 + hour) % 11,
                "places": ["front-left-groin"],
                "asked": {"triggers": kind == DAY, "feelings": kind == DAY},
                "triggers": [TRIGGERS[back % 20].slug],
                "feelings": {"worried": 3, "tired": 2},
                "words": "turned over and slept again" if kind == DAY else "",
            }
            draft = drafts.check(raw, kind=kind, zone=person.zone, now=now, notebook=Notebook())
            key = uuid4()
            entries.append(
                Entry(
                    id=key,
                    person=person,
                    day=draft.day,
                    kind=kind,
                    sealed=seal_entry(sealer, key, 1, draft.document, day=draft.day, kind=kind),
                )
            )
    Entry.objects.bulk_create(entries, batch_size=500)


def _answer_often(person, now) -> None:  # type: ignore[no-untyped-def]
    """The check once and fifteen times its part that is asked again, and PEG twenty times."""
    from psoas.care.assessment import plans, replies, screenings
    from psoas.care.assessment.walking import quiet
    from psoas.care.people.access import Viewer
    from psoas.content.redflags import questions

    viewer, answers = Viewer(person), quiet(questions())
    for weeks in range(60, -1, -4):
        at = now - timedelta(weeks=weeks)
        kind = "full" if weeks == 60 else "again"
        screenings.whole(viewer, answers, key=uuid4(), kind=kind, at=at, now=at)
    plans.begin(viewer, ("peg", "nprs"), now - timedelta(weeks=12))
    for weeks in range(20, 0, -1):
        at = now - timedelta(weeks=weeks)
        reply = replies.begin(viewer, "peg", at)
        for number in (1, 2, 3):
            reply = replies.answer(
                viewer, reply.id, number, weeks % 11, revision=reply.revision, now=at
            )
        if reply.finished_at is None:
            replies.finish(viewer, reply.id, revision=reply.revision, now=at)


def _crowd(now) -> None:  # type: ignore[no-untyped-def]
    from django.db import transaction

    from psoas.care.journal import writing
    from psoas.care.journal.models import MOMENT
    from psoas.care.people import joining
    from psoas.care.people.access import Viewer
    from psoas.care.people.models import PERSON

    with transaction.atomic():
        for number in range(OTHERS):
            other = joining.welcome(
                joining.Arrival(f"P{number}", f"p{number}@example.org", "", "Europe/London"),
                role=PERSON,
                now=now,
            )
            for hour in range(3):
                raw = {
                    "pain": 4,
                    "places": ["front-left-groin"],
                    "at": (now + timedelta(hours=hour)).isoformat(),
                }
                writing.write_entry(
                    Viewer(other), raw, entry_id=uuid4(), kind=MOMENT, now=now + timedelta(days=1)
                )


if __name__ == "__main__":
    main()
