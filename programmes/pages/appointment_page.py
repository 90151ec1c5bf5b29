"""One page for a visit: who it is, the programme, what was logged and said in a window, in a fixed set of queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from hipcare.clinics.models import Patient
from programmes.models import PatientMessage, PerformedExercise, Session, Version
from programmes.pages import charts, fortnight
from programmes.pages.measures_page import measured_of
from programmes.pages.patient_log import in_words
from programmes.pages.patient_page import versions_of
from programmes.pages.patient_programme import rows_of
from programmes.rules.adherence import Adherence, Window
from programmes.wording import appointment_words as words
from programmes.wording.appointment_words import SummaryPart
from programmes.wording.beside import precautions_in_short
from programmes.wording.measure_words import measured_in_lines

WEEKS = (2, 4, 6)
SINCE_VERSION = "version"
MOST_NOTES = 6
MOST_MESSAGES = 6


@dataclass(frozen=True, slots=True)
class WindowChoice:
    """A window to choose: its name in the address, and what it is called."""

    name: str
    label: str
    window: Window


@dataclass
class AppointmentSummary:
    """What there is to say of ``patient`` on ``today``; ``asked`` names a window, the first one where it names none."""

    patient: Patient
    today: dt.date
    asked: str = ""
    made_by: str = ""

    @cached_property
    def _versions(self) -> Sequence[Version]:
        return [version for version in versions_of(self.patient) if version.is_given]

    @cached_property
    def version(self) -> Version | None:
        """The current version; where the programme has ended, its last one."""
        return self._versions[0] if self._versions else None

    @cached_property
    def choices(self) -> list[WindowChoice]:
        found = [
            WindowChoice(str(weeks), words.window_called(weeks), Window.ending(self.today, days=7 * weeks))
            for weeks in WEEKS
        ]
        if self.version and self.version.given_at:
            since = timezone.localdate(self.version.given_at)
            label = words.since_version(self.version.number, since)
            found.append(WindowChoice(SINCE_VERSION, label, Window(min(since, self.today), self.today)))
        return found

    @cached_property
    def chosen(self) -> WindowChoice:
        return next((choice for choice in self.choices if choice.name == self.asked), self.choices[0])

    @cached_property
    def _loaded(self) -> list[Session]:
        """Those of the window and of the strip, oldest first."""
        first = min(self.chosen.window.first, fortnight.window_to(self.today).first)
        found = Session.objects.filter(version__programme__patient=self.patient).between(first, self.today)
        found = found.select_related("next_day", "helper").prefetch_related("performed")
        return list(found.order_by("local_date", "received_at", "pk"))

    @cached_property
    def _sessions(self) -> list[Session]:
        return [session for session in self._loaded if session.local_date in self.chosen.window]

    @cached_property
    def _fortnight(self) -> Adherence:
        return fortnight.counted(self._versions, self._loaded, self.today)

    @property
    def strip(self) -> list[charts.Mark]:
        return charts.strip(self._fortnight.days, self.today)

    @cached_property
    def head(self) -> list[str]:
        patient, chosen = self.patient, self.patient.precautions
        hip = patient.get_affected_side_display() if patient.affected_side else ""
        return [
            words.born(patient.date_of_birth, patient.age),
            ". ".join(filter(None, (patient.clinic_number, hip, patient.condition))),
            words.precautions_line(precautions_in_short(chosen), chosen.set_on),
        ]

    @cached_property
    def foot(self) -> str:
        return words.made_by(self.made_by, timezone.now(), self.patient.clinic.name)

    @cached_property
    def parts(self) -> list[SummaryPart]:
        """Every part that has anything to say."""
        return [part for part in (make(self) for make in PARTS) if part.lines]

    @cached_property
    def text(self) -> str:
        return words.as_text([self.patient.full_name, *filter(None, self.head), self.foot], self.parts)

    def programme(self) -> SummaryPart:
        return SummaryPart("Programme", [*self._programme_lines()])

    def _programme_lines(self) -> Iterator[str]:
        version = self.version
        if version is None or version.given_at is None or version.review_on is None:
            return
        started = [one.given_at for one in self._versions if one.programme_id == version.programme_id and one.given_at]
        yield words.version_since(version.number, version.given_at, min(started))
        if version.programme.ended_at:
            yield words.ended_on(version.programme.ended_at)
        yield from (f"{row.name}: {row.line}" for row in rows_of(version))
        if version.goal:
            yield words.goal_line(version.goal)
        yield words.review_on(version.review_on)

    def sessions(self) -> SummaryPart:
        found = fortnight.counted(self._versions, self._sessions, self.today, self.chosen.window)
        return SummaryPart("Sessions", words.counted_in_words(found) if self.version else [])

    def last_days(self) -> SummaryPart:
        lines = words.strip_in_words(self._fortnight.days) if self.version else []
        return SummaryPart("Last 14 days", lines, is_strip=True)

    def pain(self) -> SummaryPart:
        lines = words.pain_lines(self.patient.usual_pain, fortnight.worst_pains(self._sessions))
        return SummaryPart("Pain", lines if self.version else [])

    def mornings(self) -> SummaryPart:
        days = defaultdict(list)
        for session in self._sessions:
            days[session.next_day.answer if hasattr(session, "next_day") else ""].append(session.local_date)
        return SummaryPart("Next morning, after the session of", words.morning_lines(days))

    def left_out(self) -> SummaryPart:
        names = {row.pk: row.name for version in self._versions for row in rows_of(version)}
        days: dict[str, list[dt.date]] = defaultdict(list)
        for session in self._sessions:
            for one in session.performed.all():
                if one.outcome == PerformedExercise.Outcome.PARTLY or one.reason:
                    days[in_words(one, names[one.prescription_id])].append(session.local_date)
        return SummaryPart("Left out or partly done", [words.on_days(what, on) for what, on in days.items()])

    def told(self) -> SummaryPart:
        found = PatientMessage.objects.filter(patient=self.patient)
        told = [one for one in found if timezone.localdate(one.written_at) in self.chosen.window or not one.is_read]
        lines = [words.said_on(one.written_at, one.text) for one in told[:MOST_MESSAGES]]
        return SummaryPart("Told between visits", _and_more(lines, len(told)))

    def notes(self) -> SummaryPart:
        said = [one for one in reversed(self._sessions) if one.note.strip()]
        lines = [
            words.said_on(one.local_date, one.note, one.helper.name if one.helper else "") for one in said[:MOST_NOTES]
        ]
        return SummaryPart("Written with a session", _and_more(lines, len(said)))

    def measures(self) -> SummaryPart:
        found = [one for one in measured_of(self.patient) if one.on in self.chosen.window]
        return SummaryPart("Measured", [words.measured_on(one.on, measured_in_lines(one)) for one in found])


def _and_more(lines: list[str], number: int) -> list[str]:
    return [*lines, words.and_more(number - len(lines))] if number > len(lines) else lines


PARTS = (
    AppointmentSummary.programme,
    AppointmentSummary.sessions,
    AppointmentSummary.last_days,
    AppointmentSummary.pain,
    AppointmentSummary.mornings,
    AppointmentSummary.left_out,
    AppointmentSummary.told,
    AppointmentSummary.notes,
    AppointmentSummary.measures,
)
"""In the order of the page; a part with nothing to say is left out."""
