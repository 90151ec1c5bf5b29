"""How one exercise is done."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from hipcare.access import Audience, audience
from hipcare.clinics.models import User
from hipcare.clinics.services.texts import advice_of
from hipcare.http import SignedInRequest
from programmes.models import Prescription, Version
from programmes.pages.exercise_page import ExercisePage
from programmes.pages.today_page import version_to_follow
from programmes.unsigned import sample_words
from programmes.views.patient.today import today_as_asked
from programmes.wording.dose_lists import dose_list


@audience(Audience.PATIENT_OR_HELPER)
@require_GET
def today_exercise(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    page = _as_today_has_it(request, pk)
    row = page.row if page else _of_another_version(request.user, pk)
    context = {
        "row": row,
        "page": page,
        "before": page.before if page else reverse("programmes:today"),
        "dose": dose_list(row.dose, row.frequency),
        **_from_the_clinic(request.user, row.version, row),
        "version": row.version,
        "patient": request.user.patient,
        "easings": row.easings_in_words,
        **{key: row.in_words(key) for key in ("start_position", "stop_if", "why")},
    }
    return render(request, "programmes/patient/exercise.html", context)


def _as_today_has_it(request: SignedInRequest, pk: uuid.UUID) -> ExercisePage | None:
    """Return the page of a row of the version that is followed, or None."""
    day = timezone.localdate()
    followed = version_to_follow(request.user)
    rows = followed.version.prescriptions.all() if followed else []
    found = next((row for row in rows if row.pk == pk), None)
    return ExercisePage(today_as_asked(request, followed, day), found) if followed and found else None


def _of_another_version(user: User, pk: uuid.UUID) -> Prescription:
    """Return a row of a version that is not followed any more: it can be looked at."""
    versions = Version.objects.visible_to(user).select_related("programme", "given_by")
    version: Version = get_object_or_404(versions, prescriptions=pk)
    return version.prescriptions.get(pk=pk)


def _from_the_clinic(user: User, version: Version, row: Prescription) -> dict[str, Any]:
    return {
        "advice": advice_of(user.clinic, version.pain_ok_up_to or 0 if row.pain_up_to is None else row.pain_up_to),
        "hip_rules": user.clinic.hip_rules(version.precautions),
        "sample": sample_words(user.clinic, [row]),
    }
