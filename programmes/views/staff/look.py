"""For staff: to say that one has read what a patient saved, and to take that back."""

import datetime as dt
import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from hipcare.access import Audience, audience
from hipcare.clinics.models import Patient
from hipcare.http import SignedInRequest
from programmes.forms.session_form import MomentField
from programmes.services.looking import CameSinceError, mark_looked_at, take_back_looked_at

READ_AGAIN = "Something came or changed since you opened this page. Read it, then press “Looked at” again."
LONGEST_NUMBER = 18  # digits that every database can hold


def drawn_at(request: HttpRequest) -> dt.datetime | None:
    """Return when the page was drawn on which the button was pressed."""
    return MomentField().to_python(request.POST.get("drawn"))


@audience(Audience.STAFF)
@require_POST
def looked_at(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    patient = get_object_or_404(Patient.objects.visible_to(request.user), pk=pk)
    try:
        mark_looked_at(patient=patient, by=request.user, at=timezone.now(), drawn=drawn_at(request))
    except CameSinceError:
        messages.info(request, READ_AGAIN)
    return redirect("programmes:patient", pk)


@audience(Audience.STAFF)
@require_POST
def looked_at_undo(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    patient = get_object_or_404(Patient.objects.visible_to(request.user), pk=pk)
    look = request.POST.get("look", "")
    if look.isdecimal() and len(look) <= LONGEST_NUMBER:
        take_back_looked_at(patient=patient, look=int(look), by=request.user, at=timezone.now())
    return redirect("programmes:patient", pk)
