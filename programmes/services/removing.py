"""Delete a patient who was made by mistake: one with whom nothing has happened yet. All others are archived."""

import uuid
from collections.abc import Callable, Mapping

from django.db import transaction

from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.clinics.models import Device, Patient, User
from programmes.models import Activity, Handout, Measurement, PatientMessage, Session, Version

STANDS: Mapping[str, Callable[[Patient], bool]] = {
    "It was merged with another record.": lambda one: (
        one.merged_into_id is not None or Patient.objects.filter(merged_into=one).exists()
    ),
    "A programme was given.": lambda one: Version.objects.given().filter(programme__patient=one).exists(),
    "A sheet was printed.": lambda one: Handout.objects.filter(version__programme__patient=one).exists(),
    "Something was logged.": lambda one: Session.objects.filter(version__programme__patient=one).exists(),
    "A phone was paired.": lambda one: Device.objects.filter(patient=one).exists(),
    "The patient has told you something.": lambda one: PatientMessage.objects.filter(patient=one).exists(),
    "Something was measured, or an activity written down.": lambda one: (
        Measurement.objects.filter(patient=one).exists() or Activity.objects.filter(patient=one).exists()
    ),
}


class HasHappenedError(RuntimeError):
    """Something has happened with the patient by now."""

    def __init__(self) -> None:
        super().__init__("Something has happened with this patient by now. Nothing was deleted.")


def what_has_happened(patient: Patient) -> list[str]:
    """Return why ``patient`` cannot be deleted, a sentence each; empty where nothing has happened yet."""
    return [words for words, is_so in STANDS.items() if is_so(patient)]


def was_deleted(pk: uuid.UUID, by: User) -> bool:
    """Say whether somebody of the clinic of ``by`` has deleted the patient who had this id."""
    deleted = Entry.objects.filter(clinic=by.clinic_id, subject="patient", action=Entry.Action.DELETE)
    return deleted.filter(subject_id=pk).exists()


@transaction.atomic
def delete_patient(*, patient: Patient, by: User) -> None:
    """Delete ``patient`` with a draft, codes and helpers; the trail keeps that it was done, and none of their words.

    Nobody gives, prints or pairs meanwhile: each of them locks the row of the draft, or of the patient. Raises
    ``HasHappenedError``, and ``Patient.DoesNotExist`` where somebody was quicker.
    """
    list(Version.objects.select_for_update().filter(programme__patient=patient.pk).order_by("pk").values("pk"))
    patient = Patient.objects.select_for_update(of=("self",)).select_related("user").get(pk=patient.pk)
    if what_has_happened(patient):
        raise HasHappenedError
    add_to_trail(actor=by, action=Entry.Action.DELETE, subject=patient, patient=patient)
    user = patient.user
    patient.delete()
    user.delete()
