"""A patient leaves the lists, with every phone signed out, and comes back with one press. Nothing is deleted."""

import pytest
from django.urls import reverse
from django.utils import timezone

from hipcare.audit.models import Entry
from hipcare.clinics.models import Device, PairingCode, Patient
from hipcare.clinics.services.devices import make_pairing_code
from programmes.models import ClinicSummary, PatientSummary, Programme, Version
from programmes.services import drafts
from programmes.services.archiving import StillInUseError, archive_patient, bring_back
from programmes.services.ending import end_programme
from tests.factories import DeviceFactory, PatientFactory, PhysioFactory, given_version
from tests.programmes.drafts import text_of
from tests.structure.world import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def patient():
    """Return a patient whose programme has ended, with a phone and an open code."""
    patient = PatientFactory(last_name="Ellis")
    version = given_version(patient=patient)
    end_programme(version=version, by=patient.physiotherapist, last_day=timezone.localdate(), why="goal")
    DeviceFactory(patient=patient)
    make_pairing_code(patient=patient, by=patient.physiotherapist)
    return patient


def staff_of(patient):
    return client_of(patient.physiotherapist)


def press(patient, name):
    return staff_of(patient).post(reverse(f"programmes:{name}", args=[patient.pk]), follow=True)


def listed(patient, **query):
    found = staff_of(patient).get(reverse("programmes:patient_list"), query).context["caseload"]
    return [row.patient.pk for row in found.rows]


def test_it_is_asked_archived_and_said(patient):
    asked = text_of(staff_of(patient).get(reverse("programmes:patient_archive", args=[patient.pk])))
    assert "They leave the lists; nothing is deleted." in asked
    done = text_of(press(patient, "patient_archive"))
    assert "is archived. You find them under Archived, or by a search." in done
    assert listed(patient, whose="all") == []
    assert listed(patient, whose="archived") == [patient.pk]
    page = text_of(staff_of(patient).get(reverse("programmes:patient", args=[patient.pk])))
    assert "Nothing is deleted. To give a programme, bring the patient back first." in page
    assert "Make a programme" not in page
    assert "Paired phones" not in page
    assert "The last one has ended" not in page
    assert Version.objects.filter(programme__patient=patient).count() == 1


def test_phones_are_signed_out_and_codes_closed(patient):
    press(patient, "patient_archive")
    assert not Device.objects.active().filter(patient=patient).exists()
    assert not PairingCode.objects.unspent().filter(patient=patient).exists()


def test_the_counts_follow(patient):
    press(patient, "patient_archive")
    clinic = ClinicSummary.objects.get(clinic=patient.clinic)
    assert (clinic.patients, clinic.archived, clinic.given) == (0, 1, 0)
    assert PatientSummary.objects.get(patient=patient).is_archived
    press(patient, "patient_back")
    clinic.refresh_from_db()
    assert (clinic.patients, clinic.archived, clinic.given) == (1, 0, 1)
    assert not PatientSummary.objects.get(patient=patient).is_archived


def test_twice_is_once_and_the_trail_says_so_once(patient):
    for _pressed in range(2):
        press(patient, "patient_archive")
    first = Patient.objects.get(pk=patient.pk).archived_at
    assert first is not None
    for _pressed in range(2):
        press(patient, "patient_back")
    changed = Entry.objects.filter(action=Entry.Action.CHANGE, subject="patient", patient=patient.pk)
    assert [entry.fields for entry in changed] == [["archived_at"], ["archived_at"]]
    assert listed(patient, whose="all") == [patient.pk]


def test_a_programme_in_use_is_ended_first():
    patient = given_version(patient=PatientFactory()).patient
    page = text_of(staff_of(patient).get(reverse("programmes:patient_archive", args=[patient.pk])))
    assert "There is a programme in use, or a draft." in page
    said = text_of(press(patient, "patient_archive"))
    assert "End it or discard it first, then archive." in said
    with pytest.raises(StillInUseError):
        archive_patient(patient=patient, by=patient.physiotherapist)
    assert Patient.objects.get(pk=patient.pk).archived_at is None


def test_a_draft_is_discarded_first(patient):
    drafts.open_draft(patient=patient, by=patient.physiotherapist)
    with pytest.raises(StillInUseError):
        archive_patient(patient=patient, by=patient.physiotherapist)


@pytest.mark.parametrize(
    "button", ["programmes:draft_open", "programmes:programme_again", "pairing_code_create", "helper_add"]
)
def test_a_page_that_was_open_meanwhile_gives_nothing_and_lets_nobody_in(patient, button):
    press(patient, "patient_archive")
    staff = staff_of(patient)
    said = text_of(staff.post(reverse(button, args=[patient.pk]), {"name": "Joanna"}, follow=True))
    assert "This patient is archived. Bring them back first." in said
    assert not Programme.objects.active().filter(patient=patient).exists()
    assert not PairingCode.objects.unspent().filter(patient=patient).exists()
    assert not patient.helpers.exists()


def test_after_coming_back_a_programme_can_be_made(patient):
    archive_patient(patient=patient, by=patient.physiotherapist)
    bring_back(patient=patient, by=patient.physiotherapist)
    assert drafts.open_draft(patient=patient, by=patient.physiotherapist)


def test_another_clinic_archives_nobody(patient):
    stranger = client_of(PhysioFactory())
    assert stranger.post(reverse("programmes:patient_archive", args=[patient.pk])).status_code == 404
    assert Patient.objects.get(pk=patient.pk).archived_at is None
