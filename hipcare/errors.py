"""The pages for what went wrong. They say what to do next, and nothing that was typed save to be sent once more."""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.middleware.csrf import get_token
from django.shortcuts import render

from hipcare.http import is_htmx, sent_again

if TYPE_CHECKING:
    from hipcare.access import Audience

View = TypeVar("View", bound=Callable[..., Any])
FROM_ELSEWHERE = ("Origin", "Referer")  # how Django's reasons start where another site sent the form


def keeps_words(view: View) -> View:
    """Mark a view whose form, sent without a good token, comes back with what was typed; never one of passwords."""
    view.keeps_words = True  # type: ignore[attr-defined]
    return view


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose page is too old, or whose cookie is missing; nothing is saved.

    A script gets the token of now, to send it once more; no other site can read that answer.
    """
    answer = render(
        request,
        "403_csrf.html",
        {"kept": [] if reason.startswith(FROM_ELSEWHERE) else words_to_keep(request)},
        status=403,
    )
    if is_htmx(request):
        answer["HC-Token"] = get_token(request)
    return answer


def words_to_keep(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what was typed, to be sent once more; nothing where passwords are typed, or for somebody not let in."""
    view = request.resolver_match.func if request.resolver_match else None
    if not getattr(view, "keeps_words", False):
        return []
    who: Audience | None = getattr(view, "audience", None)
    return sent_again(request) if who is not None and who.admits(request.user) else []


class OnlyByButtonMiddleware:
    """Answer whoever types an address that only a button may ask for; Django's own answer is an empty page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method != "GET" or not isinstance(response, HttpResponseNotAllowed):
            return response
        page = render(request, "405.html", status=405)
        page["Allow"] = response["Allow"]
        return page


class RefusedInALine(logging.Filter):
    """Log a request that was refused on purpose (a foreign host, somebody else's page) once, without a traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Shorten ``record``; leave out Django's second report of a request it already called suspicious."""
        problem = record.exc_info[1] if record.exc_info else None
        if not isinstance(problem, PermissionDenied | SuspiciousOperation):
            return True
        record.exc_info, record.exc_text = None, None
        record.levelno, record.levelname = logging.WARNING, "WARNING"
        return record.name != "django.request" or not isinstance(problem, SuspiciousOperation)
