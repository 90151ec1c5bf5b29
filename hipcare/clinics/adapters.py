"""What HipCare changes in django-allauth: nobody signs up, and what goes wrong is said in our words."""

from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from hipcare.clinics.models import User
from hipcare.http import client_address

WRONG_CODE = "That code is not right. Codes change every 30 seconds, so type the newest one"
TOO_MANY_TRIES = "Too many wrong tries. Wait five minutes, then try again"


class StaffAccountAdapter(DefaultAccountAdapter):
    """Staff accounts are made by the clinic, never by signing up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        # One sentence for any wrong pair: it never says whether the address is known.
        "email_password_mismatch": "Email address or password is not right",
        "incorrect_password": "That password is not right",
        "enter_current_password": "That is not the password you use now",
        "too_many_login_attempts": TOO_MANY_TRIES,
        "rate_limited": TOO_MANY_TRIES,
        "incorrect_code": WRONG_CODE,
    }

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the same address as everywhere; allauth's own reading ends in an error past a proxy or on a socket."""
        return client_address(request)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Return the address in the mail, with the host and port people type, whatever the proxy passes on."""
        path: str = urlsplit(super().get_reset_password_from_key_url(key)).path
        return f"{settings.SITE_URL}{path}"

    def get_password_change_redirect_url(self, _request: HttpRequest) -> str:
        return reverse("home")


class SecondFactorAdapter(DefaultMFAAdapter):
    """The second factor, in our words."""

    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": WRONG_CODE}

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 - allauth's name
        return f"Key {Authenticator.objects.filter(user=user, type=type).count() + 1}"
