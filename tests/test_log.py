"""What a request that was refused leaves in the log: a line, and a traceback only for what broke."""

import logging
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import path

from hipcare.access import Audience, audience
from hipcare.urls import urlpatterns as ours

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@audience(Audience.PUBLIC)
def refuses(_request):
    raise PermissionDenied


@audience(Audience.PUBLIC)
def breaks(_request):
    raise ZeroDivisionError


urlpatterns = [*ours, path("refuses", refuses), path("breaks", breaks)]


@pytest.fixture
def log():
    """Return what Django's loggers wrote, as their handler formats it."""
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(logging.Formatter("{levelname} {name} {message}", style="{"))
    logging.getLogger("django").addHandler(handler)
    yield written
    logging.getLogger("django").removeHandler(handler)


def test_a_foreign_host_is_one_line(log):
    answer = Client(raise_request_exception=False).get("/help/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    (line,) = log.getvalue().splitlines()
    assert line.startswith("WARNING django.security.DisallowedHost Invalid HTTP_HOST header: 'evil.example'")


def test_a_refusal_is_one_line(log):
    answer = Client().get("/refuses")
    assert answer.status_code == 403
    assert log.getvalue().splitlines() == ["WARNING django.request Forbidden (Permission denied): /refuses"]


def test_what_broke_keeps_its_traceback(log):
    answer = Client(raise_request_exception=False).get("/breaks")
    assert answer.status_code == 500
    assert "ERROR django.request Internal Server Error: /breaks\nTraceback" in log.getvalue()
