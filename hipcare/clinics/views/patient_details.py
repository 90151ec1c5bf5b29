"""A clinic's patients, for its staff: new, put right, let in by a new code, a device taken away."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from hipcare.access import Audience, audience
from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.clinics.forms.patient_form import PatientForm
from hipcare.clinics.models import Device, Patient
from hipcare.clinics.models.patient import ARCHIVED
from hipcare.clinics.services.devices import unpair
from hipcare.clinics.services.registration import replace_pairing_code
from hipcare.errors import keeps_words
from hipcare.http import SignedInRequest
from hipcare.places import PATIENT, PATIENTS
from hipcare.stamps import held


@audience(Audience.STAFF)
@require_http_methods(["GET", "POST"])
@keeps_words
def patient_create(request: SignedInRequest) -> HttpResponse:
    form = PatientForm(request.POST if request.method == "POST" else None, by=request.user)
    if request.method == "POST" and form.is_valid() and (patient := form.register()):
        messages.success(request, f"{patient.full_name} is on your list.")
        return redirect(PATIENT, pk=patient.pk)
    page = {"form": form, "patient": None, "back": reverse(PATIENTS)}
    return render(request, "clinics/patient_form.html", page, status=422 if form.is_bound else 200)


@audience(Audience.STAFF)
@require_http_methods(["GET", "POST"])
@keeps_words
def patient_edit(request: SignedInRequest, pk: UUID) -> HttpResponse:
    with held(request, Patient.objects.visible_to(request.user)) as own:
        patient = get_object_or_404(own, pk=pk)
        kept = ("full_name", "hip_precautions_on", "hip_precautions_by")
        as_kept = {name: getattr(patient, name) for name in kept}
        form = PatientForm(request.POST if request.method == "POST" else None, instance=patient, by=request.user)
        if request.method == "POST" and form.is_valid():
            form.correct()
            messages.success(request, f"Saved. {form.kept_words}".strip())
            return redirect(_page_that_asked(request, pk))
    if request.method == "GET":
        add_to_trail(actor=request.user, action=Entry.Action.LOOK, subject=patient, patient=patient)
    page = {"form": form, "patient": as_kept, "back": _page_that_asked(request, pk)}
    return render(request, "clinics/patient_form.html", page, status=form.refusal_status if form.is_bound else 200)


@audience(Audience.STAFF)
@require_POST
def pairing_code_create(request: SignedInRequest, pk: UUID) -> HttpResponse:
    patient = get_object_or_404(Patient.objects.visible_to(request.user), pk=pk)
    if patient.archived_at:
        messages.error(request, ARCHIVED)
        return redirect(PATIENT, pk=pk)
    replace_pairing_code(patient=patient, by=request.user)
    messages.success(request, "New code made. Codes on older sheets no longer work.")
    return redirect(_page_that_asked(request, pk))


@audience(Audience.STAFF)
@require_POST
def device_unpair(request: SignedInRequest, pk: UUID) -> HttpResponse:
    device = get_object_or_404(Device.objects.visible_to(request.user).select_related("patient"), pk=pk)
    unpair(device=device, by=request.user)
    messages.success(request, f"{device.name} is signed out.")
    return redirect(PATIENT, pk=device.patient_id)


def _page_that_asked(request: SignedInRequest, pk: UUID) -> str:
    """Return where ``next`` leads, if that is an address of this site; else the patient's page."""
    asked = request.POST.get("next") or request.GET.get("next", "")
    # ``redirect`` takes a word without a slash for the name of a view.
    is_here = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if is_here else reverse(PATIENT, args=[pk])
