"""The site's addresses and one more: the least a signed-in view can do."""

from django.http import HttpResponse
from django.urls import include, path

from hipcare.access import Audience, audience


@audience(Audience.SIGNED_IN)
def minimal(request):
    """Greet the person: session, user and clinic are read, nothing else."""
    return HttpResponse(f"<!doctype html><title>HipCare</title><p>{request.user.name}</p>")


urlpatterns = [path("minimal/", minimal), path("", include("hipcare.urls"))]
