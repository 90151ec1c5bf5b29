"""Which paper diary is keyed in: of which version, and from which day on."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from hipcare.moments import full_date, short_date_and_year
from programmes.models import Version
from programmes.rules.diary import DAYS


class DiaryChoiceForm(forms.Form):
    """Which version the sheet is of, and the day it begins with."""

    version = forms.ChoiceField(
        label="Version of the sheet",
        error_messages={"required": "Choose the version.", "invalid_choice": "Choose one of the versions."},
    )
    first = forms.DateField(
        label="First day of the diary",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Choose the first day.", "invalid": "Write the day as 23/11/2026, or choose it."},
    )

    def __init__(
        self, versions: Sequence[Version], today: dt.date, first: dt.date | None, sent: QueryDict | None = None
    ) -> None:
        super().__init__(sent, initial={"first": first})
        self.versions = {str(one.pk): one for one in versions}
        self.today = today
        choices: Any = self.fields["version"]
        choices.choices = [(pk, f"Version {one.number}, {_given(one)}") for pk, one in self.versions.items()]

    def clean_first(self) -> dt.date:
        day: dt.date = self.cleaned_data["first"]
        if day > self.today:
            raise forms.ValidationError("This day has not come yet. Choose today or an earlier day.")
        return day

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        version, first = self.versions.get(found.get("version", "")), found.get("first")
        if version and first and (words := before_it_was_given(version, first)):
            self.add_error("first", words)
        return found


def before_it_was_given(version: Version, first: dt.date) -> str:
    """Return why no day of a diary that begins on ``first`` can be of ``version``, "" where one can."""
    given_on = timezone.localdate(version.given_at)
    if first + dt.timedelta(days=DAYS - 1) >= given_on:
        return ""
    return f"Version {version.number} was given on {full_date(given_on)}. A diary of it begins later."


def _given(version: Version) -> str:
    return f"given {short_date_and_year(timezone.localdate(version.given_at))}"
