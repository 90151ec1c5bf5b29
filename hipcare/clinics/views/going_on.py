"""The clinic's progression rules: when to go on, for physiotherapists to choose from."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from hipcare.access import Audience, audience
from hipcare.clinics.forms.progression_form import ProgressionForm
from hipcare.clinics.models import ProgressionList
from hipcare.clinics.progression import OURS
from hipcare.clinics.services.progression_lists import (
    progression_rules_of,
    put_progression_rules_back,
    save_progression_rules,
)
from hipcare.clinics.views.editing import clinic_held
from hipcare.http import SignedInRequest

GOING_ON = "clinic_going_on"


@audience(Audience.STAFF)
@require_http_methods(["GET", "POST"])
def going_on(request: SignedInRequest) -> HttpResponse:
    if request.method == "POST" and not request.user.is_lead:
        raise PermissionDenied
    with clinic_held(request) as clinic:
        kept = progression_rules_of(clinic)
        form = ProgressionForm.of(kept, request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            save_progression_rules(clinic=clinic, by=request.user, rules=form.said)
            messages.success(request, f"Saved. {form.kept_words}".strip())
            return redirect(GOING_ON)
    own = ProgressionList.objects.visible_to(request.user).select_related("changed_by").first()
    page = {"form": form, "kept": kept, "own": own, "ours": OURS}
    return render(request, "clinics/going_on.html", page, status=form.refusal_status if form.is_bound else 200)


@audience(Audience.LEAD)
@require_POST
def going_on_put_back(request: SignedInRequest) -> HttpResponse:
    with clinic_held(request) as clinic:
        put_progression_rules_back(clinic=clinic, by=request.user)
    messages.success(request, "The rules are ours again.")
    return redirect(GOING_ON)
