"""For staff: to say that one has read what a patient saved, and to take that back."""

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from hipcare.access import Audience, audience
from hipcare.clinics.models import Patient
from hipcare.http import SignedInRequest
from programmes.services.looking import mark_looked_at, take_back_looked_at


@audience(Audience.STAFF)
@require_POST
def looked_at(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    patient = get_object_or_404(Patient.objects.visible_to(request.user), pk=pk)
    mark_looked_at(patient=patient, by=request.user, at=timezone.now())
    return redirect("programmes:patient", pk)


@audience(Audience.STAFF)
@require_POST
def looked_at_undo(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    patient = get_object_or_404(Patient.objects.visible_to(request.user), pk=pk)
    look = request.POST.get("look", "")
    if look.isdecimal():
        take_back_looked_at(patient=patient, look=int(look), by=request.user, at=timezone.now())
    return redirect("programmes:patient", pk)
