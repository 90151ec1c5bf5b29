"""The request as views see it."""

import zoneinfo
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest

if TYPE_CHECKING:
    from hipcare.clinics.models import User


class SignedInRequest(HttpRequest):
    """A request that has passed gates 1 and 2: ``user`` is a person of a clinic."""

    user: "User"


ZONE_COOKIE = "zone"


def device_zone(request: HttpRequest) -> zoneinfo.ZoneInfo | None:
    """Return the time zone the device says it is in, by the cookie ``js/zone.js`` keeps; None if it says none."""
    try:
        return zoneinfo.ZoneInfo(request.COOKIES[ZONE_COOKIE])
    except (KeyError, ValueError, OSError):  # no cookie, or nonsense in it: no such zone, a path, a folder
        return None


def client_address(request: HttpRequest) -> str:
    """Return the network address the request comes from.

    Behind ``TRUSTED_PROXIES`` proxies each has added one address to ``X-Forwarded-For``: the one that many places
    from the right was seen by a proxy of ours; what stands left of it is only claimed.
    """
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if 0 < settings.TRUSTED_PROXIES <= len(forwarded):
        return forwarded[-settings.TRUSTED_PROXIES]
    return str(request.META.get("REMOTE_ADDR", ""))


def is_htmx(request: HttpRequest) -> bool:
    """Say whether htmx asked, and so wants the partial alone; to go back, it asks for the whole page."""
    return request.headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in request.headers
