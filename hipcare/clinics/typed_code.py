"""The form in which a code arrives: typed by hand, or carried by the page's script from the QR address."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator

from hipcare.clinics import pairing

MOST_CHARACTERS = 60


class CodeForm(forms.Form):
    """One field to type in, one hidden. The token, where there is one, is tried first."""

    token = forms.CharField(required=False, max_length=pairing.TOKEN_LENGTH, widget=forms.HiddenInput)
    code = forms.CharField(
        label="Your code",
        required=False,
        max_length=MOST_CHARACTERS,
        error_messages={"max_length": "That is too long. Your code has 12 letters and numbers."},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "maxlength": None}
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for validator in self.fields["code"].validators:
            if isinstance(validator, ProhibitNullCharactersValidator):
                validator.message = "Type only letters and numbers."

    def clean(self) -> dict[str, Any]:
        """Refuse what cannot be a code before it counts as a wrong try: one letter missing is no guess."""
        sent = super().clean() or {}
        if sent.get("token") or "code" in self.errors:
            return sent
        plain = pairing.normalised(sent.get("code", ""))
        if not plain:
            self.add_error("code", ValidationError("Type the code from your exercise sheet."))
        elif len(plain) != pairing.TYPED_LENGTH:
            words = f"Your code has 12 letters and numbers. You typed {len(plain)}."
            self.add_error("code", ValidationError(words))
        return sent
