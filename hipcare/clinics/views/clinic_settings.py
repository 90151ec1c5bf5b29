"""The clinic itself: what is missing before the first programme, its details, its staff."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from hipcare.access import Audience, audience
from hipcare.clinics.forms.clinic_form import CalledForm, ClinicForm
from hipcare.clinics.models import User
from hipcare.clinics.services.clinics import call_colleague, first_steps
from hipcare.clinics.services.texts import asks_to_sign
from hipcare.clinics.views.editing import clinic_held
from hipcare.errors import keeps_words
from hipcare.http import SignedInRequest
from hipcare.stamps import held

PAIN_BANDS = {"pain_fine_up_to", "pain_ok_up_to"}


@audience(Audience.STAFF)
@require_http_methods(["GET", "POST"])
@keeps_words
def clinic_settings(request: SignedInRequest) -> HttpResponse:
    if request.method == "POST" and not request.user.is_lead:
        raise PermissionDenied
    with clinic_held(request) as clinic:
        form = ClinicForm(request.POST if request.method == "POST" else None, instance=clinic, by=request.user)
        if request.method == "POST" and form.is_valid():
            form.save()
            to_sign = asks_to_sign(clinic) if PAIN_BANDS & {*form.changed_data} else ""
            messages.success(request, " ".join(filter(None, ["Clinic details saved.", form.kept_words, to_sign])))
            return redirect("clinic_settings")
    colleagues = User.objects.visible_to(request.user).filter(is_active=True).order_by("sort_key", "pk")
    # The clinic as it is kept: the form's own holds what was typed.
    page = {"form": form, "clinic": request.user.clinic, "steps": first_steps(request.user), "colleagues": colleagues}
    return render(request, "clinics/clinic.html", page, status=form.refusal_status if form.is_bound else 200)


@audience(Audience.STAFF)
@require_http_methods(["GET", "POST"])
def colleague_called(request: SignedInRequest, pk: UUID) -> HttpResponse:
    with held(request, User.objects.visible_to(request.user)) as staff:
        person = get_object_or_404(staff, pk=pk)
        if person.pk != request.user.pk and not request.user.is_lead:
            raise PermissionDenied
        as_kept = {"name": person.name, "called": person.called}
        form = CalledForm(request.POST if request.method == "POST" else None, instance=person)
        if request.method == "POST" and form.is_valid():
            called = call_colleague(person=form.save(commit=False), by=request.user).called
            messages.success(request, f"Patients now read “{called}”.")
            return redirect("clinic_settings")
    page = {"form": form, "person": as_kept}
    return render(request, "clinics/called.html", page, status=form.refusal_status if form.is_bound else 200)
