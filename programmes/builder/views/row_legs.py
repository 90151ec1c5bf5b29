"""A dose of its own for each leg of one exercise, and one for both again."""

import uuid

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST

from hipcare.access import Audience, audience, part_of
from hipcare.http import SignedInRequest
from programmes.builder import undo
from programmes.builder.forms.builder_forms import BuilderForms
from programmes.builder.page import Said
from programmes.builder.views.answering import PAGE, answer, of_a_draft, refuse, sent_to
from programmes.models import Prescription, Version
from programmes.services import drafts, leg_doses
from programmes.services.drafts import TooManyError
from programmes.services.giving import Missing


@audience(Audience.STAFF)
@require_POST
@part_of(PAGE)
@of_a_draft
def draft_legs(request: SignedInRequest, draft: Version, row: uuid.UUID, how: str) -> HttpResponse:
    if how not in {"apart", "alike"}:
        raise Http404
    prescription = draft.prescriptions.select_related("exercise", "version").filter(pk=row).first()
    forms = sent_to(request, draft)
    if prescription is None:
        drafts.save_draft(draft=draft, by=request.user, edits=forms.edits())
        return answer(draft, request, forms)
    try:
        said = (_tell_apart if how == "apart" else _treat_alike)(request, prescription, forms)
    except TooManyError as refusal:
        drafts.save_draft(draft=draft, by=request.user, edits=forms.edits())
        return refuse(draft, request, forms, [Missing("rows", str(refusal))])
    return answer(draft, request, forms, lambda _shown: said)


def _tell_apart(request: SignedInRequest, row: Prescription, forms: BuilderForms) -> Said:
    leg_doses.tell_legs_apart(prescription=row, by=request.user, edits=forms.edits())
    return Said(f"{row.exercise_name}: a line for each leg.", f"alike-{row.pk}")


def _treat_alike(request: SignedInRequest, row: Prescription, forms: BuilderForms) -> Said:
    was = leg_doses.treat_legs_alike(prescription=row, by=request.user, edits=forms.edits())
    if was is None:
        return Said()
    undo.keep_removed(request.session, row.version, was)
    return Said(f"{row.exercise_name}: the same for both legs. You can put it back.", f"remove-{row.pk}")
