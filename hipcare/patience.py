"""How long a request waits for a lock that somebody else holds on the database: one short wait, then a plain page.

A command may wait longer (``hipcare.sqlite``): nobody stands before it. Reading waits for no lock at all.
"""

from collections.abc import Callable
from typing import Any

from django.db import OperationalError, connection, connections
from django.http import HttpRequest, HttpResponse

from hipcare.outage import BusyError, is_busy

SECONDS = 2


def be_brief() -> None:
    """Let this process, which answers people, wait ``SECONDS`` at most for any one lock."""
    database = connections.settings["default"]
    options = database["OPTIONS"]
    if database["ENGINE"].endswith("sqlite3"):
        options["timeout"] = SECONDS
    else:
        options["options"] = f"{options.get('options', '')} -c lock_timeout={SECONDS * 1_000}".strip()


class OneWaitMiddleware:
    """Let a request that waited for a lock in vain end there, whatever it was to write, a cache's row too.

    Django's cache goes on where it cannot write, and allauth then takes a count that is not kept for too many tries.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with connection.execute_wrapper(_end_where_busy):
            return self.get_response(request)


def _end_where_busy(execute: Callable[..., Any], *asked: Any) -> Any:
    try:
        return execute(*asked)
    except OperationalError as trouble:
        if is_busy(trouble):
            raise BusyError from trouble
        raise
