"""Two clicks at the same moment, and what does not succeed half."""

import datetime as dt
import threading

import pytest
from django.db import IntegrityError, connections

from hipcare.audit.models import Entry
from hipcare.clinics.models import Patient, User
from hipcare.clinics.services.registration import TwinError, register_patient
from tests.factories import PhysioFactory


def margaret(physio, **fields):
    return Patient(
        first_name="Margaret",
        last_name="Ellis",
        date_of_birth=dt.date(1955, 3, 4),
        physiotherapist=physio,
        **fields,
    )


@pytest.mark.django_db(transaction=True)
def test_clicks_at_the_same_moment_make_one_patient():
    physio = PhysioFactory()
    together, twins = threading.Barrier(4), []

    def click():
        together.wait()
        try:
            register_patient(patient=margaret(physio), by=physio)
        except TwinError as problem:
            twins.append(problem.twin.pk)
        finally:
            connections.close_all()

    clicks = [threading.Thread(target=click) for _ in range(4)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    assert twins == [Patient.objects.get().pk] * 3
    assert (User.objects.filter(role="patient").count(), Entry.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_patient_that_cannot_be_saved_leaves_no_sign_in():
    physio = PhysioFactory()
    with pytest.raises(IntegrityError):
        register_patient(patient=margaret(physio, usual_pain=11), by=physio)
    assert list(User.objects.all()) == [physio]
    assert not Entry.objects.exists()
