"""The patient's own phones: which there are, one more, one less, and off this one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hipcare.access import Audience, audience
from hipcare.clinics.backends import change_to, people_here
from hipcare.clinics.models import Device, Helper, PairingCode
from hipcare.clinics.services import devices
from hipcare.http import SignedInRequest


@audience(Audience.PATIENT)
@require_GET
def my_phone(request: SignedInRequest) -> HttpResponse:
    helpers = Helper.objects.visible_to(request.user).active()
    return render(request, "clinics/my_phone.html", {**_phones(request), "helpers": list(helpers)})


def _phones(request: SignedInRequest) -> dict[str, Any]:
    """Return the patient's phones, this one first, and whether there can be one more."""
    this = request.user.device
    phones = list(devices.own_devices(request.user.patient, request.user.helper))
    others = [one for one in phones if this is None or one.pk != this.pk]
    return {"this": this, "others": others, "is_full": len(phones) >= devices.MOST_DEVICES}


@audience(Audience.PATIENT)
@require_http_methods(["GET", "POST"])
def phone_add(request: SignedInRequest) -> HttpResponse:
    """Make a code for one more phone, or show the one that is open."""
    if request.method == "POST":
        try:
            devices.make_own_code(patient=request.user.patient)
        except devices.TooManyDevicesError:
            return render(request, "clinics/phone_add.html", _phones(request), status=409)
        return redirect("phone_add")
    own = PairingCode.objects.visible_to(request.user).filter(kind=PairingCode.MadeBy.OWN)
    code = own.open_by_scan().first()
    return render(request, "clinics/phone_add.html", {**_phones(request), "code": code})


@audience(Audience.PATIENT)
@require_http_methods(["GET", "POST"])
def phone_remove(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Ask once, then take another phone of one's own off; one that is off already is simply not there any more."""
    device = get_object_or_404(Device.objects.visible_to(request.user), pk=pk)
    this = request.user.device
    if this is not None and device.pk == this.pk:
        return redirect("phone_leave")
    if request.method == "GET" and device.unpaired_at is None:
        return render(request, "clinics/phone_remove.html", {"device": device})
    if request.method == "POST":
        devices.unpair(device=device, by=request.user)
        messages.success(request, _("Your plan is off: %(phone)s.") % {"phone": device.in_words})
    return redirect("my_phone")


@audience(Audience.PATIENT_OR_HELPER)
@require_GET
def phone_leave(request: SignedInRequest) -> HttpResponse:
    return render(request, "clinics/phone_leave.html", _phones(request))


@audience(Audience.PATIENT_OR_HELPER)
@require_POST
def unpair_this_device(request: SignedInRequest) -> HttpResponse:
    """Take the plan off this phone, and everything it kept; with others on it, only what is this person's."""
    if request.user.device:
        devices.unpair(device=request.user.device, by=request.user.helper or request.user)
    if people_here(request):
        change_to(request, None)
        return redirect("who")
    logout(request)
    response = redirect("pair")
    response["Clear-Site-Data"] = '"cache", "storage"'  # nothing of the plan stays on the phone
    return response
