"""One exercise of a draft with a dose of its own for each leg: two rows, one below the other."""

from django.db import transaction

from exercises.sides import TAKE_TURNS, Side, SideMode, leading_leg, sides_of
from hipcare.clinics.models import User
from programmes.models import Prescription, Version
from programmes.models.prescription import MOST_PRESCRIPTIONS
from programmes.rules.merging import ORDER
from programmes.services import drafts
from programmes.services.draft_values import NO_EDITS, Edits, key_of, leg_by_leg, note_changes
from programmes.services.drafts import Contents, TooManyError

OTHER = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}


@transaction.atomic
def tell_legs_apart(*, prescription: Prescription, by: User, edits: Edits = NO_EDITS) -> Prescription | None:
    """Make two rows of one, alike in all but the leg: first the one it is for, else the sore one. Return the second.

    None where that is done already, or the exercise is for both legs together. Raises ``TooManyError``.
    """
    draft, group, changed = _group_of(prescription, by, edits)
    row = group[0] if len(group) == 1 else None
    if row is None or row.exercise.side_mode == SideMode.BILATERAL:
        if changed:
            drafts.keep(draft, by, edits)
        return None
    if draft.prescriptions.count() >= MOST_PRESCRIPTIONS:
        raise TooManyError
    first = Side(leading_leg(row.side, draft.patient.affected_side))
    other = drafts.copy_of(row)
    other.side = OTHER[first]
    draft.prescriptions.filter(pk=row.pk).update(side=first)
    drafts.put_in(draft, other, row.order + 1)
    drafts.keep(draft, by, edits)
    note_changes(draft, [ORDER, key_of(row, "side"), str(other.pk)], by, edits)
    return other


@transaction.atomic
def treat_legs_alike(*, prescription: Prescription, by: User, edits: Edits = NO_EDITS) -> Contents | None:
    """Go back to one row, with what the first of the two says. Return both as they were, to be put back.

    None where there is one row already.
    """
    draft, group, changed = _group_of(prescription, by, edits)
    if len(group) < len(OTHER):
        if changed:
            drafts.keep(draft, by, edits)
        return None
    first, other = group
    was = {**drafts.contents_of_all(group), "instead": str(first.pk)}
    drafts.take_out(draft, other)
    each = next(side for side in sides_of(first.exercise.side_mode) if side in TAKE_TURNS)
    draft.prescriptions.filter(pk=first.pk).update(side=each)
    drafts.keep(draft, by, edits)
    note_changes(draft, [ORDER, key_of(first, "side"), str(other.pk)], by, edits)
    return was


def _group_of(prescription: Prescription, by: User, edits: Edits) -> tuple[Version, list[Prescription], bool]:
    """Return the draft, the row with the one for the other leg if there is one, and whether the edits changed it."""
    draft = drafts.locked(prescription.version)
    changed = drafts.apply_edits(draft, edits, by)
    rows = list(draft.prescriptions.select_related("exercise"))
    return draft, next((group for group in leg_by_leg(rows) if prescription in group), []), changed
