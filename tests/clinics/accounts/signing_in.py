"""Signing in as staff do, for the tests of accounts."""

import base64
import hmac
import re
import time

from allauth.mfa.models import Authenticator
from django.urls import reverse

PASSWORD = "plum kettle otter nine"  # for a made-up person


def sign_in(client, email="priya@example.org", password=PASSWORD, **extra):
    return client.post(reverse("account_login"), {"login": email, "password": password} | extra)


def code_of(secret, at=None):
    """Return what an authenticator app shows, now or ``at`` another time (RFC 6238: 6 digits, 30 seconds, SHA-1)."""
    step = int(time.time() if at is None else at) // 30
    mac = hmac.digest(base64.b32decode(secret), step.to_bytes(8, "big"), "sha1")
    start = mac[-1] & 15
    return f"{(int.from_bytes(mac[start : start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


def set_up_app(client):
    """Type the password once more, scan, type the code; return the secret that the app keeps."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r'class="secret">(\w+)<', page)[1]
    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    return secret


def signed_in_fully(client):
    code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    sign_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
