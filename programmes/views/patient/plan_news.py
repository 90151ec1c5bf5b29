"""What changed with a plan: shown until the patient says that they have seen it."""

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from hipcare.access import Audience, audience, without_pin
from hipcare.http import SignedInRequest
from programmes.models import Version
from programmes.services.seeing import mark_news_seen


@audience(Audience.PATIENT)
@without_pin
@require_POST
def news_seen(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    version = get_object_or_404(Version.objects.visible_to(request.user).select_related("programme"), pk=pk)
    mark_news_seen(version=version, at=timezone.now())
    return redirect("programmes:today")
