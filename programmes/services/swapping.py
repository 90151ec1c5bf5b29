"""Put another exercise in the place of one in a draft: an easier one, a harder one, one without the floor."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from exercises.dosage import carried_over
from exercises.dose_columns import Dosage
from exercises.models import Exercise
from exercises.sides import side_after_swap
from exercises.usual_doses import usual_dose_of
from hipcare.clinics.models import User
from programmes.models import Prescription
from programmes.models.rhythm import RHYTHM_FIELDS
from programmes.rules.merging import ORDER
from programmes.services import drafts
from programmes.services.draft_values import NO_EDITS, OWN, Edits, note_changes
from programmes.services.drafts import Contents


@dataclass(frozen=True, slots=True)
class Swapped:
    """The row that stands there now; the one before it, as it is put back; and which columns of its dose stayed."""

    row: Prescription
    gone: Contents
    stayed: tuple[str, ...]


@transaction.atomic
def swap_exercise(
    *, prescription: Prescription, exercise: Exercise, by: User, edits: Edits = NO_EDITS
) -> Swapped | None:
    """Put ``exercise`` in the place of a row. None where that row is gone, or the exercise is there already.

    Sets, reps, leg, days and note stay where the new one has them; the rest is its own usual dose in the clinic. It
    is another row: what another window still writes in the old one is not written into this.
    """
    draft = drafts.locked(prescription.version)
    changed = drafts.apply_edits(draft, edits, by)
    row = draft.prescriptions.select_related("exercise").filter(pk=prescription.pk).first()
    if row is None or draft.prescriptions.filter(exercise=exercise).exists():
        if changed:
            drafts.keep(draft, by, edits)
        return None
    usual = usual_dose_of(exercise, draft.patient.clinic)
    stayed = tuple(carried_over(row.dose, usual.dose))
    side = side_after_swap(row.side, exercise.side_mode, draft.patient.affected_side)
    other = Prescription(exercise=exercise, side=side, **_values_after(row, usual, stayed))
    drafts.take_out(draft, row)
    drafts.put_in(draft, other, row.order)
    drafts.keep(draft, by, edits)
    note_changes(draft, [ORDER, str(row.pk), str(other.pk)], by, edits)
    return Swapped(other, {**drafts.contents_of(row), "instead": str(other.pk)}, stayed)


def _values_after(row: Prescription, usual: Dosage, stayed: tuple[str, ...]) -> dict[str, Any]:
    return {
        **drafts.values(usual, drafts.TAKEN_OVER),
        **drafts.values(row, (*stayed, *RHYTHM_FIELDS, *OWN.values(), "note")),
    }
