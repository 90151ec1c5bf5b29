"""A clinic's patients: put on the list, put right, let in again."""

import datetime as dt
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail, differences
from hipcare.clinics.models import Clinic, PairingCode, Patient, User
from hipcare.clinics.services.devices import make_pairing_code

PRECAUTIONS_AND_WHO = ("hip_precautions", "hip_precautions_by", "hip_precautions_on")
PATIENT_CHANGED: list[Callable[[Patient], None]] = []
"""What the apps above this one do when something of a patient was put right; each adds its own when it is ready."""


class TwinError(Exception):
    """The clinic already has a patient of this name and date of birth: ``twin``."""

    def __init__(self, twin: Patient) -> None:
        super().__init__("There is already such a patient.")
        self.twin = twin


@transaction.atomic
def register_patient(
    *, patient: Patient, by: User, twin_is_meant: bool = False, at: dt.datetime | None = None
) -> Patient:
    """Save a new ``patient`` of the clinic of ``by``, with a sign-in that has no way in yet; ``at``, else now.

    Raises ``TwinError`` where the same name and date of birth are there already, unless ``twin_is_meant``:
    the form sent twice by a double click makes one patient.
    """
    clinic = Clinic.objects.select_for_update().get(pk=by.clinic_id)
    patient.clinic = clinic
    if not twin_is_meant and (twin := Patient.objects.twins_of(patient).first()):
        raise TwinError(twin)
    patient.user = User.objects.create_for_patient(clinic=clinic, name=patient.first_name)
    _sign_precautions(patient, by, at)
    patient.save()
    add_to_trail(actor=by, action=Entry.Action.CHANGE, subject=patient, patient=patient, at=at)
    return patient


@transaction.atomic
def correct_patient(*, patient: Patient, by: User, precautions_checked: bool = False) -> Patient:
    """Save what was put right in ``patient``, and nothing else of it; without a change nothing is written.

    Who set the precautions and the day move to ``by`` and today when they changed, or when somebody says they
    were checked again; they are never moved by anything else.
    """
    before = Patient.objects.select_for_update().get(pk=patient.pk)
    if precautions_checked or before.precautions.chosen != patient.precautions.chosen:
        _sign_precautions(patient, by)
    if changed := differences(before, patient):
        patient.save()
        User.objects.filter(pk=patient.user_id).update(name=patient.first_name)
        add_to_trail(actor=by, action=Entry.Action.CHANGE, subject=patient, patient=patient, fields=changed)
        for tell in PATIENT_CHANGED:
            tell(patient)
    return patient


@transaction.atomic
def answer_precautions(*, patient: Patient, kind: str, by: User, at: dt.datetime | None = None) -> bool:
    """Answer the question about hip precautions where nobody has yet. Return whether that changed anything.

    Somebody who answers meanwhile is not overruled. The caller writes the trail.
    """
    if not kind:
        return False
    now = Patient.objects.select_for_update(of=("self",)).select_related("hip_precautions_by").get(pk=patient.pk)
    if is_first := not now.hip_precautions:
        now.hip_precautions = kind
        _sign_precautions(now, by, at)
        now.save(update_fields=PRECAUTIONS_AND_WHO)
    for name in PRECAUTIONS_AND_WHO:
        setattr(patient, name, getattr(now, name))
    return is_first


def _sign_precautions(patient: Patient, by: User, at: dt.datetime | None = None) -> None:
    """Write down who answered the question about hip precautions, and on which day: today, if it was not ``at``."""
    is_answered = bool(patient.hip_precautions)
    patient.hip_precautions_by = by if is_answered else None
    patient.hip_precautions_on = timezone.localdate(at) if is_answered else None


@transaction.atomic
def replace_pairing_code(*, patient: Patient, by: User) -> PairingCode:
    code = make_pairing_code(patient=patient, by=by)
    add_to_trail(actor=by, action=Entry.Action.CHANGE, subject=code, patient=patient)
    return code
