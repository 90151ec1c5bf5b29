"""Whether this server can do its work, for the proxy and the person who runs it.

Each check asks the database or the disk anew; only what this release says about itself is kept. None of the answers
names a path or holds a row.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.db import BaseDatabaseCache
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from hipcare.outage import BusyError, is_outage

Schema = set[tuple[str, str]]  # (table, column)

LEAST_FREE_MB = 50  # below it a sheet, a copy or the write-ahead log may be the last that fits
WRITE_EVERY_SECONDS = 5  # a write that went well is not tried again sooner, however often somebody asks
WRITE_PATIENCE_MS = 2_000  # whoever holds the lock longer holds up every save
COLUMNS = {
    "sqlite": "SELECT t.name, c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table'",
    "postgresql": (
        "SELECT t.relname, c.attname FROM pg_attribute c JOIN pg_class t ON t.oid = c.attrelid "
        "WHERE t.relkind IN ('r', 'p') AND c.attnum > 0 AND NOT c.attisdropped AND pg_table_is_visible(t.oid)"
    ),
}
PATIENCE = {
    "sqlite": f"PRAGMA busy_timeout = {WRITE_PATIENCE_MS}",
    "postgresql": f"SET lock_timeout = {WRITE_PATIENCE_MS}",
}
# In and out again: nothing stays, and yet the commit has to reach the disk. (SQLite writes no row that is as it was.)
IN_AND_OUT = (
    "INSERT INTO django_migrations (id, app, name, applied) VALUES (-1, 'healthz', '', CURRENT_TIMESTAMP)",
    "DELETE FROM django_migrations WHERE id = -1",
)
AS_BEFORE = {"sqlite": "PRAGMA busy_timeout = {}", "postgresql": "RESET lock_timeout"}


@cache
def wanted_schema() -> Schema:
    """Return the columns of every table that this release reads or writes; its migrations make the same."""
    models = apps.get_models(include_auto_created=True)
    ours = {
        (str(model._meta.db_table), str(field.column))
        for model in models
        if model._meta.managed and not model._meta.proxy
        for field in model._meta.local_concrete_fields
    }
    return ours | {(table, column) for table in cache_tables() for column in ("cache_key", "value", "expires")}


def cache_tables() -> list[str]:
    kept_here = [name for name in settings.CACHES if isinstance(caches[name], BaseDatabaseCache)]
    return [settings.CACHES[name]["LOCATION"] for name in kept_here]


@cache
def wanted_migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).disk_migrations)


def schema_here() -> Schema:
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS[connection.vendor])
        return {(str(table), str(column)) for table, column in cursor.fetchall()}


def migrations() -> Iterator[str]:
    """Say what the database's own list of migrations lacks, or has beyond this release."""
    ours = {app for app, _ in wanted_migrations()}
    applied = set(MigrationRecorder(connection).applied_migrations())
    if wanted_migrations() - applied:
        yield "migrations missing: manage.py prepare"
    if any(app in ours for app, _ in applied - wanted_migrations()):
        yield "migrations unknown: the database is newer than this program"


def schema() -> Iterator[str]:
    """Say which tables and columns are not as this release needs them, three by name."""
    missing = sorted(wanted_schema() - schema_here())
    if missing:
        named = ", ".join(f"{table}.{column}" for table, column in missing[:3])
        more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
        yield f"schema wrong: no {named}{more}"


def _database_file() -> Path | None:
    """Return SQLite's file; None for another database, and for one in memory."""
    if connection.vendor != "sqlite" or connection.is_in_memory_db():  # type: ignore[attr-defined]
        return None
    return Path(connection.settings_dict["NAME"])


def file() -> Iterator[str]:
    """Say when the database's name on disk leads elsewhere than the file that this process holds open."""
    path = _database_file()
    if path is None:
        return
    connection.ensure_connection()
    try:
        at_the_name = path.stat()
    except OSError:
        yield "file gone: the database is no longer where this server opened it"
        return
    if (at_the_name.st_dev, at_the_name.st_ino) not in _open_files():
        yield "file replaced: this server holds another file than the one that is there now; restart it"


def _open_files() -> set[tuple[int, int]]:
    """Return (device, inode) of every file this process holds open."""
    found = set()
    for number in Path("/dev/fd").iterdir():
        try:
            opened = os.fstat(int(number.name))
        except OSError:
            continue  # the listing itself, closed by now
        found.add((opened.st_dev, opened.st_ino))
    return found


class Write:
    """Try a write, a real one: committed, and yet nothing stays of it."""

    def __init__(self) -> None:
        self.went_well_at = float("-inf")

    def __call__(self) -> Iterator[str]:
        if time.monotonic() - self.went_well_at < WRITE_EVERY_SECONDS:
            return
        try:
            _write()
        except (DatabaseError, InterfaceError, BusyError):
            yield "write failed: nothing can be saved"
        else:
            self.went_well_at = time.monotonic()


def _write() -> None:
    """Commit one row; whoever else writes is waited for only shortly."""
    usual = connection.settings_dict["OPTIONS"].get("timeout", 0) * 1_000
    with connection.cursor() as cursor:
        cursor.execute(PATIENCE[connection.vendor])
        try:
            with transaction.atomic():
                for statement in IN_AND_OUT:
                    cursor.execute(statement)
        finally:
            cursor.execute(AS_BEFORE[connection.vendor].format(usual))


write = Write()


def space() -> Iterator[str]:
    database = _database_file()
    folders = {Path(settings.VAR_DIR), *([database.parent] if database else [])}
    if any(shutil.disk_usage(folder).free < LEAST_FREE_MB * 1_000_000 for folder in folders if folder.exists()):
        yield f"space short: less than {LEAST_FREE_MB} MB free"


CHECKS: tuple[Callable[[], Iterator[str]], ...] = (file, migrations, schema, write, space)


def failures() -> list[str]:
    """Return one line for each check that failed; a database that is away fails the first that asks it, and ends it."""
    said: list[str] = []
    try:
        for check in CHECKS:
            said.extend(check())
    except (DatabaseError, InterfaceError) as problem:
        if not is_outage(problem):
            raise
        said.append("database away: it cannot be reached or read")
    return said
