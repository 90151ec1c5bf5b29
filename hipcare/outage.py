"""The database is away: say so with 503, and only then: what a view had written before may be saved.

The test is narrow on purpose. SQLite calls a syntax error an ``OperationalError`` too; answering 503 to that would
hide a defect, or an injection, behind a page that says "try again".
"""

import sys
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.middleware.csrf import get_token
from django.template import loader
from django.views import defaults

from hipcare.errors import words_to_keep

# The low byte of SQLite's result code: busy, locked, readonly, I/O error, full, cannot open.
SQLITE_BUSY = frozenset({5, 6})
SQLITE_AWAY = SQLITE_BUSY | {8, 10, 13, 14}
# The same in words, for builds of the module that carry no code.
SQLITE_AWAY_IN_WORDS = ("locked", "readonly database", "disk I/O error", "is full", "unable to open database file")
# PostgreSQL's SQLSTATE: connection trouble, no room or connections left, shutting down, read-only, lock not available.
POSTGRESQL_BUSY = "55P03"
POSTGRESQL_AWAY = ("08", "53", "57P", "25006", POSTGRESQL_BUSY)
RETRY_AFTER_SECONDS = 10


class BusyError(Exception):
    """Somebody else held a lock too long. It is no ``DatabaseError``: no cache is to go on without its row."""


def is_outage(error: BaseException | None) -> bool:
    """Say whether ``error`` means that the database cannot be reached or written, rather than that we asked wrongly."""
    if isinstance(error, BusyError):
        return True
    if isinstance(error, InterfaceError):
        return "connection" in str(error)  # "connection already closed"; others are misuse
    if not isinstance(error, OperationalError):
        return False
    driver = error.__cause__ or error
    if hasattr(driver, "sqlstate"):  # psycopg; a lost connection has no state
        return driver.sqlstate is None or str(driver.sqlstate).startswith(POSTGRESQL_AWAY)
    code = getattr(driver, "sqlite_errorcode", None)
    if code is not None:
        return int(code) & 0xFF in SQLITE_AWAY
    return any(words in str(driver) for words in SQLITE_AWAY_IN_WORDS)


def is_busy(error: BaseException | None) -> bool:
    """Say whether ``error`` means that somebody else holds a lock: the database is there, and can be read."""
    if isinstance(error, BusyError):
        return True
    if not isinstance(error, OperationalError):
        return False
    driver = error.__cause__ or error
    if hasattr(driver, "sqlstate"):
        return str(driver.sqlstate) == POSTGRESQL_BUSY
    code = getattr(driver, "sqlite_errorcode", None)
    return "locked" in str(driver) if code is None else int(code) & 0xFF in SQLITE_BUSY


def server_error(request: HttpRequest) -> HttpResponse | HttpResponseServerError:
    """Answer what no view answered: 503 for an outage, else Django's 500. Called while the error is being handled."""
    trouble = sys.exc_info()[1]
    if not is_outage(trouble):
        return defaults.server_error(request)
    # Without the request: its context processors would ask the database who this is.
    page = loader.get_template("503.html").render(_sent_once_more(request) if is_busy(trouble) else {})
    return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})


def _sent_once_more(request: HttpRequest) -> dict[str, Any]:
    return {"is_busy": True, "kept": words_to_keep(request), "path": request.path, "csrf_token": get_token(request)}
