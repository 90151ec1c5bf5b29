"""Who a session belongs to. Staff sign in by password; a patient's device signs in by its pairing."""

import datetime as dt
from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import BACKEND_SESSION_KEY, SESSION_KEY
from django.contrib.auth.middleware import get_user
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from hipcare.clinics.models import Device, User
from hipcare.clinics.models.device import DeviceQuerySet

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

    A patient's session says who of its browser's people is here, their device whether they still are.
    """
    if request.session.get(BACKEND_SESSION_KEY) != DEVICE_BACKEND:
        return get_user(request)
    device = _devices(request).live().with_people().first()
    if device is None:
        return AnonymousUser()
    person = device.patient.user
    person.patient, person.clinic, person.device = device.patient, device.patient.clinic, device
    return person


def cut_off_device(request: HttpRequest) -> Device | None:
    """Return the device of a browser that is out, to say why; None where nobody can tell."""
    if request.session.get(BACKEND_SESSION_KEY) != DEVICE_BACKEND:
        return None
    device = _devices(request).with_people().first()
    return device if device and device.cut_off else None


def _devices(request: HttpRequest) -> DeviceQuerySet:
    here = request.session.get(SESSION_KEY)
    return Device.objects.filter(session_key=request.session.session_key, patient__user=here)


def people_here(request: HttpRequest) -> list[Device]:
    """Return the devices that one browser is, of one person each, who came first first."""
    if request.session.get(BACKEND_SESSION_KEY) != DEVICE_BACKEND:
        return []
    here = Device.objects.live().filter(session_key=request.session.session_key)
    return list(here.with_people().order_by("paired_at", "pk"))


def sign_in(request: HttpRequest, person: User) -> None:
    """Make ``person`` the one who is here, in a session that nobody else knows the key of."""
    request.session.cycle_key()
    change_to(request, person)
    rotate_token(request)


def change_to(request: HttpRequest, person: User | None) -> None:
    """Make ``person`` of those who share a browser the one who is here, or nobody; nothing of who was here stays."""
    session = request.session
    session.clear()
    session[BACKEND_SESSION_KEY] = DEVICE_BACKEND
    if person:
        session[SESSION_KEY] = str(person.pk)
    session.set_expiry(SESSION_AGE)
    request.user = person or AnonymousUser()
