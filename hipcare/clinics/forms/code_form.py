"""The form in which a code arrives: typed by hand, or carried by the page's script from the QR address."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hipcare.clinics import codes
from hipcare.fields import LineField

MOST_CHARACTERS = 60


class CodeForm(forms.Form):
    """One field to type in, one hidden. The token, where there is one, is tried first."""

    token = LineField(required=False, max_length=codes.TOKEN_LENGTH, widget=forms.HiddenInput)
    code = LineField(
        label=_("Your code"),
        required=False,
        max_length=MOST_CHARACTERS,
        error_messages={
            "max_length": _("That is too long. Your code has 12 letters and numbers."),
            "null_characters_not_allowed": _("Type only letters and numbers."),
        },
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "maxlength": None}
        ),
    )

    def add_slip(self) -> None:
        """Say that one character is not right, which the code tells itself."""
        words = _("One letter or number is not right. Look at each one again. This did not use up a try.")
        self.add_error("code", ValidationError(words, code="slip"))

    def clean(self) -> dict[str, Any]:
        """Refuse what cannot be a code before it counts as a wrong try: one letter missing is no guess."""
        sent = super().clean() or {}
        if sent.get("token") or "code" in self.errors:
            return sent
        plain = codes.normalised(sent.get("code", ""))
        if not plain:
            self.add_error("code", ValidationError(_("Type the code from your exercise sheet.")))
        elif len(plain) != codes.TYPED_LENGTH:
            words = _("Your code has 12 letters and numbers. You typed %(number)d.") % {"number": len(plain)}
            self.add_error("code", ValidationError(words))
        return sent
