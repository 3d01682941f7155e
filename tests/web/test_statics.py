"""Files under hashed names, as an installation serves them."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import override_settings


@pytest.fixture(scope="module")
def collected(tmp_path_factory) -> Path:
    folder: Path = tmp_path_factory.mktemp("static")
    storages = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "psoas.web.statics.HashedStatics"},
    }
    with override_settings(STORAGES=storages, STATIC_ROOT=folder):
        call_command("collectstatic", interactive=False, verbosity=0)
    return folder


def test_scripts_import_one_another_by_their_hashed_names(collected):
    # Loaded under two names, the outbox would run twice on one page.
    hashed = re.compile(r"\.[0-9a-f]{12}\.mjs$")
    imports = 0
    for script in (collected / "js").glob("*.mjs"):
        if not hashed.search(script.name):
            continue
        for name in re.findall(
            r"""(?:from\s*|import\()["']([^"']+)["']""", script.read_text(encoding="utf-8")
        ):
            imports += 1
            assert hashed.search(name), (script.name, name)
            assert (script.parent / name).is_file()
    assert imports


def test_no_hashed_file_has_two_versions(collected):
    # An older version of a script, kept beside the last, would be what some page imports.
    names = [re.sub(r"\.[0-9a-f]{12}\.", ".", path.name) for path in collected.glob("js/*.*.mjs")]
    assert len(names) == len(set(names))
