"""The pages for what went wrong. They say what to do next and never what was typed."""

import logging

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer a form whose page is too old, or whose cookie is missing."""
    return render(request, "403_csrf.html", status=403)


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
