"""For staff: say that a patient's message has been read."""

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from hipcare.access import Audience, audience
from hipcare.http import SignedInRequest
from programmes.models import PatientMessage
from programmes.services.telling import look_at_message


@audience(Audience.STAFF)
@require_POST
def message_looked_at(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    message = get_object_or_404(PatientMessage.objects.visible_to(request.user), pk=pk)
    look_at_message(message=message, by=request.user)
    return redirect(f"{reverse('programmes:patient', args=[message.patient_id])}#messages")
