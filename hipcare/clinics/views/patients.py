"""A clinic's patients, for its staff: new, put right, let in by a new code, a device taken away."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from hipcare.access import Audience, audience
from hipcare.audit.models import Entry
from hipcare.audit.trail import record
from hipcare.clinics.forms import PatientForm
from hipcare.clinics.models import Device, Patient
from hipcare.clinics.registration import replace_pairing_code
from hipcare.clinics.services import unpair
from hipcare.http import SignedInRequest


@audience(Audience.STAFF)
@require_http_methods(["GET", "POST"])
def patient_create(request: SignedInRequest) -> HttpResponse:
    """S9: a new patient."""
    form = PatientForm(request.POST if request.method == "POST" else None, by=request.user)
    if request.method == "POST" and form.is_valid() and (patient := form.register()):
        messages.success(request, f"{patient.full_name} is on your list.")
        return redirect("programmes:patient", pk=patient.pk)
    status = 422 if form.is_bound else 200
    return render(request, "clinics/patient_form.html", {"form": form, "patient": None}, status=status)


@audience(Audience.STAFF)
@require_http_methods(["GET", "POST"])
def patient_edit(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Put right what is known about a patient."""
    patient = get_object_or_404(Patient.objects.visible_to(request.user), pk=pk)
    as_kept = {"pk": patient.pk, "full_name": patient.full_name, "hip_precautions_on": patient.hip_precautions_on}
    form = PatientForm(request.POST if request.method == "POST" else None, instance=patient, by=request.user)
    if request.method == "POST" and form.is_valid():
        form.correct()
        messages.success(request, "Saved.")
        return redirect("programmes:patient", pk=pk)
    if request.method == "GET":
        record(actor=request.user, action=Entry.Action.LOOK, subject=patient, patient=patient)
    status = 422 if form.is_bound else 200
    return render(request, "clinics/patient_form.html", {"form": form, "patient": as_kept}, status=status)


@audience(Audience.STAFF)
@require_POST
def pairing_code_create(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Make a new code for the patient's phone, then back to the page that asked (``next``)."""
    patient = get_object_or_404(Patient.objects.visible_to(request.user), pk=pk)
    replace_pairing_code(patient=patient, by=request.user)
    messages.success(request, "New code made. Codes on older sheets no longer work.")
    back = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return redirect(back)
    return redirect("programmes:patient", pk=pk)


@audience(Audience.STAFF)
@require_POST
def device_unpair(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Sign a patient's device out."""
    device = get_object_or_404(Device.objects.visible_to(request.user).select_related("patient"), pk=pk)
    unpair(device=device, by=request.user)
    messages.success(request, f"{device.name} is signed out.")
    return redirect("programmes:patient", pk=device.patient_id)
