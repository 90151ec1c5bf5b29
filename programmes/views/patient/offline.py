"""What a phone needs to work with no signal: its worker, what the worker keeps, and the page for what is not kept."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import etag, require_GET

from hipcare.access import Audience, audience
from hipcare.http import SignedInRequest
from hipcare.templatetags.phone_words import release
from programmes.pages.kept_today import stamp_of_pages
from programmes.pages.today_page import version_to_follow

PETROL, PAPER = "#0e4a57", "#faf7f0"
ICONS = (("img/icon-192.png", "192x192", "any"), ("img/icon-512.png", "512x512", "any"))
MASKABLE = (("img/icon-maskable-512.png", "512x512", "maskable"),)

ALWAYS_KEPT = ("programmes:today", "help", "programmes:tell", "programmes:waiting", "programmes:no_signal")

THE_PATIENTS_ALONE = ("programmes:tell",)  # a helper is refused it


@cache
def _worker_script() -> bytes:
    return (Path(settings.BASE_DIR) / "hipcare" / "static" / "js" / "worker.js").read_bytes()


def _worker_tag(request: HttpRequest) -> str:  # noqa: ARG001 - Django passes it
    return f'"{hashlib.sha256(_worker_script()).hexdigest()[:32]}"'


@audience(Audience.PUBLIC)
@require_GET
@cache_control(no_cache=True)
@etag(_worker_tag)
def worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django passes it
    """Serve the worker from the root, for it can control only what lies beneath its own address."""
    return HttpResponse(_worker_script(), content_type="text/javascript")


@audience(Audience.PUBLIC)
@require_GET
@cache_control(max_age=24 * 60 * 60, public=True)
def manifest(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django passes it
    """Say how HipCare stands on a home screen: it opens Today."""
    icons = [
        {"src": static(path), "sizes": sizes, "type": "image/png", "purpose": purpose}
        for path, sizes, purpose in ICONS + MASKABLE
    ]
    told = {
        "id": reverse("programmes:today"),
        "name": "HipCare",
        "short_name": "HipCare",
        "start_url": reverse("programmes:today"),
        "scope": "/",
        "display": "standalone",
        "theme_color": PETROL,
        "background_color": PAPER,
        "icons": icons,
    }
    return JsonResponse(told, content_type="application/manifest+json")


@audience(Audience.PATIENT_OR_HELPER)
@require_GET
def pages_to_keep(request: SignedInRequest) -> HttpResponse:
    """List the pages that this person's phone keeps. Their pictures, styles and scripts stand in them, by their hashes.

    ``stamp`` changes when they have to be fetched anew.
    """
    followed = version_to_follow(request.user)
    pages = [reverse(name) for name in ALWAYS_KEPT if not (request.user.helper and name in THE_PATIENTS_ALONE)]
    if followed is not None:
        version = followed.version
        rows = version.prescriptions.values_list("pk", flat=True)
        pages += [reverse("programmes:today_exercise", args=[pk]) for pk in rows]
        places = range(1, len(version.readings) + 1)
        pages += [reverse("programmes:today_topic", args=[version.pk, place]) for place in places]
    kept = {"person": request.user.kept_under, "release": release(), "stamp": stamp_of_pages(request.user)}
    return JsonResponse({**kept, "pages": pages})


@audience(Audience.PUBLIC)
@require_GET
def no_signal(request: HttpRequest) -> HttpResponse:
    return render(request, "programmes/patient/no_signal.html")
