"""What staff type about patients."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from hipcare.clinics.forms.day_month_year import DayMonthYearField
from hipcare.clinics.forms.error_words import can_be_dialled, in_our_words
from hipcare.clinics.models import Patient, User
from hipcare.clinics.models.patient import age_on, is_an_adults_birthday, is_not_ahead, person_of_age
from hipcare.clinics.precautions import KINDS_WITH_RULES
from hipcare.clinics.services.registration import TwinError, correct_patient, register_patient
from hipcare.moments import full_date
from hipcare.stamps import Stamped

CONDITIONS = (
    "Hip osteoarthritis",
    "Outer hip pain (GTPS)",
    "After hip replacement",
    "Hip impingement (FAI)",
    "After hip fracture",
    "Groin strain",
    "Hamstring tendon pain",
    "Hip pain, not yet known why",
)
SIDE_NOT_KNOWN = "unknown"
SIDES = [
    *((side.value, side.label) for side in Patient.HipSide if side),
    (SIDE_NOT_KNOWN, Patient.HipSide.UNSPECIFIED.label),
]
SHOWN_TO = "Choose somebody the patient could be. The phone, the sheet and the builder show this person."
WHERE_NOBODY_CHOSE = "If you leave this, it is somebody of about their age."
OF_THE_OPERATION = ("operated_side", "hip_precautions_since", "hip_precautions_review_on")
ASIDE = {"autocomplete": "off"}  # somebody else's name: the browser's own user is not it


class PatientForm(Stamped, forms.ModelForm):
    """A new patient, or what was put right in one; ``by`` is the member of staff who types."""

    date_of_birth = DayMonthYearField(
        called="date of birth", help_text="For example 4 3 1955", validators=[is_an_adults_birthday]
    )
    affected_side = forms.ChoiceField(
        label="Sore side",
        choices=SIDES,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose the sore side", "invalid_choice": "Choose the sore side"},
    )
    usual_pain = forms.IntegerField(
        label="Usual pain",
        required=False,
        min_value=0,
        max_value=10,
        help_text="0 to 10, as the patient says it. Leave empty if not asked.",
        widget=forms.TextInput(attrs={**ASIDE, "inputmode": "numeric", "maxlength": 2}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), "Usual pain must be a whole number from 0 to 10"
        ),
    )
    operated_side = forms.ChoiceField(
        label="Operated hip",
        choices=SIDES,
        required=False,
        widget=forms.RadioSelect,
        help_text="It need not be the sore one.",
        error_messages={"invalid_choice": "Choose the operated hip"},
    )
    hip_precautions_since = DayMonthYearField(
        called="date of the operation",
        label="Day of the operation, or since when they hold",
        required=False,
        validators=[is_not_ahead],
    )
    hip_precautions_review_on = DayMonthYearField(
        called="date to look again",
        label="Look at the precautions again on",
        required=False,
        help_text="For staff. No date ends precautions: somebody has to choose “None”.",
        validators=[],
    )
    precautions_checked = forms.BooleanField(label="I checked the precautions again today", required=False)
    language = forms.ChoiceField(
        label="Reads in", choices=lambda: settings.LANGUAGES, help_text="The pages on the phone and the printed sheet."
    )
    twin_is_meant = forms.BooleanField(label="Add anyway, this is another person", required=False)

    together = (("hip_precautions", "hip_precautions_note", *OF_THE_OPERATION),)
    confirms = {"precautions_checked": together[0]}

    class Meta:
        model = Patient
        fields = [
            "first_name",
            "last_name",
            "date_of_birth",
            "affected_side",
            "condition",
            "hip_precautions",
            "hip_precautions_note",
            *OF_THE_OPERATION,
            "usual_pain",
            "person",
            "large_print",
            "language",
            "clinic_number",
            "phone",
            "physiotherapist",
        ]
        help_texts = {
            "first_name": "The name you use with the patient. It is shown on the phone and the sheet.",
            "last_name": "Leave empty where a person has one name.",
            "hip_precautions": "After surgery, as set by the surgeon. Needed before a programme can be given.",
            "hip_precautions_note": "In words for the patient, who reads them. Needed where you chose Other.",
            "clinic_number": "Your clinic's own number, if it has one.",
            "condition": "Choose from the list or type your own words.",
            "large_print": "Shown wherever you prescribe and print.",
            "person": SHOWN_TO,
        }
        labels = {
            "large_print": "Needs large print",
            "hip_precautions_note": "What the surgeon said",
            "clinic_number": "Patient number",
        }
        widgets = {
            "first_name": forms.TextInput(attrs=ASIDE),
            "last_name": forms.TextInput(attrs=ASIDE),
            "clinic_number": forms.TextInput(attrs=ASIDE),
            "phone": forms.TextInput(attrs={**ASIDE, "type": "tel"}),
            "condition": forms.TextInput(attrs={**ASIDE, "list": "conditions"}),
            "person": forms.RadioSelect,
        }

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.twin: Patient | None = None
        self.is_new = self.instance._state.adding
        self.is_operated_side_said = self.instance.precautions.has_rules
        self._choose_physiotherapists()
        self.fields["person"].required = False  # somebody is drawn, whether anybody chose or not
        self.fields["person"].error_messages["invalid_choice"] = "Choose one of the people shown"
        self.fields["hip_precautions"].is_asked_later = True  # type: ignore[attr-defined]  # for the label
        for name in ("first_name", "last_name", "clinic_number", "phone", "condition", "hip_precautions_note"):
            in_our_words(self.fields[name], str(self.fields[name].label).lower())
        if len(settings.LANGUAGES) == 1:
            del self.fields["language"]
        if self.is_new:
            del self.fields["precautions_checked"]
            self.initial["person"] = ""
            self.fields["first_name"].widget.attrs["autofocus"] = not self.is_bound  # what was refused has it
            self.fields["person"].help_text = f"{SHOWN_TO} {WHERE_NOBODY_CHOSE}"
        else:
            del self.fields["twin_is_meant"]
            self.initial["affected_side"] = self.instance.affected_side or SIDE_NOT_KNOWN
            if self.is_operated_side_said:
                self.initial["operated_side"] = self.instance.operated_side or SIDE_NOT_KNOWN

    def _choose_physiotherapists(self) -> None:
        """Offer the clinic's staff who still work there, and whoever has the patient now."""
        chosen = self.fields["physiotherapist"]
        working = Q(is_active=True) | Q(pk=self.instance.physiotherapist_id)
        colleagues = User.objects.visible_to(self.by).filter(working).order_by("sort_key", "pk")
        chosen.queryset = colleagues  # type: ignore[attr-defined]
        # A list, not the queryset: the page reads it more than once.
        chosen.choices = [(colleague.pk, colleague.name) for colleague in colleagues]  # type: ignore[attr-defined]
        chosen.error_messages["invalid_choice"] = "Choose a physiotherapist of your clinic"
        if self.is_new:
            self.initial["physiotherapist"] = self.by.pk

    @property
    def conditions(self) -> tuple[str, ...]:
        return CONDITIONS

    def clean_affected_side(self) -> str:
        side = str(self.cleaned_data["affected_side"])
        return "" if side == SIDE_NOT_KNOWN else side

    def clean_operated_side(self) -> str:
        """Return the operated side as the record has it: "" for not known yet, and where it was not asked."""
        side = str(self.cleaned_data["operated_side"])
        self.is_operated_side_said |= bool(side)
        return "" if side == SIDE_NOT_KNOWN else side

    def clean_phone(self) -> str:
        return can_be_dialled(self.cleaned_data["phone"], self.by.clinic.calling_country)

    def clean_person(self) -> str:
        """Leave the person in the pictures as it is where nobody chose; a new patient gets one of about their age."""
        born = self.cleaned_data.get("date_of_birth") if self.is_new else None
        usual = person_of_age(age_on(timezone.localdate(), born)) if born else self.instance.person
        return str(self.cleaned_data["person"] or usual)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if (
            cleaned.get("hip_precautions") == Patient.Precautions.OTHER
            and not cleaned.get("hip_precautions_note")
            and "hip_precautions_note" not in self.errors
        ):
            self.add_error("hip_precautions_note", "Say what the surgeon said")
        if cleaned.get("hip_precautions") in KINDS_WITH_RULES:
            self._ask_about_the_operation(cleaned)
        elif "hip_precautions" in cleaned:
            self._leave_the_operation_out(cleaned)
        return cleaned

    def _ask_about_the_operation(self, cleaned: dict[str, Any]) -> None:
        """Ask which hip was operated on ("not known yet" is an answer), and for a day to look again that is to come."""
        if not self.is_operated_side_said and "operated_side" not in self.errors:
            self.add_error("operated_side", "Choose the operated hip, or “Not known yet”")
        again = cleaned.get("hip_precautions_review_on")
        if again and again != self.initial.get("hip_precautions_review_on") and again <= timezone.localdate():
            self.add_error("hip_precautions_review_on", "The day to look again must be after today")

    def _leave_the_operation_out(self, cleaned: dict[str, Any]) -> None:
        """Leave what is asked only after an operation as it is kept, whatever the boxes out of sight hold."""
        for name in OF_THE_OPERATION:
            self.errors.pop(name, None)
            cleaned[name] = getattr(self.instance, name)
        self.conflicts = [conflict for conflict in self.conflicts if conflict.name not in OF_THE_OPERATION]

    def register(self) -> Patient | None:
        """Save the new patient; where there is such a patient already, say so and return None."""
        try:
            return register_patient(patient=self.instance, by=self.by, twin_is_meant=self.cleaned_data["twin_is_meant"])
        except TwinError as problem:
            self.twin = twin = problem.twin
            self.add_error("twin_is_meant", f"There is already a {twin.full_name} born {full_date(twin.date_of_birth)}")
            return None

    def correct(self) -> Patient:
        checked = self.cleaned_data["precautions_checked"]
        return correct_patient(patient=self.instance, by=self.by, precautions_checked=checked)
