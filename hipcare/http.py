"""The request as views see it."""

import re
import uuid
import zoneinfo
from collections.abc import Collection
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404, HttpRequest

if TYPE_CHECKING:
    from hipcare.clinics.models import User


class SignedInRequest(HttpRequest):
    """A request that has passed gates 1 and 2: ``user`` is a person of a clinic."""

    user: "User"


ZONE = "zone"
"""The cookie, and the field of a form, in which a device says its time zone."""


def device_zone(request: HttpRequest) -> zoneinfo.ZoneInfo | None:
    """Return the time zone the device says it is in; None if it says none.

    A form says where the device is as it is sent, the cookie where it was when a page was last drawn
    (both by ``js/zone.js``).
    """
    for said in (request.POST.get(ZONE), request.COOKIES.get(ZONE)):
        try:
            if said:
                return zoneinfo.ZoneInfo(said)
        except (KeyError, ValueError, OSError):  # nonsense: no such zone, a path, a folder
            continue
    return None


def sent_again(request: HttpRequest, *, but: Collection[str] = ()) -> list[tuple[str, str]]:
    """Return what was posted as names and values for hidden inputs, so that a page that asks loses nothing."""
    left_out = {"csrfmiddlewaretoken", ZONE, *but}
    return [(name, value) for name, values in request.POST.lists() if name not in left_out for value in values]


def uuid_or_404(text: str | None) -> uuid.UUID:
    """Return ``text`` as a UUID; what is none names nothing that exists."""
    try:
        return uuid.UUID(text)
    except (TypeError, ValueError, AttributeError):
        raise Http404 from None


ADDRESS_AND_PORT = re.compile(r"([0-9.]+):[0-9]+|\[([0-9A-Fa-f:.]+)\](?::[0-9]+)?")


def client_address(request: HttpRequest) -> str:
    """Return the network address the request comes from.

    Behind ``TRUSTED_PROXIES`` proxies each has added one address to ``X-Forwarded-For``: the one that many places
    from the right was seen by a proxy of ours; what stands left of it is only claimed. Some proxies write the port
    beside it, which differs from one request to the next and is left out.
    """
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if 0 < settings.TRUSTED_PROXIES <= len(forwarded):
        seen = forwarded[-settings.TRUSTED_PROXIES]
        with_port = ADDRESS_AND_PORT.fullmatch(seen)
        return (with_port[1] or with_port[2]) if with_port else seen
    return str(request.META.get("REMOTE_ADDR", ""))


def is_htmx(request: HttpRequest) -> bool:
    """Say whether htmx asked, and so wants the partial alone; to go back, it asks for the whole page."""
    return request.headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in request.headers


DEVICES = (("iPad", "iPad"), ("iPhone", "iPhone"), ("Mobile", "Phone"), ("Android", "Tablet"))
BROWSERS = (
    ("SamsungBrowser", "Samsung Internet"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


def device_name(request: HttpRequest) -> str:
    """Return what a device is, in plain words: "Phone, Chrome". Most specific marks first; no versions, no model."""
    user_agent = request.headers.get("User-Agent", "")
    kind = next((name for mark, name in DEVICES if mark in user_agent), "Computer")
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "")
    return f"{kind}, {browser}" if browser else kind
