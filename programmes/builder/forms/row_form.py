"""One exercise of the draft, as the builder asks it: its dose, leg, note, and where its rhythm is its own."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.text import capfirst

from exercises import dosage
from exercises.sides import Side, SideMode, sides_of
from exercises.wording import dose_line
from hipcare.clinics.progression import LONGEST_RULE
from hipcare.fields import LineField
from programmes.builder.forms.conflicts import rhythm_in_words
from programmes.builder.forms.part_form import Radios, words
from programmes.builder.forms.part_form import whole_number as number
from programmes.builder.forms.range_field import Range, RangeField
from programmes.builder.forms.rhythm_form import GROUP_OF, RhythmForm
from programmes.models import Prescription
from programmes.rules.twins import Distinction, moments_of
from programmes.services.draft_values import GROUPS, OWN, RANGES, range_columns, range_of, rhythm_in
from programmes.wording.twin_names import name_apart

SHORT_SIDES = {
    Side.LEFT: "Left",
    Side.RIGHT: "Right",
    Side.EACH: "Each",
    Side.IN_TURN: "In turn",
    Side.BOTH: "Both",
}
EMPTY_IS_NONE = (
    "hold_s", "rest_s", "up_s", "down_s", "for_minutes", "effort_of_10", "pain_up_to", "times_a_day",
)  # fmt: skip
SHARED_VALUES = frozenset({"progression", "note", *GROUPS})
SHARED = ("progression", "note", *GROUP_OF)
"""What an exercise with a line for each leg says once."""
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


def weight_or_band(values: Values) -> Refusal:
    return ("band", "Band: a weight or a band, not both.") if values.get("load_g") and values.get("band") else None


def tempo_is_whole(values: Values) -> Refusal:
    up, down = values.get("up_s"), values.get("down_s")
    if (up is None) == (down is None):
        return None
    return "up_s" if up is None else "down_s", "Tempo: write the seconds up and the seconds down, or neither."


def minutes_alone(values: Values) -> Refusal:
    others = isinstance(values.get("reps"), list) or values.get("hold_s") or values.get("up_s")
    if not values.get("for_minutes") or not others:
        return None
    return "for_minutes", "Minutes: leave out the range of reps, the hold and the tempo. Or leave out the minutes."


RULES: dict[tuple[str, ...], Callable[[Values], Refusal]] = {
    ("load_g", "band"): weight_or_band,
    ("up_s", "down_s"): tempo_is_whole,
    ("for_minutes", "reps", "hold_s", "up_s", "down_s"): minutes_alone,
}
"""What must fit together, by the fields that it is about."""
A_PAIR = 2
TOGETHER = tuple(dict.fromkeys(name for names in RULES for name in names))


class PrescriptionForm(RhythmForm):
    """One exercise of the draft. Its prefix is the prescription's id."""

    sets = number("Sets", dosage.SETS, required=True)
    reps = RangeField("Reps", dosage.REPS, required=True)
    hold_s = RangeField("Hold", dosage.HOLD_S, label="Hold (s)")
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
        widget=Radios,
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
    swaps: Sequence[object] = ()
    """What its exercise can be swapped for, where the page offers that: for the template."""

    other: "PrescriptionForm | None" = None
    """The row of the other leg, which is shown below this one's dose."""

    def __init__(
        self, row: Prescription, data: QueryDict | None = None, follows: "PrescriptionForm | None" = None
    ) -> None:
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
        for name in ("side", "weekdays", "moments"):
            self.fields[name].widget.of = row.name
        if row.exercise.side_mode == SideMode.BILATERAL:
            del self.fields["side"]  # there is nothing to choose
        if max(row.directions, row.exercise.directions) == 1:
            del self.fields["directions"]
        self.follow(follows)

    def follow(self, lead: "PrescriptionForm | None") -> None:
        """Have the other leg's row say what is not about the dose; both have but the leg in common then."""
        self.follows = lead
        if lead is None:
            return
        lead.other = self
        for name in SHARED:
            self.fields.pop(name, None)
            if name not in {"weekdays", "moments"}:
                lead.fields[name].widget.attrs["aria-label"] = f"{lead.fields[name].label}, {lead.heading}"
        for name in ("weekdays", "moments"):
            lead.fields[name].widget.of = lead.heading

    @property
    def heading(self) -> str:
        """The name of the row; of one with a line for each leg without the leg."""
        if self.other is None and self.follows is None:
            return self.row.name
        apart = Distinction.MOMENT if Distinction(self.row.told_apart).by_moment else Distinction.NOTHING
        return name_apart(self.row.exercise_name, apart, self.row.side, moments_of(self.row))

    def called_for(self, name: str) -> str:
        """Return what the row is called where its value ``name`` is spoken of."""
        return self.heading if name in SHARED_VALUES else self.row.name

    def says(self, name: str) -> "PrescriptionForm":
        """Return the row in which the field ``name`` of this one stands."""
        return self.follows if self.follows and name in {*SHARED, *SHARED_VALUES} else self

    @property
    def can_tell_legs_apart(self) -> bool:
        """Whether a line for each leg would say something."""
        return "side" in self.fields and not Distinction(self.row.told_apart).by_leg

    def offered_bands(self) -> list[str]:
        """Return the colours of the clinic's list."""
        return list(self.row.version.patient.clinic.bands)

    def _offer_choices(self) -> None:
        row = self.row
        bands = dict.fromkeys([*self.offered_bands(), *filter(None, [row.band])])
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
        shown |= {name: range_of(name, vars(row)) or "" for name in RANGES} | {"rest_s": row.rest_s or ""}
        rhythm = cls.rhythm_shown(row)
        rhythm |= {} if row.own_days else {"rhythm": "", "weekdays": [], "days_a_week": None, "starts_on": None}
        rhythm |= {} if row.own_times else {"times_a_day": None, "moments": []}
        return {**shown, **rhythm}

    @property
    def doses(self) -> str:
        """The dose in a line; where each leg has its own, both."""
        return "; ".join(dose_line(form.row.dose) for form in (self, self.other) if form)

    @property
    def is_wrong(self) -> bool:
        """Whether something in the row has to be put right."""
        return bool(self.errors or (self.other and self.other.errors))

    @property
    def has_errors_inside(self) -> bool:
        """Whether something in the fold has to be put right."""
        return bool(set(self.errors) - self.OUTSIDE - GROUP_OF.keys())

    @property
    def has_errors_in_days(self) -> bool:
        """The same of the fold with the days and times that are not the programme's."""
        return bool(set(self.errors) & GROUP_OF.keys())

    @property
    def own_rhythm(self) -> str:
        """What the row does otherwise than the programme, in short: "Mon Fri, twice a day", or ""."""
        own = [group for group in GROUPS if getattr(self.row, OWN[group])]
        return capfirst(", ".join(rhythm_in_words(group, rhythm_in(self.row, group)) for group in own))

    def clean_hold_s(self) -> Range:
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

    def columns(self) -> dict[str, dict[str, Any]]:
        """Return a range as the two columns that it stands in; of a row that follows, also what the other one says."""
        found = super().columns() | self._shared_columns()
        return found | {name: range_columns(name, found[name][name]) for name in RANGES if name in found}

    def unsaved(self) -> set[str]:
        """Return them; what the other leg's row says for both is as unsaved for this one."""
        return super().unsaved() | (self.follows.unsaved() & set(SHARED) if self.follows else set())

    def _shared_columns(self) -> dict[str, dict[str, Any]]:
        said = self.follows.columns() if self.follows else {}
        return {name: columns for name, columns in said.items() if name in SHARED_VALUES}

    def days_columns(self, rhythm: str) -> dict[str, Any]:
        return {**super().days_columns(rhythm), "own_days": True} if rhythm else {"own_days": False}

    def times_columns(self) -> dict[str, Any]:
        is_own = self.cleaned_data["times_a_day"] is not None
        return {**super().times_columns(), "own_times": True} if is_own else {"own_times": False}
