"""System checks on the machine HipCare runs on."""

from typing import Any

from django.conf import settings
from django.core import checks

from hipcare import sqlite


@checks.register(checks.Tags.database)
def sqlite_is_safe(**_kwargs: Any) -> list[checks.CheckMessage]:
    if "sqlite3" not in settings.DATABASES["default"]["ENGINE"] or sqlite.linked_version() >= sqlite.OLDEST_SAFE_WAL:
        return []
    linked, needed = (".".join(map(str, v)) for v in (sqlite.linked_version(), sqlite.OLDEST_SAFE_WAL))
    return [
        checks.Warning(
            f"SQLite {linked} is older than {needed}: the slower rollback journal is used, so that no data is lost.",
            hint="Install the pysqlite3 wheel where there is one, or use PostgreSQL through DATABASE_URL.",
            id="hipcare.W001",
        )
    ]
