"""One topic that goes with a version, in the words it was given with."""

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from hipcare.access import Audience, audience
from hipcare.http import SignedInRequest
from programmes.models import Version
from programmes.unsigned import sample_topic


@audience(Audience.PATIENT_OR_HELPER)
@require_GET
def today_topic(request: SignedInRequest, pk: uuid.UUID, place: int) -> HttpResponse:
    version = get_object_or_404(Version.objects.visible_to(request.user), pk=pk)
    if not 1 <= place <= len(version.readings):
        raise Http404
    read, topic = version.readings[place - 1], version.topics[place - 1]
    context = {
        "read": read,
        "sample": sample_topic(request.user.clinic, topic, read.words),
        "patient": request.user.patient,
    }
    return render(request, "programmes/patient/topic.html", context)
