"""One patient's page: the current version, the last fourteen days, what was said, and how it came about."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import prefetch_related_objects
from django.utils import timezone

from exercises.wording import dose_line
from hipcare.clinics.models import Device, PairingCode, Patient
from hipcare.moments import short_date, short_day
from programmes.handouts.content import sheet_of
from programmes.handouts.layouts import LAYOUTS, Layout, layout_for
from programmes.handouts.since import changed_since, code_marks
from programmes.models import Handout, PerformedExercise, Prescription, Session, SessionRevision, Version
from programmes.models.version import LoadedVersions
from programmes.pages import charts, fortnight
from programmes.rules.adherence import Adherence
from programmes.rules.changes import ChangeKind, DoseChange, changes
from programmes.wording.answer_words import AnswerWords, answers_for_staff, in_one_line
from programmes.wording.counts import tally_in_words
from programmes.wording.differences import name_in, precautions_differ, staff_chip, staff_summary
from programmes.wording.frequencies import frequency_parts
from programmes.wording.phrases import days_of

SESSIONS_ON_A_PAGE = 20
MOST_QUOTES = 5
GIVEN_FOR = {
    Patient.HipSide.LEFT: "for the left hip",
    Patient.HipSide.RIGHT: "for the right hip",
    Patient.HipSide.BOTH: "for both hips",
    Patient.HipSide.UNSPECIFIED: "while the sore side was not known",
}


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


@dataclass(frozen=True, slots=True)
class LoggedSession:
    """One saved session, with what was not done by name, how it came in, and what came too late to change it."""

    session: Session
    done: int
    total: int
    not_done: list[str]
    answers: list[AnswerWords]
    stamps: list[str]
    beside: list[str]


@dataclass(frozen=True, slots=True)
class HandedOutSheet:
    """One sheet handed out, with why it is not the one to hand out now, if it is not, and what would differ on it."""

    handout: Handout
    is_current: bool
    marks: list[str]
    changed: list[str]


@dataclass(frozen=True, slots=True)
class Record:
    """Everything on the page. ``programme`` and ``days`` describe the current version, if there is one."""

    patient: Patient
    current: Version | None
    draft: Version | None
    programme: list[Given]
    stopped: list[str]
    days: str
    counted: Adherence
    tallies: list[tuple[str, str]]
    chart: charts.Fortnight
    entries: list[LoggedSession]
    page: "Page[Session]"
    quotes: list[Session]
    steps: list[Step]
    sheets: list[HandedOutSheet]
    devices: list[Device]

    @property
    def paper(self) -> Layout:
        return layout_for(self.patient)

    @property
    def goal(self) -> str:
        return self.current.goal if self.current else ""

    @property
    def newest_sheet(self) -> HandedOutSheet | None:
        return next((sheet for sheet in self.sheets if sheet.is_current), None)

    @property
    def older_sheets(self) -> list[HandedOutSheet]:
        rest = [sheet for sheet in self.sheets if sheet is not self.newest_sheet]
        return sorted(rest, key=lambda sheet: not sheet.is_current)

    @property
    def side_moved(self) -> str:
        """What to say where the sore side is no longer the one that the current version was given for, else ""."""
        if self.current is None or self.current.affected_side == self.patient.affected_side:
            return ""
        given_for = GIVEN_FOR[Patient.HipSide(self.current.affected_side)]
        now = self.patient.get_affected_side_display().lower()
        return f"This programme was given {given_for}. The record now says {now}."

    @property
    def precautions_moved(self) -> str:
        """What to say where the hip precautions are no longer those that the patient reads, else ""."""
        if self.current is None:
            return ""
        differ = precautions_differ(self.current.precautions, self.patient.precautions)
        return f"{differ} The patient still reads the old ones: give the programme again." if differ else ""

    @property
    def first_given(self) -> Version | None:
        return self.steps[-1].version if self.steps else None


def record_of(patient: Patient, *, today: dt.date, page: str = "") -> Record:
    """Return the page of ``patient``; the number of queries does not depend on the number of rows."""
    versions = versions_of(patient)
    sessions = Session.objects.filter(version__programme__patient=patient).prefetch_related("performed")
    window = fortnight.window_to(today)
    recent = list(sessions.between(window.first, window.last))
    found = Paginator(sessions.prefetch_related("revisions"), SESSIONS_ON_A_PAGE).get_page(page)
    shown = list(found.object_list)
    counted = fortnight.counted(versions, recent, today)
    current, before = versions.current, versions.before(versions.current)
    changed = changes(rows_of(before), rows_of(current)) if before else []
    bands = charts.Bands(patient.clinic.pain_fine_up_to, patient.clinic.pain_ok_up_to)
    return Record(
        patient=patient,
        current=current,
        draft=versions.draft,
        programme=programme_of(current, changed),
        stopped=[name_in(change) for change in changed if change.kind is ChangeKind.STOPPED],
        days=shared_days(rows_of(current)),
        counted=counted,
        tallies=[(tally.name, tally_in_words(tally)) for tally in counted.by_exercise],
        chart=charts.fortnight(
            counted, fortnight.worst_pains(recent), usual=patient.usual_pain, bands=bands, today=today
        ),
        entries=entries_of(shown, versions),
        page=found,
        quotes=quotes_of([*recent, *shown]),
        steps=steps_of(versions),
        sheets=sheets_of(patient, versions),
        devices=list(patient.devices.active()),
    )


def versions_of(patient: Patient) -> LoadedVersions:
    found = (
        Version.objects.filter(programme__patient=patient)
        .select_related("programme", "given_by", "made_by")
        .prefetch_related("prescriptions")
    )
    for version in found:
        version.programme.patient = patient  # with the clinic, fetched already
    return LoadedVersions.newest_first(found)


def handouts_of(patient: Patient) -> Any:
    sheets = Handout.objects.without_bytes().filter(version__programme__patient=patient)
    return sheets.select_related("version", "printed_by", "pairing_code")


def sheets_of(patient: Patient, versions: LoadedVersions) -> list[HandedOutSheet]:
    current = versions.current
    newest = PairingCode.objects.filter(patient=patient).first() if current else None
    asked_by_each = [
        "texts",
        "text_signatures",
        "precaution_lists",
        *(["signatures"] if patient.clinic.is_demo else []),
    ]
    prefetch_related_objects([patient.clinic], *asked_by_each)  # once, for whichever sheets there are
    handouts = list(handouts_of(patient))
    printed = {(handout.version_id, handout.layout) for handout in handouts}
    now = {
        (version.pk, name): sheet_of(version, None, versions.before(version), layout)
        for version in versions
        for name, layout in LAYOUTS.items()
        if (version.pk, name) in printed
    }
    found = []
    for handout in handouts:
        is_current = current is not None and handout.version_id == current.pk
        marks = [] if is_current else [superseded(handout.version, current)]
        changed = changed_since(handout, now[handout.version_id, handout.layout])
        found.append(HandedOutSheet(handout, is_current, [*marks, *code_marks(handout.pairing_code, newest)], changed))
    return found


def superseded(version: Version, current: Version | None) -> str:
    if current is None or current.programme_id != version.programme_id:
        return "its programme has ended"
    return f"replaced by version {current.number}"


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
            chip=chip_of(changes_of.get(row.pk), version),
        )
        for row in rows
    ]


def chip_of(change: DoseChange | None, version: Version | None) -> str:
    if change is None or version is None:
        return ""
    return f"new in version {version.number}" if change.kind is ChangeKind.NEW else staff_chip(change)


def days_in_words(row: Prescription) -> str:
    parts = frequency_parts(row.frequency) if row.frequency else []
    return ", ".join(reversed(parts))


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
        return f"Started from {version.name}." if version.name else "First version."
    rules = precautions_differ(before.precautions, version.precautions)
    doses = staff_summary(changes(rows_of(before), rows_of(version))) or "Same exercises and doses."
    return f"{rules} {doses}".strip()


def entries_of(sessions: Iterable[Session], versions: LoadedVersions) -> list[LoggedSession]:
    names = {row.pk: row.name for version in versions if version.is_given for row in rows_of(version)}
    return [entry_of(session, names, versions) for session in sessions]


def entry_of(session: Session, names: dict[Any, str], versions: LoadedVersions) -> LoggedSession:
    performed = list(session.performed.all())
    missing = [one for one in performed if one.outcome != one.Outcome.DONE]
    return LoggedSession(
        session=session,
        done=len(performed) - len(missing),
        total=len(performed),
        not_done=[undone(one, names[one.prescription_id]) for one in missing],
        answers=answers_for_staff(session),
        stamps=list(stamps_of(session, versions)),
        beside=[too_late(revision) for revision in session.revisions.all() if revision.is_late],
    )


def undone(performed: PerformedExercise, name: str) -> str:
    partly = "partly" if performed.outcome == performed.Outcome.PARTLY else ""
    said = ", ".join(part for part in (partly, performed.reason) if part)
    return f"{name} ({said})" if said else name


def stamps_of(session: Session, versions: LoadedVersions) -> Iterable[str]:
    version = next(version for version in versions if version.pk == session.version_id)
    later = versions.after(version)
    if meanwhile := session.given_meanwhile(later):
        yield f"for version {version.number}, sent after version {meanwhile.number} was given"
    elif later:
        yield f"for version {version.number}"
    late = (timezone.localdate(session.received_at) - session.local_date).days
    if late > 0:
        yield f"written {days_of(late)} later"
    if session.corrected_at:
        corrected = timezone.localtime(session.corrected_at)
        yield f"corrected {short_date(corrected)} {corrected:%H:%M}"
        days = [revision.was.get("day") for revision in session.revisions.all() if not revision.is_late]
        first_day = dt.date.fromisoformat(next(filter(None, days), session.local_date.isoformat()))
        if first_day != session.local_date:
            yield f"day was {short_day(first_day)}"
    if session.source != Session.Source.WEB:
        yield str(session.get_source_display())


def too_late(revision: SessionRevision) -> str:
    at, said = timezone.localtime(revision.replaced_at), Session(**revision.answers)
    done = [outcome for outcome, _reason in revision.was["performed"].values()].count(PerformedExercise.Outcome.DONE)
    note = f" “{said.note}”" if said.note else ""
    felt = in_one_line(answers_for_staff(said))
    return f"Sent {short_date(at)} {at:%H:%M}, too late to change the entry: {done} done, {felt}.{note}"


def quotes_of(sessions: Iterable[Session]) -> list[Session]:
    with_note = {session.pk: session for session in sessions if session.note.strip()}
    newest = sorted(with_note.values(), key=lambda session: (session.local_date, session.performed_at), reverse=True)
    return newest[:MOST_QUOTES]
