"""django-allauth's forms with our labels and hints: no placeholder stands in for a label."""

import hashlib
from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.mfa import app_settings
from allauth.mfa.base import forms as second_factor
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError

from hipcare.clinics.accounts.posting import send_link_later
from hipcare.clinics.adapters import WRONG_CODE
from hipcare.fields import behind_the_gate

LABELS = {
    "login": "Email address",
    "email": "Email address",
    "password": "Password",
    "oldpassword": "Password you use now",
    "password1": "New password",
    "password2": "New password again",
    "code": "6-digit code",
    "name": "Name of this key",
    "passwordless": "Use it to sign in without a password",
}
HINTS = {
    "email": "The address you sign in with.",
    "password1": "At least 12 characters. Four words that do not belong together are easy to keep.",
    "code": "Your authenticator app shows it. A recovery code works too.",
    "name": "So that you can tell your keys apart, for example “Phone” or “Blue key”.",
    "passwordless": "The device then asks for its own PIN, face or finger.",
}
EMPTY = {
    "login": "Enter your email address",
    "email": "Enter your email address",
    "password": "Enter your password",
    "oldpassword": "Enter the password you use now",
    "password1": "Enter a new password",
    "password2": "Enter the new password again",
    "code": "Enter the code",
    "credential": "The device did not answer. Try again",
}


class InOurWords:
    """Labels, hints and messages from the tables above; what is typed, save a password, goes through the gate."""

    hints = HINTS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)
            field.label = LABELS.get(name, field.label)
            field.help_text = self.hints.get(name, "")
            field.error_messages["required"] = EMPTY.get(name, field.error_messages["required"])
            if isinstance(field, forms.CharField):
                behind_the_gate(field)


class SignInForm(InOurWords, account.LoginForm):
    """Email address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autofocus": not self.is_bound}


class ConfirmPasswordForm(InOurWords, account.ReauthenticateForm):
    """The password once more, before something that matters."""


class ChangePasswordForm(InOurWords, account.ChangePasswordForm):
    """The password of now, and the new one twice."""


class SetPasswordForm(InOurWords, account.SetPasswordForm):
    """A first password, for somebody who has none."""


class ForgottenPasswordForm(InOurWords, account.ResetPasswordForm):
    """Where to send the link. Nobody learns here, by word or by time, whose address is known or whether mail works."""

    @property
    def sends_mail(self) -> bool:
        return settings.SENDS_MAIL

    def clean_email(self) -> str:
        """Read the address, and look for its account only after the answer."""
        if not self.sends_mail:
            raise ValidationError("This server sends no email. Ask your clinic lead for a new password")
        email: str = get_adapter().clean_email(self.cleaned_data["email"].lower())
        return email

    def save(self, request: Any, **_kwargs: Any) -> str:
        email: str = self.cleaned_data["email"]
        send_link_later(request, email)
        return email


class NewPasswordForm(InOurWords, account.ResetPasswordKeyForm):
    """The new password twice, after the link."""


class EachCodeOnce:
    """A code opens once, for as long as it is taken: that is also a step too early or too late."""

    user: Any

    def clean_code(self) -> str:
        """Refuse a right code that has been used; allauth itself remembers it for one step."""
        code: str = super().clean_code()  # type: ignore[misc]
        typed = hashlib.sha256("".join(code.split()).encode()).hexdigest()
        steps = 2 * app_settings.TOTP_TOLERANCE + 1
        if not cache.add(f"code.used:{self.user.pk}:{typed}", value=True, timeout=steps * app_settings.TOTP_PERIOD):
            raise ValidationError(WRONG_CODE, code="incorrect_code")
        return code


class SecondFactorForm(InOurWords, EachCodeOnce, second_factor.AuthenticateForm):
    """A code, after the password."""


class ConfirmCodeForm(InOurWords, EachCodeOnce, second_factor.ReauthenticateForm):
    """A code once more, before something that matters."""


class AuthenticatorAppForm(InOurWords, totp.ActivateTOTPForm):
    """The first code of an authenticator app."""

    hints = {"code": "The app shows it as soon as it has scanned the square."}


class NewKeyForm(InOurWords, webauthn.AddWebAuthnForm):
    """A passkey or security key, and what to call it."""


class KeyNameForm(InOurWords, webauthn.EditWebAuthnForm):
    """What to call a key."""
