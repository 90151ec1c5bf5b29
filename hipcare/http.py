"""The request as views see it."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

if TYPE_CHECKING:
    from hipcare.clinics.models import User


class SignedInRequest(HttpRequest):
    """A request that has passed gates 1 and 2: ``user`` is a person of a clinic."""

    user: "User"


def is_htmx(request: HttpRequest) -> bool:
    """Say whether htmx asked, and so wants the partial alone."""
    return request.headers.get("HX-Request") == "true"
