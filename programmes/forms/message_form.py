"""What a patient tells the physiotherapist outside a session."""

import uuid

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from hipcare.fields import LinesField
from programmes.forms.session_form import OUT_OF_DATE
from programmes.models.patient_message import MESSAGE_LENGTH


class MessageForm(forms.Form):
    """A few lines, under the id that the page made."""

    data: QueryDict

    message = forms.UUIDField(
        widget=forms.HiddenInput, error_messages=dict.fromkeys(("required", "invalid"), OUT_OF_DATE)
    )
    text = LinesField(
        max_length=MESSAGE_LENGTH,
        label=_("What would you like to say?"),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("Write what you want to say."),
            "max_length": _("This is too long. It has %(show_value)d letters. Keep it to %(limit_value)d."),
            "null_characters_not_allowed": _("This has a letter we cannot keep. Please type it again."),
        },
    )

    @classmethod
    def blank(cls) -> "MessageForm":
        return cls(initial={"message": uuid.uuid4()})

    def with_fresh_id(self) -> None:
        """Make the words that were typed a message of its own, to be sent again."""
        self.data = self.data.copy()
        self.data["message"] = str(uuid.uuid4())
