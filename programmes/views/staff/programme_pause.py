"""For staff: pause a patient's programme, change the pause, end it, take it back."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from hipcare.access import Audience, audience, part_of
from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.clinics.models import Patient
from hipcare.errors import keeps_words
from hipcare.http import SignedInRequest
from hipcare.stamps import held
from programmes.forms.pause_form import PauseForm
from programmes.models import Pause, Programme, Version
from programmes.services.pausing import end_pause, save_pause, take_pause_back

PATIENT, VERSIONS = "programmes:patient", "programmes:history"
NO_LONGER = "This programme has changed since you opened the page. Nothing was done: look at it again."
TAKEN_BACK = "This pause was taken back meanwhile. Nothing was done."
ENDED = "This programme has ended. Its pauses stay as they are."
NOT_RUNNING = "This pause is not running today. Nothing was done."


@audience(Audience.STAFF)
@require_http_methods(["GET", "POST"])
@keeps_words
def version_pause(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask from when to when the programme of the current version is paused, and pause it."""
    seen = Version.objects.visible_to(request.user).given().select_related("programme__patient__clinic")
    version = get_object_or_404(seen, pk=pk)
    with held(request, Patient.objects.visible_to(request.user)) as patients:
        patient = get_object_or_404(patients, pk=version.programme.patient_id)
        if not Version.objects.visible_to(request.user).current().filter(pk=pk).exists():
            messages.error(request, NO_LONGER)
            return redirect(PATIENT, pk=patient.pk)
        return _asked(request, version, Pause(programme=version.programme), "The programme is paused.")


@audience(Audience.STAFF)
@require_http_methods(["GET", "POST"])
@keeps_words
def pause_change(request: SignedInRequest, pk: uuid.UUID, pause: uuid.UUID) -> HttpResponse:
    """Show a pause, to be changed, ended or taken back."""
    with held(request, Patient.objects.visible_to(request.user)) as patients:
        patient = get_object_or_404(patients, pk=pk)
        found = _pause_of(request, patient, pause)
        if found is None:
            return redirect(VERSIONS, pk=pk)
        version = Version.objects.visible_to(request.user).current().get(programme=found.programme_id)
        version.programme = found.programme
        return _asked(request, version, found, "The pause is changed.")


def _asked(request: SignedInRequest, version: Version, pause: Pause, done: str) -> HttpResponse:
    """Ask for the days and words of ``pause``, new or not; one that is there already is not made twice."""
    form = _form(request, version, pause)
    if not form.is_bound:
        add_to_trail(actor=request.user, action=Entry.Action.LOOK, subject=version, patient=version.patient)
    elif form.is_valid():
        if not form.is_there_already(form.instance.window):
            save_pause(pause=form.instance, by=request.user)
        messages.success(request, f"{done} {form.kept_words}".strip())
        return redirect(PATIENT, pk=version.patient.pk)
    today = timezone.localdate()
    shown = {"form": form, "version": version, "patient": version.patient, "pause": pause, "today": today}
    shown["is_running"] = not pause._state.adding and pause.window.first <= today <= pause.window.last
    return render(request, "programmes/version_pause.html", shown, status=form.refusal_status if form.is_bound else 200)


def _form(request: SignedInRequest, version: Version, pause: Pause) -> PauseForm:
    programme, today = version.programme, timezone.localdate()
    begun = programme.versions.given().values_list("given_at", flat=True).first()
    context: dict[str, Any] = {
        "begun": timezone.localdate(begun),
        "today": today,
        "others": [one for one in programme.pauses.all() if one.pk != pause.pk],
    }
    sent = request.POST if request.method == "POST" else None
    initial = {"first_day": today} if pause._state.adding else None
    return PauseForm(sent, instance=pause, by=request.user, initial=initial, **context)


def _pause_of(request: SignedInRequest, patient: Patient, pk: uuid.UUID) -> Pause | None:
    """Return a pause that can be changed; None where it cannot any more, and say why."""
    own = Pause.objects.visible_to(request.user).filter(programme__patient=patient)
    found = own.select_related("programme__patient__clinic").filter(pk=pk).first()
    if found and found.programme.status == Programme.Status.ACTIVE:
        return found
    messages.error(request, ENDED if found else TAKEN_BACK)
    return None


@audience(Audience.STAFF)
@require_POST
@part_of(VERSIONS)
def pause_end(request: SignedInRequest, pk: uuid.UUID, pause: uuid.UUID) -> HttpResponse:
    patient = get_object_or_404(Patient.objects.visible_to(request.user), pk=pk)
    if found := _pause_of(request, patient, pause):
        if end_pause(pause=found, by=request.user, today=timezone.localdate()):
            messages.success(request, "The pause is over. The programme goes on from today.")
        else:
            messages.error(request, NOT_RUNNING)
    return redirect(PATIENT, pk=pk)


@audience(Audience.STAFF)
@require_POST
@part_of(VERSIONS)
def pause_take_back(request: SignedInRequest, pk: uuid.UUID, pause: uuid.UUID) -> HttpResponse:
    patient = get_object_or_404(Patient.objects.visible_to(request.user), pk=pk)
    if found := _pause_of(request, patient, pause):
        take_pause_back(pause=found, by=request.user)
        messages.success(request, "The pause is taken back. Its days are counted.")
    return redirect(PATIENT, pk=pk)
