"""Who a session belongs to. Staff sign in by password; a patient's device signs in by its pairing."""

import datetime as dt
from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import BACKEND_SESSION_KEY, SESSION_KEY
from django.contrib.auth.middleware import get_user
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from hipcare.clinics.models import Device, User
from hipcare.clinics.models.device import DeviceQuerySet
from hipcare.clinics.session_keys import HELPS_AS

DEVICE_BACKEND = "hipcare.clinics.backends.DeviceBackend"
# How long a patient is let in, their device says (models/device.py). Its session is kept longer, as long as browsers
# keep a cookie, so that a phone that is out can be told why.
SESSION_AGE = dt.timedelta(days=400)


class StaffBackend(AuthenticationBackend):
    """allauth's sign-in for staff; the clinic comes with the person, in one query."""

    def get_user(self, user_id: UUID) -> User | None:
        staff: User | None = User.objects.staff().filter(pk=user_id, is_active=True).select_related("clinic").first()
        return staff


class DeviceBackend:
    """A paired device. It lets nobody in by itself: who a session is of, its device says (``person_of``)."""

    def authenticate(self, _request: Any, **_credentials: Any) -> None:
        return None

    def get_user(self, _user_id: UUID) -> None:
        return None


def person_of(request: HttpRequest) -> User | AnonymousUser:
    """Return who a request is from, in one query with clinic, patient and physiotherapist.

    A patient's session says who of its browser's people is here, their device whether they still are. A helper is
    here as the patient whom they help, by a device that says who they are.
    """
    if request.session.get(BACKEND_SESSION_KEY) != DEVICE_BACKEND:
        return get_user(request)
    device = _devices(request).live().with_people().first()
    if device is None:
        return AnonymousUser()
    person = device.patient.user
    person.patient, person.clinic, person.device = device.patient, device.patient.clinic, device
    if device.helper:
        device.helper.patient = device.patient
    return person


def cut_off_device(request: HttpRequest) -> Device | None:
    """Return the device of a browser that is out, to say why; None where nobody can tell."""
    if request.session.get(BACKEND_SESSION_KEY) != DEVICE_BACKEND:
        return None
    device = _devices(request).with_people().first()
    return device if device and device.cut_off else None


def _devices(request: HttpRequest) -> DeviceQuerySet:
    user = request.session.get(SESSION_KEY)
    if user is None:  # of all people of a browser, nobody is here
        return Device.objects.none()
    named = Q(paired_as=user) | Q(paired_as=None, patient__user=user)
    helper = request.session.get(HELPS_AS)
    return Device.objects.filter(named, session_key=request.session.session_key, helper=helper)


def people_here(request: HttpRequest) -> list[Device]:
    """Return the devices that one browser is, of one person each, who came first first."""
    if request.session.get(BACKEND_SESSION_KEY) != DEVICE_BACKEND:
        return []
    here = Device.objects.live().filter(session_key=request.session.session_key)
    return list(here.with_people().order_by("paired_at", "pk"))


def sign_in(request: HttpRequest, device: Device) -> None:
    """Make whose ``device`` it is the one who is here, in a session that nobody else knows the key of."""
    request.session.cycle_key()
    change_to(request, device)
    rotate_token(request)


def change_to(request: HttpRequest, device: Device | None) -> None:
    """Make one of those who share a browser the one who is here, or nobody; nothing of who was here stays."""
    session = request.session
    session.clear()
    session[BACKEND_SESSION_KEY] = DEVICE_BACKEND
    if device:
        session[SESSION_KEY] = str(device.session_user)
    if device and device.helper_id:
        session[HELPS_AS] = str(device.helper_id)
    session.set_expiry(SESSION_AGE)
    request.user = device.patient.user if device else AnonymousUser()
