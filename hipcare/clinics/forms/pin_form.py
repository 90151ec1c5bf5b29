"""The PIN that hides past days on one phone: four to six numbers, chosen once and asked for often."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hipcare.fields import LineField

NOT_ONE = _("Type 4 to 6 numbers.")
RUN = "0123456789"


class PinField(LineField):
    """Four to six numbers; spaces do not count. What was typed is never sent back."""

    def __init__(self, label: Any) -> None:
        super().__init__(
            label=label,
            max_length=20,
            error_messages=dict.fromkeys(("required", "max_length", "null_characters_not_allowed"), NOT_ONE),
        )

    def clean(self, value: Any) -> str:
        pin = str(super().clean(value)).replace(" ", "")
        if not re.fullmatch(r"[0-9]{4,6}", pin):
            raise ValidationError(NOT_ONE)
        return pin


class PinForm(forms.Form):
    pin = PinField(_("Your PIN"))

    def add_wrong(self) -> None:
        self.add_error("pin", ValidationError(_("That is not the PIN.")))


class NewPinForm(forms.Form):
    new_pin = PinField(_("New PIN"))

    def clean_new_pin(self) -> str:
        """Refuse what anybody tries first: one number over and over, or a run."""
        pin: str = self.cleaned_data["new_pin"]
        if len(set(pin)) == 1 or pin in RUN or pin in RUN[::-1]:
            raise ValidationError(_("Others would guess this one. Choose another."))
        return pin
