"""Begin a patient's draft from elsewhere: an old version copied forward, a template chosen from the list.

What it comes from stays as it is. A draft that is there gives way only as the page showed it, and is handed back.
"""

from dataclasses import dataclass

from django.db import transaction

from hipcare.clinics.models import Patient, User
from programmes.models import Phase, Prescription, Template, Version
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


def words_changed(version: Version) -> list[str]:
    """Return the exercises whose words in the library are no longer those that ``version`` was given with."""
    rows = version.prescriptions.select_related("exercise")
    return [row.exercise_name for row in rows if _reads_otherwise(row)]


def _reads_otherwise(row: Prescription) -> bool:
    now = row.exercise.pinned_text()
    return any(now[name] != said for name, said in row.text.items() if name in now)
