"""For staff: archive a patient, and bring one back."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from hipcare.access import Audience, audience, part_of
from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.clinics.models import Patient
from hipcare.http import SignedInRequest
from programmes.services.archiving import StillInUseError, archive_patient, bring_back, is_in_use

PAGE = "programmes:patient"


@audience(Audience.STAFF)
@require_http_methods(["GET", "POST"])
def patient_archive(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask whether to archive a patient, and do it."""
    patient = get_object_or_404(Patient.objects.visible_to(request.user), pk=pk)
    if request.method == "POST":
        try:
            archive_patient(patient=patient, by=request.user)
        except StillInUseError as refusal:
            messages.error(request, str(refusal))
            return redirect(PAGE, pk=pk)
        messages.success(request, f"{patient.full_name} is archived. You find them under Archived, or by a search.")
        return redirect("programmes:patient_list")
    add_to_trail(actor=request.user, action=Entry.Action.LOOK, subject=patient, patient=patient)
    return render(request, "programmes/patient_archive.html", {"patient": patient, "is_in_use": is_in_use(patient)})


@audience(Audience.STAFF)
@require_POST
@part_of(PAGE)
def patient_back(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    patient = get_object_or_404(Patient.objects.visible_to(request.user), pk=pk)
    if patient.merged_into_id:
        return redirect(PAGE, pk=pk)  # which leads to the record that stays
    bring_back(patient=patient, by=request.user)
    messages.success(request, f"{patient.full_name} is in the lists again. Their phone needs a new code.")
    return redirect(PAGE, pk=pk)
