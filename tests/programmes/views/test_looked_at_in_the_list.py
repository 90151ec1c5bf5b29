"""Looked at, from the list: what is read there, said there, and taken back there, with and without a script."""

import datetime as dt
import uuid

import pytest

from hipcare.audit.models import Entry
from programmes.models import LookedAt, PatientSummary
from programmes.services.telling import keep_message
from tests.factories import PerformedExerciseFactory, SessionFactory, given_version
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
LIST = "/patients/?whose=mine&show=all&sort=look"


@pytest.fixture
def version(time_machine):
    """Return a version under which pain was above the limit on three days; the newest session comes last."""
    time_machine.move_to(NOON - dt.timedelta(days=5), tick=False)
    version = given_version(weekdays="0123456")
    for days_ago in (2, 1, 0):
        at = NOON - dt.timedelta(days=days_ago)
        session = SessionFactory(
            version=version, local_date=at.date(), received_at=at, pain=7, note=f"Sore {days_ago}.", effort="hard"
        )
        PerformedExerciseFactory(session=session, prescription=version.prescriptions.get())
    time_machine.move_to(NOON, tick=False)
    return version


@pytest.fixture
def priya(version):
    return client_of(version.given_by)


def look(client, version, **posted):
    state = PatientSummary.objects.get(pk=version.patient.pk).state
    return client.post(f"/patients/{version.patient.pk}/looked-at/", {"state": state, "next": LIST, **posted})


def test_without_a_script_one_goes_back_to_the_list_which_can_take_it_back(version, priya):
    answer = look(priya, version)
    assert answer.url == f"{LIST}&looked={version.patient.pk}"
    page = priya.get(answer.url).text
    assert "</bdi> saved, 12:00." in page
    assert "You, Mon 23 Nov" in page
    noted = LookedAt.objects.get()
    undo = priya.post(f"/patients/{version.patient.pk}/looked-at/undo/", {"look": noted.pk, "next": LIST})
    assert undo.url == LIST
    assert not LookedAt.objects.exists()
    assert "Not yet" in priya.get(LIST).text


def test_with_a_script_the_cell_says_so_and_takes_it_back(version, priya):
    state = PatientSummary.objects.get(pk=version.patient.pk).state
    address = f"/patients/{version.patient.pk}/looked-at/"
    cell = priya.post(address, {"state": state}, headers={"HX-Request": "true"}).text
    assert "<b>Looked at</b> 12:00 by you" in cell
    assert "<html" not in cell
    undone = priya.post(f"{address}undo/", {"look": LookedAt.objects.get().pk}, headers={"HX-Request": "true"}).text
    assert "Not yet" in undone
    assert str(PatientSummary.objects.get(pk=version.patient.pk).state) in undone


def test_what_came_since_the_list_was_drawn_is_not_called_read(version, priya):
    answer = look(priya, version, state=uuid.uuid4())
    assert answer.url == LIST
    assert "since you opened this page" in priya.get(LIST).text
    assert not LookedAt.objects.exists()
    scripted = priya.post(
        f"/patients/{version.patient.pk}/looked-at/",
        {"state": uuid.uuid4(), "next": LIST},
        headers={"HX-Request": "true"},
    )
    assert (scripted.status_code, scripted.headers["HX-Redirect"]) == (204, LIST)


@pytest.mark.parametrize("asked", ["https://evil.example/", "//evil.example/", "/\\evil.example", "patients", ""])
def test_one_is_never_sent_elsewhere(version, priya, asked):
    assert look(priya, version, next=asked).url == f"/patients/{version.patient.pk}/"


@pytest.mark.parametrize("state", ["", "x", "\0"])
def test_a_state_that_is_none_is_not_compared(version, priya, state):
    look(priya, version, state=state)
    assert LookedAt.objects.count() == 1


def test_entries_unfold_under_their_row_and_that_is_a_look_at_the_record(version, priya):
    keep_message(message_id=uuid.uuid4(), patient=version.patient, text="Please ring me.")
    page = priya.get(f"{LIST}&open={version.patient.pk}").text
    for words in ("Sore 0.", "Sore 2.", "Please ring me.", "Hard", "Not said", "1 of 1"):
        assert words in page
    assert "pain above 5 in 2 of the last 3 sessions" in page
    assert 'aria-expanded="true"' in page
    assert Entry.objects.filter(action=Entry.Action.LOOK, patient=version.patient.pk).count() == 1


def test_nobody_elses_entries_unfold(version, priya):
    stranger = given_version()
    SessionFactory(version=stranger, note="Not for you.")
    page = priya.get(f"{LIST}&open={stranger.patient.pk}").text
    assert "Not for you." not in page
    assert not Entry.objects.filter(action=Entry.Action.LOOK).exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_unfolding_costs_the_same_for_any_number_of_entries(priya, version, rows, django_assert_num_queries):
    for _ in range(rows):
        SessionFactory(version=version, received_at=NOON, local_date=NOON.date())
    with django_assert_num_queries(9):  # the list's six, the sessions and what they performed, and the trail
        priya.get(f"{LIST}&open={version.patient.pk}")
