"""The morning after: one question, one tap."""

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from hipcare.access import Audience, audience, without_pin
from hipcare.http import SignedInRequest
from programmes.models import NextDay, Session
from programmes.services.mornings import say_next_day


@audience(Audience.PATIENT)
@without_pin
@require_POST
def next_day(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    """Keep the answer and go on with Today; corrected on the page of its day, back to that."""
    sessions = Session.objects.visible_to(request.user).select_related("version__programme")
    session = get_object_or_404(sessions, pk=pk)
    answer = request.POST.get("answer", "")
    if answer not in NextDay.Answer.values:
        raise Http404
    try:
        say_next_day(session=session, answer=answer, today=timezone.localdate(), at=timezone.now())
    except ValidationError as refusal:
        messages.info(request, refusal.messages[0])
    if "day" in request.POST:
        return redirect("programmes:day", session.local_date.isoformat())
    return redirect("programmes:today")
