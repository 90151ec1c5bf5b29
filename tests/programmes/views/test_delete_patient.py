"""A patient made by mistake is deleted while nothing has happened with them; anybody else is archived."""

import threading

import pytest
from django.db import connection
from django.urls import reverse

from hipcare.audit.models import Entry
from hipcare.clinics.models import Helper, PairingCode, Patient, User
from hipcare.clinics.services.devices import make_pairing_code
from programmes.models import Activity, ClinicSummary, PatientMessage, PatientSummary, Prescription, Version
from programmes.services.removing import HasHappenedError, delete_patient
from tests.factories import DeviceFactory, DraftFactory, PatientFactory, PrescriptionFactory, given_version
from tests.programmes.drafts import text_of
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db


def page(patient):
    return reverse("programmes:patient_delete", args=[patient.pk])


def staff_of(patient):
    return client_of(patient.physiotherapist)


def a_beginning():
    """Return a patient with a draft, a code and a helper: nothing of it has reached anybody."""
    patient = PatientFactory(first_name="Edith", last_name="Mistake")
    draft = DraftFactory(programme__patient=patient)
    PrescriptionFactory(version=draft)
    Helper.objects.create(patient=patient, name="Joanna")
    make_pairing_code(patient=patient, by=patient.physiotherapist)
    return patient


def test_it_is_asked_what_goes_is_named_and_it_goes():
    patient = a_beginning()
    staff = staff_of(patient)
    assert page(patient) in staff.get(reverse("programmes:patient", args=[patient.pk])).content.decode()
    asked = text_of(staff.get(page(patient)))
    assert "Delete Edith Mistake?" in asked
    assert "Draft Goes too" in asked
    assert "Joanna, too" in asked
    assert "This cannot be undone" in asked
    said = text_of(staff.post(page(patient), follow=True))
    assert "The patient is deleted." in said
    assert "Edith" not in said
    rows = (Patient, PatientSummary, Version, Prescription, Helper, PairingCode)
    assert not any(model.objects.exists() for model in rows)
    assert not User.objects.filter(role=User.Role.PATIENT).exists(), "nobody can sign in as them"
    assert ClinicSummary.objects.get().patients == 0
    entry = Entry.objects.get(action=Entry.Action.DELETE)
    assert (entry.subject, entry.subject_id, entry.fields) == ("patient", patient.pk, None)
    assert entry.actor == patient.physiotherapist.pk


def test_pressed_again_or_from_a_page_that_is_still_open_it_says_so():
    patient = a_beginning()
    staff = staff_of(patient)
    staff.post(page(patient))
    for late in (staff.post, staff.get):
        assert "This patient was deleted already. Nothing was done." in text_of(late(page(patient), follow=True))
    assert Entry.objects.filter(action=Entry.Action.DELETE).count() == 1
    with pytest.raises(Patient.DoesNotExist):
        delete_patient(patient=patient, by=patient.physiotherapist)


def test_whoever_of_another_clinic_asks_is_told_nothing():
    patient, stranger = a_beginning(), PatientFactory()
    other = client_of(stranger.physiotherapist)
    assert other.post(page(patient)).status_code == 404
    staff_of(patient).post(page(patient))
    assert other.get(page(patient)).status_code == 404


HAPPENED = {
    "A programme was given.": lambda patient: given_version(patient=patient),
    "A phone was paired.": lambda patient: DeviceFactory(patient=patient),
    "The patient has told you something.": lambda patient: PatientMessage.objects.create(patient=patient, text="Oh."),
    "Something was measured": lambda patient: Activity.objects.create(
        patient=patient, name="Stairs", place=1, added_by=patient.physiotherapist
    ),
}


@pytest.mark.parametrize("why", HAPPENED)
def test_with_whom_something_has_happened_stays(why):
    patient = PatientFactory()
    staff = staff_of(patient)
    assert "?" in text_of(staff.get(page(patient)))
    HAPPENED[why](patient)  # while the page is open
    refused = text_of(staff.post(page(patient), follow=True))
    assert "Something has happened with this patient by now. Nothing was deleted." in refused
    assert why in refused
    assert "Archive instead" in refused
    with pytest.raises(HasHappenedError):
        delete_patient(patient=patient, by=patient.physiotherapist)
    assert Patient.objects.get() == patient
    assert not Entry.objects.filter(action=Entry.Action.DELETE).exists()


def test_the_patient_page_offers_it_only_while_nothing_was_given():
    patient = given_version().patient
    assert page(patient) not in staff_of(patient).get(reverse("programmes:patient", args=[patient.pk])).content.decode()


@pytest.mark.django_db(transaction=True)
def test_deleted_by_two_at_once_it_is_once(transactional_db):
    patient, failed = a_beginning(), []

    def press():
        try:
            delete_patient(patient=patient, by=patient.physiotherapist)
        except Patient.DoesNotExist as late:
            failed.append(late)
        finally:
            connection.close()

    pressing = [threading.Thread(target=press) for _ in range(2)]
    for one in pressing:
        one.start()
    for one in pressing:
        one.join()
    assert len(failed) == 1
    assert Entry.objects.filter(action=Entry.Action.DELETE).count() == 1
