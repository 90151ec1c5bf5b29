"""What is written down of one day's measures: every answer may be left out, and none is filled in beforehand."""

import datetime as dt
import uuid
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils import timezone

from hipcare.audit.trail import FieldChange
from hipcare.clinics.models import Patient, User
from hipcare.fields import LineField, has_a_letter
from hipcare.folding import fold
from hipcare.moments import full_date
from hipcare.stamps import Stamped
from programmes.forms.session_form import OUT_OF_DATE
from programmes.models import Activity, Measurement
from programmes.models.activity import ACTIVITY_LENGTH
from programmes.models.measurement import COUNTED_FIELDS
from programmes.rules.measured import (
    MOST_ACTIVITIES,
    MOST_CHANGE,
    MOST_SCORE,
    MOST_STANDS,
    SEAT_HEIGHTS_CM,
    start_before,
)
from programmes.services.measuring import TOO_MANY, Sayings
from programmes.wording.measure_words import CHANGE_QUESTION, PAIN_QUESTION, change_in_words

NOT_ASKED = ("", "Not asked")
SCORES = [*((str(n), str(n)) for n in range(MOST_SCORE + 1)), NOT_ASKED]
CHANGES = [*((str(n), change_in_words(n)) for n in range(-MOST_CHANGE, MOST_CHANGE + 1)), NOT_ASKED]
ROWS_AT_FIRST = 3


def _pressed(label: Any, choices: Sequence[tuple[str, Any]]) -> forms.TypedChoiceField:
    """Return a field of buttons with a number each, one of which is "Not asked"."""
    return forms.TypedChoiceField(
        label=label,
        required=False,
        choices=choices,
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": f"Press one of the numbers from {choices[0][0]} to {choices[-2][0]}"},
    )


def _number(label: str, least: int, most: int, what: str) -> forms.IntegerField:
    words = f"{what} must be a whole number from {least} to {most}"
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=least,
        max_value=most,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 3}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), words),
    )


def _words(label: str, longest: int, **more: Any) -> LineField:
    too_long = {"max_length": "This has %(show_value)d letters. Keep it to %(limit_value)d"}
    return LineField(label=label, required=False, max_length=longest, error_messages=too_long, **more)


@dataclass(frozen=True, slots=True)
class Known:
    """Whom it is about: all activities there are, and when each programme was first given."""

    patient: Patient
    activities: Sequence[Activity]
    starts: Collection[dt.date]


class MeasuresForm(forms.Form):
    """One day: the activities that the patient has and some to add, pain, change, and the chair stand."""

    measured_on = forms.DateField(
        label="Measured on",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Choose the day", "invalid": "Write the day as 7/12/2026, or choose it"},
    )
    pain = _pressed(PAIN_QUESTION, SCORES)
    felt_change = _pressed(CHANGE_QUESTION, CHANGES)
    stands = _number("Full stands in 30 seconds", 0, MOST_STANDS, "The count")
    seat_height = _number("Seat height (cm)", *SEAT_HEIGHTS_CM, what="The height of the seat, in centimetres,")
    hands_used = forms.ChoiceField(
        label="Hands used to stand up",
        required=False,
        choices=[("no", "No"), ("yes", "Yes: adapted count"), NOT_ASKED],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Say whether the hands were used"},
    )
    walking_aid = _words("Walking aid, if any", 40)
    counted_by = _words("Counted by", 80)

    def __init__(self, of: Known, sent: QueryDict | None, initial: dict[str, Any]) -> None:
        super().__init__(sent, initial=initial)
        self.patient, self.starts, self.all_activities = of.patient, of.starts, of.activities
        asked = [one for one in of.activities if one.retired_at is None or _score_of(one) in initial]
        self.asked = {_score_of(one): one for one in asked}
        self.fields |= {name: _pressed(one.name, SCORES) for name, one in self.asked.items()}
        for n in range(MOST_ACTIVITIES):
            self.fields[f"added-{n}"] = _words(f"New activity {n + 1}", ACTIVITY_LENGTH, validators=[has_a_letter])
            self.fields[f"added-{n}-score"] = _pressed(f"Score of new activity {n + 1}", SCORES)

    @property
    def activity_fields(self) -> list[BoundField]:
        return [self[name] for name in self.asked]

    @property
    def rows_to_add(self) -> list[tuple[BoundField, BoundField]]:
        """The rows to show: some blank ones, and all in which something is typed."""
        asked = sum(one.retired_at is None for one in self.all_activities)
        blank = 0 if asked >= MOST_ACTIVITIES else 1 if self.all_activities else ROWS_AT_FIRST
        rows = [(self[f"added-{n}"], self[f"added-{n}-score"]) for n in range(MOST_ACTIVITIES)]
        return [row for n, row in enumerate(rows) if n < blank or any(field.value() for field in row)]

    @property
    def programme_began(self) -> dt.date | None:
        """When the programme began that the question about change is of, as the page is drawn."""
        return start_before(self.starts, timezone.localdate())

    def clean_measured_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["measured_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("This day has not come yet. Choose today, or a day before")
        if day < self.patient.date_of_birth:
            raise forms.ValidationError(f"This is before {full_date(self.patient.date_of_birth)}, the date of birth")
        return day

    def compare(self) -> None:
        """Say what does not go together; for the end of ``clean``, when all that is kept is known."""
        self._compare_change()
        self._compare_stands()
        self._compare_added()
        if not self.errors and not self._says_anything:
            self.add_error(None, "Nothing is filled in yet")

    def _compare_change(self) -> None:
        day = self.cleaned_data.get("measured_on")
        if day and self.cleaned_data.get("felt_change") is not None and start_before(self.starts, day) is None:
            self.add_error("felt_change", "No programme had been given by that day. Choose “Not asked” here")

    def _compare_stands(self) -> None:
        said = self.cleaned_data
        if "stands" in self.errors:
            return
        if said.get("stands") is None:
            if any(said.get(name) for name in ("seat_height", "hands_used", "walking_aid")):
                self.add_error("stands", "Write how many full stands there were, or clear what stands beside it")
            return
        missing = {
            "seat_height": "Write the height of the seat",
            "hands_used": "Say whether the hands were used",
            "counted_by": "Write who counted",
        }
        for name, words in missing.items():
            if name not in self.errors and said.get(name) in {None, ""}:
                self.add_error(name, words)

    def _compare_added(self) -> None:
        there = {fold(one.name): one for one in self.all_activities}
        asked = sum(one.retired_at is None for one in there.values())
        before = set[str]()
        for n in range(MOST_ACTIVITIES):
            key, name = f"added-{n}", self.cleaned_data.get(f"added-{n}", "")
            if not name:
                self._compare_score_alone(key)
                continue
            known = there.get(fold(name))
            if fold(name) in before or (known and self.cleaned_data.get(_score_of(known)) is not None):
                self.add_error(key, "This activity has a score here already. Write another")
            before.add(fold(name))
            asked += known is None or known.retired_at is not None
            if asked > MOST_ACTIVITIES:
                self.add_error(key, TOO_MANY)

    def _compare_score_alone(self, key: str) -> None:
        if key not in self.errors and self.cleaned_data.get(f"{key}-score") is not None:
            self.add_error(key, "Write what the activity is")

    @property
    def _says_anything(self) -> bool:
        beside = {"measured_on", "measurement", "counted_by"}
        return any(value not in {None, ""} for name, value in self.cleaned_data.items() if name not in beside)

    @property
    def said(self) -> Sayings:
        """What a valid form says."""
        said = self.cleaned_data
        counted = {name: said[name] for name in COUNTED_FIELDS} if said["stands"] is not None else {}
        if counted:
            counted["hands_used"] = said["hands_used"] == "yes"
        return Sayings(
            measured_on=said["measured_on"],
            pain=said["pain"],
            felt_change=said["felt_change"],
            felt_since=None if said["felt_change"] is None else start_before(self.starts, said["measured_on"]),
            scores={one.pk: said[name] for name, one in self.asked.items() if said[name] is not None},
            added=list(self._added()),
            **counted,
        )

    def _added(self) -> Iterator[tuple[str, int | None]]:
        for n in range(MOST_ACTIVITIES):
            if name := self.cleaned_data[f"added-{n}"]:
                yield name, self.cleaned_data[f"added-{n}-score"]


def _score_of(activity: Activity) -> str:
    """Return the name of the field with the score of an activity."""
    return f"score-{activity.pk}"


class NewMeasuresForm(MeasuresForm):
    """Measures not yet saved. Old scores are not shown: each is asked anew."""

    data: QueryDict

    measurement = forms.UUIDField(
        widget=forms.HiddenInput, error_messages=dict.fromkeys(("required", "invalid"), OUT_OF_DATE)
    )

    def __init__(self, of: Known, sent: QueryDict | None, *, by: User) -> None:
        blank = {"measurement": uuid.uuid4(), "measured_on": timezone.localdate(), "counted_by": by.name}
        super().__init__(of, sent, blank)

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.compare()
        return self.cleaned_data

    def with_fresh_id(self) -> None:
        """Give the page an id where it sent none, and keep all that was typed."""
        self.data = self.data.copy()
        self.data["measurement"] = str(uuid.uuid4())


class MeasuresCorrectionForm(Stamped, MeasuresForm):
    """What a kept measurement says, to be put right."""

    together = (COUNTED_FIELDS, ("measured_on", "felt_change"))

    def __init__(self, measurement: Measurement, of: Known, sent: QueryDict | None, *, by: User) -> None:
        self.measurement, self.by = measurement, by
        said = measurement.contents
        scores = {f"score-{pk}": score for pk, score in said["scores"].items()}
        hands = {None: "", True: "yes", False: "no"}[measurement.hands_used]
        known = {name: said[name] for name in ("pain", "felt_change", *COUNTED_FIELDS)}
        initial = {**known, **scores, "measured_on": measurement.measured_on, "hands_used": hands}
        super().__init__(of, sent, initial)

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.compare()
        return self.cleaned_data

    def last_change(self, name: str) -> FieldChange | None:  # noqa: ARG002 - of every field the same
        newest = self.measurement.revisions.select_related("by").last()
        at = newest.replaced_at if newest else self.measurement.at
        by = newest.by if newest else self.measurement.by
        return FieldChange(by.pk, by.name, at)

    def in_words(self, name: str, value: Any) -> str:
        if name == "measured_on" and value:
            return full_date(dt.date.fromisoformat(value))
        return super().in_words(name, value)


class ActivityForm(Stamped, forms.ModelForm):
    """What an activity is called, to be put right."""

    class Meta:
        model = Activity
        fields = ["name"]
        error_messages = {
            "name": {
                "required": "Write what the activity is",
                "max_length": "This has %(show_value)d letters. Keep it to %(limit_value)d",
            }
        }

    def __init__(self, *args: Any, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.by = by
