"""The builder's one form: what is said of the whole draft, and one small form for each exercise.

Plain forms, not model forms: a field that is right is kept although its neighbour is wrong, what was typed is shown
again, and no row costs a query to check.
"""

import datetime as dt
import re
import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.http import QueryDict

from exercises import dosage
from exercises.sides import Side, SideMode, sides_of
from hipcare.clinics.models import Patient
from hipcare.fields import LineField
from programmes.models import Prescription, Version
from programmes.schedule import DAYS_A_WEEK, SHORT_DAYS, TIMES_A_DAY
from programmes.services.drafts import NO_EDITS, Edits
from programmes.services.giving import Missing, review_date_problem, unusual

EVERY_DAY = ["0", "1", "2", "3", "4", "5", "6"]
QUICK_DAYS = {"daily": EVERY_DAY, "mon-wed-fri": ["0", "2", "4"]}
QUICK_WEEKS = {"in-2-weeks": 2, "in-4-weeks": 4, "in-6-weeks": 6}
SHORT_SIDES = {
    Side.LEFT: "Left",
    Side.RIGHT: "Right",
    Side.EACH: "Each",
    Side.IN_TURN: "In turn",
    Side.BOTH: "Both",
}
RANGES = {"reps": "reps_to", "hold_s": "hold_to_s"}
DATE_FORMATS = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %b %Y", "%d %B %Y"]
OF_A_ROW = re.compile(r"^([0-9a-f-]{36})-sets$")


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

    def kept(self) -> dict[str, Any]:
        """Return the values that were sent and are right; a range is kept whole or left as it was."""
        if not self.is_bound:
            return {}
        good = {name for name in self.fields if self.add_prefix(name) in self.data} - set(self.errors)
        for ends in self.pairs.items():
            good -= set() if good.issuperset(ends) else set(ends)
        return {name: value for name, value in self.cleaned_data.items() if name in good}


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
        for low, high in self.pairs.items():
            first, last = self.cleaned_data.get(low), self.cleaned_data.get(high)
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
        choices=Patient.Person.choices,
        required=False,
        error_messages={"invalid_choice": "Choose one of the people shown."},
    )
    rhythm = forms.ChoiceField(label="How often", choices=RHYTHMS, required=False, widget=forms.RadioSelect)
    weekdays = forms.MultipleChoiceField(
        label="Days",
        choices=list(zip(EVERY_DAY, SHORT_DAYS, strict=True)),
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

    def of_the_version(self) -> dict[str, Any]:
        """Return what goes into the version."""
        return {name: value for name, value in self.kept().items() if name in self.OF_THE_VERSION}

    def schedule(self) -> dict[str, Any]:
        """Return what goes into every row: the one rhythm that is chosen, and how many times a day."""
        kept = self.kept()
        rhythm = kept.get("rhythm")
        if not rhythm or ({"weekdays", "days_a_week"} & set(self.errors)):
            return {}
        # No box ticked is not sent at all, and means no day.
        days = "".join(sorted(self.cleaned_data.get("weekdays", []))) if rhythm == "named" else ""
        chosen: dict[str, Any] = {
            "weekdays": days,
            "days_a_week": kept.get("days_a_week") if rhythm == "number" else None,
            "as_needed": rhythm == "as_needed",
        }
        return chosen | ({"times_a_day": kept["times_a_day"]} if "times_a_day" in kept else {})


class BuilderForms:
    """All parts of the builder, unbound or as they were sent."""

    def __init__(self, draft: Version, today: dt.date, sent: QueryDict | None = None) -> None:
        data = None if sent is None else with_quick_choice(sent, today)
        self.draft = draft
        rows = list(draft.prescriptions.select_related("exercise"))
        seen = set() if data is None else {found[1] for name in data if (found := OF_A_ROW.match(name))}
        here = {str(row.pk) for row in rows}
        self.rows = [PrescriptionForm(row, data if str(row.pk) in seen else None) for row in rows]
        self.whole = DraftForm(draft, rows[0] if rows else None, today, data)
        self.gone = bool(seen - here)
        self.unseen = data is not None and bool(here - seen)
        self.stale = data is not None and data.get("stamp", draft.stamp) != draft.stamp
        self.confirmed = [] if data is None else data.getlist("is_right")

    @property
    def parts(self) -> list[PartForm]:
        """Every part, in the order of the page."""
        return [*self.rows, self.whole]

    def is_right(self) -> bool:
        """Say whether nothing that was sent has to be put right."""
        return not any(part.errors for part in self.parts)

    def edits(self) -> Edits:
        """Return everything that can be written down, although something else may be wrong.

        Nothing, where the page is behind: it would put back what another window has changed.
        """
        if self.stale:
            return NO_EDITS
        return Edits(
            version=self.whole.of_the_version(),
            rows={form.row.pk: kept for form in self.rows if (kept := form.kept())},
            schedule=self.whole.schedule(),
            affected_side=self.whole.kept().get("affected_side", ""),
            person=self.whole.kept().get("person", ""),
        )

    def with_errors_of(self, sent: "BuilderForms") -> "BuilderForms":
        """Put back the parts of ``sent`` that have to be put right, with what was typed. Return this."""
        return self._with(sent, lambda part: bool(part.errors))

    def as_sent(self, sent: "BuilderForms") -> "BuilderForms":
        """Put back every part of ``sent`` that still has its place, so that errors can be shown on it. Return this."""
        return self._with(sent, lambda part: part.is_bound)

    def _with(self, sent: "BuilderForms", wanted: Callable[[PartForm], bool]) -> "BuilderForms":
        kept = {form.row.pk: form for form in sent.rows if wanted(form)}
        for place, form in enumerate(self.rows):
            if form.row.pk in kept:
                kept[form.row.pk].row = form.row
                self.rows[place] = kept[form.row.pk]
        if wanted(sent.whole):
            self.whole = sent.whole
        self.confirmed = sent.confirmed
        return self

    def show(self, missing: list[Missing]) -> list[Missing]:
        """Put what is missing beside its field. Return what has no field here."""
        places: dict[str, tuple[PartForm, str]] = {name: (self.whole, name) for name in self.whole.fields}
        places |= {f"{form.row.pk}-side": (form, "side") for form in self.rows if "side" in form.fields}
        for one in missing:
            if one.field in places:
                part, name = places[one.field]
                part.add_error(name, one.words)
        return [one for one in missing if one.field not in places]


def questions(draft: Version, confirmed: list[str]) -> list[tuple[str, bool]]:
    """Return what is unusual in the draft, each with whether the physiotherapist has said that it is right."""
    return [(words, words in confirmed) for words in unusual(draft)]


def with_quick_choice(sent: QueryDict, today: dt.date) -> QueryDict:
    """Return what was sent with the quick button that sent it worked in: whole weeks of days, a date weeks ahead."""
    data = sent.copy()
    quick = data.get("quick", "")
    if quick in QUICK_DAYS:
        data["rhythm"] = "named"
        data.setlist("weekdays", QUICK_DAYS[quick])
        data["times_a_day"] = data.get("times_a_day", "").strip() or "1"
    if quick in QUICK_WEEKS:
        data["review_on"] = (today + dt.timedelta(weeks=QUICK_WEEKS[quick])).isoformat()
    return data


def posted_id(sent: QueryDict, name: str) -> uuid.UUID | None:
    """Return the id that a button sent, or None where it is none."""
    try:
        return uuid.UUID(sent.get(name, ""))
    except ValueError:
        return None
