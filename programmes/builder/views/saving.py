"""Open the builder, show it, keep what was typed in it."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from hipcare.access import Audience, audience, part_of
from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.clinics.models import Patient
from hipcare.clinics.models.patient import ARCHIVED
from hipcare.http import SignedInRequest, is_htmx
from programmes.builder import page
from programmes.builder.forms.builder_forms import BuilderForms
from programmes.builder.page import Said
from programmes.builder.views.answering import FULL, PAGE, answer, go_to, of_a_draft, sent_to, version_of
from programmes.models import Version
from programmes.services import drafts
from programmes.services.giving import refusals_of

SAVED = "programmes/partials/builder_saved.html"
LIBRARY = "programmes/partials/builder_library.html"
DRAWN_ANEW = {"quick", "settle", "show"}  # they change fields, or bring them


@audience(Audience.STAFF)
@require_POST
def draft_open(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    patient = get_object_or_404(Patient.objects.visible_to(request.user), pk=pk)
    if patient.archived_at:
        messages.error(request, ARCHIVED)
        return redirect("programmes:patient", pk=pk)
    draft = drafts.open_draft(patient=patient, by=request.user)
    return redirect("programmes:builder", pk=draft.pk)


@audience(Audience.STAFF)
@require_GET
@of_a_draft
def builder(request: SignedInRequest, draft: Version) -> HttpResponse:
    forms = BuilderForms(draft, page.today_of(draft))
    if is_htmx(request):
        return render(request, LIBRARY, page.library(draft, forms, request))
    add_to_trail(actor=request.user, action=Entry.Action.LOOK, subject=draft, patient=draft.patient)
    return render(request, FULL, page.page(draft, forms, request))


@audience(Audience.STAFF)
@require_POST
@part_of(PAGE)
def draft_save(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Keep what was typed. One that comes late, of what was given already, goes on to the handover page."""
    version = version_of(request, pk)
    if version.is_given and version.given_by_id == request.user.pk and not sent_to(request, version).merged.written:
        return go_to(reverse("programmes:handover", args=[pk]), request)
    return _save(request, pk)


@of_a_draft
def _save(request: SignedInRequest, draft: Version) -> HttpResponse:
    """Save. A quick button has changed fields, so the page is drawn anew; else only what follows."""
    forms = sent_to(request, draft)
    drafts.save_draft(draft=draft, by=request.user, edits=forms.edits())
    if said := _said_to(request.POST):
        return answer(draft, request, forms, said, is_quiet="kept" in request.POST)
    if not is_htmx(request) or DRAWN_ANEW & request.POST.keys():
        return answer(draft, request, forms)
    if forms.is_behind:
        return answer(draft, request, forms, is_quiet=True)
    draft = version_of(request, draft.pk)
    shown, summary = _put_right(request, draft, forms)
    if _rows_of(shown) != _rows_of(forms):
        return answer(draft, request, forms, is_quiet=True)
    saved = render(
        request, SAVED, {**page.parts(draft, shown, request.user), **page.folding(shown, request), **summary}
    )
    saved["HX-Reswap"] = "none"
    return saved


def _put_right(request: SignedInRequest, draft: Version, sent: BuilderForms) -> tuple[BuilderForms, dict[str, Any]]:
    """Return the page's forms, and the summary where the page shows one: what is right by now is no more in it."""
    fresh = BuilderForms(draft, page.today_of(draft))
    if "asked" not in request.POST:
        return fresh.with_errors_of(sent), {"has_summary": False}
    shown, asked = fresh.as_sent(sent), "give" if request.POST["asked"] == "give" else ""
    rest = shown.show(refusals_of(draft, request.user, sent.confirmed)) if asked else []
    return shown, {"has_summary": True, "problems": page.problems(shown, rest), "asked": asked}


def _rows_of(forms: BuilderForms) -> list[tuple[str, bool]]:
    """Return what every control of a row is called by, and whether it stands in a row of its own."""
    return [(form.row.name, form.follows is None) for form in forms.rows]


def _said_to(sent: QueryDict) -> Callable[[BuilderForms], Said] | None:
    """Return what a press of its own is answered with; None for what was only written."""
    if chosen := sent.get("settle", "").rpartition(":")[0]:
        return lambda shown: Said(shown.focus_on(chosen))
    if "person" in sent:
        return lambda shown: Said(f"The pictures show: {shown.draft.patient.get_person_display()}", "people")
    if "kept" in sent:
        return lambda _shown: Said("Put back what you had typed.")
    if "hip_precautions" in sent:
        return lambda shown: Said(f"Precautions: {shown.draft.patient.precautions.label}", "precautions")
    if "affected_side" in sent:
        return lambda shown: Said(f"Sore hip: {shown.draft.patient.get_affected_side_display()}", "sore-side")
    return None
