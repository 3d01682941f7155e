"""The project's own settings, over a data folder that lives as long as the test run."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_home = Path(os.environ.get("PSOAS_TEST_HOME") or tempfile.mkdtemp(prefix="psoas-tests-"))
if "PSOAS_TEST_HOME" not in os.environ:
    atexit.register(shutil.rmtree, _home, ignore_errors=True)
os.environ.update(
    PSOAS_HOME=str(_home),
    PSOAS_DEMO="0",
    PSOAS_URL="http://localhost:8000",
    PSOAS_DATA="",
    PSOAS_KEYS="",
    PSOAS_MAIL="",
)

from psoas.care.people.keyring import Keyring  # noqa: E402

_keys = _home / "real" / "keys"
if not (_keys / "vault.key").exists():
    Keyring.create(_keys)
(_home / "real" / "data" / "static").mkdir(parents=True, exist_ok=True)

from psoas.site.settings import *  # noqa: E402, F403

# Argon2 is slow on purpose; the tests that are about passwords put it back.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# A file, not memory: threads and the server that browsers drive each open a connection of
# their own, as in production.
DATABASES["default"]["TEST"] = {"NAME": _home / "test.sqlite3"}  # noqa: F405
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
