"""A topic on paper. No patient is in it, so it leaves no trail."""

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from exercises.models import Topic
from hipcare.access import Audience, audience
from hipcare.http import SignedInRequest
from programmes.handouts.renderer.pool import RendererError
from programmes.handouts.topic_leaflet import UnsignedTopicError, print_leaflet
from programmes.views.staff.handouts import as_pdf


@audience(Audience.STAFF)
@require_GET
def topic_leaflet(request: SignedInRequest, pk: uuid.UUID) -> HttpResponse:
    topic = get_object_or_404(Topic.objects.visible_to(request.user).current(), pk=pk)
    try:
        printed = print_leaflet(topic=topic, by=request.user)
    except UnsignedTopicError:
        return render(request, "programmes/leaflet_failed.html", {"topic": topic, "is_unsigned": True}, status=409)
    except RendererError:
        return render(request, "programmes/leaflet_failed.html", {"topic": topic}, status=503)
    return as_pdf(printed.pdf, f"{topic.slug}-v{topic.text_version}.pdf")
