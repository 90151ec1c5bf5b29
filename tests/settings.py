"""The production settings, with the few changes tests need.

Whatever a developer's ``.env`` or shell says is not asked: tests never meet a real database. ``TEST_DATABASE_URL``
chooses another than SQLite, and ``tests/postgres.py`` is who sets it.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "PYTEST_XDIST_WORKER" not in os.environ:  # a worker shares the folder of the process that started it
    folder = tempfile.mkdtemp(prefix="hipcare-tests-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["VAR_DIR"] = folder
os.environ["ENV_FILE"] = os.devnull
os.environ["LOCAL_RUN"] = "true"
os.environ["SECRET_KEY"] = "tests-only-" + "x" * 50
for name in (
    "ALLOWED_HOSTS",
    "DATABASE_URL",
    "DEBUG",
    "EMAIL_URL",
    "FROM_EMAIL",
    "HANDOUT_SECONDS",
    "HSTS_PRELOAD",
    "SITE_URL",
    "STAFF_SECOND_FACTOR",
    "TRUSTED_PROXIES",
):
    os.environ.pop(name, None)
if os.environ.get("TEST_DATABASE_URL"):
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]

from hipcare.settings import *  # noqa: E402, F403 - the one place that stars
from hipcare.settings import CACHES, DATABASES, VAR_DIR  # noqa: E402

# A file, so that threads and other processes see what a test wrote, as in production.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(Path(VAR_DIR) / "test.sqlite3")}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # speed; the real one has its own test
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
