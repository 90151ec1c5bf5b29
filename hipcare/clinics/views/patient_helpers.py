"""Who helps a patient, for the clinic's staff: one more, a code for them, and one less."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from hipcare.access import Audience, audience
from hipcare.clinics.forms.helper_form import HelperForm
from hipcare.clinics.models import Helper, Patient
from hipcare.clinics.models.patient import ARCHIVED
from hipcare.clinics.services.devices import make_helper_code
from hipcare.clinics.services.helping import MOST_HELPERS, TooManyHelpersError, add_helper, take_helper_away
from hipcare.errors import keeps_words
from hipcare.http import SignedInRequest
from hipcare.places import PATIENT


@audience(Audience.STAFF)
@require_http_methods(["GET", "POST"])
@keeps_words
def helper_add(request: SignedInRequest, pk: UUID) -> HttpResponse:
    patient = get_object_or_404(Patient.objects.visible_to(request.user), pk=pk)
    if patient.archived_at:
        messages.error(request, ARCHIVED)
        return redirect(PATIENT, pk=pk)
    form = HelperForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            helper = add_helper(patient=patient, name=form.cleaned_data["name"], by=request.user)
        except TooManyHelpersError:
            form.add_error(None, f"There are {MOST_HELPERS} helpers already. Take one away first")
        else:
            make_helper_code(helper=helper, by=request.user)
            return redirect("helper", helper.pk)
    page = {"form": form, "patient": patient}
    return render(request, "clinics/helper_add.html", page, status=422 if form.is_bound else 200)


@audience(Audience.STAFF)
@require_http_methods(["GET", "POST"])
def helper(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Show the code of one helper that is open; posted, make a new one."""
    found = get_object_or_404(Helper.objects.visible_to(request.user).active().select_related("patient"), pk=pk)
    if found.patient.archived_at:
        messages.error(request, ARCHIVED)
        return redirect(PATIENT, pk=found.patient_id)
    if request.method == "POST":
        make_helper_code(helper=found, by=request.user)
        return redirect("helper", pk)
    context = {"helper": found, "patient": found.patient, "code": found.codes.open_by_scan().first()}
    return render(request, "clinics/helper.html", context)


@audience(Audience.STAFF)
@require_POST
def helper_stop(request: SignedInRequest, pk: UUID) -> HttpResponse:
    found = get_object_or_404(Helper.objects.visible_to(request.user), pk=pk)
    take_helper_away(helper=found, by=request.user)
    messages.success(request, f"{found.name} no longer helps: signed out everywhere.")
    return redirect(PATIENT, pk=found.patient_id)
