"""Everything of a patient by day, newest first, a month a page: each kind comes from a small provider of its own.

A provider takes the page and returns what happened in its month, in a fixed number of queries. A new kind is one
provider, and one line in ``KINDS``.
"""

import calendar
import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.db.models import Min
from django.utils import timezone
from django.utils.text import capfirst

from hipcare.clinics.models import Patient
from programmes.handouts.layouts import LAYOUTS
from programmes.models import LookedAt, NextDay, PatientMessage, Pause, Programme, Session
from programmes.models.version import LoadedVersions
from programmes.pages.measures_page import measured_of
from programmes.pages.patient_log import entries_of
from programmes.pages.patient_page import versions_of
from programmes.pages.patient_programme import steps_of
from programmes.pages.patient_sheets import handouts_of
from programmes.rules.adherence import Window
from programmes.wording import timeline_words as words
from programmes.wording.answer_words import answers_for_staff, in_one_line
from programmes.wording.log_words import morning_after
from programmes.wording.measure_words import measured_in_lines
from programmes.wording.review_words import written_on


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened on a day: what, who did it where that is staff, and what there is to say of it."""

    day: dt.date
    what: str
    at: dt.datetime | None = None
    who: str = ""
    lines: tuple[str, ...] = ()
    kind: str = ""

    @property
    def place(self) -> tuple[dt.date, float]:
        """Where it stands in time; what has no time of day comes first on its day."""
        return (self.day, self.at.timestamp() if self.at else 0)


@dataclass(frozen=True, slots=True)
class Month:
    """The month of ``day``, to go to."""

    day: dt.date

    @property
    def address(self) -> str:
        return self.day.isoformat()[: len("2026-11")]


@dataclass
class Timeline:
    """One month of ``patient``, of every kind or of one."""

    patient: Patient
    today: dt.date
    asked_month: str = ""
    asked_kind: str = ""

    @cached_property
    def window(self) -> Window:
        first = _month_of(self.asked_month, self.today.replace(day=1))
        return Window(first, first.replace(day=calendar.monthrange(first.year, first.month)[1]))

    @cached_property
    def moments(self) -> tuple[dt.datetime, dt.datetime]:
        """The first moment of the month and of the next one, where the clinic is."""
        zone = timezone.get_current_timezone()
        ends = (self.window.first, self.window.last + dt.timedelta(days=1))
        first, after = (dt.datetime.combine(day, dt.time.min, zone) for day in ends)
        return first, after

    @cached_property
    def kind(self) -> str:
        return self.asked_kind if self.asked_kind in KINDS else ""

    @property
    def kinds(self) -> list[tuple[str, str]]:
        return [("", "All"), *((name, label) for name, (label, _provider) in KINDS.items())]

    @cached_property
    def versions(self) -> LoadedVersions:
        return versions_of(self.patient)

    @cached_property
    def days(self) -> list[tuple[dt.date, list[Happening]]]:
        found = [one for name in KINDS if self.kind in ("", name) for one in self._of_kind(name)]
        newest = sorted(found, key=lambda one: one.place, reverse=True)
        return [(day, list(together)) for day, together in groupby(newest, key=lambda one: one.day)]

    def _of_kind(self, name: str) -> Iterator[Happening]:
        label, provider = KINDS[name]
        for one in provider(self):
            if one.day in self.window:
                yield Happening(one.day, one.what, one.at, one.who, tuple(filter(None, one.lines)), label)

    @cached_property
    def earliest(self) -> dt.date:
        """The first day there is anything to say of."""
        said = Patient.objects.filter(pk=self.patient.pk).aggregate(
            Min("programmes__started_at"), Min("messages__written_at"), Min("measurements__measured_on")
        )
        return min((_day(one) for one in said.values() if one), default=self.today)

    @property
    def earlier(self) -> "Month | None":
        before = self.window.first - dt.timedelta(days=1)
        return Month(before) if before >= self.earliest else None

    @property
    def later(self) -> "Month | None":
        after = self.window.last + dt.timedelta(days=1)
        return Month(after) if after <= self.today else None


def _month_of(asked: str, this_month: dt.date) -> dt.date:
    """Return the first day of the month that is asked for; of none, of nonsense or of one to come, this month's."""
    try:
        first = dt.date.fromisoformat(f"{asked}-01")
    except ValueError:
        return this_month
    return min(first, this_month) if first.year >= 1900 else this_month


def _day(when: dt.date) -> dt.date:
    return timezone.localdate(when) if isinstance(when, dt.datetime) else when


def given(page: Timeline) -> Iterator[Happening]:
    for step in steps_of(page.versions):
        version = step.version
        if version.given_at and version.given_by:
            lines = (step.changed, words.because(version.reason) if version.reason else "")
            what = words.version_given(version.number)
            yield Happening(_day(version.given_at), what, version.given_at, version.given_by.name, lines)


def reviews(page: Timeline) -> Iterator[Happening]:
    for version in page.versions:
        if version.is_given and version.review_on and version.review_on <= page.today:
            yield Happening(version.review_on, words.review_date_of(version.number))


def ends_and_pauses(page: Timeline) -> Iterator[Happening]:
    for one in Programme.objects.filter(patient=page.patient, ended_at__isnull=False).select_related("ended_by"):
        if one.ended_at:
            said = (str(one.get_end_reason_display()), words.in_quotes(one.last_word) if one.last_word else "")
            who = one.ended_by.name if one.ended_by else ""
            yield Happening(_day(one.ended_at), words.programme_ended(), one.ended_at, who, said)
    for pause in Pause.objects.filter(programme__patient=page.patient).select_related("made_by"):
        said = (pause.why, words.in_quotes(pause.words) if pause.words else "")
        yield Happening(pause.first_day, words.pause_begins(pause.last_day), None, pause.made_by.name, said)
        if pause.last_day and pause.last_day <= page.today:
            yield Happening(pause.last_day, words.last_day_of_pause())


def sessions(page: Timeline) -> Iterator[Happening]:
    found = Session.objects.filter(version__programme__patient=page.patient)
    found = found.between(page.window.first, page.window.last).select_related("next_day", "helper")
    for entry in entries_of(found.prefetch_related("performed", "revisions"), page.versions):
        session = entry.session
        morning = morning_after(session.next_day.answer) if hasattr(session, "next_day") else ""
        how = written_on(is_paper=False) if session.source == Session.Source.WEB else ""
        lines = (
            capfirst(in_one_line(answers_for_staff(session))),
            words.not_ticked(entry.not_done) if entry.not_done else "",
            capfirst(words.sentences([how, *(stamp for stamp in entry.stamps if stamp != morning)])),
            words.in_quotes(session.note) if session.note else "",
            *entry.beside,
        )
        yield Happening(session.local_date, words.session_done(entry.done, entry.total), session.said_at, "", lines)


def mornings(page: Timeline) -> Iterator[Happening]:
    found = NextDay.objects.filter(session__version__programme__patient=page.patient, answered_at__range=page.moments)
    for one in found.select_related("session"):
        about = (words.about_session(one.session.local_date),)
        yield Happening(_day(one.answered_at), capfirst(morning_after(one.answer)), one.answered_at, "", about)


def messages(page: Timeline) -> Iterator[Happening]:
    found = PatientMessage.objects.filter(patient=page.patient, written_at__range=page.moments)
    for one in found.select_related("read_by"):
        seen = words.read_by(one.read_by.name, one.read_at) if one.read_by and one.read_at else ""
        yield Happening(_day(one.written_at), words.told(), one.written_at, "", (words.in_quotes(one.text), seen))


def looks(page: Timeline) -> Iterator[Happening]:
    for one in LookedAt.objects.filter(patient=page.patient, at__range=page.moments).select_related("by", "up_to"):
        what = words.sessions_looked_at(one.up_to.local_date if one.up_to else None)
        yield Happening(_day(one.at), what, one.at, one.by.name)


def prints(page: Timeline) -> Iterator[Happening]:
    for one in handouts_of(page.patient).filter(printed_at__range=page.moments):
        what = words.sheet_printed(str(LAYOUTS[one.layout].label), one.version.number)
        yield Happening(_day(one.printed_at), what, one.printed_at, one.printed_by.name)


def measures(page: Timeline) -> Iterator[Happening]:
    for one in measured_of(page.patient):
        yield Happening(one.on, words.measured(), None, one.by, tuple(measured_in_lines(one)))


KINDS: dict[str, tuple[str, Callable[[Timeline], Iterable[Happening]]]] = {
    "versions": ("Versions", given),
    "reviews": ("Review dates", reviews),
    "ends": ("Ends and pauses", ends_and_pauses),
    "sessions": ("Sessions", sessions),
    "mornings": ("Next mornings", mornings),
    "messages": ("Messages", messages),
    "looks": ("Looked at", looks),
    "prints": ("Prints", prints),
    "measures": ("Measures", measures),
}
"""Each kind by its name in the address: what it is called, and its provider."""
