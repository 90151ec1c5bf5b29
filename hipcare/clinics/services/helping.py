"""Who helps a patient: put on the patient's list by the patient or the clinic, and taken away again."""

from django.db import transaction
from django.utils import timezone

from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.clinics.models import Device, Helper, PairingCode, Patient, User
from hipcare.clinics.services.devices import close_codes, unpair
from hipcare.folding import fold

MOST_HELPERS = 5  # of one patient


class TooManyHelpersError(Exception):
    """The patient has as many helpers as there can be: one is to be taken away first."""


@transaction.atomic
def add_helper(*, patient: Patient, name: str, by: User) -> Helper:
    """Return the patient's helper of that name, new or as before: added twice they are one.

    Who was taken away and is added again is the same helper. Raises ``TooManyHelpersError``.
    """
    Patient.objects.select_for_update().get(pk=patient.pk)
    known = Helper.objects.filter(patient=patient)
    same = next((one for one in known if fold(one.name) == fold(name)), None)
    if same and same.stopped_at is None:
        return same
    if known.active().count() >= MOST_HELPERS:
        raise TooManyHelpersError
    helper = same or Helper(patient=patient)
    helper.name, helper.stopped_at = name, None
    helper.save()
    add_to_trail(actor=by, action=Entry.Action.CHANGE, subject=helper, patient=patient)
    return helper


@transaction.atomic
def take_helper_away(*, helper: Helper, by: User) -> None:
    """Sign all phones of a helper out and shut their code; what they entered stays, in their name. Twice is once."""
    patient = Patient.objects.select_for_update().get(pk=helper.patient_id)
    now = timezone.now()
    if not Helper.objects.active().filter(pk=helper.pk).update(stopped_at=now):
        return
    close_codes(patient=patient, at=now, kind=PairingCode.MadeBy.HELPER, helper=helper)
    for device in Device.objects.active().filter(helper=helper):
        unpair(device=device, by=by)
    add_to_trail(actor=by, action=Entry.Action.CHANGE, subject=helper, patient=patient, fields=["stopped_at"])
