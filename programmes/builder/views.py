"""The builder: one form, and an address for each of its buttons.

Every button sends the whole form. Its view first keeps what is right in it, then acts, then answers with the builder
alone for htmx, or sends the browser back to the page; what is wrong stays as it was typed.
"""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_POST

from exercises.models import Exercise
from hipcare.access import Audience, audience, part_of
from hipcare.audit.models import Entry
from hipcare.audit.trail import record
from hipcare.clinics.models import Patient
from hipcare.http import SignedInRequest, is_htmx
from programmes.builder import page, undo
from programmes.builder.forms.drafts import BuilderForms, posted_id
from programmes.builder.news import news
from programmes.builder.page import NOTHING_SAID, Said
from programmes.handouts.archive import draw_for
from programmes.models import Template, Version
from programmes.models.version import FrozenError
from programmes.services import drafts, starting_points, undoing
from programmes.services.drafts import DraftGoneError, TooManyError
from programmes.services.giving import CannotGiveError, Missing, give_version
from programmes.services.undoing import InTheWayError

PAGE = "programmes:builder"
FULL = "programmes/builder.html"
SWAP = "programmes/partials/builder_swap.html"
SAVED = "programmes/partials/builder_saved.html"
LIBRARY = "programmes/partials/builder_library.html"
DRAWN_ANEW = {"quick", "affected_side", "settle"}  # they change fields, or bring them
UNSEEN = "This programme was changed since you opened this page. Look at what changed, then give it."
GONE = "An exercise you wrote in is no longer in this programme. What you wrote for it was not saved."
GIVEN = "This version was given meanwhile, so it no longer changes. Press “Change programme” for the next one."
THROWN = "The draft was thrown away. What the patient has has not changed. You can put the draft back."


def of_a_draft(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hand the view the draft that ``pk`` names; send the person to the patient's page when it is no draft any more.

    While a form is taken in, nobody else writes in that draft: what it is put together with is what is there.
    """

    @wraps(view)
    def with_draft(request: SignedInRequest, pk: uuid.UUID, **kwargs: Any) -> HttpResponse:
        draft = _version(request, pk)
        words = GIVEN
        try:
            if not draft.is_given:
                if request.method != "POST":
                    return view(request, draft, **kwargs)
                with transaction.atomic():
                    return view(request, drafts.locked(draft), **kwargs)
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
    forms = BuilderForms(draft, page.today_of(draft))
    if is_htmx(request):
        return render(request, LIBRARY, page.library(draft, forms, request))
    record(actor=request.user, action=Entry.Action.LOOK, subject=draft, patient=draft.patient)
    return render(request, FULL, page.page(draft, forms, request))


@audience(Audience.STAFF)
@require_POST
@part_of(PAGE)
def draft_save(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Keep what was typed. One that comes late, of what was given already, goes on to the handover page."""
    version = _version(request, pk)
    if version.is_given and version.given_by_id == request.user.pk and not _sent(request, version).merged.written:
        return _go(request, reverse("programmes:handover", args=[pk]))
    return _save(request, pk)


@of_a_draft
def _save(request: SignedInRequest, draft: Version) -> HttpResponse:
    """Save. A quick button has changed fields, so the page is drawn anew; else only what follows."""
    forms = _sent(request, draft)
    drafts.save_draft(draft=draft, by=request.user, edits=forms.edits())
    if "person" in request.POST:
        return _answer(request, draft, forms, _who_is_drawn)
    if "kept" in request.POST:
        return _answer(request, draft, forms, lambda _shown: Said("Put back what you had typed."), is_quiet=True)
    if not is_htmx(request) or DRAWN_ANEW & request.POST.keys():
        return _answer(request, draft, forms)
    if forms.is_behind:
        return _answer(request, draft, forms, is_quiet=True)
    draft = _version(request, draft.pk)
    shown = BuilderForms(draft, page.today_of(draft)).with_errors_of(forms)
    answer = render(request, SAVED, page.parts(draft, shown))
    answer["HX-Reswap"] = "none"
    return answer


@audience(Audience.STAFF)
@require_POST
@part_of(PAGE)
@of_a_draft
def draft_template(request: SignedInRequest, draft: Version) -> HttpResponse:
    """Start again from a template, the version in use, nothing, or what was there before; it can be undone."""
    forms = _sent(request, draft)
    start: dict[str, Any] = {"draft": draft, "by": request.user, "edits": forms.edits()}
    match request.POST.get("template"):
        case "in-use":
            replaced = starting_points.start_from_version_in_use(**start)
        case "blank":
            replaced = starting_points.start_blank(**start)
        case "before" if before := undo.replaced(request.session, draft):
            replaced = starting_points.start_from_contents(contents=before, **start)
        case _:
            chosen = posted_id(request.POST, "template")
            template = get_object_or_404(Template.objects.visible_to(request.user).current(), pk=chosen)
            replaced = starting_points.start_from_template(template=template, **start)
    undo.keep_replaced(request.session, draft, replaced)
    return _answer(request, draft, forms, lambda shown: Said(_how_many(len(shown.rows))))


@audience(Audience.STAFF)
@require_POST
@part_of(PAGE)
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
@part_of(PAGE)
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
@part_of(PAGE)
@of_a_draft
def draft_remove(request: SignedInRequest, draft: Version, row: uuid.UUID) -> HttpResponse:
    """Take one exercise out; one that is out already stays out."""
    forms = _sent(request, draft)
    prescription = draft.prescriptions.select_related("exercise", "version").filter(pk=row).first()
    if prescription is None:
        return _answer(request, draft, forms)
    gone = drafts.remove_prescription(prescription=prescription, by=request.user, edits=forms.edits())
    if gone is not None:
        undo.keep_removed(request.session, draft, gone)

    def said(shown: BuilderForms) -> Said:
        words = f"{prescription.name} removed. {_how_many(len(shown.rows))} You can put it back."
        return Said(words, f"back-{prescription.pk}")

    return _answer(request, draft, forms, said)


@audience(Audience.STAFF)
@require_POST
@part_of(PAGE)
@of_a_draft
def draft_put_back(request: SignedInRequest, draft: Version, row: uuid.UUID) -> HttpResponse:
    """Put an exercise back that was taken out, in its place and with all that was said in it."""
    forms = _sent(request, draft)
    contents = next((one for one in undo.removed(request.session, draft) if one["id"] == str(row)), None)
    if contents is None:
        drafts.save_draft(draft=draft, by=request.user, edits=forms.edits())
        return _answer(request, draft, forms)
    try:
        back = undoing.put_back_row(draft=draft, contents=contents, by=request.user, edits=forms.edits())
    except (InTheWayError, TooManyError) as refusal:
        drafts.save_draft(draft=draft, by=request.user, edits=forms.edits())
        return _refused(request, draft, forms, [Missing("rows", str(refusal))])
    undo.forget_removed(request.session, draft, str(row))
    focus = f"remove-{back.pk}"
    return _answer(
        request, draft, forms, lambda shown: Said(f"{back.name} is back. {_how_many(len(shown.rows))}", focus)
    )


@audience(Audience.STAFF)
@require_POST
@part_of(PAGE)
@of_a_draft
def draft_discard(request: SignedInRequest, draft: Version) -> HttpResponse:
    """Throw the draft away; what the patient has stays as it is."""
    contents = drafts.discard_draft(draft=draft, by=request.user)
    undo.keep_thrown_away(request.session, draft.patient.pk, contents)
    messages.success(request, THROWN)
    return _go(request, reverse("programmes:patient", args=[draft.patient.pk]))


@audience(Audience.STAFF)
@require_POST
def draft_restore(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Put the patient's draft back that this person threw away."""
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


@audience(Audience.STAFF)
@require_POST
@part_of(PAGE)
def draft_give(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Give the draft, or say everything that is in the way. A second click lands on the same page as the first."""
    handover = reverse("programmes:handover", args=[pk])
    if _version(request, pk).is_given:
        return _go(request, handover)
    refused = _give(request, pk)
    if (version := Version.objects.visible_to(request.user).given().filter(pk=pk).first()) is None:
        return refused
    draw_for(version)
    return _go(request, handover)


@of_a_draft
def _give(request: SignedInRequest, draft: Version) -> HttpResponse:
    forms = _sent(request, draft)
    missing = [Missing("rows", UNSEEN)] if forms.gone or forms.unseen or forms.merged.news else []
    if forms.is_right() and not missing:
        try:
            give_version(draft=draft, by=request.user, confirmed=forms.confirmed, edits=forms.edits())
        except CannotGiveError as refusal:
            missing = refusal.missing
        else:
            return HttpResponse()  # the way to the handover page is the caller's
    drafts.save_draft(draft=draft, by=request.user, edits=forms.edits())
    return _refused(request, draft, forms, missing)


def _version(request: SignedInRequest, pk: uuid.UUID) -> Version:
    seen = Version.objects.visible_to(request.user).select_related("programme__patient__clinic")
    return get_object_or_404(seen, pk=pk)


def _sent(request: SignedInRequest, draft: Version) -> BuilderForms:
    return BuilderForms(draft, page.today_of(draft), request.POST, request.user)


def _answer(
    request: SignedInRequest,
    draft: Version,
    sent: BuilderForms,
    said: Callable[[BuilderForms], Said] = lambda _shown: NOTHING_SAID,
    *,
    is_quiet: bool = False,
) -> HttpResponse:
    """Show the builder after an action: the partial for htmx, the page where something is wrong, else go back to it.

    A quiet answer takes the focus nowhere: nobody pressed a button.
    """
    draft = _version(request, draft.pk)
    shown = BuilderForms(draft, page.today_of(draft)).with_errors_of(sent)
    words = said(shown)
    _tell(request, sent)
    if not is_htmx(request) and shown.is_right():
        return redirect(_address(request, draft) + (f"#{words.focus}" if words.focus else ""))
    context = page.page(draft, shown, request, said=words)
    context["problems"] = [] if is_quiet else context["problems"]
    return render(request, SWAP if is_htmx(request) else FULL, context, status=200 if shown.is_right() else 422)


def _refused(request: SignedInRequest, draft: Version, sent: BuilderForms, missing: list[Missing]) -> HttpResponse:
    """Show the builder with everything that has to be put right, at its field and in the summary."""
    draft = _version(request, draft.pk)
    _tell(request, sent)
    shown = BuilderForms(draft, page.today_of(draft)).as_sent(sent)
    rest = shown.show(missing)
    context = page.page(draft, shown, request, missing=rest)
    return render(request, SWAP if is_htmx(request) else FULL, context, status=422)


def _tell(request: SignedInRequest, sent: BuilderForms) -> None:
    """Say what others did meanwhile; what was written in an exercise that is gone can be put back with it."""
    if sent.gone and not sent.stamp.was:
        messages.warning(request, GONE)
    for row in sent.lost:
        undo.keep_removed(request.session, sent.draft, drafts.contents_of(row))
    for sentence in [*news(sent), *(conflict.words for conflict in sent.new_conflicts)]:
        messages.warning(request, sentence)


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
