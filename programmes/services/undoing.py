"""Put back what was taken out: one exercise, or a whole draft."""

import uuid
from dataclasses import dataclass

from django.db import transaction

from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.clinics.models import Patient, User
from programmes.models import Prescription, Programme, Version
from programmes.models.prescription import MOST_PRESCRIPTIONS
from programmes.rules.merging import ORDER
from programmes.services import drafts
from programmes.services.draft_values import NO_EDITS, Edits, note_changes
from programmes.services.drafts import KEPT_OF_A_DRAFT, Contents, TooManyError, row_from
from programmes.services.summaries import renew_summary


class InTheWayError(RuntimeError):
    """It cannot be put back beside what is there now; the words say what to do first."""


@dataclass(frozen=True, slots=True)
class PutBack:
    """The row that is back, and what stood in its place until now."""

    row: Prescription
    instead: Contents | None = None


@transaction.atomic
def put_back_row(*, draft: Version, contents: Contents, by: User, edits: Edits = NO_EDITS) -> PutBack:
    """Put a row back in its place with its dose and note, and those that went with it. Raises ``TooManyError``.

    One that is there already is left as it is. What it was swapped for goes, if that is still there. Days and times
    that are not its own are those of the programme, which may have changed.
    """
    draft = drafts.locked(draft)
    drafts.apply_edits(draft, edits, by)
    other = draft.prescriptions.select_related("exercise").filter(pk__in=_swapped_for(contents)).first()
    if other is not None:
        drafts.take_out(draft, other)
    if there := draft.prescriptions.filter(pk=contents["id"]).first():
        return PutBack(there)
    rows = [_row_back(one, draft) for one in (contents, *contents.get("with", []))]
    count = draft.prescriptions.count()
    if count + len(rows) > MOST_PRESCRIPTIONS:
        raise TooManyError
    place = other.order if other else min(contents["order"], count + 1)
    for row in reversed(rows):
        drafts.put_in(draft, row, place)
    drafts.keep(draft, by, edits)
    note_changes(draft, [ORDER, *(str(row.pk) for row in (*rows, other) if row)], by, edits)
    if other is None or other.pk == rows[0].pk:
        return PutBack(rows[0])
    return PutBack(rows[0], {**drafts.contents_of(other), "instead": str(rows[0].pk)})


def _row_back(contents: Contents, draft: Version) -> Prescription:
    row = row_from(contents)
    row.pk = uuid.UUID(contents["id"])
    drafts.set_values(row, drafts.followed(row, draft))
    return row


def _swapped_for(contents: Contents) -> list[str]:
    return [contents["instead"]] if "instead" in contents else []


@transaction.atomic
def put_back_draft(*, patient: Patient, contents: Contents, by: User) -> Version:
    """Put a draft back that was thrown away. Raises ``InTheWayError`` where there is another one by now."""
    Patient.objects.select_for_update().get(pk=patient.pk)
    programme, _ = Programme.objects.get_or_create(patient=patient, status=Programme.Status.ACTIVE)
    if Version.objects.drafts().filter(programme=programme).exists():
        raise InTheWayError("There is another draft by now. Discard that one, then put this one back.")
    made_by = User.objects.filter(pk=contents["made_by"], clinic=patient.clinic_id).first() or by
    whole = drafts.unfolded(contents, KEPT_OF_A_DRAFT)
    draft = Version.objects.create(programme=programme, made_by=made_by, **whole)
    rows = [row_from(row) for row in contents["rows"]]
    drafts.put(draft, rows)
    renew_summary(patient.pk)
    add_to_trail(actor=by, action=Entry.Action.CHANGE, subject=draft, patient=patient)
    return draft
