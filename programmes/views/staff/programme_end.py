"""For staff: end a patient's programme, and take it up again."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from hipcare.access import Audience, audience, part_of
from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.clinics.models import Patient
from hipcare.clinics.models.patient import ARCHIVED
from hipcare.http import SignedInRequest
from programmes.builder import undo
from programmes.forms.end_form import EndForm
from programmes.models import Version
from programmes.services.ending import AlreadyEndedError, AnotherRunsError, end_programme, take_up_again

PAGE = "programmes:patient"


@audience(Audience.STAFF)
@require_http_methods(["GET", "POST"])
def version_end(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask how the programme of the current version ends, and end it."""
    seen = Version.objects.visible_to(request.user).given().select_related("programme__patient__clinic")
    version = get_object_or_404(seen, pk=pk)
    form = EndForm(version, timezone.localdate(), request.POST if request.method == "POST" else None)
    try:
        if form.is_bound and form.is_valid():
            return _ended(request, version, form)
    except AlreadyEndedError as refusal:
        messages.error(request, str(refusal))
        return redirect(PAGE, pk=version.patient.pk)
    if not form.is_bound:
        add_to_trail(actor=request.user, action=Entry.Action.LOOK, subject=version, patient=version.patient)
    has_draft = Version.objects.visible_to(request.user).drafts().filter(programme=version.programme).exists()
    shown = {"form": form, "version": version, "patient": version.patient, "has_draft": has_draft}
    return render(request, "programmes/version_end.html", shown, status=422 if form.is_bound else 200)


def _ended(request: SignedInRequest, version: Version, form: EndForm) -> HttpResponse:
    draft = end_programme(version=version, by=request.user, **form.cleaned_data)
    if draft:
        undo.keep_thrown_away(request.session, version.patient.pk, draft)
    messages.success(request, "The programme has ended. It can be taken up again.")
    return redirect(PAGE, pk=version.patient.pk)


@audience(Audience.STAFF)
@require_POST
@part_of(PAGE)
def programme_again(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    patient = get_object_or_404(Patient.objects.visible_to(request.user), pk=pk)
    if patient.archived_at:
        messages.error(request, ARCHIVED)
        return redirect(PAGE, pk=pk)
    try:
        take_up_again(patient=patient, by=request.user)
        messages.success(request, "The programme goes on as it was.")
    except AnotherRunsError as refusal:
        messages.error(request, str(refusal))
    return redirect(PAGE, pk=pk)
