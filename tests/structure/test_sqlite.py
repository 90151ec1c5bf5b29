"""An acknowledged write is on the disk: how every connection to SQLite is set."""

import threading

import pytest
from django.core import checks
from django.db import connection, connections

from hipcare import sqlite
from hipcare.checks import sqlite_is_safe


@pytest.fixture(autouse=True)
def _only_sqlite():
    if connection.vendor != "sqlite":
        pytest.skip("only on SQLite")


def pragmas():
    """Return journal mode, synchronous level and foreign keys as this connection has them."""
    with connection.cursor() as cursor:
        return [
            cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous", "foreign_keys")
        ]


SAFE = ["wal", 2, 1]  # 2 is FULL


def test_connection_waits_for_the_disk(db):
    assert pragmas() == SAFE


@pytest.mark.django_db(transaction=True)
def test_connections_of_other_threads_wait_for_the_disk_too():
    found = []

    def ask():
        found.append(pragmas())
        connections.close_all()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [SAFE] * 4


def test_write_transactions_take_the_lock_at_once():
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_linked_library_is_safe_for_wal():
    assert sqlite.linked_version() >= (3, 51, 3)
    assert sqlite_is_safe() == []


def test_older_library_gets_the_slower_journal_and_a_warning(monkeypatch):
    monkeypatch.setattr(sqlite, "linked_version", lambda: (3, 40, 1))
    assert "journal_mode=TRUNCATE" in sqlite.options()["init_command"]
    assert "synchronous=FULL" in sqlite.options()["init_command"]
    (warning,) = sqlite_is_safe()
    assert warning.id == "hipcare.W001"
    assert "3.40.1" in warning.msg


def test_warning_is_among_the_checks_that_run(monkeypatch):
    monkeypatch.setattr(sqlite, "linked_version", lambda: (3, 40, 1))
    assert "hipcare.W001" in {message.id for message in checks.run_checks(databases=["default"])}
