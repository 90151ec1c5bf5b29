"""The last seven days up to today, as a row of buttons, counted by the one counter that staff read too."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from hipcare.clinics.models import User
from programmes.models import PatientSummary
from programmes.pages import fortnight
from programmes.rules.adherence import Adherence, Window
from programmes.rules.day import DayMark, mark_of
from programmes.wording import patients_day as words

DAYS = 7


@dataclass(frozen=True, slots=True)
class DayButton:
    """One day of the row: its mark, and what it says."""

    date: dt.date
    mark: DayMark
    words: str
    is_today: bool


@dataclass
class LastDays:
    """The days to ``today`` of a patient; the row is empty for whom no summary tells of any plan."""

    user: User
    today: dt.date

    @cached_property
    def _counted(self) -> tuple[Adherence, int]:
        kept = PatientSummary.objects.visible_to(self.user).values_list("recent", flat=True).first()
        return fortnight.last_days(kept or "", Window.ending(self.today, days=DAYS), self.today)

    @cached_property
    def buttons(self) -> list[DayButton]:
        days = self._counted[0].days
        marks = [(day, mark_of(day)) for day in days]
        return [DayButton(day.date, mark, words.mark_in_words(mark), day.date == self.today) for day, mark in marks]

    @property
    def in_words(self) -> str:
        found, planned = self._counted
        return words.days_with_exercise(sum(day.has_any for day in found.days), planned)
