"""The numbers from which on the review list names a fact."""

from typing import Any

from django import forms

from hipcare.clinics.models import Clinic, User
from hipcare.clinics.services.clinics import save_clinic
from hipcare.stamps import Stamped

LIMITS = {  # the most of each, the least is 1
    "look_pain_times": 5,
    "look_pain_of": 5,
    "look_unsettled_times": 5,
    "look_unsettled_of": 5,
    "look_moved_by": 9,
    "look_sore_times": 5,
    "look_quiet_days": 60,
    "look_easy_times": 5,
}
PAIRS = (("look_pain_times", "look_pain_of"), ("look_unsettled_times", "look_unsettled_of"))


class CutoffsForm(Stamped, forms.ModelForm):
    """A clinic's own numbers; no number is a judgement, and none changes anybody's programme."""

    together = PAIRS

    class Meta:
        model = Clinic
        fields = list(LIMITS)
        labels = {
            "look_pain_times": "Pain above the limit: how many sessions",
            "look_pain_of": "Of the last how many sessions",
            "look_unsettled_times": "Not back to usual next day: how many answers",
            "look_unsettled_of": "Of the last how many answers",
            "look_moved_by": "Usual pain moved: points away from it",
            "look_sore_times": "Same exercise too sore: how many times",
            "look_quiet_days": "No log: how many days",
            "look_easy_times": "All done and easy: how many times in a row",
        }

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        for name, most in LIMITS.items():
            words = f"“{self.fields[name].label}” must be a whole number from 1 to {most}"
            self.fields[name] = forms.IntegerField(
                label=self.fields[name].label,
                min_value=1,
                max_value=most,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 2}),
                error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), words),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for times, of in PAIRS:
            number, most = cleaned.get(times), cleaned.get(of)
            if number is not None and most is not None and number > most:
                self.add_error(times, f"This can be at most {most}, as many as are looked at")
        return cleaned

    def save(self, commit: bool = True) -> Clinic:  # noqa: FBT001, FBT002 - Django's signature
        clinic: Clinic = super().save(commit=False)
        return save_clinic(clinic=clinic, by=self.by) if commit else clinic
