"""Take a patient out of the lists, and bring them back. Nothing is deleted: the record can be found and read."""

from django.db import transaction
from django.utils import timezone

from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.clinics.models import PairingCode, Patient, User
from hipcare.clinics.services.devices import unpair
from programmes.models import Programme
from programmes.services.summaries import renew_summary


class StillInUseError(RuntimeError):
    """The patient has a programme in use, or a draft."""

    def __init__(self) -> None:
        super().__init__("There is a programme in use, or a draft. End it or discard it first, then archive.")


def is_in_use(patient: Patient) -> bool:
    return Programme.objects.active().filter(patient=patient).exists()


@transaction.atomic
def archive_patient(*, patient: Patient, by: User) -> None:
    """Take ``patient`` out of the lists, sign every phone out and close every code; twice, once.

    Raises ``StillInUseError``.
    """
    patient = Patient.objects.select_for_update().get(pk=patient.pk)
    if patient.archived_at:
        return
    if is_in_use(patient):
        raise StillInUseError
    PairingCode.objects.unspent().filter(patient=patient).update(closed_at=timezone.now())
    for device in patient.devices.active():
        unpair(device=device, by=by)
    patient.archived_at = timezone.now()
    _keep(patient, by)


@transaction.atomic
def bring_back(*, patient: Patient, by: User) -> None:
    """Put an archived patient into the lists again, without a phone; twice, once. One that was merged stays away."""
    patient = Patient.objects.select_for_update().get(pk=patient.pk)
    if patient.archived_at and not patient.merged_into_id:
        patient.archived_at = None
        _keep(patient, by)


def _keep(patient: Patient, by: User) -> None:
    patient.save(update_fields=["archived_at"])
    renew_summary(patient.pk)
    add_to_trail(actor=by, action=Entry.Action.CHANGE, subject=patient, patient=patient, fields=["archived_at"])
