"""What each exercise of a draft can be swapped for, in its row."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from exercises.models import Exercise
from exercises.relatives import Relative
from exercises.sides import picture_side, side_after_swap
from hipcare.clinics.models import User
from programmes.builder.forms.row_form import PrescriptionForm
from programmes.models import Prescription


@dataclass(frozen=True, slots=True)
class Swap:
    """One exercise to take instead, and how it differs; drawn for the leg that it would be for."""

    exercise: Exercise
    how: str
    picture_side: str
    is_here: bool
    """Whether it is in the programme already."""


def offer_swaps(user: User, forms: Sequence[PrescriptionForm]) -> None:
    """Give each row the relatives of its exercise that can still be chosen, each once."""
    here = {form.row.exercise_id for form in forms}
    found: dict[object, dict[object, list[Relative]]] = defaultdict(lambda: defaultdict(list))
    still = Exercise.objects.visible_to(user).current()
    for relative in Relative.objects.filter(exercise__in=here, other__in=still).select_related("other"):
        found[relative.exercise_id][relative.other_id].append(relative)
    for form in forms:
        kin = found[form.row.exercise_id]
        form.swaps = [_swap(ways, form.row, is_here=other in here) for other, ways in kin.items()]


def _swap(ways: Sequence[Relative], row: Prescription, *, is_here: bool) -> Swap:
    other, affected = ways[0].other, row.version.patient.affected_side
    side = side_after_swap(row.side, other.side_mode, affected)
    how = ", ".join(relative.get_how_display() for relative in ways).capitalize()
    return Swap(other, how, picture_side(side, affected), is_here)


def what_stayed(stayed: Sequence[str]) -> str:
    """Return, as a sentence, what a swap has taken along and what is the new exercise's own."""
    if "reps" in stayed:
        return "Sets, reps, days and note stayed; the rest is its own."
    return (
        "Sets, days and note stayed; the rest is its own." if stayed else "Days and note stayed; the dose is its own."
    )
