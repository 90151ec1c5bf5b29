"""A patient's day under one version: what it asks for, and what of it is done, over all its sessions."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from hipcare.clinics.models import User
from programmes.models import Pause, PerformedExercise, Prescription, Programme, Version
from programmes.pages.pain_guide import PainGuide, pain_guide
from programmes.rules import day as day_rules
from programmes.wording import patients_day as words
from programmes.wording.dates import day_ahead


@dataclass
class PatientDay:
    user: User
    date: dt.date
    version: Version

    @cached_property
    def rows(self) -> list[Prescription]:
        return list(self.version.prescriptions.all())

    @cached_property
    def done(self) -> day_rules.DoneOn:
        """What was done in the week of the day, under whichever version."""
        monday = day_rules.monday_of(self.date)
        logged = PerformedExercise.objects.visible_to(self.user)
        return logged.done_by(self.user.patient, monday, monday + dt.timedelta(days=6))

    @property
    def has_ended(self) -> bool:
        return self.version.programme.status == Programme.Status.ENDED

    @cached_property
    def _pauses(self) -> list[Pause]:
        return list(self.version.programme.pauses.all())

    @property
    def pause(self) -> Pause | None:
        """The pause that the day is in: it asks for nothing."""
        return None if self.has_ended else next((one for one in self._pauses if self.date in one.window), None)

    @cached_property
    def open(self) -> list[Prescription]:
        is_free = self.has_ended or self.pause
        return [] if is_free else day_rules.in_order(day_rules.still_open(self.rows, self.date, self.done))

    @cached_property
    def asked(self) -> list[Prescription]:
        return [] if self.pause else day_rules.asked_on(self.rows, self.date, self.done)

    @property
    def saved_in_words(self) -> str:
        """How much of what the day asked for is saved; where it asked for nothing, of all."""
        done = sum(day_rules.is_done_on(row, self.date, self.done) for row in self.asked or self.rows)
        is_any = any(day_rules.is_done_on(row, self.date, self.done) for row in self.rows)
        return words.saved_of_day(done, len(self.asked)) if is_any else words.words_are_saved()

    @property
    def open_in_words(self) -> str:
        return words.still_to_do(len(self.open))

    @property
    def next_day(self) -> str:
        """When there is something to do again: "Wednesday"; "" where no day is known."""
        pauses = [one.window for one in self._pauses]
        found = None if self.has_ended else day_rules.next_day(self.rows, self.date, self.done, pauses)
        return day_ahead(found, self.date) if found else ""

    @cached_property
    def guide(self) -> PainGuide:
        return pain_guide(self.user.clinic, self.version)
