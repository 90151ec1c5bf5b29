"""What every request needs: who it is from, the language, the clinic's time, the second factor where one is due."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.db import Error as DatabaseTrouble
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject

from hipcare.access import Audience, is_of_patients
from hipcare.clinics.backends import person_of
from hipcare.clinics.models import Device, User
from hipcare.http import device_zone
from hipcare.outage import BusyError, is_outage
from hipcare.places import TODAY

GetResponse = Callable[[HttpRequest], HttpResponse]
STAFF_PAGES = ("account_", "mfa_")
"""How the names of django-allauth's pages start: staff alone use them."""


class PersonMiddleware:
    """Say who a request is from: staff as Django finds them, a patient by the device that their browser is."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.user = SimpleLazyObject(lambda: person_of(request))  # type: ignore[assignment]
        return self.get_response(request)


HERE = "here"
"""The cookie that says who of those who share a phone is using it: a hint, which lets nobody in."""
HERE_FOR = dt.timedelta(minutes=30)


class DeviceUseMiddleware:
    """Write down that a patient's device is in use: once a day of theirs, so that it is not signed out as idle.

    The one thing that looking at a page writes, and no view's business. A database that takes no writes keeps nobody
    from their exercises: then it is written tomorrow. Where people share a phone, opening Today asks who is here.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the phone remember who is here as long as they go on."""
        response = self.get_response(request)
        person: User | None = getattr(request, "shared_by", None)
        return here_is(response, person) if person else response

    def process_view(self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """Write it once the zone of the device is known."""
        if not is_of_patients(view) or not request.user.is_authenticated:
            return None
        device = request.user.device
        if device and device.is_shared:
            if _is_opened(request) and request.COOKIES.get(HERE) != request.user.kept_under:
                return redirect("who")
            request.shared_by = request.user  # type: ignore[attr-defined]
        if device and not device.is_used_today:
            _write_down(device)
        return None


def here_is(response: HttpResponse, person: User | Device) -> HttpResponse:
    """Let the browser remember for a while who said that they are here."""
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(HERE, person.kept_under, max_age=HERE_FOR, secure=secure, samesite="Lax", httponly=True)
    return response


def _is_opened(request: HttpRequest) -> bool:
    match = request.resolver_match
    return request.method == "GET" and match is not None and match.view_name == TODAY


def _write_down(device: Device) -> None:
    try:
        with transaction.atomic():
            Device.objects.filter(pk=device.pk).update(last_used_at=timezone.now())
    except (DatabaseTrouble, BusyError) as trouble:
        if not is_outage(trouble):
            raise


class LanguageMiddleware:
    """Speak to a patient in the patient's language, to staff in English.

    The device remembers it in a cookie, for the pages that do not ask who it is: they need no database. Before there
    is one they follow the browser, as far as there is such a language.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(translation.get_language_from_request(request)):
            return _remember(request, self.get_response(request))

    def process_view(self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any) -> None:
        """Choose the person's own once it is known that the page needs the person."""
        view_name = (request.resolver_match and request.resolver_match.view_name) or ""
        if view_name.startswith(STAFF_PAGES):
            translation.activate(settings.LANGUAGE_CODE)
        elif getattr(view, "audience", None) is not Audience.PUBLIC and request.user.is_authenticated:
            person = request.user
            translation.activate(person.patient.language if person.is_patient else settings.LANGUAGE_CODE)


def _remember(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Keep on a patient's device in which language it was spoken to, where that is not known already."""
    view, language = getattr(request.resolver_match, "func", None), translation.get_language()
    known = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, settings.LANGUAGE_CODE)
    if language and language != known and is_of_patients(view):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            samesite="Lax",
            httponly=True,
        )
    return response


class ClinicTimeMiddleware:
    """Show times in the zone of the person's clinic; to a patient, in the zone of their device if it says."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with timezone.override(None):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any) -> None:
        """Choose the zone once it is known that the page needs the person."""
        if getattr(view, "audience", None) is not Audience.PUBLIC and request.user.is_authenticated:
            own = device_zone(request) if request.user.is_patient else None
            timezone.activate(own or request.user.clinic.zone)


class SecondFactorMiddleware:
    """Send staff without a second factor to set one up, where ``STAFF_SECOND_FACTOR`` asks for it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """Stop before the view, save on the pages that set it up and sign out."""
        if not settings.STAFF_SECOND_FACTOR or getattr(view, "audience", None) is Audience.PUBLIC:
            return None
        view_name = (request.resolver_match and request.resolver_match.view_name) or ""
        if view_name.startswith(STAFF_PAGES) or not request.user.is_authenticated:
            return None
        if request.user.is_clinic_staff and not is_mfa_enabled(request.user):
            return redirect("mfa_index")
        return None
