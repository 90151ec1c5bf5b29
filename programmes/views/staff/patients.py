"""For staff: the list of patients, and one patient's page."""

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from hipcare.access import Audience, audience
from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.clinics.models import Patient
from hipcare.http import SignedInRequest, is_htmx
from programmes.builder import undo
from programmes.models import PatientSummary
from programmes.pages.charts import Bands
from programmes.pages.patient_list import FOUND, ListQuery, caseload, searched
from programmes.pages.patient_page import record_of

SEARCHED = "patients_searched"  # where the session keeps the words: a name has no place in an address


@audience(Audience.STAFF)
@require_POST
def patient_search(request: SignedInRequest) -> HttpResponse:
    """Take the words of a search and show what they find."""
    request.session[SEARCHED] = words = searched(request.POST.get("q", ""))
    return redirect(f"{reverse('programmes:patient_list')}{f'?{FOUND}=' if words else ''}")


@audience(Audience.STAFF)
@require_GET
def patient_list(request: SignedInRequest) -> HttpResponse:
    """List the clinic's patients. To read the list is no look at a record."""
    clinic = request.user.clinic
    found = caseload(
        Patient.objects.visible_to(request.user),
        PatientSummary.objects.visible_to(request.user),
        ListQuery.of(request.GET, request.session.get(SEARCHED, "")),
        today=timezone.localdate(),
        bands=Bands(clinic.pain_fine_up_to, clinic.pain_ok_up_to),
    )
    template = "programmes/partials/patients.html" if is_htmx(request) else "programmes/patient_list.html"
    return render(request, template, {"caseload": found})


@audience(Audience.STAFF)
@require_GET
def patient(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Show one patient's page, as it is read in the two minutes before a visit."""
    patients = Patient.objects.visible_to(request.user).select_related("clinic", "physiotherapist")
    looked_at = get_object_or_404(patients, pk=pk)
    add_to_trail(actor=request.user, action=Entry.Action.LOOK, subject=looked_at, patient=looked_at)
    found = record_of(looked_at, today=timezone.localdate(), page=request.GET.get("page", ""))
    return render(
        request,
        "programmes/patient.html",
        {"record": found, "patient": looked_at, "thrown_away": undo.thrown_away(request.session, pk)},
    )
