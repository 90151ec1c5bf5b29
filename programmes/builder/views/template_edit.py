"""For staff: an own template edited, its words, rows and phases, one phase open at a time."""

import uuid

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from exercises.models import Exercise
from exercises.search import in_order
from hipcare.access import Audience, audience
from hipcare.http import SignedInRequest
from programmes.builder import undo
from programmes.builder.forms.builder_forms import posted_id
from programmes.builder.forms.template_forms import TemplateForms
from programmes.models import Phase, Template, TemplateItem
from programmes.pages.template_cards import used_for
from programmes.services import template_editing
from programmes.services.drafts import TooManyError
from programmes.services.own_templates import NameTakenError, refuse_taken


@audience(Audience.STAFF)
@require_http_methods(["GET", "POST"])
def template_edit(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the page; keep what was typed, and do what the button says beside. What is wrong saves nothing."""
    template = get_object_or_404(Template.objects.visible_to(request.user).own().current(), pk=pk)
    if request.method == "GET":
        return _page(request, TemplateForms(template, phase_of(template, request.GET)))
    with transaction.atomic():
        rows = Template.objects.visible_to(request.user).own().select_for_update(of=("self",))
        template = rows.select_related("clinic").get(pk=pk)
        forms = TemplateForms(template, phase_of(template, request.GET), request.POST)
        if forms.is_right() and _save(request, forms):
            return _done(request, forms)
    return _page(request, forms, status=422)


def phase_of(template: Template, asked: QueryDict) -> Phase | None:
    """Return the phase that the address opens; the first one where it names none."""
    phases = list(template.phases.order_by("order"))
    return next((one for one in phases if str(one.order) == asked.get("phase")), phases[0] if phases else None)


def _save(request: SignedInRequest, forms: TemplateForms) -> bool:
    """Write down what this person changed. Return whether that could be."""
    template, about = forms.template, forms.about
    if about.is_bound:
        try:
            refuse_taken(about.cleaned_data["name"], request.user, but=template)
        except NameTakenError as refusal:
            about.add_error("name", str(refusal))
            return False
        for name in about.fields:
            setattr(template, name, about.cleaned_data[name])
    if forms.of_phase is not None and forms.of_phase.is_bound and forms.phase is not None:
        for name in forms.of_phase.fields:
            setattr(forms.phase, name, forms.of_phase.cleaned_data[name])
        forms.phase.save()
    rows = {form.row.pk: form.item_columns() for form in forms.rows if form.is_bound}
    template_editing.save_edits(template=template, rows=rows, keys=forms.changed, by=request.user)
    return True


def _done(request: SignedInRequest, forms: TemplateForms) -> HttpResponse:
    for words in forms.lost:
        messages.warning(request, words)
    template, phase = forms.template, forms.phase
    act, _, of = request.POST.get("do", "save").partition(":")
    if act == "give":
        return redirect("programmes:template_give", pk=template.pk)
    try:
        where = _act(request, template, phase, act, of)
    except TooManyError as refusal:
        messages.error(request, str(refusal))
        where = ""
    if act == "save":
        messages.success(request, "Saved. No programme was changed.")
    place = where if where.startswith("phase=") else f"phase={phase.order}" if phase else ""
    anchor = "" if where.startswith("phase=") or not where else f"#{where}"
    address = reverse("programmes:template_edit", args=[template.pk])
    return redirect(f"{address}{'?' if place else ''}{place}{anchor}")


def _act(request: SignedInRequest, template: Template, phase: Phase | None, act: str, of: str) -> str:
    """Do what the button says. Return where on the page to go on: a row, or another phase."""
    by = request.user
    item = template.items.filter(pk=of).select_related("exercise").first() if of.isdecimal() else None
    if act == "add":
        return _add(request, template, phase)
    if act == "back":
        return _back(request, template, of)
    if act in {"up", "down"} and item:
        template_editing.move_item(item=item, direction="up" if act == "up" else "down", by=by)
        return f"row-{item.pk}"
    if act == "remove" and item:
        undo.keep_removed(request.session, template, template_editing.remove_item(item=item, by=by))
        return "removed"
    return _act_on_phases(request, template, phase, act, of)


def _act_on_phases(request: SignedInRequest, template: Template, phase: Phase | None, act: str, of: str) -> str:
    by = request.user
    if act == "open" and of.isdecimal():
        return f"phase={of}"
    if act == "add-phase":
        added = template_editing.add_phase(template=template, by=by)
        return f"phase={added.order}" if added else ""
    if act == "remove-phase" and phase:
        if template_editing.remove_phase(phase=phase, by=by):
            return "phase=1"
        messages.error(request, "This phase still holds exercises. Remove them first.")
    return ""


def _add(request: SignedInRequest, template: Template, phase: Phase | None) -> str:
    offered = Exercise.objects.visible_to(request.user).current()
    exercise = offered.filter(pk=posted_id(request.POST, "exercise") or uuid.UUID(int=0)).first()
    if exercise is None:
        messages.error(request, "Choose an exercise to add.")
        return "add"
    item = template_editing.add_item(template=template, phase=phase, exercise=exercise, by=request.user)
    return f"row-{item.pk}"


def _back(request: SignedInRequest, template: Template, of: str) -> str:
    kept = next((one for one in undo.removed(request.session, template) if one["id"] == of), None)
    if kept is None:
        return ""
    item: TemplateItem | None = template_editing.put_back_item(template=template, contents=kept, by=request.user)
    undo.forget_removed(request.session, template, of)
    if item is None:
        messages.error(request, f"{kept['called']} cannot be put back: it, or its phase, is no longer there.")
        return ""
    return f"row-{item.pk}"


def _page(request: SignedInRequest, forms: TemplateForms, status: int = 200) -> HttpResponse:
    template = forms.template
    shown = {
        "template": template,
        "forms": forms,
        "phases": template.phases.prefetch_related("items").order_by("order"),
        "used": used_for(request.user).get(template.pk, 0),
        "library": in_order(Exercise.objects.visible_to(request.user).current()),
        "removed": undo.removed(request.session, template),
    }
    return render(request, "programmes/template_edit.html", shown, status=status)
