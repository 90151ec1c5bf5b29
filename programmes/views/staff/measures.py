"""For staff: what was measured with a patient, written down at a visit, put right, taken back."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hipcare.access import Audience, audience, part_of
from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.clinics.models import Patient
from hipcare.errors import keeps_words
from hipcare.http import SignedInRequest
from hipcare.stamps import held
from programmes.forms.measures_form import ActivityForm, Known, MeasuresCorrectionForm, MeasuresForm, NewMeasuresForm
from programmes.models import Activity, Measurement, Version
from programmes.pages.measures_page import measures_page, starts_of
from programmes.services.measuring import (
    correct_measurement,
    keep_measurement,
    put_back_measurement,
    rename_activity,
    retire_activity,
    take_back_measurement,
    take_up_activity,
)

PAGE = "programmes:measures"


@audience(Audience.STAFF)
@require_GET
def measures(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    patient = get_object_or_404(Patient.objects.visible_to(request.user), pk=pk)
    add_to_trail(actor=request.user, action=Entry.Action.LOOK, subject=patient, patient=patient)
    return render(request, "programmes/measures.html", {"patient": patient, "page": measures_page(patient)})


@audience(Audience.STAFF)
@require_http_methods(["GET", "POST"])
@keeps_words
def measures_new(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask for the measures of a day, and keep them, once."""
    with held(request, Patient.objects.visible_to(request.user).select_related("clinic")) as patients:
        patient = get_object_or_404(patients, pk=pk)
        form = NewMeasuresForm(_known(request, patient), _sent(request), by=request.user)
        if form.is_valid() and _is_done(form, lambda: _keep(form, request)):
            messages.success(request, "The measures are saved.")
            return redirect(PAGE, pk=pk)
    if "measurement" in form.errors:
        form.with_fresh_id()
    return _asked(request, form)


def _keep(form: NewMeasuresForm, request: SignedInRequest) -> Measurement:
    sent, by = form.cleaned_data["measurement"], request.user
    return keep_measurement(measurement_id=sent, patient=form.patient, said=form.said, by=by)


@audience(Audience.STAFF)
@require_http_methods(["GET", "POST"])
@keeps_words
def measures_change(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Put a measurement right. The patient is held, as by everything that writes their measures."""
    seen = Patient.objects.visible_to(request.user).filter(measurements=pk).select_related("clinic")
    with held(request, seen) as patients:
        patient = get_object_or_404(patients)
        measurement = get_object_or_404(Measurement.objects.visible_to(request.user).with_scores(), pk=pk)
        form = MeasuresCorrectionForm(measurement, _known(request, patient), _sent(request), by=request.user)
        if form.is_valid() and _is_done(
            form, lambda: correct_measurement(measurement=measurement, said=form.said, by=request.user)
        ):
            messages.success(request, f"Put right. {form.kept_words}".strip())
            return redirect(PAGE, pk=patient.pk)
    return _asked(request, form, measurement)


def _known(request: SignedInRequest, patient: Patient) -> Known:
    activities = Activity.objects.visible_to(request.user).filter(patient=patient)
    return Known(patient, list(activities), starts_of(patient))


def _sent(request: SignedInRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _is_done(form: Any, write: Callable[[], object]) -> bool:
    """Write, and say whether it was done; a refusal stands on the form, with all that was typed."""
    try:
        write()
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    except ObjectDoesNotExist:
        raise Http404 from None
    return True


def _asked(request: SignedInRequest, form: MeasuresForm, measurement: Measurement | None = None) -> HttpResponse:
    patient = form.patient
    if not form.is_bound:
        subject = measurement or patient
        add_to_trail(actor=request.user, action=Entry.Action.LOOK, subject=subject, patient=patient)
    current = Version.objects.visible_to(request.user).current().filter(programme__patient=patient).first()
    shown = {"form": form, "patient": patient, "measurement": measurement, "goal": current.goal if current else ""}
    status = getattr(form, "refusal_status", 422) if form.is_bound else 200
    return render(request, "programmes/measures_form.html", shown, status=status)


@audience(Audience.STAFF)
@require_POST
def measures_take_back(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    return _pressed(request, _measurement(request, pk), take_back_measurement, "Taken back. It can be put back.")


@audience(Audience.STAFF)
@require_POST
def measures_put_back(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    return _pressed(request, _measurement(request, pk), put_back_measurement, "Put back.")


def _measurement(request: SignedInRequest, pk: uuid.UUID) -> dict[str, Any]:
    seen = Measurement.objects.visible_to(request.user).select_related("patient")
    return {"measurement": get_object_or_404(seen, pk=pk)}


@audience(Audience.STAFF)
@require_http_methods(["GET", "POST"])
@keeps_words
def activity(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Put right what an activity is called; its scores go on."""
    with held(request, Patient.objects.visible_to(request.user).filter(activities=pk)) as patients:
        patient = get_object_or_404(patients)
        found = get_object_or_404(Activity.objects.visible_to(request.user).prefetch_related("revisions__by"), pk=pk)
        called = found.name
        form = ActivityForm(_sent(request), instance=found, by=request.user)
        if form.is_valid() and _is_done(
            form, lambda: rename_activity(activity=found, name=form.cleaned_data["name"], by=request.user)
        ):
            messages.success(request, "Put right.")
            return redirect(PAGE, pk=patient.pk)
    if not form.is_bound:
        add_to_trail(actor=request.user, action=Entry.Action.LOOK, subject=found, patient=patient)
    shown = {"form": form, "patient": patient, "activity": found, "called": called}
    return render(request, "programmes/activity.html", shown, status=form.refusal_status if form.is_bound else 200)


@audience(Audience.STAFF)
@require_POST
@part_of("programmes:activity")
def activity_retire(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    return _pressed(request, _activity(request, pk), retire_activity, "Asked about no longer. Its scores stay.")


@audience(Audience.STAFF)
@require_POST
@part_of("programmes:activity")
def activity_again(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    return _pressed(request, _activity(request, pk), take_up_activity, "Asked about again.")


def _activity(request: SignedInRequest, pk: uuid.UUID) -> dict[str, Any]:
    seen = Activity.objects.visible_to(request.user).select_related("patient")
    return {"activity": get_object_or_404(seen, pk=pk)}


def _pressed(
    request: SignedInRequest, row: dict[str, Any], write: Callable[..., Measurement | Activity], done: str
) -> HttpResponse:
    """Do what a button asks of a ``row``, say so or why not, and lead back to the measures."""
    try:
        written = write(**row, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        (written,) = row.values()
    else:
        messages.success(request, done)
    return redirect(PAGE, pk=written.patient_id)
