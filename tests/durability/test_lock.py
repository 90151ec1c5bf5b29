"""Another process holds the lock for writing: readers do not notice, and who writes is told so within three seconds."""

import re
import time
from contextlib import contextmanager
from html import unescape

import psycopg
import pytest
import requests

from hipcare.clinics.demo_people import PASSWORD
from hipcare.sqlite import use_safe_sqlite
from tests.durability.phone import found

use_safe_sqlite()

import sqlite3  # noqa: E402 - the same one as the server's

pytestmark = pytest.mark.server

AT_ONCE, WITHIN = 1.5, 3.0  # seconds
TABLES = "programmes_session, programmes_performedexercise, clinics_clinic, clinics_clinictext, audit_entry"


@contextmanager
def lock(server):
    """Hold what every write needs: of SQLite the one lock there is, of PostgreSQL the tables that are written here."""
    if "DATABASE_URL" in server.environment:
        with psycopg.connect(server.environment["DATABASE_URL"]) as other:
            other.execute(f"LOCK TABLE {TABLES} IN EXCLUSIVE MODE")
            yield
            other.rollback()
        return
    other = sqlite3.connect(server.folder / "hipcare.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


def timed(ask, *args, **kwargs):
    """Return the answer and how many seconds it took."""
    started = time.monotonic()
    answer = ask(*args, allow_redirects=False, timeout=60, **kwargs)
    return answer, time.monotonic() - started


def token_in(page):
    return found(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)[0]


class Desk:
    """The clinic lead's browser, signed in."""

    def __init__(self, url):
        self.url, self.http = url, requests.Session()
        page = self.http.get(f"{url}/accounts/login/", timeout=60)
        self.form = {"csrfmiddlewaretoken": token_in(page), "login": self.email(), "password": PASSWORD}
        home = self.http.post(f"{url}/accounts/login/", data=self.form, timeout=60)
        assert home.url == f"{url}/patients/", home.text
        self.token = token_in(home)

    @staticmethod
    def email():
        return "lee@alderlane.example"

    def send(self, path, **fields):
        return timed(self.http.post, f"{self.url}{path}", data={"csrfmiddlewaretoken": self.token, **fields})


@pytest.fixture
def server(new_server):
    server = new_server()
    server.start()
    return server


def test_a_lock_costs_a_reader_nothing(server, phone_of):
    phone, desk = phone_of(server), Desk(server.url)
    with lock(server):
        for who, path in ((phone, "/today/"), (phone, "/help/"), (desk, "/patients/"), (desk, "/clinic/help/")):
            for _ in range(3):  # both workers
                answer, seconds = timed(who.http.get, f"{server.url}{path}")
                assert (answer.status_code, seconds < AT_ONCE) == (200, True), (path, seconds)
        answer, seconds = timed(requests.get, f"{server.url}/help/")
        assert (answer.status_code, seconds < AT_ONCE) == (200, True)


def test_who_writes_is_told_soon_and_sends_the_same_by_a_button(server, phone_of, stored):
    phone = phone_of(server)
    with lock(server):
        started = time.monotonic()
        answer = phone.save()
        assert time.monotonic() - started < WITHIN
    assert answer.status_code == 503
    assert "HipCare is busy just now" in answer.text
    assert phone.note in answer.text, "what was typed is there"
    assert stored(server, phone)[0] == []
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', answer.text)
    again, _ = timed(phone.http.post, f"{server.url}/today/save/", data=[(n, unescape(v)) for n, v in hidden])
    assert again.status_code == 302
    assert len(stored(server, phone)[0]) == 1


def test_staff_who_write_are_told_soon(server):
    desk = Desk(server.url)
    with lock(server):
        for path, fields in (("/clinic/help/calf/move/", {"to": "up"}), ("/clinic/help/calf/put-back/", {})):
            answer, seconds = desk.send(path, **fields)
            assert (answer.status_code, seconds < WITHIN) == (503, True), (path, seconds)
            assert "HipCare is busy just now" in answer.text
    assert desk.send("/clinic/help/calf/move/", to="up")[0].status_code == 302


def test_who_signs_in_is_told_soon_and_no_password_is_in_the_answer(server):
    if "DATABASE_URL" in server.environment:
        pytest.skip("only on SQLite")  # PostgreSQL locks rows: signing in and a session's save do not meet
    desk = Desk(server.url)
    with lock(server):
        other = requests.Session()
        page, seconds = timed(other.get, f"{server.url}/accounts/login/")
        assert (page.status_code, seconds < AT_ONCE) == (200, True)
        form = desk.form | {"csrfmiddlewaretoken": token_in(page)}
        answer, seconds = timed(other.post, f"{server.url}/accounts/login/", data=form)
        assert (answer.status_code, seconds < WITHIN) == (503, True), seconds
        assert PASSWORD not in answer.text
    assert timed(other.post, f"{server.url}/accounts/login/", data=form)[0].status_code == 302


def test_the_next_request_waits_again(server, phone_of):
    phone = phone_of(server)
    with lock(server):
        phone.save()
    started = time.monotonic()
    with lock(server):
        assert phone.save().status_code == 503
        assert time.monotonic() - started > 1.5
