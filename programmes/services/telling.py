"""Keep what a patient tells the physiotherapist; it can be changed or taken back until it is read.

The trail knows when, and never the words.
"""

import datetime as dt
import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.clinics.models import Patient, User
from programmes.models import PatientMessage
from programmes.services.looking import CameSinceError
from programmes.services.summaries import renew_summary

READ_MEANWHILE = _("This has been read, so it stays as it is. Write a new one.")


@transaction.atomic
def keep_message(*, message_id: uuid.UUID, patient: Patient, text: str, waited: bool = False) -> PatientMessage:
    """Keep a message, once; the same id with other words changes it.

    What ``waited`` on a phone while the message was read is a message of its own, under an id made of both: also once.

    Raises ``ValidationError`` when it has been read and says something else, ``PatientMessage.DoesNotExist`` when the
    id is another patient's.
    """
    message, is_new = PatientMessage.objects.select_for_update(of=("self",)).get_or_create(
        pk=message_id, defaults={"patient": patient, "text": text}
    )
    if message.patient_id != patient.pk:
        raise PatientMessage.DoesNotExist
    if not is_new and message.text == text:
        return message
    if message.is_read and waited:
        return keep_message(message_id=uuid.uuid5(message_id, text), patient=patient, text=text)
    if message.is_read:
        raise ValidationError(READ_MEANWHILE)
    if is_new:
        _add_own_to_trail(message)
    else:
        message.text, message.written_at = text, timezone.now()
        message.save()
        _add_own_to_trail(message, "text")
    renew_summary(patient.pk)
    return message


def _add_own_to_trail(message: PatientMessage, *fields: str) -> None:
    patient = message.patient
    action = Entry.Action.CHANGE
    add_to_trail(actor=patient.user, action=action, subject=message, patient=patient, fields=fields or None)


@transaction.atomic
def take_back(*, message: PatientMessage) -> None:
    """Delete a message that nobody has read; one that is gone already is no trouble.

    Raises ``ValidationError`` when it has been read.
    """
    found = PatientMessage.objects.select_for_update(of=("self",)).filter(pk=message.pk).first()
    if found is None:
        return
    if found.is_read:
        raise ValidationError(READ_MEANWHILE)
    _add_own_to_trail(found, "taken_back")
    found.delete()
    renew_summary(found.patient_id)


@transaction.atomic
def look_at_message(*, message: PatientMessage, by: User, drawn: dt.datetime | None = None) -> PatientMessage:
    """Say that ``by`` has read a message; who read it first stays.

    ``drawn`` is when the page was drawn on which they read it. Raises ``CameSinceError``.
    """
    found = PatientMessage.objects.select_for_update(of=("self",)).select_related("patient").get(pk=message.pk)
    if found.is_read:
        return found
    if drawn and found.written_at > drawn:
        raise CameSinceError
    found.read_at, found.read_by = timezone.now(), by
    found.save()
    add_to_trail(actor=by, action=Entry.Action.LOOK, subject=found, patient=found.patient)
    renew_summary(found.patient_id)
    return found
