"""Two records beside each other, before they are made one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.conf import settings

from hipcare.clinics.models import Patient
from hipcare.moments import full_date
from programmes.wording import beside

NOT_WRITTEN = "Not written"
WORDS: Mapping[str, tuple[str, Callable[[Patient], str]]] = {
    "name": ("Name", lambda one: one.full_name),
    "born": ("Born", lambda one: full_date(one.date_of_birth)),
    "number": ("Clinic number", lambda one: one.clinic_number),
    "phone": ("Telephone", lambda one: one.phone),
    "physiotherapist": ("Physiotherapist", lambda one: one.physiotherapist.name),
    "hip": ("Hip", lambda one: str(one.get_affected_side_display())),
    "condition": ("Condition", lambda one: one.condition),
    "precautions": ("Precautions", lambda one: beside.precautions_in_short(one.precautions)),
    "pain": ("Usual pain", lambda one: "" if one.usual_pain is None else f"{one.usual_pain} of 10"),
    "print": ("Needs", lambda one: "Large print" if one.large_print else "Nothing noted"),
    "language": ("Language", lambda one: str(dict(settings.LANGUAGES).get(one.language, one.language))),
    "person": ("Person in the pictures", lambda one: str(one.get_person_display())),
}


@dataclass(frozen=True, slots=True)
class FactOfTwo:
    """One fact as each record says it, in words."""

    key: str
    label: str
    kept: str
    other: str


def facts_of_two(kept: Patient, other: Patient) -> list[FactOfTwo]:
    return [
        FactOfTwo(key, label, words_of(kept) or NOT_WRITTEN, words_of(other) or NOT_WRITTEN)
        for key, (label, words_of) in WORDS.items()
        if key != "language" or len(settings.LANGUAGES) > 1
    ]
