"""Server time and weight of the pages of Move, with the demonstration's plan and sessions.

Through the whole stack of middleware as a worker process runs it (Django's test client, no socket),
as `pages` does; weight as `weight` does. Asked: a first load of at most 60 kB before its figures, a
still of at most 3 kB and an animation of at most 15 kB, compressed.
"""

import gzip
import json
import re
import time
from datetime import UTC, datetime
from statistics import median

from benchmarks import installation, table
from benchmarks.weight import ASKED, files_of

RUNS = 150
ANIMATION, STILL = 15.0, 3.0
_FIGURE = re.compile(r'<svg[^>]*class="fig\b.*?</svg>', re.S)


def main() -> None:
    env = installation.make(demo=True)
    from django.conf import settings
    from django.test import Client
    from django.urls import reverse

    from psoas.care.journal import demonstration
    from psoas.care.people.models import Person
    from psoas.care.programme import demonstration as moved

    settings.ALLOWED_HOSTS = ["testserver"]
    now = datetime.now(UTC)
    demonstration.load(now)
    moved.fill(now)
    mara = Person.objects.get(email=demonstration.PERSON_EMAIL)
    person, clinician = Client(), Client()
    person.force_login(mara)
    clinician.force_login(Person.objects.get(email=demonstration.CLINICIAN_EMAIL))
    doors = (
        ("hub", person, reverse("move")),
        ("plan", person, reverse("move-plan")),
        ("an exercise", person, reverse("move-one", args=["e01"])),
        ("player", person, reverse("move-go")),
        ("today, JSON", person, reverse("move-today")),
        ("figure, JSON", person, reverse("move-figure", args=["e01", "left"])),
        ("clinic: plan", clinician, reverse("person-plan", args=[mara.pk])),
        ("clinic: sessions", clinician, reverse("person-sessions", args=[mara.pk])),
    )
    timed, weighed = [], []
    for name, client, path in doors:
        took, worked, content = _timed(client, path)
        timed.append(
            (
                name,
                f"{median(took):.1f}",
                f"{table.quantile(took, 0.95):.1f}",
                f"{table.quantile(worked, 0.95):.1f}",
                f"{len(content) / 1000:.0f}",
            )
        )
        weighed.append(_weighed(name, content.decode(), env.data / "static"))
    table.show(
        "Server time, the demonstration's person",
        ("page", "ms, median", "ms, p95", "CPU ms, p95", "kB, plain"),
        timed,
    )
    table.show(
        "First load, gzip",
        ("page", "kB page", "of it figures", "kB files", "kB before figures", "asked"),
        weighed,
    )
    _figures()


def _timed(  # type: ignore[no-untyped-def]
    client, path: str
) -> tuple[list[float], list[float], bytes]:
    took, worked = [], []
    for _ in range(RUNS):
        began, busy = time.perf_counter(), time.process_time()
        response = client.get(path)
        took.append((time.perf_counter() - began) * 1000)
        worked.append((time.process_time() - busy) * 1000)
        if response.status_code != 200:
            raise SystemExit(f"{path} answered {response.status_code}")
    return took[10:], worked[10:], response.content


def _weighed(name: str, page: str, root) -> tuple[str, ...]:  # type: ignore[no-untyped-def]
    whole, bare = _gzipped(page), _gzipped(_FIGURE.sub("", page))
    files = sum(files_of(page, root).values()) / 1000
    asked = "" if name.startswith(("clinic", "today", "figure")) else f"{ASKED:.0f}"
    return (
        name,
        f"{whole:.1f}",
        f"{whole - bare:.1f}",
        f"{files:.1f}",
        f"{bare + files:.1f}",
        asked,
    )


def _gzipped(text: str) -> float:
    return len(gzip.compress(text.encode(), 6)) / 1000


def _figures() -> None:
    """The largest still and animation of the library."""
    from psoas.content.exercises import EXERCISES
    from psoas.motion import figure

    drawn = [each for each in EXERCISES if each.figure is not None]
    whole = {
        "still": {each.code: figure.still(each, at="end") for each in drawn},
        "animation": {
            each.code: json.dumps(figure.animation(each, "right"), separators=(",", ":"))
            for each in drawn
        },
    }
    rows = []
    for name, asked in (("still", STILL), ("animation", ANIMATION)):
        sizes = {code: _gzipped(text) for code, text in whole[name].items()}
        most = max(sizes, key=lambda code: sizes[code])
        largest = f"{sizes[most]:.1f} ({most})"
        rows.append((name, f"{median(sizes.values()):.1f}", largest, f"{asked:.0f}"))
    heads = ("what", "kB median", "kB most", "asked")
    table.show(f"Figures, gzip, {len(drawn)} of them", heads, rows)


if __name__ == "__main__":
    main()
