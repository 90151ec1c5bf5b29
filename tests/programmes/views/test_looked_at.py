"""Looked at: a member of staff says that they have read what a patient saved, and the patient sees who and when."""

import datetime as dt

import pytest

from hipcare.audit.models import Entry
from programmes.models import LookedAt
from tests.factories import SessionFactory, given_version
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
LOOKED = "<bdi>Priya</bdi> looked at your days on <b>Tuesday 24 November</b>, up to 23 November."


@pytest.fixture
def session(time_machine):
    time_machine.move_to(NOON, tick=False)
    session = SessionFactory(version=given_version(weekdays="0123456"))
    time_machine.move_to(NOON + dt.timedelta(days=1), tick=False)
    return session


@pytest.fixture
def patient(session):
    return session.version.patient


@pytest.fixture
def priya(session):
    return client_of(session.version.given_by)


def test_the_patient_reads_who_looked_and_up_to_when(session, patient, priya):
    day, phone = f"/today/days/{session.local_date}/", client_of(patient.user)
    assert "has not looked at this yet" in phone.get(day).text
    assert "looked at your days" not in phone.get("/today/").text

    assert priya.post(f"/patients/{patient.pk}/looked-at/").url == f"/patients/{patient.pk}/"

    assert LOOKED in phone.get("/today/").text
    assert "<bdi>Priya</bdi> looked at this on <b>Tuesday 24 November</b>." in phone.get(day).text
    assert "<bdi>Priya Nair</bdi> looked at these on" in priya.get(f"/patients/{patient.pk}/").text


def test_what_came_or_changed_since_was_not_looked_at(session, patient, priya, time_machine):
    priya.post(f"/patients/{patient.pk}/looked-at/")
    time_machine.move_to(NOON + dt.timedelta(days=1, hours=1), tick=False)
    type(session).objects.update(corrected_at=NOON + dt.timedelta(days=1, hours=1))
    assert "has not looked at this yet" in client_of(patient.user).get(f"/today/days/{session.local_date}/").text


def test_twice_is_once_and_taken_back_twice_is_once(session, patient, priya, time_machine):
    priya.post(f"/patients/{patient.pk}/looked-at/")
    first = LookedAt.objects.get()
    priya.post(f"/patients/{patient.pk}/looked-at/")
    assert LookedAt.objects.get() == first
    SessionFactory(version=session.version)
    time_machine.move_to(NOON + dt.timedelta(days=2), tick=False)
    priya = client_of(session.version.given_by)
    priya.post(f"/patients/{patient.pk}/looked-at/")
    second = LookedAt.objects.first()

    for _ in range(2):
        priya.post(f"/patients/{patient.pk}/looked-at/undo/", {"look": second.pk})

    assert LookedAt.objects.get() == first
    assert Entry.objects.filter(fields=["looked_at"], patient=patient.pk).count() == 3
    assert LOOKED in client_of(patient.user).get("/today/").text


def test_what_came_after_the_page_was_drawn_is_not_called_read(session, patient, priya):
    drawn = int((NOON + dt.timedelta(hours=1)).timestamp())
    SessionFactory(version=session.version, received_at=NOON + dt.timedelta(hours=2))
    answer = priya.post(f"/patients/{patient.pk}/looked-at/", {"drawn": drawn}, follow=True)
    assert "since you opened this page" in answer.text
    assert not LookedAt.objects.exists()

    shown = answer.text.partition('name="drawn" value="')[2].partition('"')[0]
    priya.post(f"/patients/{patient.pk}/looked-at/", {"drawn": shown})
    assert LookedAt.objects.count() == 1


def test_what_was_changed_after_the_page_was_drawn_is_not_called_read(session, patient, priya):
    type(session).objects.update(corrected_at=NOON + dt.timedelta(hours=2))
    drawn = int((NOON + dt.timedelta(hours=1)).timestamp())
    priya.post(f"/patients/{patient.pk}/looked-at/", {"drawn": drawn})
    assert not LookedAt.objects.exists()


@pytest.mark.parametrize("look", ["", "x", "99999999", "9" * 5000])
def test_taking_back_what_is_not_there_does_nothing(patient, priya, look):
    priya.post(f"/patients/{patient.pk}/looked-at/")
    priya.post(f"/patients/{patient.pk}/looked-at/undo/", {"look": look})
    assert LookedAt.objects.count() == 1


def test_without_any_session_a_look_is_noted_for_staff_and_the_patient_reads_of_none(time_machine):
    version = given_version()
    for _ in range(2):
        client_of(version.given_by).post(f"/patients/{version.patient.pk}/looked-at/")
    assert LookedAt.objects.get().up_to is None
    assert "looked at" not in client_of(version.patient.user).get("/today/").text
    page = client_of(version.given_by).get(f"/patients/{version.patient.pk}/").text
    assert "Nothing logged yet" in page
