"""The PIN of one phone: set, compared within few tries, and taken off."""

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F

from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.clinics.models import Device
from hipcare.clinics.models.device import PIN_TRIES


@transaction.atomic
def set_pin(*, device: Device, pin: str) -> None:
    """Hide the past on ``device`` behind ``pin``; "" takes the PIN off."""
    device.pin, device.pin_tries = make_password(pin) if pin else "", 0
    device.save(update_fields=["pin", "pin_tries"])
    patient = device.patient
    add_to_trail(actor=patient.user, action=Entry.Action.CHANGE, subject=device, patient=patient, fields=["pin"])


def is_right_pin(*, device: Device, pin: str) -> bool:
    """Compare ``pin``; the try is counted before, so that guesses sent side by side cannot outrun the count.

    After as many wrong ones as there are tries none is right any more, until the phone is paired anew.
    """
    counted = Device.objects.filter(pk=device.pk, pin_tries__lt=PIN_TRIES).update(pin_tries=F("pin_tries") + 1)
    is_right = bool(counted) and check_password(pin, device.pin)
    if is_right:
        Device.objects.filter(pk=device.pk).update(pin_tries=0)
    device.refresh_from_db(fields=["pin_tries"])
    return is_right
