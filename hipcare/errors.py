"""The pages for what went wrong. They say what to do next and never what was typed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer a form whose page is too old, or whose cookie is missing."""
    return render(request, "403_csrf.html", status=403)
