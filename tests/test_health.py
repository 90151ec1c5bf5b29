"""``/healthz``, and what people are told while the database is away."""

import logging
import sqlite3

import pytest
from django.db import InterfaceError, OperationalError, connection, connections
from django.test import Client

from hipcare import health
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


@pytest.mark.django_db
def test_healthz_says_ok_to_anybody(client, django_assert_num_queries):
    client.get("/healthz")
    with django_assert_num_queries(1):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert client.post("/healthz").status_code == 405


@pytest.mark.django_db
def test_healthz_is_503_while_a_migration_is_missing(client):
    health._migrated.cache_clear()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'audit' AND name = '0002_append_only'")
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (503, b"migrations missing: manage.py migrate\n")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('audit', '0002_append_only', CURRENT_TIMESTAMP)"
        )
    assert client.get("/healthz").status_code == 200


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
    assert b"Nothing was saved" in answer.content


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
        says_nothing_was_saved(visitor.post("/j", {"code": "ABCD-EFGH-JKMN"}))
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert visitor.post("/j", {"code": "ABCD-EFGH-JKMN"}).status_code == 422
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
    says_nothing_was_saved(visitor.get("/healthz"))
    visitor.cookies["session"] = "x" * 32
    says_nothing_was_saved(visitor.get("/patients/"))
    connection.close()
    monkeypatch.undo()
    assert visitor.get("/healthz").status_code == 200
