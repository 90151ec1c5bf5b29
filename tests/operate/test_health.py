"""``/healthz``, and what people are told while the database is away."""

import logging
import re
import resource
import shutil
import sqlite3
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, InterfaceError, OperationalError, connection, connections, transaction
from django.test import Client

from hipcare.operate import health
from hipcare.outage import is_outage


@pytest.fixture
def visitor():
    """Return a client that sees the error page, as a browser does."""
    return Client(raise_request_exception=False)


def raised(statement):
    """Return what the database answers to ``statement``."""
    with pytest.raises(OperationalError) as caught, connection.cursor() as cursor:
        cursor.execute(statement)
    return caught.value


@pytest.fixture(autouse=True)
def _nothing_written_lately(monkeypatch):
    """Let every test try a write."""
    monkeypatch.setattr(health.write, "went_well_at", float("-inf"))


def said(client):
    """Return the status of ``/healthz`` and its lines."""
    answer = client.get("/healthz")
    assert (answer.status_code == 503) == ("Retry-After" in answer.headers)
    return answer.status_code, answer.content.decode().splitlines()


def run(*statements):
    """Let the database run ``statements``."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.mark.django_db
def test_healthz_says_ok_to_anybody(client):
    assert said(client) == (200, ["ok"])
    assert client.post("/healthz").status_code == 405


@pytest.mark.django_db
def test_healthz_asks_little_and_writes_only_now_and_then(client, django_assert_max_num_queries):
    assert said(client) == (200, ["ok"])
    with django_assert_max_num_queries(4) as asked:  # the list of migrations takes two
        assert said(client) == (200, ["ok"])
    assert [query["sql"] for query in asked if query["sql"].startswith("INSERT")] == []


@pytest.mark.django_db
def test_a_missing_migration_is_said(client):
    run("DELETE FROM django_migrations WHERE app = 'audit' AND name = '0002_append_only'")
    assert said(client) == (503, ["migrations missing: manage.py prepare"])
    run("INSERT INTO django_migrations (app, name, applied) VALUES ('audit', '0002_append_only', CURRENT_TIMESTAMP)")
    assert said(client) == (200, ["ok"])


@pytest.mark.django_db
def test_a_database_of_a_later_release_is_said(client):
    run("INSERT INTO django_migrations (app, name, applied) VALUES ('audit', '9999_later', CURRENT_TIMESTAMP)")
    assert said(client) == (503, ["migrations unknown: the database is newer than this program"])


@pytest.mark.django_db
def test_the_migrations_of_an_app_that_is_gone_are_no_failure(client):
    run("INSERT INTO django_migrations (app, name, applied) VALUES ('former', '0001_initial', CURRENT_TIMESTAMP)")
    assert said(client) == (200, ["ok"])


@pytest.mark.django_db
def test_a_column_that_is_not_there_is_named(client):
    run("ALTER TABLE exercises_exercise RENAME COLUMN equipment TO tools")
    assert said(client) == (503, ["schema wrong: no exercises_exercise.equipment"])


@pytest.mark.django_db
def test_a_foreign_schema_is_said_in_short(client):
    run("ALTER TABLE exercises_exercise RENAME TO exercises_other")
    status, (line,) = said(client)
    assert status == 503
    assert re.fullmatch(r"schema wrong: no (exercises_exercise\.\w+(, )?){3} and \d+ more", line)


@pytest.mark.django_db
def test_the_table_of_the_shared_cache_is_looked_for(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "elsewhere"}}
    health.wanted_schema.cache_clear()
    try:
        assert list(health.schema()) == [
            "schema wrong: no elsewhere.cache_key, elsewhere.expires, elsewhere.value",
        ]
    finally:
        health.wanted_schema.cache_clear()


@pytest.fixture
def database_file():
    """Return SQLite's file, to be put away and back."""
    if connection.vendor != "sqlite":
        pytest.skip("only on SQLite, which is a file")
    path = Path(connection.settings_dict["NAME"])
    away = path.with_name("moved-away")
    yield path, away
    if away.exists():
        away.replace(path)


@pytest.mark.django_db(transaction=True)
def test_a_file_that_was_moved_away_is_said(client, database_file):
    path, away = database_file
    connection.ensure_connection()
    path.rename(away)
    assert said(client) == (503, ["file gone: the database is no longer where this server opened it"])
    away.rename(path)
    assert said(client) == (200, ["ok"])


@pytest.mark.django_db(transaction=True)
def test_another_file_in_its_place_is_said(client, database_file):
    path, away = database_file
    connection.ensure_connection()
    path.rename(away)
    shutil.copy(away, path)
    assert said(client) == (
        503,
        ["file replaced: this server holds another file than the one that is there now; restart it"],
    )


@pytest.mark.django_db(transaction=True)
def test_a_database_that_takes_no_write_is_said(client):
    forbid, allow = {
        "sqlite": ("PRAGMA query_only = ON", "PRAGMA query_only = OFF"),
        "postgresql": ("SET default_transaction_read_only = on", "SET default_transaction_read_only = off"),
    }[connection.vendor]
    run(forbid)
    try:
        assert said(client) == (503, ["write failed: nothing can be saved"])
    finally:
        run(allow)
    assert said(client) == (200, ["ok"])


@pytest.mark.django_db(transaction=True)
def test_a_disk_that_takes_no_byte_more_is_said(database_file):
    """Nothing stays of the write that is tried, so only a commit that reaches the disk can tell."""
    connection.ensure_connection()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        found = health.failures()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert found == ["write failed: nothing can be saved"]
    assert health.failures() == []


@pytest.mark.django_db(transaction=True)
def test_whoever_holds_the_lock_is_not_waited_for_long(client, database_file, monkeypatch):
    monkeypatch.setitem(health.PATIENCE, "sqlite", "PRAGMA busy_timeout = 100")
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()
    other = sqlite3.connect(database_file[0], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    started = time.monotonic()
    try:
        assert said(client) == (503, ["write failed: nothing can be saved"])
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert time.monotonic() - started < 5
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA busy_timeout").fetchone() == usual


@pytest.mark.django_db
def test_a_disk_that_is_nearly_full_is_said(client, monkeypatch):
    nearly = SimpleNamespace(free=49_000_000)
    monkeypatch.setattr(health.shutil, "disk_usage", lambda _folder: nearly)
    assert said(client) == (503, ["space short: less than 50 MB free"])
    nearly.free = 51_000_000
    assert said(client) == (200, ["ok"])


@pytest.mark.django_db
def test_every_failure_has_its_line(client, monkeypatch):
    monkeypatch.setattr(health.shutil, "disk_usage", lambda _folder: SimpleNamespace(free=0))
    run("DELETE FROM django_migrations WHERE app = 'audit'")
    assert said(client) == (503, ["migrations missing: manage.py prepare", "space short: less than 50 MB free"])


@pytest.mark.django_db
def test_a_mistake_of_ours_is_not_called_an_outage(monkeypatch):
    def wrong():
        run("SELECT * FROM nowhere_at_all")
        yield ""

    monkeypatch.setattr(health, "CHECKS", (wrong,))
    with pytest.raises(DatabaseError), transaction.atomic():
        health.failures()


@pytest.mark.django_db
def test_a_mistake_of_ours_is_no_outage():
    if connection.vendor != "sqlite":
        pytest.skip("only on SQLite, which calls a syntax error operational")
    assert not is_outage(raised("SELEKT 1"))
    assert not is_outage(raised("SELECT * FROM nowhere"))


@pytest.mark.parametrize(
    ("words", "away"),
    [
        ("database is locked", True),
        ("database table is locked", True),
        ("attempt to write a readonly database", True),
        ("disk I/O error", True),
        ("database or disk is full", True),
        ("unable to open database file", True),
        ('near "SELEKT": syntax error', False),
        ("no such table: nowhere", False),
        ("too many SQL variables", False),
    ],
)
def test_a_driver_without_codes_is_judged_by_its_words(words, away):
    error = OperationalError(words)
    error.__cause__ = sqlite3.OperationalError(words)
    assert is_outage(error) is away


@pytest.mark.parametrize(
    ("state", "away"),
    [
        (None, True),
        ("08006", True),
        ("53100", True),
        ("53300", True),
        ("57P01", True),
        ("57P03", True),
        ("25006", True),
        ("55P03", True),
        ("40P01", False),
        ("42601", False),
        ("57014", False),
    ],
)
def test_postgresql_is_judged_by_its_state(state, away):
    class FromPostgres(Exception):  # noqa: N818 - stands for psycopg's family
        sqlstate = state

    error = OperationalError("said by the server")
    error.__cause__ = FromPostgres()
    assert is_outage(error) is away


def test_other_errors_are_no_outage():
    assert is_outage(InterfaceError("connection already closed"))
    assert not is_outage(InterfaceError("cursor already closed"))
    assert not is_outage(ValueError("database is locked"))
    assert not is_outage(None)


def says_nothing_was_saved(answer):
    """Check the page of an outage."""
    assert answer.status_code == 503
    assert answer["Retry-After"] == "10"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert b"This may not be saved" in answer.content


@pytest.mark.django_db(transaction=True)
def test_a_full_database_answers_503_and_recovers(visitor, caplog):
    if connection.vendor != "sqlite":
        pytest.skip("only on SQLite")
    caplog.set_level(logging.CRITICAL)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE filler (junk)")
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
    try:
        error = raised("INSERT INTO filler VALUES (zeroblob(1000000))")
        assert is_outage(error)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1073741823")
            cursor.execute("DROP TABLE filler")
    assert visitor.get("/healthz").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_locked_database_answers_503_and_recovers(visitor, caplog):
    if connection.vendor != "sqlite":
        pytest.skip("only on SQLite")
    caplog.set_level(logging.CRITICAL)
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50")  # instead of 20 seconds
    other.execute("BEGIN IMMEDIATE")
    try:
        says_nothing_was_saved(visitor.post("/j", {"code": "ABCD-EFGH-JKMC"}))
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert visitor.post("/j", {"code": "ABCD-EFGH-JKMC"}).status_code == 422
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_database_that_cannot_be_opened_answers_503_everywhere(visitor, monkeypatch, caplog):
    caplog.set_level(logging.CRITICAL)
    away = {**connection.settings_dict, "OPTIONS": dict(connection.settings_dict["OPTIONS"])}
    if connection.vendor == "sqlite":
        away["NAME"] = "/nowhere/at/all.sqlite3"
    else:
        away["OPTIONS"]["host"] = "/nowhere/at/all"
    connection.close()
    monkeypatch.setattr(connections["default"], "settings_dict", away)
    assert said(visitor) == (503, ["database away: it cannot be reached or read"])
    visitor.cookies["session"] = "x" * 32
    says_nothing_was_saved(visitor.get("/patients/"))
    connection.close()
    monkeypatch.undo()
    assert visitor.get("/healthz").status_code == 200
