"""Asks for the PIN of a phone that has one, before anything of the past is shown; nothing that was sent is lost."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from hipcare.access import is_behind_pin
from hipcare.clinics.forms.pin_form import PinForm
from hipcare.clinics.models import Device
from hipcare.clinics.services.pins import is_right_pin
from hipcare.clinics.session_keys import PIN_SAID
from hipcare.http import sent_again

OPEN_FOR = dt.timedelta(minutes=15)
PIN, WAS_OPENED = "pin", "pin_page"
"""The fields of the page that asks: the PIN, and that a page was opened, not a form sent."""


class PinMiddleware:
    """Ask before a view that is the patient's alone. The answer comes to the same address, with all that was sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        device = request.user.device if is_behind_pin(view) and request.user.is_authenticated else None
        if device is None or not device.pin or is_open(request):
            return None
        form = PinForm(request.POST if PIN in request.POST else None)
        if not (form.is_valid() and is_answered(request, device, form)):
            return _question(request, device, form)
        return redirect(request.get_full_path()) if WAS_OPENED in request.POST else None


def is_answered(request: HttpRequest, device: Device, form: PinForm) -> bool:
    """Say whether the PIN in a valid ``form`` is right, and open the past for a while; else the form says so."""
    if is_right_pin(device=device, pin=form.cleaned_data[PIN]):
        open_past(request)
        return True
    form.add_wrong()
    return False


def is_open(request: HttpRequest) -> bool:
    return bool(request.session.get(PIN_SAID, 0) > timezone.now().timestamp())


def open_past(request: HttpRequest) -> None:
    request.session[PIN_SAID] = (timezone.now() + OPEN_FOR).timestamp()


def _question(request: HttpRequest, device: Device, form: PinForm) -> HttpResponse:
    is_page = request.method == "GET" or WAS_OPENED in request.POST
    context = {
        "form": form,
        "is_shut": not device.pin_tries_left,
        "left": device.pin_tries_left if form.is_bound else 0,
        "is_page": is_page,
        "kept": [] if is_page else sent_again(request, but={PIN}),
        "clinic": device.patient.clinic,
    }
    status = 422 if form.is_bound else 200 if is_page else 403
    return render(request, "clinics/pin_ask.html", context, status=status)
