"""The next phase of a patient's programme: opened as a draft, skipped, taken up again, or left."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from hipcare.access import Audience, audience, part_of
from hipcare.clinics.models import Patient
from hipcare.http import SignedInRequest
from programmes.services import phases
from programmes.services.phases import DraftThereError, MovedOnError, Shown

PAGE = "programmes:patient"


@audience(Audience.STAFF)
@require_POST
@part_of(PAGE)
def phase_open(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    patient = get_object_or_404(Patient.objects.visible_to(request.user), pk=pk)
    try:
        opened = phases.open_next_phase(patient=patient, shown=_shown(request), by=request.user)
    except (MovedOnError, DraftThereError) as refusal:
        messages.error(request, str(refusal))
        return redirect(PAGE, pk=pk)
    for name in opened.left_out:
        messages.warning(request, f"{name} is no longer in the library. It was left out.")
    return redirect("programmes:builder", pk=opened.draft.pk)


@audience(Audience.STAFF)
@require_POST
@part_of(PAGE)
def phase_choose(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    patient = get_object_or_404(Patient.objects.visible_to(request.user), pk=pk)
    try:
        phases.choose_next_phase(
            patient=patient, shown=_shown(request), to=_place(request.POST.get("to", "")), by=request.user
        )
    except (MovedOnError, DraftThereError) as refusal:
        messages.error(request, str(refusal))
    return redirect(PAGE, pk=pk)


def _shown(request: SignedInRequest) -> Shown:
    """Return what the page showed; of a form that is not ours, what no programme shows."""
    try:
        version = uuid.UUID(request.POST.get("version", ""))
    except ValueError:
        raise MovedOnError from None
    return Shown(version, _place(request.POST.get("next", "")))


def _place(sent: str) -> int | None:
    return int(sent) if sent.isdecimal() and len(sent) <= 3 else None
