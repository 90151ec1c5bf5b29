"""For staff: the list of patients, and one patient's page."""

import uuid

from django.contrib import messages
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from hipcare.access import Audience, audience
from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.clinics.models import Patient
from hipcare.http import SignedInRequest, is_htmx
from programmes.builder import undo
from programmes.models import ClinicSummary, LookedAt
from programmes.pages.kept import CHANGING, filled, keep, take
from programmes.pages.kept_list import KEPT_FOR, key_of_list, summary_of_clinic
from programmes.pages.list_query import ALL, ASKED_IN_ADDRESS, FOUND, ListQuery, searched, uuid_or_none
from programmes.pages.patient_list import caseload
from programmes.pages.patient_page import record_of
from programmes.views.staff.look import LOOKED

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
    asked = ListQuery.of(request.GET, request.session.get(SEARCHED, ""))
    template = "programmes/partials/patients.html" if is_htmx(request) else "programmes/patient_list.html"
    clinic = summary_of_clinic(request.user)
    how = (timezone.localdate(), asked, template, sorted(request.GET.lists()))
    key = key_of_list(request.user, clinic, *how) if _is_plain(request) else ""
    page = take(key) if key else None
    if page is None:
        page = _drawn(request, clinic, asked, template)
        # What changed while it was drawn is in the page and not in its key: then it is not kept.
        if key and key_of_list(request.user, summary_of_clinic(request.user), *how) == key:
            keep(key, page, KEPT_FOR)
    return HttpResponse(filled(page, csrf=get_token(request)))


def _is_plain(request: SignedInRequest) -> bool:
    """Say whether the list alone decides what is shown: no message, and no word in the address but the list's own."""
    return request.GET.keys() <= ASKED_IN_ADDRESS and not len(get_messages(request))


def _drawn(request: SignedInRequest, clinic: ClinicSummary | None, asked: ListQuery, template: str) -> str:
    """Draw the list to be kept. Who unfolds a patient's entries looks at the record."""
    found = caseload(reader=request.user, asked=asked, today=timezone.localdate(), clinic=clinic)
    if found.has_none and not found.is_empty and "whose" not in request.GET:  # nobody is theirs: the clinic's it is
        everyone = ListQuery.of({**request.GET.dict(), "whose": ALL})
        found = caseload(reader=request.user, asked=everyone, today=timezone.localdate(), clinic=clinic)
    if found.opened:
        opened = found.opened.row.patient
        add_to_trail(actor=request.user, action=Entry.Action.LOOK, subject=opened, patient=opened)
    page = {"caseload": found, "csrf_token": CHANGING["csrf"], "looked": _just_looked(request)}
    return render_to_string(template, page, request)


def _just_looked(request: SignedInRequest) -> LookedAt | None:
    """Return the look that was noted just before, where the address says of whom: it can be taken back."""
    pk = uuid_or_none(request.GET.get(LOOKED, ""))
    looks = LookedAt.objects.visible_to(request.user).filter(patient=pk).select_related("patient")
    look = looks.first() if pk else None
    return look if look and look.by_id == request.user.pk else None


@audience(Audience.STAFF)
@require_GET
def patient(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Show one patient's page, as it is read in the two minutes before a visit."""
    patients = Patient.objects.visible_to(request.user).select_related("clinic", "physiotherapist")
    looked_at = get_object_or_404(patients, pk=pk)
    if looked_at.merged_into_id:
        messages.info(request, "That record was merged into this one.")
        return redirect("programmes:patient", pk=looked_at.merged_into_id)
    add_to_trail(actor=request.user, action=Entry.Action.LOOK, subject=looked_at, patient=looked_at)
    found = record_of(looked_at, today=timezone.localdate(), page=request.GET.get("page", ""))
    return render(
        request,
        "programmes/patient.html",
        {"record": found, "patient": looked_at, "thrown_away": undo.thrown_away(request.session, pk)},
    )
