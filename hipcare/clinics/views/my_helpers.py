"""Who helps the patient, on the patient's own phone: who there is, one more, a code for them, and one less."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hipcare.access import Audience, audience
from hipcare.clinics.forms.helper_form import HelperForm
from hipcare.clinics.models import Helper
from hipcare.clinics.services.devices import make_helper_code
from hipcare.clinics.services.helping import MOST_HELPERS, TooManyHelpersError, add_helper, take_helper_away
from hipcare.errors import keeps_words
from hipcare.http import SignedInRequest


@audience(Audience.PATIENT)
@require_http_methods(["GET", "POST"])
@keeps_words
def my_helpers(request: SignedInRequest) -> HttpResponse:
    """List who helps; posted, add one and make their code."""
    form = HelperForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, form, 422 if form.is_bound else 200)
    patient = request.user.patient
    try:
        helper = add_helper(patient=patient, name=form.cleaned_data["name"], by=request.user)
    except TooManyHelpersError:
        return _page(request, form, 409)
    make_helper_code(helper=helper, by=request.user)
    return redirect("my_helper", helper.pk)


def _page(request: SignedInRequest, form: HelperForm, status: int) -> HttpResponse:
    helpers = list(_own(request))
    context: dict[str, Any] = {"form": form, "helpers": helpers, "is_full": len(helpers) >= MOST_HELPERS}
    return render(request, "clinics/my_helpers.html", context, status=status)


def _own(request: SignedInRequest) -> Any:
    return Helper.objects.visible_to(request.user).active()


@audience(Audience.PATIENT)
@require_http_methods(["GET", "POST"])
def my_helper(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Show one helper, with the code that is open; posted, make a new one."""
    helper = get_object_or_404(_own(request).with_last_use(), pk=pk)
    if request.method == "POST":
        make_helper_code(helper=helper, by=request.user)
        return redirect("my_helper", pk)
    context = {"helper": helper, "code": helper.codes.open_by_scan().first()}
    return render(request, "clinics/my_helper.html", context)


@audience(Audience.PATIENT)
@require_http_methods(["GET", "POST"])
def my_helper_stop(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Ask once, then take a helper away; one who is away already is simply not there any more."""
    helper = get_object_or_404(Helper.objects.visible_to(request.user), pk=pk)
    if request.method == "GET" and helper.stopped_at is None:
        return render(request, "clinics/my_helper_stop.html", {"helper": helper})
    if request.method == "POST":
        take_helper_away(helper=helper, by=request.user)
        messages.success(request, _("%(name)s can no longer see your plan.") % {"name": helper.name})
    return redirect("my_helpers")
