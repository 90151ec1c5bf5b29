"""The mail with the link for a new password, sent after the answer to whoever asked for it.

The answer is the same, and as quick, whether the address has an account or not and whether the mail server takes it.
"""

import logging
from concurrent.futures import Future, ThreadPoolExecutor

from allauth.account.forms import ResetPasswordForm
from allauth.core import context
from django.db import connections
from django.http import HttpRequest

log = logging.getLogger("hipcare.mail")
_sender = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mail")
"""One at a time; what waits is sent before the server stops. How many may wait, allauth's limits on asking see to."""


def send_link_later(request: HttpRequest, email: str) -> "Future[None]":
    return _sender.submit(_send, request, email)


def _send(request: HttpRequest, email: str) -> None:
    try:
        with context.request_context(request):
            send_link(request, email)
    finally:
        connections.close_all()  # this thread's own


def send_link(request: HttpRequest, email: str) -> None:
    """Send the link now. What goes wrong is logged without the address and without the link."""
    try:
        asked = ResetPasswordForm({"email": email})
        if asked.is_valid():
            asked.save(request)
    except Exception as problem:  # noqa: BLE001 - nobody is there to be told, and the traceback may hold the link
        log.error("A link for a new password was not sent: %s", type(problem).__name__)  # noqa: TRY400
