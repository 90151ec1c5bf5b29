"""The production settings, with the few changes tests need."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("LOCAL_RUN", "true")
os.environ.setdefault("SECRET_KEY", "tests-only-" + "x" * 50)
os.environ.setdefault("VAR_DIR", str(Path(tempfile.gettempdir()) / f"hipcare-tests-{os.getpid()}"))

from hipcare.settings import *  # noqa: F403 - the one place that stars
from hipcare.settings import DATABASES, VAR_DIR

# A file, so that threads and other processes see what a test wrote, as in production.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    VAR_DIR.mkdir(parents=True, exist_ok=True)
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # speed; the real one has its own test
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
