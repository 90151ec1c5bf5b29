"""One exercise of a draft: put in, moved, swapped, taken out, put back."""

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from exercises.models import Exercise
from hipcare.access import Audience, audience, part_of
from hipcare.http import SignedInRequest
from programmes.builder import undo
from programmes.builder.forms.builder_forms import BuilderForms, posted_id
from programmes.builder.page import Said
from programmes.builder.swaps import what_stayed
from programmes.builder.views.answering import PAGE, answer, how_many, of_a_draft, refuse, sent_to
from programmes.models import Version
from programmes.services import drafts, swapping, undoing
from programmes.services.drafts import TooManyError
from programmes.services.giving import Missing


@audience(Audience.STAFF)
@require_POST
@part_of(PAGE)
@of_a_draft
def draft_add(request: SignedInRequest, draft: Version) -> HttpResponse:
    again = posted_id(request.POST, "again")
    chosen = again or posted_id(request.POST, "exercise")
    exercise = get_object_or_404(Exercise.objects.visible_to(request.user).current(), pk=chosen)
    forms = sent_to(request, draft)
    try:
        drafts.add_exercise(draft=draft, exercise=exercise, by=request.user, again=bool(again), edits=forms.edits())
    except TooManyError as refusal:
        drafts.save_draft(draft=draft, by=request.user, edits=forms.edits())
        return refuse(draft, request, forms, [Missing("rows", str(refusal))])
    focus = f"card-{exercise.pk}"
    return answer(
        draft, request, forms, lambda shown: Said(f"{exercise.name} added. {how_many(len(shown.rows))}", focus)
    )


@audience(Audience.STAFF)
@require_POST
@part_of(PAGE)
@of_a_draft
def draft_move(request: SignedInRequest, draft: Version, row: uuid.UUID, direction: drafts.Direction) -> HttpResponse:
    if direction not in {"up", "down"}:
        raise Http404
    prescription = get_object_or_404(draft.prescriptions.select_related("exercise", "version"), pk=row)
    forms = sent_to(request, draft)
    place, of = drafts.move_prescription(
        prescription=prescription, direction=direction, by=request.user, edits=forms.edits()
    )
    said = Said(f"{prescription.name}, now {place} of {of}", f"{direction}-{row}")
    return answer(draft, request, forms, lambda _shown: said)


@audience(Audience.STAFF)
@require_POST
@part_of(PAGE)
@of_a_draft
def draft_remove(request: SignedInRequest, draft: Version, row: uuid.UUID) -> HttpResponse:
    forms = sent_to(request, draft)
    prescription = draft.prescriptions.select_related("exercise", "version").filter(pk=row).first()
    if prescription is None:
        return answer(draft, request, forms)
    gone = drafts.remove_prescription(prescription=prescription, by=request.user, edits=forms.edits())
    if gone is not None:
        undo.keep_removed(request.session, draft, gone)

    def said(shown: BuilderForms) -> Said:
        words = f"{prescription.name} removed. {how_many(len(shown.rows))} You can put it back."
        return Said(words, f"back-{prescription.pk}")

    return answer(draft, request, forms, said)


@audience(Audience.STAFF)
@require_POST
@part_of(PAGE)
@of_a_draft
def draft_put_back(request: SignedInRequest, draft: Version, row: uuid.UUID) -> HttpResponse:
    forms = sent_to(request, draft)
    contents = next((one for one in undo.removed(request.session, draft) if one["id"] == str(row)), None)
    if contents is None:
        drafts.save_draft(draft=draft, by=request.user, edits=forms.edits())
        return answer(draft, request, forms)
    try:
        back = undoing.put_back_row(draft=draft, contents=contents, by=request.user, edits=forms.edits())
    except TooManyError as refusal:
        drafts.save_draft(draft=draft, by=request.user, edits=forms.edits())
        return refuse(draft, request, forms, [Missing("rows", str(refusal))])
    undo.forget_removed(request.session, draft, str(row))
    if back.instead is not None:
        undo.keep_removed(request.session, draft, back.instead)
    name, focus = back.row.exercise_name, f"remove-{back.row.pk}"
    return answer(draft, request, forms, lambda shown: Said(f"{name} is back. {how_many(len(shown.rows))}", focus))


@audience(Audience.STAFF)
@require_POST
@part_of(PAGE)
@of_a_draft
def draft_swap(request: SignedInRequest, draft: Version, row: uuid.UUID) -> HttpResponse:
    chosen = posted_id(request.POST, "exercise")
    exercise = get_object_or_404(Exercise.objects.visible_to(request.user).current(), pk=chosen)
    forms = sent_to(request, draft)
    old = draft.prescriptions.select_related("exercise", "version").filter(pk=row).first()
    if old is None:
        drafts.save_draft(draft=draft, by=request.user, edits=forms.edits())
        return answer(draft, request, forms)
    swapped = swapping.swap_exercise(prescription=old, exercise=exercise, by=request.user, edits=forms.edits())
    if swapped is None:
        return answer(draft, request, forms, lambda _shown: Said(f"{exercise.name} is in this programme already."))
    undo.keep_removed(request.session, draft, swapped.gone)
    words = f"{exercise.name} in place of {old.exercise_name}. {what_stayed(swapped.stayed)} You can put it back."
    return answer(draft, request, forms, lambda _shown: Said(words, f"swap-{swapped.row.pk}"))
