"""Somebody else writes and does not end: what is sent meanwhile is answered by a plain page, and pages are read."""

from unittest import mock

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


VISITORS = (Visitor.NOBODY, Visitor.OWN_PATIENT, Visitor.OWN_LEAD)


def answers(rows, world):
    """Yield each row and visitor with the answer while the database is locked, and how often it was to be written."""
    for row in rows:
        for visitor in VISITORS:
            locked, path, posted = OnlyRead(), address(row.route, world), row.posted(world)
            with undone():
                client = client_of(world.people[visitor])
                client.raise_request_exception = False
                with mock.patch.object(CursorWrapper, "_execute", locked):
                    answer = client.get(path) if row.method == GET else client.post(path, posted)
            yield f"{row} by {visitor.value}", row.expected[visitor.value], answer, locked.tried


def test_what_is_sent_to_a_locked_database_is_answered_by_a_plain_page(db):
    amiss, told = [], 0
    for who, usual, answer, tried in answers([row for row in ROWS if row.method == POST], build_world()):
        told += answer.status_code == 503
        is_plain = "HipCare is busy just now" in answer.text and answer.headers.get("Retry-After") == "10"
        if (answer.status_code, tried, is_plain) not in {(503, 1, True), (usual, 0, False)}:
            amiss.append((who, answer.status_code, tried, is_plain))
    assert amiss == []
    assert told > 20


def test_reading_a_locked_database_is_as_ever(db):
    amiss = [
        (who, answer.status_code, tried)
        for who, usual, answer, tried in answers(READ, build_world())
        if (answer.status_code, tried) != (usual, 0)
    ]
    assert amiss == []


def test_a_session_that_cannot_be_kept_is_no_fault_of_whoever_sent_it(db):
    """Django takes it for a session that somebody ended: 400."""
    client = client_of(build_world().people[Visitor.OWN_LEAD])
    client.raise_request_exception = False
    broken = OnlyRead("attempt to write a readonly database")
    with undone(), mock.patch.object(CursorWrapper, "_execute", broken):
        answer = client.post(reverse("programmes:patient_search"), {"q": "Ellis"})
    assert (answer.status_code, "cannot reach its records" in answer.text) == (503, True)
