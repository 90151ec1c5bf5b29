"""What a patient's page shows of the programme: its exercises, and its versions in order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from exercises.wording import dose_line
from programmes.models import Prescription, Version
from programmes.models.version import LoadedVersions
from programmes.rules.changes import DoseChange, changes
from programmes.wording.differences import (
    chip_on_record,
    first_version,
    precautions_differ,
    topics_differ,
    version_changed,
)
from programmes.wording.frequencies import frequency_parts
from programmes.wording.phrases import joined_by_commas


@dataclass(frozen=True, slots=True)
class Given:
    """One exercise of the programme: its prescription, its dose without days and leg, and what is new about it."""

    row: Prescription
    dose: str
    days: str
    chip: str


@dataclass(frozen=True, slots=True)
class Step:
    """One given version in the order of versions, with what it changed."""

    version: Version
    changed: str
    is_current: bool

    @property
    def taught(self) -> list[str]:
        """What was gone through with the patient when it was given, in words."""
        kept = getattr(self.version, "teach_back", None)
        return kept.in_words if kept else []


def rows_of(version: Version | None) -> list[Prescription]:
    return list(version.prescriptions.all()) if version else []


def programme_of(version: Version | None, changed: Iterable[DoseChange]) -> list[Given]:
    """Return the exercises of the current version, with "new in version 2" or "was 1 × 10" on those that changed."""
    changes_of = {change.now.pk: change for change in changed if change.now}
    rows = rows_of(version)
    together = shared_days(rows)
    return [
        Given(
            row=row,
            dose=dose_line(row.dose),
            days="" if together else days_in_words(row),
            chip=chip_on_record(changes_of[row.pk], version.number) if version and row.pk in changes_of else "",
        )
        for row in rows
    ]


def days_in_words(row: Prescription) -> str:
    return joined_by_commas(reversed(frequency_parts(row.frequency))) if row.frequency else ""


def shared_days(rows: Sequence[Prescription]) -> str:
    said = {days_in_words(row) for row in rows}
    return said.pop() if len(said) == 1 else ""


def steps_of(versions: LoadedVersions) -> list[Step]:
    return [
        Step(version, what_changed(version, versions.before(version)), is_current=version is versions.current)
        for version in versions
        if version.is_given
    ]


def what_changed(version: Version, before: Version | None) -> str:
    if before is None:
        return first_version(version.name)
    differ = precautions_differ(before.precautions, version.precautions)
    doses = version_changed(differ, changes(rows_of(before), rows_of(version)))
    is_another = version.phase_now is not None and version.phase_now != before.phase_now
    topics = topics_differ([one.title for one in before.readings], [one.title for one in version.readings])
    changed = f"{version.phase_in_words}. {doses}" if is_another else doses
    return " ".join([changed, *(f"“{title}”: {chip}." for title, chip in topics)])
