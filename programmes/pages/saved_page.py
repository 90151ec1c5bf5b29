"""What is shown of a session that is saved, and what is offered for putting it right."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from hipcare.clinics.models import User
from programmes.models import PerformedExercise, Prescription, Session
from programmes.models.prescription import name_in_place
from programmes.pages.patient_day import PatientDay
from programmes.rules import day as day_rules
from programmes.wording import patients_day as words
from programmes.wording.answer_words import answers_for_patient
from programmes.wording.dates import day_ahead


@dataclass
class SavedPage:
    """One session that ``user`` saved, as it stands on ``today``."""

    user: User
    session: Session
    today: dt.date

    @cached_property
    def day(self) -> PatientDay:
        return PatientDay(self.user, self.session.local_date, self.session.version)

    @cached_property
    def done_count(self) -> int:
        """How many exercises this session did; the day's other sessions count for nothing here."""
        return sum(row.outcome == PerformedExercise.Outcome.DONE for row in self.session.performed.all())

    @property
    def saved_in_words(self) -> str:
        return self.day.saved_in_words if self.done_count else words.words_are_saved()

    @property
    def answers(self) -> list[tuple[str, str]]:
        return answers_for_patient(self.session, name_in_place(self.day.rows, self.session.hurt))

    @cached_property
    def is_under_a_version_before(self) -> bool:
        return self.session.is_under_a_version_before

    @property
    def can_do_the_rest(self) -> bool:
        return self.day.date == self.today and bool(self.day.open) and not self.is_under_a_version_before

    @property
    def is_this_week(self) -> bool:
        return day_rules.monday_of(self.day.date) == day_rules.monday_of(self.today)

    @cached_property
    def week(self) -> day_rules.Week:
        given_on = timezone.localdate(self.session.version.given_at)
        return day_rules.week_of(self.day.date, self.day.rows, self.day.done, since=given_on)

    @property
    def week_days(self) -> list[tuple[day_rules.WeekDay, str]]:
        return [(one, words.mark_in_words(one.mark)) for one in self.week.days]

    @property
    def next_day(self) -> str:
        """When there is something to do after today; "" where no day is known."""
        known = self.day.done if self.is_this_week else {}
        following = day_rules.next_day(self.day.rows, max(self.day.date, self.today), known)
        return day_ahead(following, self.today) if following else ""

    @property
    def is_before_review(self) -> bool:
        review_on = self.session.version.review_on
        return review_on is not None and review_on >= self.today


def rows_to_tick(session: Session) -> list[Prescription]:
    """Return what can be ticked when a session is put right: what it knows, what its day asks for, what is as needed.

    Where that is nothing, all of its version.
    """
    rows = list(session.version.prescriptions.all())
    known = {row.prescription_id for row in session.performed.all()}
    near = [row for row in rows if row.pk in known or row.is_due_on(session.local_date) or row.as_needed]
    return day_rules.in_order(near or rows)
