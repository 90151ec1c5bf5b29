"""Somebody with a password, with an app, and a clock that stands."""

import time

import pytest
import time_machine
from django.urls import reverse

from tests.clinics.accounts.signing_in import PASSWORD, set_up_app, sign_in
from tests.factories import PhysioFactory


@pytest.fixture(autouse=True)
def _clock_stands():
    """No test falls over the end of a code's half minute."""
    with time_machine.travel(time.time(), tick=False):
        yield


@pytest.fixture
def priya():
    priya = PhysioFactory(email="priya@example.org")
    priya.set_password(PASSWORD)
    priya.save()
    return priya


@pytest.fixture
def secret(client, priya):
    """Priya has an app, has signed out, and has typed her password again."""
    sign_in(client)
    secret = set_up_app(client)
    client.post(reverse("account_logout"))
    return secret
