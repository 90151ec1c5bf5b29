"""For staff: delete a patient who was made by mistake."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from hipcare.access import Audience, audience
from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.clinics.models import Patient
from hipcare.http import SignedInRequest
from programmes.models import Version
from programmes.services.removing import HasHappenedError, delete_patient, was_deleted, what_has_happened

LIST = "programmes:patient_list"
DELETED_ALREADY = "This patient was deleted already. Nothing was done."


@audience(Audience.STAFF)
@require_http_methods(["GET", "POST"])
def patient_delete(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask whether to delete a patient with whom nothing has happened, and do it; else say what has."""
    patient = Patient.objects.visible_to(request.user).filter(pk=pk).first()
    if patient is None:
        return _gone(request, pk)
    if request.method == "POST":
        return _delete(request, patient)
    add_to_trail(actor=request.user, action=Entry.Action.LOOK, subject=patient, patient=patient)
    drafts = Version.objects.visible_to(request.user).drafts().filter(programme__patient=patient)
    shown = {"patient": patient, "reasons": what_has_happened(patient), "has_draft": drafts.exists()}
    shown["helpers"] = list(patient.helpers.active())
    return render(request, "programmes/patient_delete.html", shown)


def _delete(request: SignedInRequest, patient: Patient) -> HttpResponse:
    try:
        delete_patient(patient=patient, by=request.user)
    except HasHappenedError as refusal:
        messages.error(request, str(refusal))
        return redirect("programmes:patient_delete", pk=patient.pk)
    except Patient.DoesNotExist:
        return _gone(request, patient.pk)
    messages.success(request, "The patient is deleted.")
    return redirect(LIST)


def _gone(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    if not was_deleted(pk, request.user):
        raise Http404
    messages.error(request, DELETED_ALREADY)
    return redirect(LIST)
