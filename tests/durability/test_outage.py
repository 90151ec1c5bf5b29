"""PostgreSQL goes away and comes back; the server neither pretends nor needs a restart."""

import os
import signal
import tempfile
import time

import pytest
import requests

from tests.postgres import Postgres
from tests.server import Server

pytestmark = pytest.mark.server

GONE = "file gone: the database is no longer where this server opened it\n"


@pytest.fixture
def postgres():
    """Return a PostgreSQL that a test may stop and start."""
    if not os.environ.get("TEST_DATABASE_URL"):
        pytest.skip("only on PostgreSQL")
    with tempfile.TemporaryDirectory(prefix="hipcare-pg-", ignore_cleanup_errors=True) as folder:
        database = Postgres(folder)
        try:
            database.start()
            yield database
        finally:
            database.stop()


def test_a_database_that_is_away_is_503_soon_and_recovers(postgres, tmp_path, phone_of, stored):
    server = Server(tmp_path, postgres=postgres.url)
    try:
        server.prepare("--demo")
        server.start()
        phone = phone_of(server)
        assert phone.save().status_code == 302

        postgres.stop(signal.SIGQUIT)  # as a crash: nobody is told
        for _ in range(4):  # both workers, with a connection that has died and without one
            started = time.monotonic()
            answer = phone.save()
            assert time.monotonic() - started < 10, "it waits for a database that is not there"
            assert answer.status_code == 503
            assert answer.headers["Retry-After"] == "10"
            assert "This may not be saved" in answer.text
        assert requests.get(f"{server.url}/healthz", timeout=30).status_code == 503
        for _ in range(4):
            started = time.monotonic()
            helped = phone.http.get(f"{server.url}/help/", timeout=30)
            assert time.monotonic() - started < 5, "whoever needs help does not wait for a database"
            assert (helped.status_code, "Call 999" in helped.text) == (200, True)

        postgres.start()
        assert [phone.save().status_code for _ in range(4)] == [302] * 4
        assert len(stored(server, phone)[0]) == 5
    finally:
        server.discard()


def test_a_database_file_that_is_moved_away_is_503_until_it_is_back(new_server):
    if os.environ.get("TEST_DATABASE_URL"):
        pytest.skip("only on SQLite")
    server = new_server(WORKERS="1")
    server.start()
    path = server.folder / "hipcare.sqlite3"
    moved = path.rename(server.folder / "moved.sqlite3")
    answer = requests.get(f"{server.url}/healthz", timeout=30)
    assert (answer.status_code, answer.text) == (503, GONE)
    moved.rename(path)
    assert requests.get(f"{server.url}/healthz", timeout=30).status_code == 200
