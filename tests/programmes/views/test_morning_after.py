"""The morning after: asked once, answered in one tap, corrected for 48 hours, read by staff as words."""

import datetime as dt
import re

import pytest

from programmes.models import NextDay
from tests.factories import SessionFactory, given_version
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db
EVENING = dt.datetime(2026, 11, 23, 19, 0, tzinfo=dt.UTC)
QUESTION = "Is your hip back to its usual?"


@pytest.fixture
def session(time_machine):
    """Return yesterday's session; now it is the morning after."""
    time_machine.move_to(EVENING, tick=False)
    session = SessionFactory(version=given_version(weekdays="0123456"), pain=6)
    time_machine.move_to(EVENING + dt.timedelta(hours=13), tick=False)
    return session


@pytest.fixture
def client(session):
    return client_of(session.version.patient.user)


def answer(client, session, said, **more):
    return client.post(f"/today/next-day/{session.pk}/", {"answer": said, **more})


def test_it_is_asked_first_thing_and_gone_after_one_tap(client, session):
    shown = client.get("/today/").text
    assert shown.index(QUESTION) < shown.index("Anything new or worse?")
    assert answer(client, session, "no").url == "/today/"
    after = client.get("/today/").text
    assert QUESTION not in after
    assert NextDay.objects.get().answer == "no"


@pytest.mark.parametrize("said", ["yes", "no", "not_sure"])
def test_nothing_is_said_in_return(client, session, said):
    def top():
        page = client.get("/today/").text.split('name="opened"')[0].split("<main")[1]
        return re.sub(r'(csrfmiddlewaretoken|session)" value="[^"]+"', "", page)

    answer(client, session, "yes")
    plain = top()
    answer(client, session, said)
    assert top() == plain


def test_the_same_twice_is_once_and_another_answer_takes_its_place_and_the_first_stays_known(client, session):
    for said in ("no", "no", "yes", "not_sure"):
        answer(client, session, said)
    found = NextDay.objects.get()
    assert (found.answer, found.answered_first) == ("not_sure", "no")


def test_it_is_corrected_on_the_page_of_its_day(client, session):
    day = f"/today/days/{session.local_date}/"
    answer(client, session, "no")
    assert "You said: <b>No</b>" in client.get(day).text
    assert answer(client, session, "yes", day="1").url == day
    assert "You said: <b>Yes</b>" in client.get(day).text


def test_after_48_hours_it_is_neither_asked_nor_taken(client, session, time_machine):
    time_machine.move_to(EVENING + dt.timedelta(hours=48, minutes=1), tick=False)
    client = client_of(session.version.patient.user)
    assert QUESTION not in client.get("/today/").text
    late = client.post(f"/today/next-day/{session.pk}/", {"answer": "yes"}, follow=True)
    assert "It is too late to answer this. Nothing was changed." in late.text
    assert not NextDay.objects.exists()


def test_it_is_not_asked_of_today_nor_once_today_is_begun_nor_without_a_session(client, session, time_machine):
    SessionFactory(version=session.version)
    assert QUESTION not in client.get("/today/").text
    time_machine.move_to(EVENING, tick=False)
    client = client_of(session.version.patient.user)
    early = client.post(f"/today/next-day/{session.pk}/", {"answer": "yes"}, follow=True)
    assert "The next morning has not come yet." in early.text
    other = given_version(weekdays="0123456")
    assert QUESTION not in client_of(other.patient.user).get("/today/").text


def test_what_is_no_answer_is_not_found(client, session):
    assert answer(client, session, "better").status_code == 404


def test_staff_read_the_words(client, session):
    answer(client, session, "no")
    record = client_of(session.version.given_by).get(f"/patients/{session.version.patient.pk}/").text
    assert "next morning: hip not back to its usual" in record
