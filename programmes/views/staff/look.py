"""For staff: to say that one has read what a patient saved, and to take that back."""

import datetime as dt
import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from hipcare.access import Audience, audience
from hipcare.clinics.models import Patient
from hipcare.http import SignedInRequest, is_htmx
from programmes.forms.session_form import MomentField
from programmes.models import LookedAt, PatientSummary
from programmes.pages.list_query import uuid_or_none
from programmes.services.looking import CameSinceError, mark_looked_at, take_back_looked_at

READ_AGAIN = "Something came or changed since you opened this page. Read it, then press “Looked at” again."
LOOKED = "looked"  # in the address of the list: whose entries were looked at just before
LONGEST_NUMBER = 18  # digits that every database can hold


def drawn_at(request: HttpRequest) -> dt.datetime | None:
    """Return when the page was drawn on which the button was pressed."""
    return MomentField().to_python(request.POST.get("drawn"))


@audience(Audience.STAFF)
@require_POST
def looked_at(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    patient = get_object_or_404(Patient.objects.visible_to(request.user), pk=pk)
    state = uuid_or_none(request.POST.get("state", ""))
    try:
        look = mark_looked_at(patient=patient, by=request.user, at=timezone.now(), drawn=drawn_at(request), state=state)
    except CameSinceError:
        messages.info(request, READ_AGAIN)
        return _gone_back(request, patient)
    return _cell(request, patient, look) if is_htmx(request) else _gone_back(request, patient, look)


@audience(Audience.STAFF)
@require_POST
def looked_at_undo(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    patient = get_object_or_404(Patient.objects.visible_to(request.user), pk=pk)
    look = request.POST.get("look", "")
    if look.isdecimal() and len(look) <= LONGEST_NUMBER:
        take_back_looked_at(patient=patient, look=int(look), by=request.user, at=timezone.now())
    return _cell(request, patient) if is_htmx(request) else _gone_back(request, patient)


def _cell(request: SignedInRequest, patient: Patient, look: LookedAt | None = None) -> HttpResponse:
    """Answer with what stands in the row now: ``look`` with its undo, or the button again."""
    summary = PatientSummary.objects.visible_to(request.user).select_related("looked_by").get(pk=patient.pk)
    by = "" if summary.looked_by is None else "You" if summary.looked_by == request.user else summary.looked_by.name
    row = {"patient": patient, "summary": summary, "looked_by": by}
    return render(request, "programmes/partials/looked_cell.html", {"row": row, "look": look, "is_answer": True})


def _gone_back(request: SignedInRequest, patient: Patient, look: LookedAt | None = None) -> HttpResponse:
    """Go back to the list that asked, which can take ``look`` back; else to the patient's page."""
    asked = request.POST.get("next", "")
    if not asked.startswith("/") or not url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        asked = reverse("programmes:patient", args=[patient.pk])
    elif look:
        asked += f"{'&' if '?' in asked else '?'}{LOOKED}={patient.pk}"
    if is_htmx(request):
        return HttpResponse(status=204, headers={"HX-Redirect": asked})
    return redirect(asked)
