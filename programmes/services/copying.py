"""Copy an old version forward: what it held becomes the draft. The version itself stays as it was given."""

from dataclasses import dataclass

from django.db import transaction

from hipcare.clinics.models import Patient, User
from programmes.models import Prescription, Version
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
    patient = Patient.objects.select_for_update().get(pk=version.programme.patient_id)
    there = Version.objects.drafts().filter(programme__patient=patient).first()
    if seen != (there.stamp if there else ""):
        raise OtherDraftError
    draft = drafts.open_draft(patient=patient, by=by)
    rows = list(version.prescriptions.select_related("exercise"))
    kept = [row for row in rows if not row.exercise.retired]
    replaced = starting_points.start_from_version(draft=draft, version=version, rows=kept, by=by)
    if there is None:
        Version.objects.drafts().filter(pk=draft.pk).update(review_on=None)
    return Copied(draft, replaced if there else None, [row.exercise_name for row in rows if row not in kept])


def words_changed(version: Version) -> list[str]:
    """Return the exercises whose words in the library are no longer those that ``version`` was given with."""
    rows = version.prescriptions.select_related("exercise")
    return [row.exercise_name for row in rows if _reads_otherwise(row)]


def _reads_otherwise(row: Prescription) -> bool:
    now = row.exercise.pinned_text()
    return any(now[name] != said for name, said in row.text.items() if name in now)
