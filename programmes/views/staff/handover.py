"""Hand a given version over."""

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from hipcare.access import Audience, audience, part_of
from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.http import SignedInRequest
from programmes.handouts.versions import given_versions
from programmes.models.teach_back import TAUGHT
from programmes.pages.handover_page import handover_of
from programmes.services.teaching import note_teach_back


@audience(Audience.STAFF)
@require_GET
def handover(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    version = get_object_or_404(given_versions().visible_to(request.user).select_related("teach_back"), pk=pk)
    add_to_trail(actor=request.user, action=Entry.Action.LOOK, subject=version, patient=version.patient)
    found = handover_of(version, request.user)
    context = {"handover": found, "version": version, "patient": version.patient}
    return render(request, "programmes/handover.html", context)


@audience(Audience.STAFF)
@require_POST
@part_of("programmes:handover")
def taught_back(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Keep the ticks of what was gone through, and go on to the patient's page."""
    version = get_object_or_404(given_versions().visible_to(request.user), pk=pk)
    ticked, shown = (set(request.POST.getlist(name)) & set(TAUGHT) for name in ("taught", "shown"))
    note_teach_back(version=version, ticked=ticked, shown=shown, by=request.user, at=timezone.now())
    return redirect("programmes:patient", pk=version.patient.pk)
