"""Somebody else writes and does not end: what is sent meanwhile is answered by a plain page, and pages are read."""

from unittest import mock

import pytest
from django.db import OperationalError
from django.db.backends.utils import CursorWrapper
from django.urls import reverse

from tests.structure.addresses import address
from tests.structure.routes import GET, LOOKS, POST, ROWS
from tests.structure.world import Visitor, build_world, client_of, undone

WRITES = ("BEGIN IMMEDIATE", "INSERT", "UPDATE", "DELETE")
READ = [row for row in ROWS if row.method == GET and row.route not in LOOKS | {"healthz"}]  # whose own writes are meant
EXECUTE = CursorWrapper._execute


class OnlyRead:
    """A database that can be read and not written; ``tried`` is how often somebody tried."""

    def __init__(self, why="database is locked"):
        self.tried, self.why = 0, why

    def __get__(self, cursor, _kind):
        return lambda *asked: self.execute(cursor, *asked)

    def execute(self, cursor, sql, *asked):
        if sql.startswith(WRITES) or " FOR UPDATE" in sql:
            self.tried += 1
            raise OperationalError(self.why)
        return EXECUTE(cursor, sql, *asked)


def answers(row, world, visitor):
    """Return the answer ``visitor`` gets while the database is locked, and how often it was to be written."""
    client = client_of(world.people[visitor])
    client.raise_request_exception = False
    locked, path, posted = OnlyRead(), address(row.route, world), row.posted(world)
    with undone(), mock.patch.object(CursorWrapper, "_execute", locked):
        answer = client.get(path) if row.method == GET else client.post(path, posted)
    return answer, locked.tried


@pytest.mark.parametrize("row", [row for row in ROWS if row.method == POST], ids=str)
def test_what_is_sent_to_a_locked_database_is_answered_by_a_plain_page(row, db):
    world = build_world()
    for visitor in (Visitor.NOBODY, Visitor.OWN_PATIENT, Visitor.OWN_LEAD):
        answer, tried = answers(row, world, visitor)
        assert (answer.status_code, tried) == ((503, 1) if tried else (row.expected[visitor.value], 0))
        if tried:
            assert "HipCare is busy just now" in answer.text
            assert answer.headers["Retry-After"] == "10"


@pytest.mark.parametrize("row", READ, ids=str)
def test_reading_a_locked_database_is_as_ever(row, db):
    world = build_world()
    for visitor in (Visitor.NOBODY, Visitor.OWN_PATIENT, Visitor.OWN_LEAD):
        answer, tried = answers(row, world, visitor)
        assert (answer.status_code, tried) == (row.expected[visitor.value], 0)


def test_a_session_that_cannot_be_kept_is_no_fault_of_whoever_sent_it(db):
    """Django takes it for a session that somebody ended: 400."""
    client = client_of(build_world().people[Visitor.OWN_LEAD])
    client.raise_request_exception = False
    broken = OnlyRead("attempt to write a readonly database")
    with undone(), mock.patch.object(CursorWrapper, "_execute", broken):
        answer = client.post(reverse("programmes:patient_search"), {"q": "Ellis"})
    assert (answer.status_code, "cannot reach its records" in answer.text) == (503, True)
