"""For staff: a template chosen first, then the patient whose draft begins with it. Nothing is given here."""

import uuid
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from hipcare.access import Audience, audience
from hipcare.clinics.models import Patient
from hipcare.http import SignedInRequest
from programmes.builder import undo
from programmes.models import Phase, Template, Version
from programmes.pages.patient_choice import patients_to_choose
from programmes.services.copying import OtherDraftError, begin_with_template

CHOOSE = "Choose a patient of the list, or find one."


@dataclass(frozen=True, slots=True)
class WhatIsMissing:
    """What is wrong, beside the list of patients or above all."""

    beside_patients: str = ""
    above: str = ""


@audience(Audience.STAFF)
@require_http_methods(["GET", "POST"])
def template_give(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask to whom, and in which phase; a draft that is there is asked about before it gives way."""
    template = get_object_or_404(Template.objects.visible_to(request.user).current(), pk=pk)
    if request.method == "GET":
        return _page(request, template)
    phases = list(template.phases.all())
    phase = next((one for one in phases if str(one.order) == request.POST.get("phase")), None)
    choice = patients_to_choose(request.user, request.POST)
    if "find" in request.POST:
        return _page(request, template)
    if choice.chosen is None:
        return _page(request, template, WhatIsMissing(beside_patients=CHOOSE), status=422)
    if phases and phase is None:
        return _page(request, template, WhatIsMissing(above="Choose one of the phases."), status=422)
    return _open(request, template, phase, choice.chosen)


def _open(request: SignedInRequest, template: Template, phase: Phase | None, patient: Patient) -> HttpResponse:
    whose, _, stamp = request.POST.get("draft", "").partition(" ")
    seen = stamp if whose == str(patient.pk) else ""  # another one may be chosen by now
    try:
        begun = begin_with_template(patient=patient, template=template, phase=phase, seen=seen, by=request.user)
    except OtherDraftError as refusal:
        return _page(
            request, template, WhatIsMissing(above=str(refusal) if seen else ""), asks_about=patient, status=422
        )
    if begun.replaced:
        undo.keep_replaced(request.session, begun.draft, begun.replaced)
    return redirect("programmes:builder", pk=begun.draft.pk)


def _page(
    request: SignedInRequest,
    template: Template,
    problem: WhatIsMissing | None = None,
    *,
    asks_about: Patient | None = None,
    status: int = 200,
) -> HttpResponse:
    found = Version.objects.visible_to(request.user).drafts().select_related("made_by")
    draft = found.filter(programme__patient=asks_about).first() if asks_about else None
    phases = list(template.phases.all())
    shown = {
        "template": template,
        "phases": phases,
        "phase": request.POST.get("phase") or (str(phases[0].order) if phases else ""),
        "choice": patients_to_choose(request.user, request.POST),
        "problem": problem or WhatIsMissing(),
        "draft": draft,
    }
    return render(request, "programmes/template_give.html", shown, status=status)
