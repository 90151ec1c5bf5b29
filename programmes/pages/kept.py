"""Whole pages as they were drawn before, each under a key of all that it is drawn from.

Kept in the memory of this process alone, as they tell of people's health.
"""

import datetime as dt
import hashlib
import secrets
from typing import Any

from django.core.cache import caches
from django.db.models import Model
from django.utils import timezone, translation

CHANGING = {name: f"{name}-{secrets.token_hex(16)}" for name in ("csrf", "session", "opened")}
"""What stands in a kept page in place of what is new on each opening; nobody can guess it and type it."""


def digest_of(*said: Any) -> str:
    """Return a key for what all of ``said`` is drawn to, in this language and time zone."""
    here = (translation.get_language(), timezone.get_current_timezone_name())
    return hashlib.sha256(repr((here, said)).encode()).hexdigest()


def values_of(row: Model) -> list[Any]:
    return [getattr(row, field.attname) for field in row._meta.concrete_fields]


def take(key: str) -> str | None:
    """Return the page kept under ``key``."""
    found: str | None = caches["pages"].get(key)
    return found


def keep(key: str, page: str, how_long: dt.timedelta) -> None:
    """Keep a page that is right for as long as its key and no longer than ``how_long``."""
    caches["pages"].set(key, page, how_long.total_seconds())


def filled(page: str, **values: str) -> str:
    """Return a kept page with what is new on each opening, by the names of ``CHANGING``."""
    for name, value in values.items():
        page = page.replace(CHANGING[name], value)
    return page


def tag_of(page: str, csrf_secret: str) -> str:
    """Return an ETag of all that a kept page says and of what its tokens are good for, the same in every process."""
    said = filled(page, **dict.fromkeys(CHANGING, ""))
    return f'"{hashlib.sha256(f"{csrf_secret} {said}".encode()).hexdigest()[:32]}"'
