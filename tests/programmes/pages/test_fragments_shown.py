"""Rows and cards that are kept show what is so now: each thing that they show is changed, and the page changes."""

import datetime as dt

import pytest
from django.core.cache import caches

from hipcare.clinics.models import Patient, User
from tests.factories import (
    DraftFactory,
    ExerciseFactory,
    PatientFactory,
    PerformedExerciseFactory,
    PhysioFactory,
    SessionFactory,
    given_version,
)

NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
STAFF, DEVICE = (f"hipcare.clinics.backends.{name}Backend" for name in ("Staff", "Device"))


@pytest.fixture
def version(db, time_machine):
    """Return a version given ten days ago, with one row for every day and a note in it."""
    caches["fragments"].clear()
    time_machine.move_to(NOON - dt.timedelta(days=10), tick=False)
    version = given_version(
        patient=PatientFactory(), weekdays="0123456", note="Slowly.", exercise=ExerciseFactory(slug="bridge")
    )
    time_machine.move_to(NOON, tick=False)
    return version


@pytest.fixture
def page(client, version):
    """Return how to read a page as ``user``."""

    def _page(path, user):
        client.force_login(user, backend=DEVICE if user.is_patient else STAFF)
        return client.get(path).content.decode()

    return _page


def change(model, row, **values):
    model.objects.filter(pk=row.pk).update(**values)


CHANGES_OF_A_ROW = {
    "name": lambda v, _clock: change(Patient, v.patient, first_name="Ines"),
    "birthday": lambda v, _clock: change(Patient, v.patient, date_of_birth=dt.date(1940, 1, 1)),
    "side": lambda v, _clock: change(Patient, v.patient, affected_side="left"),
    "usual pain": lambda v, _clock: change(Patient, v.patient, usual_pain=3),
    "bands": lambda v, _clock: type(v.patient.clinic).objects.update(pain_ok_up_to=7),
    "session": lambda v, _clock: SessionFactory(version=v),
    "note": lambda v, _clock: SessionFactory(version=v, note="Sore at night."),
    "pain": lambda v, _clock: SessionFactory(version=v, pain=9),
    "done": lambda v, _clock: PerformedExerciseFactory(
        session=SessionFactory(version=v), prescription=v.prescriptions.get()
    ),
    "draft": lambda v, _clock: DraftFactory(programme=v.programme),
    "new version": lambda v, _clock: given_version(programme=v.programme, number=2),
    "day": lambda _v, clock: clock.move_to(NOON + dt.timedelta(days=1), tick=False),
}


@pytest.mark.parametrize("what", CHANGES_OF_A_ROW)
def test_row_of_the_list_shows_each_thing_that_changes(page, version, time_machine, what):
    physio = version.patient.physiotherapist
    change(Patient, version.patient, usual_pain=1)
    before = row_in(page("/patients/", physio))
    assert row_in(page("/patients/", physio)) == before
    CHANGES_OF_A_ROW[what](version, time_machine)
    assert row_in(page("/patients/", User.objects.get(pk=physio.pk))) != before


def row_in(page):
    return page[page.index("<tbody>") : page.index("</tbody>")]


CHANGES_OF_A_CARD = {
    "person": lambda v: change(Patient, v.patient, person="rowan"),
    "physiotherapist's name": lambda v: change(User, v.given_by, called="Dr Nair"),
    "version": lambda v: given_version(programme=v.programme, number=2, weekdays="0123456"),
}


@pytest.mark.parametrize("what", CHANGES_OF_A_CARD)
def test_card_of_today_shows_each_thing_that_changes(page, version, what):
    user = version.patient.user
    change(Patient, version.patient, person="maple")
    before = cards_in(page("/today/", user))
    assert cards_in(page("/today/", user)) == before
    CHANGES_OF_A_CARD[what](version)
    assert cards_in(page("/today/", User.objects.get(pk=user.pk))) != before


def test_card_of_today_shows_what_is_ticked(page, version):
    row = version.prescriptions.get()
    assert "checked" not in cards_in(page("/today/", version.patient.user))
    assert "checked" in cards_in(page(f"/today/?done={row.pk}", version.patient.user))


def cards_in(page):
    return page[page.index("data-hc-list") : page.index('id="finish"')]


def test_nobody_is_shown_what_was_kept_of_somebody_else(page, version):
    first = version.patient
    other = PatientFactory(clinic=first.clinic, physiotherapist=PhysioFactory(clinic=first.clinic, name="Kit Okoro"))
    theirs = given_version(patient=other, weekdays="0123456", note="Slowly.")
    assert "Priya" in cards_in(page("/today/", first.user))
    shown = cards_in(page("/today/", other.user))
    assert "Kit" in shown
    assert "Priya" not in shown
    assert str(version.prescriptions.get().pk) not in shown
    assert str(theirs.prescriptions.get().pk) in shown
