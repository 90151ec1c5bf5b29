"""For staff: everything of a patient by day, a month a page. Reads only."""

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
from programmes.pages.timeline_page import Timeline


@audience(Audience.STAFF)
@require_GET
def timeline(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    patient = get_object_or_404(Patient.objects.visible_to(request.user).select_related("clinic"), pk=pk)
    add_to_trail(actor=request.user, action=Entry.Action.LOOK, subject=patient, patient=patient)
    page = Timeline(patient, timezone.localdate(), request.GET.get("month", ""), request.GET.get("kind", ""))
    return render(request, "programmes/timeline.html", {"timeline": page, "patient": patient})
