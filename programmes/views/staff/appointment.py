"""For staff: one page for a visit, to print and to copy as text."""

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from hipcare.access import Audience, audience
from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.clinics.models import Patient
from hipcare.http import SignedInRequest
from programmes.pages.appointment_page import AppointmentSummary


@audience(Audience.STAFF)
@require_GET
def appointment(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    patient = get_object_or_404(Patient.objects.visible_to(request.user).select_related("clinic"), pk=pk)
    add_to_trail(actor=request.user, action=Entry.Action.LOOK, subject=patient, patient=patient)
    asked = request.GET.get("since", "")
    summary = AppointmentSummary(patient, timezone.localdate(), asked=asked, made_by=request.user.name)
    return render(request, "programmes/appointment.html", {"summary": summary, "patient": patient})
