"""How often, as a part of the builder asks it: which days, how many times on each, and at which moments."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.text import capfirst

from programmes.builder.forms.part_form import DATE_FORMATS, Checkboxes, KeptDateInput, PartForm, whole_number
from programmes.models.rhythm import Rhythm
from programmes.rules.schedule import DAYS_A_WEEK, TIMES_A_DAY
from programmes.services.draft_values import HOW_OFTEN, TIMES
from programmes.wording.frequencies import moment_names, short_days

EVERY_DAY = ["0", "1", "2", "3", "4", "5", "6"]
IN_GROUPS = {
    HOW_OFTEN: ("rhythm", "weekdays", "days_a_week", "starts_on"),
    TIMES: ("times_a_day", "moments"),
}
"""The fields that are one value together."""
GROUP_OF = {name: group for group, names in IN_GROUPS.items() for name in names}


def rhythm_of(thing: Rhythm) -> str:
    """Return which of the ways to say the days is chosen."""
    if thing.as_needed:
        return "as_needed"
    return "every_other" if thing.every_other_day else "number" if thing.days_a_week else "named"


class RhythmForm(PartForm):
    """The fields of a rhythm. How often, and how many times a day, are each kept whole or not at all."""

    RHYTHMS = [
        ("named", "On these days"),
        ("number", "Days a week"),
        ("every_other", "Every other day"),
        ("as_needed", "As needed"),
    ]

    can_follow = False
    """Whether saying nothing means: as the programme."""

    rhythm = forms.ChoiceField(label="How often", choices=RHYTHMS, required=False, widget=forms.RadioSelect)
    weekdays = forms.MultipleChoiceField(
        label="Days",
        choices=lambda: list(zip(EVERY_DAY, short_days(), strict=True)),
        required=False,
        widget=Checkboxes,
        error_messages={"invalid_choice": "Choose among the days of the week."},
    )
    days_a_week = whole_number("Days a week", DAYS_A_WEEK)
    starts_on = forms.DateField(
        label="Starting on",
        required=False,
        input_formats=DATE_FORMATS,
        widget=KeptDateInput(format="%Y-%m-%d"),
        error_messages={"invalid": "Starting on: write a date that exists, for example 7 Dec 2026."},
    )
    times_a_day = whole_number("Times a day", TIMES_A_DAY)
    moments = forms.MultipleChoiceField(
        label="Moments of the day",
        choices=lambda: [(str(moment.value), capfirst(name)) for moment, name in moment_names().items()],
        required=False,
        widget=Checkboxes,
        error_messages={"invalid_choice": "Choose among the moments of the day."},
    )

    @staticmethod
    def rhythm_shown(thing: Rhythm) -> dict[str, Any]:
        """Return what is in the fields."""
        return {
            "rhythm": rhythm_of(thing),
            "weekdays": list(thing.weekdays),
            "days_a_week": thing.days_a_week,
            "starts_on": thing.starts_on,
            "times_a_day": thing.times_a_day,
            "moments": list(thing.moments),
        }

    def clean(self) -> None:
        """Read moments without a number as that many times; refuse more moments than times."""
        super().clean()
        moments, times = self.cleaned_data.get("moments", []), self.cleaned_data.get("times_a_day")
        if moments and times is None and "times_a_day" not in self.errors:
            self.cleaned_data["times_a_day"] = len(moments)
        elif times is not None and len(moments) > times:
            more = f"{len(moments)} moments, but {times} time{'' if times == 1 else 's'} a day"
            self.add_error("moments", f"Moments of the day: {more}. Raise the times, or leave out a moment.")

    def columns(self) -> dict[str, dict[str, Any]]:
        """Return the groups as what they are together, the rest as it stands."""
        found = super().columns()
        plain = {name: columns for name, columns in found.items() if name not in GROUP_OF}
        return {**plain, **self._days(found), **self._times(found)}

    def _days(self, found: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
        rhythm = self.cleaned_data["rhythm"] if "rhythm" in found else None
        if rhythm is None or set(IN_GROUPS[HOW_OFTEN]) & set(self.errors) or not (rhythm or self.can_follow):
            return {}
        return {HOW_OFTEN: self.days_columns(rhythm)}

    def days_columns(self, rhythm: str) -> dict[str, Any]:
        """Return the columns of one way to say the days; no box ticked is not sent at all, and means no day."""
        said = self.cleaned_data
        return {
            "weekdays": "".join(sorted(said.get("weekdays", []))) if rhythm == "named" else "",
            "days_a_week": said.get("days_a_week") if rhythm == "number" else None,
            "every_other_day": rhythm == "every_other",
            "starts_on": said.get("starts_on") if rhythm == "every_other" else None,
            "as_needed": rhythm == "as_needed",
        }

    def _times(self, found: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
        if "times_a_day" not in found or set(IN_GROUPS[TIMES]) & set(self.errors):
            return {}
        return {TIMES: self.times_columns()}

    def times_columns(self) -> dict[str, Any]:
        moments = "".join(sorted(self.cleaned_data.get("moments", [])))
        return {"times_a_day": self.cleaned_data["times_a_day"], "moments": moments}

    def unsaved(self) -> set[str]:
        """Return them; a group with anything wrong in it whole."""
        wrong = {GROUP_OF[name] for name in self.errors if name in GROUP_OF} if self.is_bound else set()
        return super().unsaved() | {name for group in wrong for name in IN_GROUPS[group]}

    def keys_of(self, names: Collection[str]) -> set[str]:
        """Return them; a group is one value, although it stands in several fields."""
        return super().keys_of({GROUP_OF.get(name, name) for name in names})
