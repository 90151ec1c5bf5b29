"""For staff: find the other record of a person, compare the two, and make one of them."""

import uuid

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from hipcare.access import Audience, audience
from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.clinics.models import Patient
from hipcare.http import SignedInRequest
from programmes.forms.merge_form import KEPT, OTHER, MergeForm, OtherRecordForm
from programmes.pages.merge_page import facts_of_two
from programmes.services.one_record import (
    CannotMergeError,
    RecordChangedError,
    currents_of,
    merge_records,
    numbers_of,
    state_of,
    why_not_merged,
)

PAGE, COMPARE = "programmes:patient", "programmes:merge_compare"
MOST_FOUND = 20
NOTHING_CHOSEN = "Choose which to keep where the two differ."


@audience(Audience.STAFF)
@require_http_methods(["GET", "POST"])
def merge_choose(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Show who may be the same person: by name or day of birth, or by what was searched for."""
    return _choosing(request, get_object_or_404(Patient.objects.visible_to(request.user), pk=pk))


def _choosing(request: SignedInRequest, patient: Patient, refusal: str = "") -> HttpResponse:
    """Show whom to choose from, and why somebody who was chosen cannot be."""
    asked = OtherRecordForm(request.POST)
    words = asked.cleaned_data["words"] if asked.is_valid() else ""
    others = Patient.objects.visible_to(request.user).exclude(pk=patient.pk).filter(merged_into=None)
    alike = others.filter(Q(sort_key=patient.sort_key) | Q(date_of_birth=patient.date_of_birth))
    found = others.named(words) if words else alike
    add_to_trail(actor=request.user, action=Entry.Action.LOOK, subject=patient, patient=patient)
    shown = {"patient": patient, "words": words, "found": list(found[:MOST_FOUND]), "refusal": refusal}
    return render(request, "programmes/merge_choose.html", shown, status=409 if refusal else 200)


@audience(Audience.STAFF)
@require_http_methods(["GET", "POST"])
def merge_compare(request: SignedInRequest, pk: uuid.UUID, other: uuid.UUID) -> HttpResponse:
    """Show two records beside each other and what moves, and make them one: that of ``pk`` stays."""
    patients = Patient.objects.visible_to(request.user).select_related("physiotherapist", "hip_precautions_by")
    kept, gone = get_object_or_404(patients, pk=pk), get_object_or_404(patients, pk=other)
    if refusal := why_not_merged(kept, gone):
        if request.method == "GET" and not kept.merged_into_id:
            return _choosing(request, kept, refusal)
        messages.error(request, refusal)
        return redirect(PAGE, pk=pk)
    if request.method == "POST" and (answer := _merged(request, kept, gone)):
        return answer
    for patient in (kept, gone):
        add_to_trail(actor=request.user, action=Entry.Action.LOOK, subject=patient, patient=patient)
    form = MergeForm(kept, gone, initial={"seen": state_of(kept, gone)})
    facts = [(fact, form[fact.key].value() if fact.key in form.fields else "") for fact in facts_of_two(kept, gone)]
    shown = {"form": form, "kept": kept, "other": gone, "facts": facts, "numbers": numbers_of(gone)}
    shown |= {"currents": currents_of(kept, gone), "KEPT": KEPT, "OTHER": OTHER}
    return render(request, "programmes/merge_compare.html", shown, status=422 if request.method == "POST" else 200)


def _merged(request: SignedInRequest, kept: Patient, other: Patient) -> HttpResponse | None:
    """Make one of the two; None where the page is to be shown again."""
    form = MergeForm(kept, other, request.POST)
    if not form.is_valid():
        messages.error(request, NOTHING_CHOSEN)
        return None
    try:
        merge_records(kept=kept, other=other, taken=form.taken, seen=form.cleaned_data["seen"], by=request.user)
    except (CannotMergeError, RecordChangedError) as refusal:
        messages.error(request, str(refusal))
        return redirect(COMPARE, pk=kept.pk, other=other.pk)
    messages.success(request, "The two records are one now. The other one is archived and leads here.")
    return redirect(PAGE, pk=kept.pk)
