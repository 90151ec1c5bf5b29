"""One exercise of the draft, as the builder asks it: its dose, leg, note, and where its rhythm is its own."""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.http import QueryDict

from exercises import dosage
from exercises.sides import Side, SideMode, sides_of
from hipcare.clinics.progression import LONGEST_RULE
from hipcare.fields import LineField
from programmes.builder.forms.part_form import whole_number as number
from programmes.builder.forms.part_form import words
from programmes.builder.forms.rhythm_form import RhythmForm
from programmes.models import Prescription

SHORT_SIDES = {
    Side.LEFT: "Left",
    Side.RIGHT: "Right",
    Side.EACH: "Each",
    Side.IN_TURN: "In turn",
    Side.BOTH: "Both",
}
EMPTY_IS_NONE = (
    "hold_s", "hold_to_s", "rest_s", "reps_to", "up_s", "down_s", "for_minutes", "effort_of_10", "pain_up_to",
    "times_a_day",
)  # fmt: skip
LOWEST_KG, HIGHEST_KG = Decimal("0.25"), dosage.LOAD_G[1] // 1000
Values = Mapping[str, Any]
Refusal = tuple[str, str] | None  # the field it stands at, and its words


class KilogramsField(LineField):
    """A weight typed in kilograms and kept in grams; every way to get it wrong is answered by one sentence."""

    def clean(self, value: Any) -> int | None:
        typed = (super().clean(value) or "").replace(",", ".").removesuffix("kg").strip()
        if not typed:
            return None
        try:
            grams = Decimal(typed) * 1000
        except InvalidOperation:
            grams = Decimal(-1)
        low, high = dosage.LOAD_G
        if not (grams.is_finite() and low <= grams <= high and grams % dosage.LOAD_STEP_G == 0):
            raise forms.ValidationError(f"Weight: {LOWEST_KG} to {HIGHEST_KG} kg, in steps of {LOWEST_KG}.")
        return int(grams)

    def prepare_value(self, value: Any) -> Any:
        return f"{Decimal(value) / 1000}" if isinstance(value, int) else value


def range_rises(low: str, high: str, label: str) -> Callable[[Values], Refusal]:
    """Return the rule that refuses a range that does not rise, and one without a beginning: no line would say it."""

    def rule(values: Values) -> Refusal:
        first, last = values.get(low), values.get(high)
        if first == 0 and last:
            return high, f"{label}: a range needs both its numbers."
        if first is not None and last is not None and last <= first:
            return high, f"{label}: a range must rise, for example {first} to {first + 5}."
        return None

    return rule


def weight_or_band(values: Values) -> Refusal:
    return ("band", "Band: a weight or a band, not both.") if values.get("load_g") and values.get("band") else None


def tempo_is_whole(values: Values) -> Refusal:
    up, down = values.get("up_s"), values.get("down_s")
    if (up is None) == (down is None):
        return None
    return "up_s" if up is None else "down_s", "Tempo: write the seconds up and the seconds down, or neither."


def minutes_alone(values: Values) -> Refusal:
    others = ("reps_to", "hold_s", "hold_to_s", "up_s")
    if not values.get("for_minutes") or not any(values.get(name) for name in others):
        return None
    return "for_minutes", "Minutes: leave out the range of reps, the hold and the tempo. Or leave out the minutes."


RULES: dict[tuple[str, ...], Callable[[Values], Refusal]] = {
    ("reps", "reps_to"): range_rises("reps", "reps_to", "Reps"),
    ("hold_s", "hold_to_s"): range_rises("hold_s", "hold_to_s", "Hold (s)"),
    ("load_g", "band"): weight_or_band,
    ("up_s", "down_s"): tempo_is_whole,
    ("for_minutes", "reps_to", "hold_s", "hold_to_s", "up_s", "down_s"): minutes_alone,
}
"""What must fit together, by the fields that it is about."""
A_PAIR = 2
TOGETHER = tuple(dict.fromkeys(name for names in RULES for name in names))


class PrescriptionForm(RhythmForm):
    """One exercise of the draft. Its prefix is the prescription's id."""

    sets = number("Sets", dosage.SETS, required=True)
    reps = number("Reps", dosage.REPS, required=True)
    reps_to = number("Reps, up to", dosage.REPS, label="Up to (reps)")
    hold_s = number("Hold", dosage.HOLD_S, label="Hold (s)")
    hold_to_s = number("Hold, up to", dosage.HOLD_S, label="Up to (s)")
    rest_s = number("Rest", dosage.REST_S, label="Rest (s)")
    directions = forms.TypedChoiceField(
        label="Directions",
        choices=[(2, "Each direction"), (1, "One direction")],
        coerce=int,
        required=False,
        error_messages={"invalid_choice": "Directions: choose one or each."},
    )
    for_minutes = number("Minutes", dosage.MINUTES, label="Minutes, no reps")
    side = forms.ChoiceField(
        label="Leg",
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose one of the legs."},
    )
    load_g = KilogramsField(label="Weight (kg)", required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"}))
    band = forms.ChoiceField(
        label="Band", required=False, error_messages={"invalid_choice": "Choose a band of your clinic’s list."}
    )
    load = words("Load", 40, label="Where it goes, or another load")
    up_s = number("Seconds up", dosage.TEMPO_S, label="Up (s)")
    down_s = number("Seconds down", dosage.TEMPO_S, label="Down (s)")
    tempo = words("Tempo", 40, label="Tempo in words")
    effort_of_10 = number("Effort", dosage.EFFORT, label="Effort (of 10)")
    pain_up_to = number("Own pain limit", dosage.PAIN_UP_TO, label="Pain up to")
    progression = words("When to go on", LONGEST_RULE)
    note = words("Note to the patient", 200)

    OUTSIDE = frozenset({"sets", "reps", "hold_s", "side"})
    can_follow = True

    def __init__(self, row: Prescription, data: QueryDict | None = None) -> None:
        super().__init__(data, prefix=str(row.pk), initial=self._shown(row))
        self.row = row
        self._offer_choices()
        for name in EMPTY_IS_NONE:
            self.fields[name].widget.attrs["placeholder"] = "–"
        for name in ("load_g", "load", "tempo", "progression", "note", "starts_on"):
            self.fields[name].widget.attrs["class"] = "form-control"
        self.fields["progression"].widget.attrs["list"] = "progression-rules"
        for name in ("band", "rhythm", "directions"):
            self.fields[name].widget.attrs["class"] = "form-select"
        for name in self.fields.keys() - {"side", "weekdays", "moments"}:  # a screen reader meets each twelve times
            self.fields[name].widget.attrs["aria-label"] = f"{self.fields[name].label}, {row.name}"
        if row.exercise.side_mode == SideMode.BILATERAL:
            del self.fields["side"]  # there is nothing to choose
        if max(row.directions, row.exercise.directions) == 1:
            del self.fields["directions"]

    def _offer_choices(self) -> None:
        row = self.row
        bands = dict.fromkeys([*row.version.patient.clinic.bands, *filter(None, [row.band])])
        choices = {
            "side": [(side, SHORT_SIDES[side]) for side in sides_of(row.exercise.side_mode)],
            "band": [("", "No band"), *((band, band.capitalize()) for band in bands)],
            "rhythm": [("", "As the programme"), *self.RHYTHMS],
        }
        self.fields["rhythm"].widget = forms.Select()
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]

    @classmethod
    def _shown(cls, row: Prescription) -> dict[str, Any]:
        """Return what is in the fields; no hold, no rest and what is the programme's is an empty field."""
        shown = {name: getattr(row, name) for name in cls.base_fields if hasattr(row, name)}
        shown |= {"hold_s": row.hold_s or "", "rest_s": row.rest_s or ""}
        rhythm = cls.rhythm_shown(row)
        rhythm |= {} if row.own_days else {"rhythm": "", "weekdays": [], "days_a_week": None, "starts_on": None}
        rhythm |= {} if row.own_times else {"times_a_day": None, "moments": []}
        return {**shown, **rhythm}

    @property
    def has_errors_inside(self) -> bool:
        """Whether something in the fold has to be put right."""
        return bool(set(self.errors) - self.OUTSIDE)

    def clean_hold_s(self) -> int:
        """Read an empty field as no hold."""
        return self.cleaned_data["hold_s"] or 0

    def clean_rest_s(self) -> int:
        """Read an empty field as no rest."""
        return self.cleaned_data["rest_s"] or 0

    def clean_directions(self) -> int:
        """Read nothing as what it is already; an older page does not ask."""
        return int(self.cleaned_data["directions"] or self.row.directions)

    def clean(self) -> None:
        super().clean()
        self.check_together(self.cleaned_data)

    def check_together(self, values: Values) -> None:
        """Refuse, of ``values`` by name, what does not fit together; some may be from another window.

        What a refusal is about is left as it was, all of it.
        """
        for names, rule in RULES.items():
            if refusal := rule(values):
                self.add_error(*refusal)
            if refusal or (len(names) == A_PAIR and set(names) & set(self.errors)):
                self.held |= set(names)

    def days_columns(self, rhythm: str) -> dict[str, Any]:
        return {**super().days_columns(rhythm), "own_days": True} if rhythm else {"own_days": False}

    def times_columns(self) -> dict[str, Any]:
        is_own = self.cleaned_data["times_a_day"] is not None
        return {**super().times_columns(), "own_times": True} if is_own else {"own_times": False}
