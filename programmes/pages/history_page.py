"""All versions of a patient's programme, and two of them side by side."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.utils import timezone

from hipcare.clinics.models import Patient
from programmes.models import Handout, Pause, Prescription, Version
from programmes.models.version import LoadedVersions
from programmes.pages.patient_page import versions_of
from programmes.pages.patient_programme import Step, rows_of, steps_of
from programmes.pages.patient_sheets import handouts_of
from programmes.rules.changes import ChangeKind, DoseChange, DosePart, rhythm_of, side_by_side
from programmes.wording import beside
from programmes.wording.differences import name_in
from programmes.wording.phrases import joined

COMPARED = 2


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """One exercise, or one thing that is said of a whole version, as it was and as it is. No chip: it is the same."""

    name: str
    was: Sequence[str]
    now: Sequence[str]
    chip: str
    row: Prescription | None = None

    @property
    def is_stopped(self) -> bool:
        return self.chip == beside.CHIPS[ChangeKind.STOPPED]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions; ``older`` was given first."""

    older: Version
    newer: Version
    until: Version | None
    """The version that came after the newer one, if one did."""
    lines: list[ComparedLine]
    is_shortened: bool
    """Lines that are the same are left out."""


@dataclass(frozen=True, slots=True)
class PastStep:
    """A version in the list, with whether it is ticked and its newest sheet."""

    step: Step
    is_ticked: bool
    sheet: Handout | None
    copied_from: Version | None
    """The version of another patient that it began with."""


@dataclass(frozen=True, slots=True)
class History:
    """The page. ``comparison`` is None where not exactly two versions are ticked."""

    patient: Patient
    steps: list[PastStep]
    pauses: list[Pause]
    comparison: Comparison | None
    current: Version | None

    @property
    def in_order(self) -> list[tuple[PastStep | None, Pause | None]]:
        """The versions and the pauses, newest first; a pause stands above the version given on its first day."""
        found: list[tuple[PastStep | None, Pause | None]] = [(one, None) for one in self.steps]
        for pause in sorted(self.pauses, key=lambda one: one.first_day):
            later = (n for n, (step, _pause) in enumerate(found) if not step or _day_of(step) <= pause.first_day)
            found.insert(next(later, len(found)), (None, pause))
        return found

    @property
    def can_compare(self) -> bool:
        return len(self.steps) >= COMPARED


def history_of(patient: Patient, *, ticked: Iterable[str] = (), is_shortened: bool = False) -> History:
    """Return the page with the versions ``ticked`` by their ids; with none ticked, the newest two."""
    versions = versions_of(patient)
    given = [version for version in versions if version.is_given]
    chosen = _chosen(given, set(ticked)) or given[:COMPARED]
    sheets = {sheet.version_id: sheet for sheet in reversed(handouts_of(patient))}  # of each version the newest
    programmes = {version.programme_id: version.programme for version in given}
    sources = _sources(patient, given)
    return History(
        patient=patient,
        pauses=[pause for programme in programmes.values() for pause in programme.pauses.all()],
        steps=[
            PastStep(
                one, one.version in chosen, sheets.get(one.version.pk), sources.get(one.version.copied_from_id or "")
            )
            for one in steps_of(versions)
        ],
        comparison=_comparison(versions, chosen, is_shortened=is_shortened),
        current=versions.current,
    )


def _day_of(past: PastStep) -> dt.date:
    return timezone.localdate(past.step.version.given_at)


def _sources(patient: Patient, given: Sequence[Version]) -> dict[Any, Version]:
    """Return by id what was copied from other patients of the clinic; who was erased is not there."""
    asked = {version.copied_from_id for version in given if version.copied_from_id}
    found = Version.objects.filter(programme__patient__clinic=patient.clinic_id).select_related("programme__patient")
    return found.in_bulk(asked) if asked else {}


def _chosen(given: Sequence[Version], ticked: set[str]) -> list[Version]:
    return [version for version in given if str(version.pk) in ticked]


def _comparison(versions: LoadedVersions, chosen: Sequence[Version], *, is_shortened: bool) -> Comparison | None:
    if len(chosen) != COMPARED:
        return None
    newer, older = chosen  # as all of them, the newest first
    lines = compared_lines(older, newer)
    following = versions.after(newer)
    return Comparison(
        older=older,
        newer=newer,
        until=following[0] if following else None,
        lines=[line for line in lines if line.chip] if is_shortened else lines,
        is_shortened=is_shortened,
    )


def compared_lines(older: Version, newer: Version) -> list[ComparedLine]:
    """Return the exercises in the order of the newer version, those that stopped, then what each version says."""
    rows = [_line_of(one) for one in side_by_side(rows_of(older), rows_of(newer))]
    return [*rows, *_said_by_each(older, newer)]


def _line_of(change: DoseChange) -> ComparedLine:
    was, now = cast("tuple[Prescription | None, Prescription | None]", (change.was, change.now))
    parts = [part for part in DosePart if any(row and _says(row, part) for row in (was, now))]
    differs = not (was and now) or was.note != now.note or any(one.part in parts for one in change.differences)
    return ComparedLine(
        name=name_in(change),
        was=_cell(was, parts),
        now=_cell(now, parts),
        chip=beside.CHIPS[change.kind] if differs else "",
        row=now or was,
    )


def _says(row: Prescription, part: DosePart) -> bool:
    """Say whether a row says that part itself. Days and times of the whole programme stand once, below."""
    followed = {DosePart.DAYS: not row.own_days, DosePart.TIMES_A_DAY: not row.own_times}
    return not followed.get(part, False)


def _cell(row: Prescription | None, parts: Sequence[DosePart]) -> list[str]:
    if row is None:
        return [beside.NOT_IN_IT]
    return [beside.row_in_words(row, parts), *([beside.quoted(row.note)] if row.note else [])]


def _said_by_each(older: Version, newer: Version) -> list[ComparedLine]:
    """Return what each says of the whole programme; what neither says is left out."""
    found = []
    for name, value_of, words_of in OF_A_VERSION:
        was, now = value_of(older), value_of(newer)
        if was or now:
            chip = beside.CHIPS[ChangeKind.CHANGED] if was != now else ""
            found.append(ComparedLine(name, [words_of(older)], [words_of(newer)], chip))
    return found


def _rhythm(version: Version, part: DosePart) -> object:
    return rhythm_of(version.frequency).get(part)


def _titles(version: Version) -> list[str]:
    return [topic.title for topic in version.readings]


OF_A_VERSION: Sequence[tuple[str, Callable[[Version], object], Callable[[Version], str]]] = (
    ("Days", lambda one: _rhythm(one, DosePart.DAYS), lambda one: beside.days_in_short(one.frequency)),
    ("Times a day", lambda one: _rhythm(one, DosePart.TIMES_A_DAY), lambda one: beside.times_in_short(one.frequency)),
    ("Review on", lambda one: one.review_on, lambda one: beside.day_in_full(one.review_on)),
    ("Goal", lambda one: one.goal, lambda one: beside.quoted(one.goal)),
    ("Note", lambda one: one.note, lambda one: beside.quoted(one.note)),
    ("To read", _titles, lambda one: joined(_titles(one)) or beside.NOTHING),
    ("Precautions", lambda one: one.precautions.said, lambda one: beside.precautions_in_short(one.precautions)),
    ("Started from", lambda one: one.name, lambda one: one.name or beside.NOTHING),
    ("Phase", lambda one: one.phase_now, lambda one: one.phase_in_words or beside.NOTHING),
)
"""What is said of a whole version: what it is called here, what is compared, and how it reads."""
