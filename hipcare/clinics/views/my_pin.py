"""The PIN for past days on this phone: set, changed, removed. Where there is one, ``pin_gate`` asks for it first."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hipcare.access import Audience, audience
from hipcare.clinics.forms.pin_form import NewPinForm, PinForm
from hipcare.clinics.services.pins import set_pin
from hipcare.clinics.views.pin_gate import is_answered, open_past
from hipcare.http import SignedInRequest


@audience(Audience.PATIENT)
@require_http_methods(["GET", "POST"])
def my_pin(request: SignedInRequest) -> HttpResponse:
    """Set a PIN, or another."""
    form = NewPinForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and request.user.device:
        set_pin(device=request.user.device, pin=form.cleaned_data["new_pin"])
        open_past(request)
        messages.success(request, _("The PIN is set. In 15 minutes this phone starts to ask for it."))
        return redirect("my_phone")
    return _page(request, form, PinForm(), is_refused=form.is_bound)


@audience(Audience.PATIENT)
@require_POST
def my_pin_remove(request: SignedInRequest) -> HttpResponse:
    """Take the PIN off: for who knows it, though it was typed a moment ago."""
    device, form = request.user.device, PinForm(request.POST)
    if device is None or not device.pin:
        return redirect("my_phone")
    if not (form.is_valid() and is_answered(request, device, form)):
        return _page(request, NewPinForm(), form, is_refused=True)
    set_pin(device=device, pin="")
    messages.success(request, _("The PIN is gone."))
    return redirect("my_phone")


def _page(request: SignedInRequest, new: NewPinForm, old: PinForm, *, is_refused: bool) -> HttpResponse:
    device = request.user.device
    context = {
        "form": new,
        "old": old,
        "has_pin": bool(device and device.pin),
        "left": device.pin_tries_left if device and old.is_bound else None,
        "clinic": request.user.clinic,
    }
    return render(request, "clinics/my_pin.html", context, status=422 if is_refused else 200)
