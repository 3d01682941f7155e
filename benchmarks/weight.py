"""What a first load of each page weighs: at most 60 kB, compressed as a browser gets it."""

import gzip
import re

from benchmarks import installation, table

ASKED = 60.0
_LOADED = re.compile(r'(?:href|src)="(/static/[^"#?]+)(?:#[^"]*)?"')
_IMPORTED = re.compile(r'from\s*"(\./[^"]+)"|import\s*"(\./[^"]+)"')


def main() -> None:
    env = installation.make(demo=True)
    from datetime import UTC, datetime

    from django.conf import settings
    from django.test import Client

    from psoas.care.journal import demonstration
    from psoas.care.people.models import Person

    settings.ALLOWED_HOSTS = ["testserver"]
    demonstration.load(datetime.now(UTC))
    client = Client()
    signed_out = Client()
    client.force_login(Person.objects.get(email=demonstration.PERSON_EMAIL))
    rows = []
    for path, visitor in (
        ("/in/", signed_out),
        ("/help/", signed_out),
        ("/", client),
        ("/now/", client),
        ("/days/", client),
        ("/days/new/", client),
        ("/weeks/", client),
        ("/weeks/?weeks=26", client),
        ("/care/", client),
        ("/check/again/", client),
        ("/calm/breath/", client),
        ("/questions/", client),
        ("/progress/", client),
        ("/letter/", client),
        ("/me/", client),
    ):
        response = visitor.get(path)
        page = response.content.decode()
        files = files_of(page, env.data / "static")
        html = len(gzip.compress(page.encode(), 6)) / 1000
        rest = sum(files.values()) / 1000
        rows.append((path, f"{html:.1f}", f"{rest:.1f}", f"{html + rest:.1f}", f"{ASKED:.0f}"))
    table.show(
        "First load, gzip (page + styles + scripts + icons)",
        ("page", "kB page", "kB files", "kB in all", "kB asked"),
        rows,
    )


def files_of(page: str, root) -> dict[str, int]:  # type: ignore[no-untyped-def]
    """Every static file a browser would fetch, with what scripts import in turn."""
    waiting = [name for name in _LOADED.findall(page) if not name.endswith(".png")]
    seen: dict[str, int] = {}
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        data = (root / name.removeprefix("/static/")).read_bytes()
        seen[name] = len(gzip.compress(data, 6))
        if name.endswith(("js", "mjs")):
            folder = name.rsplit("/", 1)[0]
            for pair in _IMPORTED.findall(data.decode()):
                waiting.append(f"{folder}/{(pair[0] or pair[1]).removeprefix('./')}")
    return seen


if __name__ == "__main__":
    main()
