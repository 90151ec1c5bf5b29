"""What staff type about their clinic, and about what patients call them."""

import zoneinfo
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from hipcare.clinics.forms.error_words import can_be_dialled, in_our_words
from hipcare.clinics.models import Clinic, User
from hipcare.clinics.services.clinics import save_clinic
from hipcare.stamps import Stamped
from hipcare.telephone import countries, country_of

REGIONS = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
NUMBERS = ("phone", "emergency_phone", "urgent_phone")


class CalledForm(Stamped, forms.ModelForm):
    """What patients call a member of staff."""

    class Meta:
        model = User
        fields = ["called"]
        labels = {"called": "What patients call this person"}
        help_texts = {"called": "For example Priya, or Dr Novak. Left empty, it is taken from the name."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_our_words(self.fields["called"], "name")


class ClinicForm(Stamped, forms.ModelForm):
    """The clinic's letterhead, help numbers, time and pain bands."""

    time_zone = forms.ChoiceField(
        help_text="A day of exercises is a day here.",
        error_messages={"invalid_choice": "Choose a time zone from the list"},
    )

    country = forms.ChoiceField(
        label="Telephone country",
        required=False,
        help_text="Numbers without a country code are dialled as in this country.",
        error_messages={"invalid_choice": "Choose a country from the list"},
    )

    together = (("pain_fine_up_to", "pain_ok_up_to"),)

    class Meta:
        model = Clinic
        fields = [
            "name",
            "address",
            "phone",
            "opening_hours",
            "emergency_phone",
            "urgent_phone",
            "time_zone",
            "country",
            "pain_fine_up_to",
            "pain_ok_up_to",
            "prints_in_grey",
        ]
        help_texts = {
            "address": "One line, as on your letterhead.",
            "phone": "Patients call this number. It is on every sheet and every page.",
            "opening_hours": "For example Monday to Friday, 8am to 6pm",
            "emergency_phone": "999 in the United Kingdom, 112 in most of Europe.",
            "urgent_phone": "111 in the United Kingdom.",
            "pain_fine_up_to": "Pain up to this score is fine.",
            "pain_ok_up_to": "Pain up to this score is OK. Above it: stop for today.",
            "prints_in_grey": "The pictures are then drawn in greys that stay apart on paper.",
        }
        labels = {
            "name": "Clinic name",
            "pain_fine_up_to": "First band ends at",
            "pain_ok_up_to": "Second band ends at",
            "prints_in_grey": "Our printer prints without colour",
        }

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        for name in ("name", "address", "phone", "opening_hours", "emergency_phone", "urgent_phone"):
            in_our_words(self.fields[name], str(self.fields[name].label).lower())
        for name in NUMBERS:
            self.fields[name].required = True
            self.fields[name].widget.input_type = "tel"
        for name in ("pain_fine_up_to", "pain_ok_up_to"):
            self._ask_for_a_score(name)
        self.fields["time_zone"].choices = time_zones()  # type: ignore[attr-defined]
        self.fields["country"].choices = countries_to_call_in(self.instance)  # type: ignore[attr-defined]

    def _ask_for_a_score(self, name: str) -> None:
        words = f"{str(self.fields[name].label).replace('ends at', 'must end at')} a whole number from 0 to 9"
        self.fields[name] = forms.IntegerField(
            label=self.fields[name].label,
            help_text=self.fields[name].help_text,
            min_value=0,
            max_value=9,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 2}),
            error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), words),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in NUMBERS:
            self._check_number(name, cleaned)
        fine, fair = cleaned.get("pain_fine_up_to"), cleaned.get("pain_ok_up_to")
        if fine is not None and fair is not None and fine >= fair:
            self.add_error("pain_ok_up_to", f"Second band must end above {fine}, where the first band ends")
        return cleaned

    def _check_number(self, name: str, cleaned: dict[str, Any]) -> None:
        country = cleaned.get("country") or country_of(cleaned.get("time_zone", ""))
        try:
            can_be_dialled(cleaned.get(name, ""), country)
        except ValidationError as problem:
            self.add_error(name, problem)

    def save(self, commit: bool = True) -> Clinic:  # noqa: FBT001, FBT002 - Django's signature
        clinic: Clinic = super().save(commit=False)
        return save_clinic(clinic=clinic, by=self.by) if commit else clinic


def time_zones() -> list[tuple[str, str]]:
    names = sorted(name for name in zoneinfo.available_timezones() if name.split("/")[0] in REGIONS)
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in names)]


def countries_to_call_in(clinic: Clinic) -> list[tuple[str, str]]:
    named = countries()
    near = named.get(country_of(clinic.time_zone), "")
    return [("", f"As the time zone says ({near})"), *named.items()]
