"""The name under which somebody helps a patient: asked of the patient, and of staff."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hipcare.clinics.models.helper import HELPER_NAME_LENGTH
from hipcare.fields import LineField, has_a_letter


class HelperForm(forms.Form):
    name = LineField(
        label=_("Helper’s name"),
        max_length=HELPER_NAME_LENGTH,
        validators=[has_a_letter],
        error_messages={
            "required": _("Type the name of who helps."),
            "nothing_shows": _("The name needs at least one letter."),
            "null_characters_not_allowed": _("The name has a letter we cannot keep. Please type it again."),
            "max_length": _("That is too long. Keep it to %(limit_value)d letters."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "maxlength": None}),
    )
