"""For staff: say that a patient's message has been read."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from hipcare.access import Audience, audience
from hipcare.http import SignedInRequest
from programmes.models import PatientMessage
from programmes.services.looking import CameSinceError
from programmes.services.telling import look_at_message
from programmes.views.staff.look import READ_AGAIN, drawn_at


@audience(Audience.STAFF)
@require_POST
def message_looked_at(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    message = get_object_or_404(PatientMessage.objects.visible_to(request.user), pk=pk)
    try:
        look_at_message(message=message, by=request.user, drawn=drawn_at(request))
    except CameSinceError:
        messages.info(request, READ_AGAIN)
    return redirect(f"{reverse('programmes:patient', args=[message.patient_id])}#messages")
