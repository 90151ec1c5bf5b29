"""For staff: a patient's draft begun with the programme of another patient of the clinic."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from hipcare.access import Audience, audience
from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.clinics.models import Patient
from hipcare.clinics.models.patient import ARCHIVED
from hipcare.http import SignedInRequest
from programmes.builder import undo
from programmes.models import Version
from programmes.models.version import VersionQuerySet
from programmes.pages.list_query import uuid_or_none
from programmes.pages.patient_choice import patients_to_choose
from programmes.services.copying import OtherDraftError, copy_from_patient

CHOOSE = "Choose a patient of the list, or find one."


@audience(Audience.STAFF)
@require_http_methods(["GET", "POST"])
def choose_source(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask from whom. Looking for somebody is no look at a record."""
    patient = get_object_or_404(Patient.objects.visible_to(request.user), pk=pk)
    choice = patients_to_choose(request.user, request.POST, but=patient)
    asks = request.method == "POST" and "find" not in request.POST
    if asks and choice.chosen:
        return redirect("programmes:copy_from", pk=pk, source=choice.chosen.pk)
    shown = {"patient": patient, "choice": choice, "problem": CHOOSE if asks else ""}
    return render(request, "programmes/copy_from_whom.html", shown, status=422 if asks else 200)


@audience(Audience.STAFF)
@require_http_methods(["GET", "POST"])
def copy_from(request: SignedInRequest, pk: uuid.UUID, source: uuid.UUID) -> HttpResponse:
    """Show the other patient's versions, which is a look at their record, and copy the one that is chosen."""
    patients = Patient.objects.visible_to(request.user)
    patient, other = get_object_or_404(patients, pk=pk), get_object_or_404(patients.exclude(pk=pk), pk=source)
    if request.method == "GET":
        add_to_trail(actor=request.user, action=Entry.Action.LOOK, subject=other, patient=other)
        return _page(request, patient, other)
    if patient.archived_at:
        messages.error(request, ARCHIVED)
        return redirect("programmes:patient", pk=pk)
    chosen = uuid_or_none(request.POST.get("version"))
    version = _versions_of(request, other).filter(pk=chosen).first() if chosen else None
    if version is None:
        return _page(request, patient, other, "Choose one of the versions.")
    try:
        return _copied(request, version, patient)
    except OtherDraftError as refusal:
        return _page(request, patient, other, str(refusal))


def _page(request: SignedInRequest, patient: Patient, other: Patient, problem: str = "") -> HttpResponse:
    drafts = Version.objects.visible_to(request.user).drafts().select_related("made_by")
    shown = {
        "patient": patient,
        "other": other,
        "versions": _versions_of(request, other).prefetch_related("prescriptions__exercise"),
        "ticked": request.POST.get("version", ""),
        "draft": drafts.filter(programme__patient=patient).first(),
        "problem": problem,
    }
    return render(request, "programmes/copy_from.html", shown, status=422 if problem else 200)


def _versions_of(request: SignedInRequest, other: Patient) -> VersionQuerySet:
    given = Version.objects.visible_to(request.user).given().filter(programme__patient=other)
    return given.select_related("programme__patient", "given_by").order_by("-given_at")


def _copied(request: SignedInRequest, version: Version, patient: Patient) -> HttpResponse:
    seen = request.POST.get("draft", "")
    copied = copy_from_patient(version=version, patient=patient, seen=seen, by=request.user)
    if copied.replaced:
        undo.keep_replaced(request.session, copied.draft, copied.replaced)
    for name in copied.left_out:
        messages.warning(request, f"{name} is no longer in the library. It was left out.")
    return redirect("programmes:builder", pk=copied.draft.pk)
