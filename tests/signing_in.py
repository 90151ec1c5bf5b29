"""In tests a patient signs in without a code: then there is a device, as there is after pairing."""

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from hipcare.clinics.models import Device


@receiver(user_logged_in)
def device_of_who_signs_in(request, user, **_kwargs):
    if user.is_patient:
        if request.session.session_key is None:  # somebody else was signed in here
            request.session.save()
        here = {"patient": user.patient, "session_key": request.session.session_key}
        Device.objects.get_or_create(**here, unpaired_at=None, defaults={"name": "Phone, Chrome"})
