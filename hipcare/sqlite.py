"""Make sure the SQLite that Django links is one that cannot lose or damage data.

SQLite before 3.51.3 can corrupt a database in WAL mode when two connections reset the log at the
same moment (the "WAL-reset bug", sqlite.org/wal.html). Python's own library is often older, so the
``pysqlite3`` wheel, which carries a newer one, takes its place before Django imports it.
"""

import importlib
import sqlite3
import sys

OLDEST_SAFE_WAL = (3, 51, 3)


def use_safe_sqlite() -> None:
    if sqlite3.sqlite_version_info >= OLDEST_SAFE_WAL:
        return
    try:
        newer = importlib.import_module("pysqlite3")
    except ImportError:
        return
    sys.modules["sqlite3"] = newer
    sys.modules["sqlite3.dbapi2"] = importlib.import_module("pysqlite3.dbapi2")


def linked_version() -> tuple[int, ...]:
    linked: tuple[int, ...] = importlib.import_module("sqlite3").sqlite_version_info
    return linked


def options() -> dict[str, object]:
    """Return Django's ``OPTIONS`` for SQLite: every commit reaches the disk before it is acknowledged.

    WAL where the linked library is safe for it, else the slower rollback journal. IMMEDIATE because a
    read that turns into a write cannot wait for the lock. ``timeout`` is in seconds, and a command's:
    whoever answers people waits less (``hipcare.patience``).
    """
    journal = "WAL" if linked_version() >= OLDEST_SAFE_WAL else "TRUNCATE"
    return {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            f"PRAGMA journal_mode={journal};PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;PRAGMA temp_store=MEMORY;"
        ),
    }
