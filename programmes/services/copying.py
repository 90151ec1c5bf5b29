"""Begin a patient's draft from elsewhere: an old version, a template chosen from the list, another patient's programme.

What it comes from stays as it is. A draft that is there gives way only as the page showed it, and is handed back.
"""

from dataclasses import dataclass

from django.db import transaction

from exercises.sides import leg_of_side, side_of_leg
from hipcare.clinics.models import Patient, User
from programmes.models import Phase, Prescription, Template, Version
from programmes.models.rhythm import RHYTHM_FIELDS
from programmes.services import drafts, starting_points
from programmes.services.drafts import Contents


class OtherDraftError(RuntimeError):
    """The draft is not the one that the page showed, or there is one where it showed none."""

    def __init__(self) -> None:
        super().__init__("The draft has changed since you opened this page. Nothing was copied: look at it again.")


@dataclass(frozen=True, slots=True)
class Copied:
    """The draft, what it held before (None where it was opened for this), and the exercises that were left out."""

    draft: Version
    replaced: Contents | None
    left_out: list[str]


@transaction.atomic
def copy_forward(*, version: Version, seen: str, by: User) -> Copied:
    """Put what ``version`` held into the draft: the one whose stamp the page showed, or a new one where it showed "".

    A review date is never copied: a draft that is there keeps its own, a new one has none. Exercises that are no longer
    in the library are left out. Raises ``OtherDraftError``.
    """
    draft, there = _draft_as_shown(version.patient, seen, by)
    rows = list(version.prescriptions.select_related("exercise"))
    kept = [row for row in rows if not row.exercise.retired]
    replaced = starting_points.start_from_version(draft=draft, version=version, rows=kept, by=by)
    if there is None:
        Version.objects.drafts().filter(pk=draft.pk).update(review_on=None)
    return Copied(draft, replaced if there else None, [row.exercise_name for row in rows if row not in kept])


def _draft_as_shown(patient: Patient, seen: str, by: User) -> tuple[Version, Version | None]:
    """Return the draft, and it again where it was there before. Raises ``OtherDraftError``; nobody else opens one."""
    Patient.objects.select_for_update().get(pk=patient.pk)
    there = Version.objects.drafts().filter(programme__patient=patient).first()
    if seen != (there.stamp if there else ""):
        raise OtherDraftError
    return drafts.open_draft(patient=patient, by=by), there


@transaction.atomic
def begin_with_template(*, patient: Patient, template: Template, phase: Phase | None, seen: str, by: User) -> Copied:
    """Open the patient's draft and start it from a template. Nothing is given. Raises ``OtherDraftError``."""
    draft, there = _draft_as_shown(patient, seen, by)
    replaced = starting_points.start_from_template(draft=draft, template=template, phase=phase, by=by)
    return Copied(draft, replaced if there else None, [])


@transaction.atomic
def copy_from_patient(*, version: Version, patient: Patient, seen: str, by: User) -> Copied:
    """Open the draft of ``patient`` with the exercises, doses, days and times of another patient's version.

    What was said to the other one stays behind: goal, notes, reason, review date, topics. Sides are those of
    ``patient``. The draft says which version it came from; that is for staff. Raises ``OtherDraftError``.
    """
    draft, there = _draft_as_shown(patient, seen, by)
    rows = rows_for(version, draft)
    said = {**starting_points.BEGUN_ANEW, "name": version.name, "copied_from_id": version.pk}
    rhythm = {**drafts.values(version, RHYTHM_FIELDS), "starts_on": None}  # that day was the other patient's
    replaced = starting_points.start_with(draft=draft, rows=rows, said={**said, **rhythm}, by=by)
    names = [row.exercise_name for row in version.prescriptions.select_related("exercise") if row.exercise.retired]
    return Copied(draft, replaced if there else None, names)


def rows_for(version: Version, draft: Version) -> list[Prescription]:
    """Return what the rows of another patient's ``version`` become in ``draft``, of exercises that are still there."""
    rows = version.prescriptions.select_related("exercise").order_by("order")
    return [_row_for(row, version, draft) for row in rows if not row.exercise.retired]


def _row_for(row: Prescription, version: Version, draft: Version) -> Prescription:
    mode = row.exercise.side_mode
    side = side_of_leg(leg_of_side(row.side, mode, version.affected_side), mode, draft.patient.affected_side)
    copy = drafts.copy_of(row)
    copy.exercise, copy.side, copy.note, copy.starts_on = row.exercise, side, "", None
    return copy


def words_changed(version: Version) -> list[str]:
    """Return the exercises whose words in the library are no longer those that ``version`` was given with."""
    rows = version.prescriptions.select_related("exercise")
    return [row.exercise_name for row in rows if _reads_otherwise(row)]


def _reads_otherwise(row: Prescription) -> bool:
    now = row.exercise.pinned_text()
    return any(now[name] != said for name, said in row.text.items() if name in now)
