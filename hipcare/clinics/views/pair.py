"""How a patient's phone gets in."""

from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_http_methods

from hipcare.access import LOST, Audience, Lost, audience
from hipcare.clinics.backends import cut_off_device, people_here, sign_in
from hipcare.clinics.forms.code_form import CodeForm
from hipcare.clinics.middleware import here_is
from hipcare.clinics.models import Device, PairingCode
from hipcare.clinics.models.device import DeviceQuerySet
from hipcare.clinics.services import devices
from hipcare.clinics.services.devices import CodeRefusedError, Refusal
from hipcare.clinics.session_keys import PAIRING, SCANNED
from hipcare.http import device_name
from hipcare.places import TODAY

LOST_WORDS = {each.value for each in Lost}


@audience(Audience.PUBLIC)
@require_http_methods(["GET", "POST"])
def pair(request: HttpRequest) -> HttpResponse:
    """Ask for the code, or take it: the token that the page's script read from the QR address, or typed."""
    if request.user.is_authenticated and request.user.is_clinic_staff:
        return render(request, "clinics/pair_staff.html", status=409 if request.method == "POST" else 200)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _cut_off_page(request) or _code_page(request, form)
    sent = form.cleaned_data
    try:
        code = devices.find_code(token=sent["token"], typed=sent["code"])
    except CodeRefusedError as refusal:
        return _back_to_today(request, refusal.code) or _refused(request, form, refusal)
    request.session[PAIRING] = str(code.pk)
    return _back_to_today(request, code) or redirect("pair_confirm")


def _cut_off_page(request: HttpRequest) -> HttpResponse | None:
    """Say to a phone that is sent here because it is out, and still knows whose it was, why it is out."""
    lost = request.GET.get(LOST, "") if request.method == "GET" else ""
    if lost not in LOST_WORDS:
        return None
    device = cut_off_device(request)
    if device is None:
        return redirect("who") if people_here(request) else None
    context = {
        "why": device.cut_off.name.lower() if device.cut_off else "",
        "clinic": device.patient.clinic,
        "patient": device.patient,
        "helper": device.helper,
        "whose": device.kept_under,
        "is_unsaved": lost == Lost.WORDS.value,
        "others": people_here(request),
    }
    with translation.override(device.patient.language):
        return render(request, "clinics/cut_off.html", context)


def _code_page(request: HttpRequest, form: CodeForm, **more: Any) -> HttpResponse:
    person = request.user if request.user.is_authenticated else None
    lost = "" if person or form.is_bound else request.GET.get(LOST, "")
    context = {
        "form": form,
        "clinic": person.clinic if person else None,
        "is_lost": lost in LOST_WORDS,
        "is_unsaved": lost == Lost.WORDS.value,
        **more,
    }
    return render(request, "clinics/pair.html", context, status=422 if form.is_bound else 200)


def _refused(request: HttpRequest, form: CodeForm, refusal: CodeRefusedError) -> HttpResponse:
    """Say why the code opens nothing: to who had the whole of it a page of its own, with whose clinic to ask."""
    if refusal.why is Refusal.SLIP:
        form.add_slip()
        return _code_page(request, form)
    code = refusal.code
    if code is None:
        return _code_page(request, form, refused=refusal.why.name.lower(), tries_left=refusal.left)
    context = {"why": refusal.why.name.lower(), "code": code, "clinic": code.patient.clinic}
    return render(request, "clinics/pair_refused.html", context, status=422)


def _back_to_today(request: HttpRequest, code: PairingCode | None) -> HttpResponse | None:
    """Send the patient whose phone is paired already to Today; the code stays as it was.

    Where that phone is in for a few more days only, or has a PIN, which may be forgotten, it can be paired anew.
    """
    person = request.user
    if code is None or not person.is_authenticated or not person.device or not _is_of(person.device, code):
        return None
    if code.is_open_by_scan and (person.device.ends_soon or person.device.pin):
        return None
    request.session.pop(PAIRING, None)
    request.session[SCANNED] = str(code.pk)
    return redirect(TODAY)


def _is_of(device: Device, code: PairingCode) -> bool:
    """Say whether a code is for the same person whose ``device`` it is: the patient, or one helper."""
    return (device.patient_id, device.helper_id) == (code.patient_id, code.helper_id)


@audience(Audience.PUBLIC)
@require_http_methods(["GET", "POST"])
def pair_confirm(request: HttpRequest) -> HttpResponse:
    """Ask whether the code is for who holds the phone; beside somebody else's plan, whether to add theirs."""
    code = devices.open_code(request.session.get(PAIRING))
    if code is None or (request.user.is_authenticated and request.user.is_clinic_staff):
        return redirect("pair")
    if request.method == "GET":
        return _question(request, code)
    if request.POST.get("answer") == "no":
        del request.session[PAIRING]
        return redirect(TODAY if request.user.is_authenticated else "pair")
    asked_off = request.POST.get("take_off")
    take_off = next((one for one in _phones_elsewhere(request, code) if str(one.pk) == asked_off), None)
    try:
        device = _open_device(request, code, take_off)
    except CodeRefusedError as refusal:  # another phone said yes a moment earlier
        del request.session[PAIRING]
        return _refused(request, CodeForm({}), refusal)
    except (devices.TooManyDevicesError, devices.TooManyPeopleError):
        return _question(request, code, status=422)
    return here_is(redirect(TODAY), device)


def _phones_elsewhere(request: HttpRequest, code: PairingCode) -> DeviceQuerySet:
    return devices.own_devices(code.patient, code.helper).exclude(session_key=request.session.session_key)


def _question(request: HttpRequest, code: PairingCode, status: int = 200) -> HttpResponse:
    others = [one for one in people_here(request) if not _is_of(one, code)]
    phones = list(_phones_elsewhere(request, code))
    context = {
        "patient": code.patient,
        "helper": code.helper,
        "whose": code.helper.name if code.helper else code.patient.first_name,
        "others": others,
        "has_pin": any(one.pin for one in people_here(request) if _is_of(one, code)),
        "is_full": len(others) >= devices.MOST_PEOPLE,
        "phones": phones if len(phones) >= devices.MOST_DEVICES else [],
        "is_refused": status != HTTPStatus.OK,
    }
    return render(request, "clinics/pair_confirm.html", context, status=status)


def _open_device(request: HttpRequest, code: PairingCode, take_off: Device | None) -> Device:
    """Sign the patient or helper in on this browser, beside whoever else is, all or nothing."""
    before = request.session.session_key or ""
    with transaction.atomic():
        device = devices.pair(code=code, session_key=before, device_name=device_name(request), take_off=take_off)
        sign_in(request, device)
        request.session[SCANNED] = str(code.pk)
        request.session.save()
        devices.move_devices(before=before, to=request.session.session_key or "")
    return device
