"""The clinic's cut-offs of the review list: staff read them, a clinic lead changes them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from hipcare.access import Audience, audience
from hipcare.clinics.forms.cutoffs_form import CutoffsForm
from hipcare.clinics.views.editing import clinic_held
from hipcare.errors import keeps_words
from hipcare.http import SignedInRequest


@audience(Audience.STAFF)
@require_http_methods(["GET", "POST"])
@keeps_words
def review_cutoffs(request: SignedInRequest) -> HttpResponse:
    if request.method == "POST" and not request.user.is_lead:
        raise PermissionDenied
    with clinic_held(request) as clinic:
        form = CutoffsForm(request.POST if request.method == "POST" else None, instance=clinic, by=request.user)
        if request.method == "POST" and form.is_valid():
            form.save()
            messages.success(request, f"Saved. {form.kept_words}".strip())
            return redirect("clinic_review")
    page = {"form": form, "clinic": request.user.clinic}
    return render(request, "clinics/review_cutoffs.html", page, status=form.refusal_status if form.is_bound else 200)
