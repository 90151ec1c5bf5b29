"""The hip rules in words: staff read them, a clinic lead changes them."""

import datetime as dt

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hipcare.access import Audience, audience
from hipcare.clinics.forms.rules_form import RulesForm
from hipcare.clinics.models import Clinic
from hipcare.clinics.precautions import KINDS_WITH_RULES, OTHER, OURS, HipPrecautions, HipRules, RuleList, hip_rules
from hipcare.clinics.services.rule_lists import put_rules_back, save_rules
from hipcare.clinics.views.editing import clinic_held, put_back, say_saved
from hipcare.http import SignedInRequest

LISTS = "clinic_rules"
EXAMPLE = HipPrecautions("", operated_side="left", since=dt.date(2026, 10, 26))
SURGEONS_WORDS = "here stand the surgeon’s own words."


@audience(Audience.STAFF)
@require_GET
def rule_lists(request: SignedInRequest) -> HttpResponse:
    clinic = request.user.clinic
    own = {one.kind: one for one in clinic.precaution_lists.select_related("changed_by")}
    kinds = [(kind, own[kind].words if kind in own else OURS[kind], own.get(kind)) for kind in KINDS_WITH_RULES]
    return render(request, "clinics/hip_rules.html", {"kinds": kinds})


@audience(Audience.LEAD)
@require_http_methods(["GET", "POST"])
def rule_list(request: SignedInRequest, kind: str) -> HttpResponse:
    """Change the rules of one kind; ``preview`` only shows how a patient would read them."""
    with clinic_held(request) as clinic:
        kept = _rules_of(clinic, kind)
        form = RulesForm.of(kind, kept, request.POST if request.method == "POST" else None)
        is_right = request.method == "POST" and form.is_valid()
        if is_right and "preview" not in request.POST:
            save_rules(clinic=clinic, by=request.user, kind=kind, said=form.said)
            say_saved(request, "Hip rules saved.", form.kept_words)
            return redirect(LISTS)
    page = {
        "form": form,
        "kind": kind,
        "ours": OURS[kind],
        "is_own": kept != OURS[kind],
        "is_preview": is_right,
        "seen": _as_patients_see(kind, form.said if is_right else kept),
    }
    status = form.refusal_status if form.is_bound and not is_right else 200
    return render(request, "clinics/hip_rules_edit.html", page, status=status)


@audience(Audience.LEAD)
@require_POST
def rule_list_put_back(request: SignedInRequest, kind: str) -> HttpResponse:
    def write(clinic: Clinic) -> None:
        _rules_of(clinic, kind)
        put_rules_back(clinic=clinic, by=request.user, kind=kind)

    return put_back(write, request, said="The rules are ours again.", page=LISTS)


def _rules_of(clinic: Clinic, kind: str) -> RuleList:
    rules = clinic.rules_for(kind)
    if rules is None:
        raise Http404
    return rules


def _as_patients_see(kind: str, rules: RuleList) -> HipRules | None:
    note = SURGEONS_WORDS if kind == OTHER else ""
    return hip_rules(HipPrecautions(kind, note, EXAMPLE.operated_side, EXAMPLE.since), rules)
