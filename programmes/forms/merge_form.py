"""Which of two records each fact is taken from."""

from typing import Any

from django import forms

from hipcare.clinics.models import Patient
from hipcare.fields import LineField
from programmes.services.one_record import FACTS, said_of

KEPT, OTHER = "kept", "other"


class OtherRecordForm(forms.Form):
    """What to find the other record by."""

    words = LineField(required=False, max_length=80)


class MergeForm(forms.Form):
    """A choice for each fact that differs; what only one of the two says is chosen already."""

    seen = LineField(widget=forms.HiddenInput)

    def __init__(self, kept: Patient, other: Patient, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.differing = [fact for fact in FACTS if said_of(kept, fact) != said_of(other, fact)]
        for fact in self.differing:
            is_empty = not any(said_of(kept, fact)) and any(said_of(other, fact))
            self.fields[fact] = forms.ChoiceField(
                choices=[(KEPT, KEPT), (OTHER, OTHER)],
                initial=OTHER if is_empty else KEPT,
                error_messages={"required": "Choose which to keep.", "invalid_choice": "Choose which to keep."},
            )

    @property
    def taken(self) -> list[str]:
        """The facts that are taken over from the other record."""
        return [fact for fact in self.differing if self.cleaned_data[fact] == OTHER]
