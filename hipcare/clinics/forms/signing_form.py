"""The form under which a registered physiotherapist signs words for patients."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from hipcare.fields import LineField, has_a_letter

HAS_A_DIGIT = RegexValidator(r"\d", "Write the number from the register, for example PH123456.")


class SigningForm(forms.Form):
    """Who signs, and that they have read it. ``read`` is a digest of what they had before them."""

    name = LineField(
        label="Full name, as registered",
        max_length=80,
        validators=[has_a_letter],
        error_messages={"required": "Write your full name."},
    )
    registration_number = LineField(
        label="Registration number",
        max_length=30,
        validators=[HAS_A_DIGIT],
        help_text="For example PH123456.",
        error_messages={"required": "Write your registration number."},
    )
    agreed = forms.BooleanField(
        error_messages={"required": "Tick the box if it is true. Only a registered physiotherapist may sign."}
    )
    read = LineField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, statement: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed"].label = statement

    def show_again(self, read: str) -> None:
        """Say that the words have changed since they were shown; ask to read them, with everything typed kept."""
        self.data = {name: value for name, value in self.data.items() if name != "agreed"} | {"read": read}
        self.add_error("agreed", "The words have changed since you opened this page. Read them again, then tick here.")
