"""How one exercise is done."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from hipcare.access import Audience, audience
from hipcare.clinics.models import User
from hipcare.clinics.services.texts import advice_of
from hipcare.http import SignedInRequest
from programmes.models import Prescription, Version
from programmes.pages.today_page import carried
from programmes.rules import day as day_rules
from programmes.unsigned import sample_words
from programmes.wording.doses import plain_sentence
from programmes.wording.frequencies import frequency_sentence
from programmes.wording.patients_day import tiles


@audience(Audience.PATIENT)
@require_GET
def today_exercise(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    version = get_object_or_404(
        Version.objects.visible_to(request.user).select_related("programme", "given_by"), prescriptions=pk
    )
    rows = day_rules.in_order(version.prescriptions.all())
    row = next(row for row in rows if row.pk == pk)
    ticked, once_more = set(request.GET.getlist("done")), "once-more" in request.GET
    context = {
        "row": row,
        "number": rows.index(row) + 1,
        "total": len(rows),
        "before": carried(ticked, once_more=once_more),
        "after": carried({*ticked, str(pk)}, once_more=once_more),
        "tiles": tiles(row.dose),
        **_from_the_clinic(request.user, version, row),
        "version": version,
        "patient": request.user.patient,
        "easings": row.easings_in_words,
        "sentence": plain_sentence(row.dose, row.side),
        "how_often": frequency_sentence(row.frequency) if row.frequency else "",
        **{key: row.in_words(key) for key in ("start_position", "stop_if", "why")},
    }
    return render(request, "programmes/patient/exercise.html", context)


def _from_the_clinic(user: User, version: Version, row: Prescription) -> dict[str, Any]:
    return {
        "advice": advice_of(user.clinic, version.pain_ok_up_to or 0 if row.pain_up_to is None else row.pain_up_to),
        "hip_rules": user.clinic.hip_rules(version.precautions),
        "sample": sample_words(user.clinic, [row]),
    }
