"""Who may reach a view: every view says so, and one that does not is closed.

Gate 1 is ``SignInMiddleware``; gate 2 is ``@audience``, both here; gate 3, which rows, is each
model's ``visible_to``; gate 4 is the table in ``tests/structure/test_access_table.py``.
"""

import functools
from collections.abc import Callable, Iterator
from enum import Enum
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core import checks
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.http import url_has_allowed_host_and_scheme

View = Callable[..., Any]


class Audience(Enum):
    """The people a view is for."""

    PUBLIC = "anyone, signed in or not"
    SIGNED_IN = "staff and patients"
    STAFF = "physiotherapists and clinic leads"
    LEAD = "clinic leads"
    PATIENT = "patients, by their paired device"
    PATIENT_OR_HELPER = "patients, and who helps them: what a helper may do is what says so"

    def admits(self, user: Any) -> bool:
        match self:
            case Audience.PUBLIC:
                return True
            case Audience.SIGNED_IN:
                return bool(user.is_authenticated)
            case Audience.STAFF:
                return bool(user.is_authenticated and user.is_clinic_staff)
            case Audience.LEAD:
                return bool(user.is_authenticated and user.is_lead)
            case Audience.PATIENT:
                return bool(user.is_authenticated and user.is_patient and user.helper is None)
            case Audience.PATIENT_OR_HELPER:
                return bool(user.is_authenticated and user.is_patient)

    @property
    def is_of_patients(self) -> bool:
        """Whether the way in is a paired device."""
        return self in {Audience.PATIENT, Audience.PATIENT_OR_HELPER}


def audience(who: Audience) -> Callable[[View], View]:
    """Mark a view with whom it is for. ``PUBLIC`` also opens gate 1."""

    def mark(view: View) -> View:
        @functools.wraps(view)
        def marked(*args: Any, **kwargs: Any) -> Any:
            return view(*args, **kwargs)

        marked.audience = who  # type: ignore[attr-defined]
        return login_not_required(marked) if who is Audience.PUBLIC else marked

    return mark


def without_pin(view: View) -> View:
    """Mark a view of the patient alone that shows nothing of the past: it is not held up by a PIN on the phone."""
    view.asks_pin = False  # type: ignore[attr-defined]
    return view


def behind_pin(view: View) -> View:
    """Mark a view that a helper may see, too, and that shows the patient something of the past."""
    view.asks_pin = True  # type: ignore[attr-defined]
    return view


def is_behind_pin(view: View) -> bool:
    """Say whether a PIN on the phone is asked for first: unless marked, where it is the patient's alone."""
    return bool(getattr(view, "asks_pin", getattr(view, "audience", None) is Audience.PATIENT))


def is_of_patients(view: View | None) -> bool:
    """Say whether ``view`` is one that people get to by a paired device."""
    return bool(getattr(getattr(view, "audience", None), "is_of_patients", False))


def for_audience(who: Audience, patterns: list[Any]) -> list[Any]:
    """Mark every view of ``patterns`` that we do not own, e.g. a package's own URLs, and return them."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            for_audience(who, pattern.url_patterns)
        else:
            pattern.callback = audience(who)(pattern.callback)
    return patterns


LOST = "lost"
"""Query of the page that asks who it is: what was lost on the way there, a ``Lost``."""


class Lost(Enum):
    """What somebody who is not signed in, or whose phone is not connected, had in hand."""

    PAGE = "page"
    WORDS = "words"


class SignInMiddleware(LoginRequiredMiddleware):
    """Gate 1: a visitor who is not signed in is sent to sign in, or from a patient's page to type a code."""

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> HttpResponseBase | None:
        """Ask who it is only where that matters: a page for anybody is there also while the database is away."""
        if getattr(view, "audience", None) is Audience.PUBLIC:
            return None
        return super().process_view(request, view, args, kwargs)

    def handle_no_permission(self, request: HttpRequest, view_func: View) -> HttpResponseRedirect:
        """Send to the page where this visitor can get in; what was posted is lost, and that page says so.

        From there the way leads back to a page: never to an address that only takes posts.
        """
        lost = Lost.WORDS if request.POST.keys() - {"csrfmiddlewaretoken"} else Lost.PAGE
        if is_of_patients(view_func):
            return redirect(f"{reverse('pair')}?{LOST}={lost.value}")
        if request.method in {"GET", "HEAD"}:
            return super().handle_no_permission(request, view_func)
        back = {self.get_redirect_field_name(view_func): _page_posted_from(request, view_func)}
        told = {LOST: lost.value} if lost is Lost.WORDS else {}
        return redirect(f"{resolve_url(self.get_login_url(view_func))}?{urlencode({**back, **told})}")


def part_of(page: str) -> Callable[[View], View]:
    """Mark a view that only takes posts with the name of the page that its button stands on; both take the same pk."""

    def mark(view: View) -> View:
        view.part_of = page  # type: ignore[attr-defined]
        return view

    return mark


def _page_posted_from(request: HttpRequest, view: View) -> str:
    """Return the address of the page on which the form was that somebody sent; the start where nobody can say."""
    page, pk = getattr(view, "part_of", ""), request.resolver_match and request.resolver_match.kwargs.get("pk")
    if page and pk:
        return reverse(page, args=[pk])
    told = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(told, {request.get_host()}, require_https=request.is_secure()):
        return reverse("home")
    return urlunsplit(urlsplit(told)._replace(scheme="", netloc="", fragment="")) or reverse("home")


class AudienceMiddleware:
    """Gate 2: 403 for a signed-in person outside the view's audience, and for a view that names none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, _args: Any, _kwargs: Any) -> None:
        who: Audience | None = getattr(view, "audience", None)
        if who is Audience.PUBLIC:
            return
        if who is None or not who.admits(request.user):
            raise PermissionDenied


def iter_views(patterns: list[Any] | None = None, prefix: str = "") -> Iterator[tuple[str, str, View]]:
    """Yield ``(route, name, view)`` for every URL of the site, includes resolved."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route, pattern.name or "", pattern.callback
        else:
            yield from iter_views(pattern.url_patterns, route)


@checks.register(checks.Tags.security)
def every_view_declares_an_audience(**_kwargs: Any) -> list[checks.CheckMessage]:
    """Stop ``check``, ``migrate`` and the server while a view names no audience."""
    return [
        checks.Error(
            f"The view at '{route}' declares no audience.",
            hint="Put @audience(Audience.…) on it, see hipcare/access.py.",
            id="hipcare.E001",
        )
        for route, _name, view in iter_views()
        if not isinstance(getattr(view, "audience", None), Audience)
    ]
