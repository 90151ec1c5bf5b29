"""The builder: one form, and an address for each of its buttons.

Every button sends the whole form. Its view first keeps what is right in it, then acts, then answers with the builder
alone for htmx, or sends the browser back to the page; what is wrong stays as it was typed.
"""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from exercises.models import Exercise
from hipcare.access import Audience, audience
from hipcare.audit.models import Entry
from hipcare.audit.trail import record
from hipcare.clinics.models import Patient
from hipcare.http import SignedInRequest, is_htmx
from programmes.forms.drafts import BuilderForms, posted_id
from programmes.handouts.archive import draw_for
from programmes.models import Template, Version
from programmes.models.programme import FrozenError
from programmes.services import drafts
from programmes.services.drafts import DraftGoneError, TooManyError
from programmes.services.giving import CannotGiveError, Missing, give_version
from programmes.views import builder_page
from programmes.views.builder_page import NOTHING_SAID, Said

FULL = "programmes/builder.html"
SWAP = "programmes/partials/builder_swap.html"
SAVED = "programmes/partials/builder_saved.html"
LIBRARY = "programmes/partials/builder_library.html"
STALE = "This programme was changed in another tab. Check it, then give it."
BEHIND = "This draft was changed in another window. Your last change here was not saved. Check it and write it again."
GONE = "An exercise you wrote in is no longer in this programme. What you wrote for it was not saved."
GIVEN = "This version was given meanwhile, so it no longer changes. Press “Change programme” for the next one."


def of_a_draft(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hand the view the draft that ``pk`` names; send the person to the patient's page when it is no draft any more."""

    @wraps(view)
    def with_draft(request: SignedInRequest, pk: uuid.UUID, **kwargs: Any) -> HttpResponse:
        draft = _version(request, pk)
        words = GIVEN
        try:
            if not draft.is_given:
                return view(request, draft, **kwargs)
        except FrozenError as refusal:
            words = str(refusal) if isinstance(refusal, DraftGoneError) else GIVEN
        messages.error(request, words)
        return _go(request, reverse("programmes:patient", args=[draft.patient.pk]))

    return with_draft


@audience(Audience.STAFF)
@require_POST
def draft_open(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Open the patient's draft, or go on with the one there is."""
    patient = get_object_or_404(Patient.objects.visible_to(request.user), pk=pk)
    draft = drafts.open_draft(patient=patient, by=request.user)
    return redirect("programmes:builder", pk=draft.pk)


@audience(Audience.STAFF)
@require_GET
@of_a_draft
def builder(request: SignedInRequest, draft: Version) -> HttpResponse:
    """Show the builder; for htmx, the library alone, narrowed by its search."""
    forms = BuilderForms(draft, builder_page.today_of(draft))
    if is_htmx(request):
        return render(request, LIBRARY, builder_page.library(draft, forms, request))
    record(actor=request.user, action=Entry.Action.LOOK, subject=draft, patient=draft.patient)
    return render(request, FULL, builder_page.page(draft, forms, request))


@audience(Audience.STAFF)
@require_POST
@of_a_draft
def draft_save(request: SignedInRequest, draft: Version) -> HttpResponse:
    """Keep what was typed. A quick button has changed fields, so the page is drawn anew; else only what follows."""
    forms = _sent(request, draft)
    drafts.save_draft(draft=draft, by=request.user, edits=forms.edits())
    if "person" in request.POST:
        return _answer(request, draft, forms, _who_is_drawn)
    if not is_htmx(request) or forms.stale or "quick" in request.POST or "affected_side" in request.POST:
        return _answer(request, draft, forms)
    draft = _version(request, draft.pk)
    shown = BuilderForms(draft, builder_page.today_of(draft)).with_errors_of(forms)
    answer = render(request, SAVED, builder_page.parts(draft, shown))
    answer["HX-Reswap"] = "none"
    return answer


@audience(Audience.STAFF)
@require_POST
@of_a_draft
def draft_template(request: SignedInRequest, draft: Version) -> HttpResponse:
    """Start again from a template, the version in use, nothing, or what was there before; it can be undone."""
    forms = _sent(request, draft)
    start: dict[str, Any] = {"draft": draft, "by": request.user, "edits": forms.edits()}
    match request.POST.get("template"):
        case "in-use":
            replaced = drafts.start_from_version_in_use(**start)
        case "blank":
            replaced = drafts.start_blank(**start)
        case "before" if before := builder_page.replaced(draft, request):
            replaced = drafts.start_from_contents(contents=before, **start)
        case _:
            chosen = posted_id(request.POST, "template")
            template = get_object_or_404(Template.objects.visible_to(request.user).current(), pk=chosen)
            replaced = drafts.start_from_template(template=template, **start)
    request.session[builder_page.REPLACED] = {"draft": str(draft.pk), **replaced}
    return _answer(request, draft, forms, lambda shown: Said(_how_many(len(shown.rows))))


@audience(Audience.STAFF)
@require_POST
@of_a_draft
def draft_add(request: SignedInRequest, draft: Version) -> HttpResponse:
    """Put one more exercise last."""
    chosen = posted_id(request.POST, "exercise")
    exercise = get_object_or_404(Exercise.objects.visible_to(request.user).current(), pk=chosen)
    forms = _sent(request, draft)
    try:
        drafts.add_exercise(draft=draft, exercise=exercise, by=request.user, edits=forms.edits())
    except TooManyError as refusal:
        drafts.save_draft(draft=draft, by=request.user, edits=forms.edits())
        return _refused(request, draft, forms, [Missing("rows", str(refusal))])
    focus = f"card-{exercise.pk}"
    return _answer(
        request, draft, forms, lambda shown: Said(f"{exercise.name} added. {_how_many(len(shown.rows))}", focus)
    )


@audience(Audience.STAFF)
@require_POST
@of_a_draft
def draft_move(request: SignedInRequest, draft: Version, row: uuid.UUID, direction: drafts.Direction) -> HttpResponse:
    """Move one exercise up or down by one place."""
    if direction not in {"up", "down"}:
        raise Http404
    prescription = get_object_or_404(draft.prescriptions.select_related("exercise", "version"), pk=row)
    forms = _sent(request, draft)
    place, of = drafts.move_prescription(
        prescription=prescription, direction=direction, by=request.user, edits=forms.edits()
    )
    said = Said(f"{prescription.name}, now {place} of {of}", f"{direction}-{row}")
    return _answer(request, draft, forms, lambda _shown: said)


@audience(Audience.STAFF)
@require_POST
@of_a_draft
def draft_remove(request: SignedInRequest, draft: Version, row: uuid.UUID) -> HttpResponse:
    """Take one exercise out; one that is out already stays out."""
    forms = _sent(request, draft)
    prescription = draft.prescriptions.select_related("exercise", "version").filter(pk=row).first()
    if prescription is None:
        return _answer(request, draft, forms)
    drafts.remove_prescription(prescription=prescription, by=request.user, edits=forms.edits())

    def said(shown: BuilderForms) -> Said:
        after = [form.row.pk for form in shown.rows if form.row.order >= prescription.order] or [
            form.row.pk for form in shown.rows[-1:]
        ]
        return Said(
            f"{prescription.name} removed. {_how_many(len(shown.rows))}", f"remove-{after[0]}" if after else "tray"
        )

    return _answer(request, draft, forms, said)


@audience(Audience.STAFF)
@require_POST
@of_a_draft
def draft_discard(request: SignedInRequest, draft: Version) -> HttpResponse:
    """Throw the draft away; what the patient has stays as it is."""
    drafts.discard_draft(draft=draft, by=request.user)
    messages.success(request, "The draft was thrown away. What the patient has has not changed.")
    return _go(request, reverse("programmes:patient", args=[draft.patient.pk]))


@audience(Audience.STAFF)
@require_POST
def draft_give(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Give the draft, or say everything that is in the way. A second click lands on the same page as the first."""
    if _version(request, pk).is_given:
        return _go(request, reverse("programmes:handover", args=[pk]))
    return _give(request, pk)


@of_a_draft
def _give(request: SignedInRequest, draft: Version) -> HttpResponse:
    forms = _sent(request, draft)
    missing = [Missing("rows", STALE)] if forms.gone or forms.unseen or forms.stale else []
    if forms.is_right() and not missing:
        try:
            give_version(draft=draft, by=request.user, confirmed=forms.confirmed, edits=forms.edits())
        except CannotGiveError as refusal:
            missing = refusal.missing
        else:
            draw_for(draft)
            return _go(request, reverse("programmes:handover", args=[draft.pk]))
    drafts.save_draft(draft=draft, by=request.user, edits=forms.edits())
    return _refused(request, draft, forms, missing)


def _version(request: SignedInRequest, pk: uuid.UUID) -> Version:
    seen = Version.objects.visible_to(request.user).select_related("programme__patient__clinic")
    return get_object_or_404(seen, pk=pk)


def _sent(request: HttpRequest, draft: Version) -> BuilderForms:
    return BuilderForms(draft, builder_page.today_of(draft), request.POST)


def _answer(
    request: SignedInRequest,
    draft: Version,
    sent: BuilderForms,
    said: Callable[[BuilderForms], Said] = lambda _shown: NOTHING_SAID,
) -> HttpResponse:
    """Show the builder after an action: the partial for htmx, the page where something is wrong, else go back to it."""
    draft = _version(request, draft.pk)
    shown = BuilderForms(draft, builder_page.today_of(draft)).with_errors_of(sent)
    if sent.gone or sent.stale:
        messages.warning(request, BEHIND if sent.stale else GONE)
    words = said(shown)
    if not is_htmx(request) and shown.is_right():
        return redirect(_address(request, draft) + (f"#{words.focus}" if words.focus else ""))
    context = builder_page.page(draft, shown, request, said=words)
    return render(request, SWAP if is_htmx(request) else FULL, context, status=200 if shown.is_right() else 422)


def _refused(request: SignedInRequest, draft: Version, sent: BuilderForms, missing: list[Missing]) -> HttpResponse:
    """Show the builder with everything that has to be put right, at its field and in the summary."""
    draft = _version(request, draft.pk)
    shown = BuilderForms(draft, builder_page.today_of(draft)).as_sent(sent)
    rest = shown.show(missing)
    context = builder_page.page(draft, shown, request, missing=rest)
    return render(request, SWAP if is_htmx(request) else FULL, context, status=422)


def _address(request: HttpRequest, draft: Version) -> str:
    """Return the builder's address, with the library as it was narrowed."""
    narrowed = [(name, value) for name in ("q", "position") for value in request.POST.getlist(name) if value]
    address = reverse("programmes:builder", args=[draft.pk])
    return f"{address}?{urlencode(narrowed)}" if narrowed else address


def _go(request: HttpRequest, address: str) -> HttpResponse:
    return HttpResponse(headers={"HX-Redirect": address}) if is_htmx(request) else redirect(address)


def _who_is_drawn(shown: BuilderForms) -> Said:
    return Said(f"The pictures show: {shown.draft.patient.get_person_display()}", "people")


def _how_many(rows: int) -> str:
    return f"{rows} exercise{'' if rows == 1 else 's'} in the programme."
