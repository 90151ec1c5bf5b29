"""Patients to choose one from, for what is done from elsewhere than the patient's page: one's own first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, IntegerField, Value, When

from hipcare.clinics.models import Patient, User
from programmes.pages.list_query import searched, uuid_or_none

MOST_TO_CHOOSE = 12


@dataclass(frozen=True, slots=True)
class PatientChoice:
    """The patients that are offered, what was searched for, and the one that is chosen."""

    patients: Sequence[Patient]
    words: str
    chosen: Patient | None
    there_are_more: bool


def patients_to_choose(user: User, sent: Mapping[str, Any], but: Patient | None = None) -> PatientChoice:
    """Return those that the words find, or the first by name; who is chosen stands among them, whatever is searched.

    Archived patients are not offered: nothing is given to them.
    """
    words = searched(str(sent.get("q", "")))
    listed = Patient.objects.visible_to(user).listed().select_related("summary").with_namesakes()
    listed = listed.exclude(pk=but.pk) if but else listed
    wanted = uuid_or_none(sent.get("patient"))
    chosen = listed.filter(pk=wanted).first() if wanted else None
    own = Case(When(physiotherapist=user.pk, then=Value(0)), default=Value(1), output_field=IntegerField())
    found = list(listed.named(words).order_by(own, "sort_key", "pk")[: MOST_TO_CHOOSE + 1])
    offered = found[:MOST_TO_CHOOSE]
    if chosen and chosen not in offered:
        offered = [chosen, *offered]
    return PatientChoice(offered, words, chosen, len(found) > MOST_TO_CHOOSE)
