"""How a programme ends."""

import datetime as dt

from django import forms
from django.http import QueryDict
from django.utils import timezone

from hipcare.fields import LinesField
from hipcare.moments import full_date
from programmes.models import Programme, Version
from programmes.models.programme import LAST_WORD_LENGTH

CHOSEN = [choice for choice in Programme.EndReason.choices if choice[0] != Programme.EndReason.MERGED]


class EndForm(forms.Form):
    """The last day, why, and a last word to the patient."""

    last_day = forms.DateField(
        label="Last day",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Choose the last day.", "invalid": "Write the day as 7/12/2026, or choose it."},
    )
    why = forms.ChoiceField(
        label="Why",
        choices=[("", "Choose"), *CHOSEN],
        error_messages={"required": "Choose why it ends.", "invalid_choice": "Choose one of the list."},
    )
    last_word = LinesField(
        label="A last word",
        required=False,
        max_length=LAST_WORD_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="It stands on the patient’s first page from then on.",
        error_messages={"max_length": "This has %(show_value)d letters. Keep it to %(limit_value)d."},
    )

    def __init__(self, version: Version, today: dt.date, sent: QueryDict | None = None) -> None:
        super().__init__(sent, initial={"last_day": today})
        self.first = timezone.localdate(version.given_at)
        self.today = today

    def clean_last_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["last_day"]
        if day > self.today:
            raise forms.ValidationError("This day has not come yet. Come back then, or end it today.")
        if day < self.first:
            raise forms.ValidationError(
                f"This version was given on {full_date(self.first)}. Choose that day or a later one."
            )
        return day
