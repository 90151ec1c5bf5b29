"""Throw a draft away, and put it back."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from hipcare.access import Audience, audience, part_of
from hipcare.clinics.models import Patient
from hipcare.http import SignedInRequest
from programmes.builder import undo
from programmes.builder.views.answering import PAGE, go_to, of_a_draft
from programmes.models import Version
from programmes.services import drafts, undoing
from programmes.services.undoing import InTheWayError

THROWN = "The draft was thrown away. What the patient has has not changed. You can put the draft back."


@audience(Audience.STAFF)
@require_POST
@part_of(PAGE)
@of_a_draft
def draft_discard(request: SignedInRequest, draft: Version) -> HttpResponse:
    contents = drafts.discard_draft(draft=draft, by=request.user)
    undo.keep_thrown_away(request.session, draft.patient.pk, contents)
    messages.success(request, THROWN)
    return go_to(reverse("programmes:patient", args=[draft.patient.pk]), request)


@audience(Audience.STAFF)
@require_POST
def draft_restore(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    patient = get_object_or_404(Patient.objects.visible_to(request.user), pk=pk)
    contents = undo.thrown_away(request.session, pk)
    if contents is None:
        return redirect("programmes:patient", pk=pk)
    try:
        draft = undoing.put_back_draft(patient=patient, contents=contents, by=request.user)
    except InTheWayError as refusal:
        messages.error(request, str(refusal))
        return redirect("programmes:patient", pk=pk)
    undo.forget_thrown_away(request.session, pk)
    messages.success(request, "The draft is back, as it was.")
    return redirect("programmes:builder", pk=draft.pk)
