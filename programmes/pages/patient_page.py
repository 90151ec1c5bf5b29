"""One patient's page: the current version, the last fourteen days, what was said, and how it came about."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch

from hipcare.clinics.models import Device, Helper, Patient
from programmes.handouts.layouts import Layout, layout_for
from programmes.models import LookedAt, PatientMessage, Pause, Programme, Session, Version
from programmes.models.version import LoadedVersions
from programmes.pages import charts, fortnight
from programmes.pages.patient_log import LoggedSession, entries_of, quotes_of
from programmes.pages.patient_phase import PhaseNow, phase_of
from programmes.pages.patient_programme import Given, Step, programme_of, rows_of, shared_days, steps_of
from programmes.pages.patient_sheets import HandedOutSheet, sheets_of
from programmes.rules.adherence import Adherence
from programmes.rules.changes import ChangeKind, changes
from programmes.rules.pauses import now_or_next
from programmes.wording.counts import tally_in_words, undue_in_words
from programmes.wording.differences import name_in, precautions_differ, side_differs, still_reads

SESSIONS_ON_A_PAGE = 20
MOST_MESSAGES = 20


@dataclass(frozen=True, slots=True)
class Record:
    """Everything on the page. ``programme`` and ``days`` describe the current version, if there is one."""

    patient: Patient
    today: dt.date
    current: Version | None
    draft: Version | None
    programme: list[Given]
    stopped: list[str]
    phase: PhaseNow | None
    days: str
    counted: Adherence
    starts_today: bool
    tallies: list[tuple[str, str]]
    chart: charts.Fortnight
    entries: list[LoggedSession]
    page: "Page[Session]"
    quotes: list[Session]
    steps: list[Step]
    sheets: list[HandedOutSheet]
    all_devices: list[Device]
    all_helpers: list[Helper]
    messages: list[PatientMessage]
    looked: LookedAt | None

    @property
    def undue(self) -> str:
        """What to say of the fourteen days where there is no fraction yet."""
        return undue_in_words(self.counted, starts_today=self.starts_today)

    @property
    def paper(self) -> Layout:
        return layout_for(self.patient)

    @property
    def goal(self) -> str:
        """The goal of the current version; of the last one, where the programme has ended."""
        last = self.current or (self.steps[0].version if self.steps else None)
        return last.goal if last else ""

    @property
    def pause(self) -> Pause | None:
        """The pause that today is in, else the next to come."""
        pauses = {one.window: one for one in self.current.programme.pauses.all()} if self.current else {}
        found = now_or_next(pauses, self.today)
        return pauses[found] if found else None

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
        return side_differs(self.current.affected_side, self.patient.affected_side) if self.current else ""

    @property
    def precautions_moved(self) -> str:
        """What to say where the hip precautions are no longer those that the patient reads, else ""."""
        if self.current is None:
            return ""
        return still_reads(precautions_differ(self.current.precautions, self.patient.precautions))

    @property
    def devices(self) -> list[Device]:
        """The patient's own."""
        return [one for one in self.all_devices if one.helper_id is None]

    @property
    def helpers(self) -> list[tuple[Helper, list[Device]]]:
        """Who helps, each with their devices."""
        return [
            (one, [device for device in self.all_devices if device.helper_id == one.pk]) for one in self.all_helpers
        ]

    @property
    def ended(self) -> Programme | None:
        """The last programme, where none is in use now."""
        return self.steps[0].version.programme if self.steps and self.current is None else None

    @property
    def first_given(self) -> Version | None:
        return self.steps[-1].version if self.steps else None


def record_of(patient: Patient, *, today: dt.date, page: str = "") -> Record:
    """Return the page of ``patient``; the number of queries does not depend on the number of rows."""
    versions = versions_of(patient)
    return Record(
        patient=patient,
        today=today,
        draft=versions.draft,
        phase=phase_of(versions),
        steps=steps_of(versions),
        sheets=sheets_of(patient, versions),
        all_devices=list(patient.devices.active()),
        all_helpers=list(patient.helpers.active()),
        messages=list(PatientMessage.objects.filter(patient=patient).select_related("read_by")[:MOST_MESSAGES]),
        looked=LookedAt.objects.filter(patient=patient).select_related("by", "up_to").first(),
        **_current_programme(versions),
        **_sessions(patient, versions, today, page),
    )


def _current_programme(versions: LoadedVersions) -> dict[str, Any]:
    current, before = versions.current, versions.before(versions.current)
    changed = changes(rows_of(before), rows_of(current)) if before else []
    return {
        "current": current,
        "programme": programme_of(current, changed),
        "stopped": [name_in(change) for change in changed if change.kind is ChangeKind.STOPPED],
        "days": shared_days(rows_of(current)),
    }


def _sessions(patient: Patient, versions: LoadedVersions, today: dt.date, page: str) -> dict[str, Any]:
    sessions = Session.objects.filter(version__programme__patient=patient).select_related("next_day", "helper")
    sessions = sessions.prefetch_related("performed")
    window = fortnight.window_to(today)
    recent = list(sessions.between(window.first, window.last))
    found = Paginator(sessions.prefetch_related("revisions"), SESSIONS_ON_A_PAGE).get_page(page)
    shown = list(found.object_list)
    counted = fortnight.counted(versions, recent, today)
    bands = charts.Bands(patient.clinic.pain_fine_up_to, patient.clinic.pain_ok_up_to)
    pains = fortnight.worst_pains(recent)
    starts_today = fortnight.starts_today(versions.since, today, has_any=bool(found.paginator.count))
    return {
        "counted": counted,
        "starts_today": starts_today,
        "tallies": [(tally.name, tally_in_words(tally)) for tally in counted.by_exercise],
        "chart": charts.fortnight(
            counted, pains, usual=patient.usual_pain, bands=bands, today=today, starts_today=starts_today
        ),
        "entries": entries_of(shown, versions),
        "page": found,
        "quotes": quotes_of([*recent, *shown]),
    }


def versions_of(patient: Patient) -> LoadedVersions:
    pauses = Prefetch("programme__pauses", Pause.objects.select_related("made_by"))
    found = (
        Version.objects.filter(programme__patient=patient)
        .select_related("programme", "given_by", "made_by", "teach_back")
        .prefetch_related("prescriptions", pauses)
    )
    for version in found:
        version.programme.patient = patient  # with the clinic, fetched already
    return LoadedVersions.newest_first(found)
