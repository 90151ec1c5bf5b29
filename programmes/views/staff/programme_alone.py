"""For staff: let a patient carry on alone with the programme, and take them back into care."""

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
from programmes.models import Version
from programmes.services.carrying_on import let_carry_on, take_back_into_care
from programmes.services.ending import AlreadyEndedError

PAGE = "programmes:patient"
BACK_ALREADY = "No programme is carried on alone now. Nothing was done."


@audience(Audience.STAFF)
@require_http_methods(["GET", "POST"])
def version_alone(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask whether the patient carries on alone, and let them."""
    seen = Version.objects.visible_to(request.user).given().select_related("programme__patient__clinic")
    version = get_object_or_404(seen, pk=pk)
    patient = version.patient
    if request.method == "POST":
        try:
            let_carry_on(version=version, by=request.user)
            messages.success(request, f"{patient.first_name} carries on alone. It can be taken back.")
        except AlreadyEndedError as refusal:
            messages.error(request, str(refusal))
        return redirect(PAGE, pk=patient.pk)
    add_to_trail(actor=request.user, action=Entry.Action.LOOK, subject=version, patient=patient)
    return render(request, "programmes/version_alone.html", {"version": version, "patient": patient})


@audience(Audience.STAFF)
@require_POST
@part_of(PAGE)
def alone_no_longer(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    patient = get_object_or_404(Patient.objects.visible_to(request.user), pk=pk)
    if take_back_into_care(patient=patient, by=request.user):
        messages.success(request, f"{patient.first_name} is in your care again.")
    else:
        messages.error(request, BACK_ALREADY)
    return redirect(PAGE, pk=pk)
