"""What every request of a signed-in person needs: the clinic's time, and the second factor where it is asked for."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from hipcare.access import Audience
from hipcare.http import device_zone

GetResponse = Callable[[HttpRequest], HttpResponse]


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
        if view_name.startswith(("mfa_", "account_")) or not request.user.is_authenticated:
            return None
        if request.user.is_clinic_staff and not is_mfa_enabled(request.user):
            return redirect("mfa_index")
        return None
