"""What every answer says to the browser, whatever its status."""

import pytest
from django.urls import reverse

from tests.factories import PatientFactory, PhysioFactory
from tests.structure.world import client_of

POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}


@pytest.fixture(params=[200, 302, 403, 404, 405])
def answer(request, db):
    """One answer of each status, to a physiotherapist."""
    physio = client_of(PhysioFactory())
    stranger = PatientFactory()
    response = {
        200: lambda: physio.get(reverse("patient_create")),
        302: lambda: client_of(None).get(reverse("patient_create")),
        403: lambda: client_of(stranger.user).get(reverse("patient_create")),
        404: lambda: physio.get(reverse("patient_edit", args=[stranger.pk])),
        405: lambda: physio.delete(reverse("patient_create")),
    }[request.param]()
    assert response.status_code == request.param
    return response


def test_content_comes_from_here_alone(answer):
    assert set(answer["Content-Security-Policy"].split("; ")) == POLICY


def test_type_is_not_guessed_and_page_is_not_framed(answer):
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"


def test_address_is_told_to_nobody_else(answer):
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"


def test_features_never_used_are_shut(answer):
    assert answer["Permissions-Policy"] == "camera=(), microphone=(), geolocation=(), payment=(), usb=()"


def test_page_is_kept_in_no_cache(answer):
    assert {"no-store", "private"} <= {part.strip() for part in answer["Cache-Control"].split(",")}
