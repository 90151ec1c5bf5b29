"""What the builder asks of the whole draft: goal, note, review date, reason, topics, and how often all is done."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from hipcare.clinics.models import PersonChoice
from programmes.builder.forms.part_form import DATE_FORMATS, KeptDateInput, words
from programmes.builder.forms.rhythm_form import EVERY_DAY, RhythmForm
from programmes.builder.forms.topics_field import TopicsField, topic_choices
from programmes.models import Version
from programmes.services.giving import review_date_problem

PRECAUTIONS = [("none", "None"), ("posterior", "Posterior"), ("anterior", "Anterior")]
"""What one press can answer; anything else needs words."""
QUICK_DAYS: dict[str, tuple[str, Mapping[str, Any]]] = {
    "daily": ("Every day", {"rhythm": "named", "weekdays": EVERY_DAY}),
    "mon-wed-fri": ("Mon, Wed, Fri", {"rhythm": "named", "weekdays": ["0", "2", "4"]}),
    "every-other": ("Every other", {"rhythm": "every_other"}),
    "three-a-week": ("3 a week", {"rhythm": "number", "days_a_week": "3"}),
    "as-needed": ("As needed", {"rhythm": "as_needed"}),
    "on-days": ("On days", {"rhythm": "named"}),
}
"""What one press chooses, by its value: its words, and the fields it fills in."""


class DraftForm(RhythmForm):
    """What is said once for the whole draft: goal, note, review date, reason, and how often all of it is done."""

    SIDES = [("left", "Left"), ("right", "Right"), ("both", "Both")]

    affected_side = forms.ChoiceField(label="Sore side", choices=SIDES, required=False, widget=forms.RadioSelect)
    hip_precautions = forms.ChoiceField(
        label="Precautions",
        choices=PRECAUTIONS,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose one of the precautions."},
    )
    rhythm = forms.ChoiceField(label="How often", choices=RhythmForm.RHYTHMS, required=False, widget=forms.HiddenInput)
    person = forms.ChoiceField(
        label="Person in the pictures",
        choices=PersonChoice.choices,
        required=False,
        error_messages={"invalid_choice": "Choose one of the people shown."},
    )
    review_on = forms.DateField(
        label="Review on",
        required=False,
        input_formats=DATE_FORMATS,
        widget=KeptDateInput(format="%Y-%m-%d"),
        error_messages={"invalid": "Review on: write a date that exists, for example 7 Dec 2026."},
    )
    goal = words("Goal, in the patient’s words", 120)
    note = words("Note to the patient", 300)
    reason = words("What you changed and why", 200)

    topics = TopicsField(
        label="Topics to read",
        required=False,
        error_messages={"invalid_choice": "Choose among the topics of the library."},
    )

    OF_THE_VERSION = ("goal", "note", "review_on", "reason", "topics")
    ABOUT_WORDS = ("goal", "note", "reason", "topics")

    def __init__(self, draft: Version, today: dt.date, data: QueryDict | None = None) -> None:
        shown = {name: getattr(draft, name) for name in self.OF_THE_VERSION}
        super().__init__(data, initial={**shown, **self.rhythm_shown(draft)})
        self.today = today
        self.fields["topics"].offer(topic_choices(draft))  # type: ignore[attr-defined]
        for name in ("goal", "note", "review_on", "reason"):
            self.fields[name].widget.attrs["class"] = "form-control"
        for name in ("affected_side", "hip_precautions"):
            if getattr(draft.patient, name):
                del self.fields[name]  # asked once, answered

    @property
    def quick_days(self) -> list[tuple[str, str, bool]]:
        """What one press can choose, each with its words and whether it is so now."""
        now = {name: self[name].value() for name in ("rhythm", "weekdays", "days_a_week")}
        now["days_a_week"] = str(now["days_a_week"])
        so = {
            value: all(now[name] == wanted for name, wanted in fields.items())
            for value, (_words, fields) in QUICK_DAYS.items()
        }
        is_named = so.pop("on-days")  # of use only where no day boxes are in sight
        shown = [value for value in QUICK_DAYS if value != "on-days" or not is_named]
        return [(value, QUICK_DAYS[value][0], so.get(value, False)) for value in shown]

    @property
    def about_when(self) -> list[forms.BoundField]:
        """The fields beside the days; their errors stand above them."""
        return [field for field in self if field.name not in self.ABOUT_WORDS]

    @property
    def about_words(self) -> list[forms.BoundField]:
        """The fields of words; their errors stand above them."""
        return [field for field in self if field.name in self.ABOUT_WORDS]

    def clean_review_on(self) -> dt.date | None:
        """Refuse a date that is not ahead, or too far."""
        day: dt.date | None = self.cleaned_data["review_on"]
        if day is not None and (problem := review_date_problem(day, self.today)):
            raise forms.ValidationError(problem)
        return day
