"""For staff: all versions of a patient's programme, two of them side by side, and an old one copied forward."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from hipcare.access import Audience, audience
from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.clinics.models import Patient
from hipcare.http import SignedInRequest
from programmes.builder import undo
from programmes.models import Version
from programmes.pages.history_page import history_of
from programmes.services.copying import OtherDraftError, copy_forward, words_changed


@audience(Audience.STAFF)
@require_GET
def history(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    patient = get_object_or_404(Patient.objects.visible_to(request.user).select_related("clinic"), pk=pk)
    add_to_trail(actor=request.user, action=Entry.Action.LOOK, subject=patient, patient=patient)
    page = history_of(patient, ticked=request.GET.getlist("version"), is_shortened="changed" in request.GET)
    return render(request, "programmes/history.html", {"history": page, "patient": patient})


@audience(Audience.STAFF)
@require_http_methods(["GET", "POST"])
def version_copy(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask whether to copy a version forward, and do it. What the draft held before can be had back in the builder."""
    seen = Version.objects.visible_to(request.user).given().select_related("programme__patient__clinic", "given_by")
    version = get_object_or_404(seen, pk=pk)
    if request.method == "POST":
        try:
            return _copied(request, version)
        except OtherDraftError as refusal:
            messages.error(request, str(refusal))
    add_to_trail(actor=request.user, action=Entry.Action.LOOK, subject=version, patient=version.patient)
    drafts = Version.objects.visible_to(request.user).drafts().select_related("made_by")
    draft = drafts.filter(programme__patient=version.patient).first()
    shown = {"version": version, "patient": version.patient, "draft": draft, "changed": words_changed(version)}
    return render(request, "programmes/version_copy.html", shown)


def _copied(request: SignedInRequest, version: Version) -> HttpResponse:
    copied = copy_forward(version=version, seen=request.POST.get("draft", ""), by=request.user)
    if copied.replaced:
        undo.keep_replaced(request.session, copied.draft, copied.replaced)
    for name in copied.left_out:
        messages.warning(request, f"{name} is no longer in the library. It was left out.")
    return redirect("programmes:builder", pk=copied.draft.pk)
