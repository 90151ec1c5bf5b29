"""Let a patient carry on alone with a programme, and take them back into care. The programme stays as it was given."""

from django.db import transaction
from django.utils import timezone

from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.clinics.models import Patient, User
from programmes.models import Programme, Version
from programmes.services.ending import AlreadyEndedError
from programmes.services.summaries import renew_summary

FIELDS = ["alone_since", "alone_by"]


@transaction.atomic
def let_carry_on(*, version: Version, by: User) -> None:
    """From today nobody is asked for a log or a review; twice, once.

    Raises ``AlreadyEndedError`` where ``version`` is no longer the current one.
    """
    patient = Patient.objects.select_for_update(of=("self",)).get(programmes=version.programme_id)
    if Version.objects.current().filter(programme=version.programme_id).first() != version:
        raise AlreadyEndedError
    programme = Programme.objects.get(pk=version.programme_id)
    if programme.alone_since is None:
        programme.alone_since, programme.alone_by = timezone.localdate(), by
        _keep(programme, patient, by)


@transaction.atomic
def take_back_into_care(*, patient: Patient, by: User) -> bool:
    """Ask for logs and the review again; False where no programme of the patient was carried on alone."""
    patient = Patient.objects.select_for_update().get(pk=patient.pk)
    programme = Programme.objects.active().filter(patient=patient, alone_since__isnull=False).first()
    if programme is None:
        return False
    programme.alone_since = programme.alone_by = None
    _keep(programme, patient, by)
    return True


def _keep(programme: Programme, patient: Patient, by: User) -> None:
    programme.save(update_fields=FIELDS)
    renew_summary(patient.pk)
    add_to_trail(actor=by, action=Entry.Action.CHANGE, subject=programme, patient=patient, fields=FIELDS)
