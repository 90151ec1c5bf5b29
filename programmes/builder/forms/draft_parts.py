"""The parts of the builder's one form: what is said of the whole draft, and one small form for each exercise.

Plain forms, not model forms: a field that is right is kept although its neighbour is wrong, what was typed is shown
again, and no row costs a query to check.
"""

import datetime as dt
import re
from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from exercises import dosage
from exercises.sides import Side, SideMode, sides_of
from hipcare.clinics.models import PersonChoice
from hipcare.fields import LineField
from programmes.builder.forms.conflicts import Conflict
from programmes.models import Prescription, Version
from programmes.rules.schedule import DAYS_A_WEEK, TIMES_A_DAY
from programmes.services.draft_values import HOW_OFTEN, key_of
from programmes.services.giving import review_date_problem
from programmes.wording.frequencies import short_days

EVERY_DAY = ["0", "1", "2", "3", "4", "5", "6"]
SHORT_SIDES = {
    Side.LEFT: "Left",
    Side.RIGHT: "Right",
    Side.EACH: "Each",
    Side.IN_TURN: "In turn",
    Side.BOTH: "Both",
}
RANGES = {"reps": "reps_to", "hold_s": "hold_to_s"}
DATE_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %b %Y", "%d %B %Y"]


def whole_number(what: str, limits: tuple[int, int], *, required: bool = False, label: str = "") -> forms.IntegerField:
    """Return a field for a whole number within ``limits``; every way to get it wrong is answered by one sentence."""
    sentence = f"{what}: a whole number from {limits[0]} to {limits[1]}."
    return forms.IntegerField(
        label=label or what,
        min_value=limits[0],
        max_value=limits[1],
        required=required,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), sentence),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


def words(label: str, longest: int) -> LineField:
    """Return a field for a line of text."""
    too_long = f"{label}: at most {longest} characters. This has %(show_value)s."
    return LineField(label=label, max_length=longest, required=False, error_messages={"max_length": too_long})


class KeptDateInput(forms.DateInput):
    """The browser's own date field; one of text where the value is no date, so that what was typed stays to be seen."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        shown = context["widget"]["value"]
        context["widget"]["type"] = "date" if not shown or re.fullmatch(r"\d{4}-\d\d-\d\d", shown) else "text"
        return context


class PartForm(forms.Form):
    """A part of the builder; ``kept`` is what of it can be written down."""

    pairs: dict[str, str] = {}
    use_required_attribute = False  # what is missing is said by us, and only when it is time
    conflicts: dict[str, Conflict]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conflicts = {}
        self.untouched: set[str] = set()  # fields that say what they said when the page was drawn

    def kept(self) -> dict[str, Any]:
        """Return the values that were sent and are right; a range is kept whole or left as it was."""
        if not self.is_bound:
            return {}
        good = {name for name in self.fields if self.add_prefix(name) in self.data} - set(self.errors)
        for ends in self.pairs.items():
            good -= set() if good.issuperset(ends) else set(ends)
        return {name: value for name, value in self.cleaned_data.items() if name in good}

    def unsaved(self) -> set[str]:
        """Return the fields that were sent and cannot be written down as they are."""
        sent = {name for name in self.fields if self.add_prefix(name) in self.data} if self.is_bound else set()
        return sent - self.kept().keys() - (self.untouched - set(self.errors))

    def keys_of(self, names: Collection[str]) -> set[str]:
        """Return the keys of the values that stand in these fields."""
        return {key_of(self.prefix, name) if self.prefix else name for name in names}

    def ask(self, name: str, conflict: Conflict) -> None:
        """Have the person choose between what two windows wrote; until then it is an error of the field."""
        self.conflicts[name] = conflict
        self.fields[name].conflict = conflict  # type: ignore[attr-defined]  # for the template
        self.add_error(name, conflict.words)

    def ask_again(self, sent: "PartForm") -> None:
        """Ask what ``sent`` asked."""
        for name, conflict in sent.conflicts.items():
            if name in self.fields:
                self.ask(name, conflict)

    def filled_from(self, sent: "PartForm") -> QueryDict:
        """Return what the page would send of this part, with what ``sent`` could not save as it was typed."""
        data, typed = QueryDict(mutable=True), sent.unsaved()
        for name in self.fields:
            posted = self.add_prefix(name)
            found = _list_of(sent.data, posted) if name in typed else self._as_drawn(name)
            if found:
                data.setlist(posted, found)
        return data

    def _as_drawn(self, name: str) -> list[str]:
        shown = self.fields[name].widget.format_value(self[name].value())
        return [str(one) for one in shown] if isinstance(shown, list) else ["" if shown is None else str(shown)]


def _list_of(data: Any, name: str) -> list[str]:
    return data.getlist(name) if isinstance(data, MultiValueDict) else [data[name]] if name in data else []


class PrescriptionForm(PartForm):
    """One exercise of the draft: its dose, leg and note. Its prefix is the prescription's id."""

    sets = whole_number("Sets", dosage.SETS, required=True)
    reps = whole_number("Reps", dosage.REPS, required=True)
    reps_to = whole_number("Reps, up to", dosage.REPS, label="Up to (reps)")
    hold_s = whole_number("Hold", dosage.HOLD_S, label="Hold (s)")
    hold_to_s = whole_number("Hold, up to", dosage.HOLD_S, label="Up to (s)")
    rest_s = whole_number("Rest", dosage.REST_S, label="Rest (s)")
    side = forms.ChoiceField(
        label="Leg",
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose one of the legs."},
    )
    load = words("Load", 40)
    tempo = words("Tempo", 40)
    note = words("Note to the patient", 200)

    pairs = RANGES

    def __init__(self, row: Prescription, data: QueryDict | None = None) -> None:
        super().__init__(data, prefix=str(row.pk), initial=self._shown(row))
        self.row = row
        sides = sides_of(row.exercise.side_mode)
        self.fields["side"].choices = [(side, SHORT_SIDES[side]) for side in sides]  # type: ignore[attr-defined]
        for name in ("hold_s", "hold_to_s", "rest_s", "reps_to"):
            self.fields[name].widget.attrs["placeholder"] = "–"
        for name in ("load", "tempo", "note"):
            self.fields[name].widget.attrs["class"] = "form-control"
        for name in self.fields.keys() - {"side"}:  # a screen reader meets every field twelve times
            self.fields[name].widget.attrs["aria-label"] = f"{self.fields[name].label}, {row.name}"
        if row.exercise.side_mode == SideMode.BILATERAL:
            del self.fields["side"]  # there is nothing to choose

    @classmethod
    def _shown(cls, row: Prescription) -> dict[str, Any]:
        """Return what is in the fields; no hold and no rest is an empty field, not a nought."""
        shown = {name: getattr(row, name) for name in cls.base_fields}
        return {**shown, "hold_s": row.hold_s or "", "rest_s": row.rest_s or ""}

    @property
    def has_errors_inside(self) -> bool:
        """Whether something in the fold has to be put right."""
        return bool(set(self.errors) & {"reps_to", "hold_to_s", "rest_s", "load", "tempo", "note"})

    def clean_hold_s(self) -> int:
        """Read an empty field as no hold."""
        return self.cleaned_data["hold_s"] or 0

    def clean_rest_s(self) -> int:
        """Read an empty field as no rest."""
        return self.cleaned_data["rest_s"] or 0

    def clean(self) -> None:
        """Refuse a range that does not rise, and one without a beginning: no line would say it."""
        self.check_ranges(self.cleaned_data)

    def check_ranges(self, values: Mapping[str, Any]) -> None:
        """Refuse, of ``values`` by name, what is no range; one of its two numbers may be from another window."""
        for low, high in self.pairs.items():
            first, last = values.get(low), values.get(high)
            if first == 0 and last:
                self.add_error(high, f"{self.fields[low].label}: a range needs both its numbers.")
            elif first is not None and last is not None and last <= first:
                self.add_error(
                    high, f"{self.fields[low].label}: a range must rise, for example {first} to {first + 5}."
                )


class DraftForm(PartForm):
    """What is said once for the whole draft: goal, note, review date, reason, and how often all of it is done."""

    RHYTHMS = [("named", "On these days"), ("number", "Days a week"), ("as_needed", "As needed")]
    SIDES = [("left", "Left"), ("right", "Right"), ("both", "Both")]

    affected_side = forms.ChoiceField(label="Sore side", choices=SIDES, required=False, widget=forms.RadioSelect)
    person = forms.ChoiceField(
        label="Person in the pictures",
        choices=PersonChoice.choices,
        required=False,
        error_messages={"invalid_choice": "Choose one of the people shown."},
    )
    rhythm = forms.ChoiceField(label="How often", choices=RHYTHMS, required=False, widget=forms.RadioSelect)
    weekdays = forms.MultipleChoiceField(
        label="Days",
        choices=lambda: list(zip(EVERY_DAY, short_days(), strict=True)),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose among the days of the week."},
    )
    days_a_week = whole_number("Days a week", DAYS_A_WEEK)
    times_a_day = whole_number("Times a day", TIMES_A_DAY)
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

    OF_THE_VERSION = ("goal", "note", "review_on", "reason")

    def __init__(
        self, draft: Version, first: Prescription | None, today: dt.date, data: QueryDict | None = None
    ) -> None:
        shown = {name: getattr(draft, name) for name in self.OF_THE_VERSION}
        super().__init__(data, initial=shown | (self._shown(first) if first else {"rhythm": "named"}))
        self.today = today
        for name in self.OF_THE_VERSION:
            self.fields[name].widget.attrs["class"] = "form-control"
        if draft.patient.affected_side:
            del self.fields["affected_side"]  # asked once, answered

    @staticmethod
    def _shown(row: Prescription) -> dict[str, Any]:
        rhythm = "as_needed" if row.as_needed else "number" if row.days_a_week else "named"
        return {
            "rhythm": rhythm,
            "weekdays": list(row.weekdays),
            "days_a_week": row.days_a_week,
            "times_a_day": row.times_a_day,
        }

    @property
    def about_when(self) -> list[forms.BoundField]:
        """The fields beside the days; their errors stand above them."""
        return [field for field in self if field.name not in {"goal", "note", "reason"}]

    @property
    def about_words(self) -> list[forms.BoundField]:
        """The fields of words; their errors stand above them."""
        return [field for field in self if field.name in {"goal", "note", "reason"}]

    def clean_review_on(self) -> dt.date | None:
        """Refuse a date that is not ahead, or too far."""
        day: dt.date | None = self.cleaned_data["review_on"]
        if day is not None and (problem := review_date_problem(day, self.today)):
            raise forms.ValidationError(problem)
        return day

    def unsaved(self) -> set[str]:
        """How often is kept whole, or not at all."""
        rhythm = {"rhythm", "weekdays", "days_a_week"}
        return super().unsaved() | (rhythm if self.is_bound and rhythm & set(self.errors) else set())

    def keys_of(self, names: Collection[str]) -> set[str]:
        """How often is one value, although it stands in three fields."""
        return {HOW_OFTEN if name in {"rhythm", "weekdays", "days_a_week"} else name for name in names}

    def of_the_version(self) -> dict[str, Any]:
        """Return what goes into the version."""
        return {name: value for name, value in self.kept().items() if name in self.OF_THE_VERSION}

    def schedule(self) -> dict[str, Any]:
        """Return what goes into every row: the one rhythm that is chosen, and how many times a day."""
        kept = self.kept()
        rhythm = kept.get("rhythm")
        often = {name: kept[name] for name in ("times_a_day",) if name in kept}
        if not rhythm:
            return {}
        if {"weekdays", "days_a_week"} & set(self.errors):
            return often
        # No box ticked is not sent at all, and means no day.
        days = "".join(sorted(self.cleaned_data.get("weekdays", []))) if rhythm == "named" else ""
        chosen: dict[str, Any] = {
            "weekdays": days,
            "days_a_week": kept.get("days_a_week") if rhythm == "number" else None,
            "as_needed": rhythm == "as_needed",
        }
        return chosen | often
