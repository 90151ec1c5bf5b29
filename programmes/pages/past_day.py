"""A day that is over, as the patient finds it: what was saved of it, or what can still be filled in."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from hipcare.clinics.models import User
from programmes.models import LookedAt, PerformedExercise, Prescription, Session, Version
from programmes.models.next_day import can_be_answered_until
from programmes.models.prescription import name_in_place
from programmes.pages.beside_sessions import last_look
from programmes.pages.last_days import LastDays
from programmes.pages.patient_day import PatientDay
from programmes.rules import day as day_rules
from programmes.rules.arrival import BACK_DATING
from programmes.wording import patients_day as words
from programmes.wording.answer_words import answers_for_patient

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ExerciseOfDay:
    """One exercise in a saved session: whether it was done, in words."""

    row: Prescription
    is_done: bool
    words: str


@dataclass(frozen=True, slots=True)
class SavedSession:
    """One saved session, as it is read back; ``is_old_plan``: another version has come since.

    ``is_whole``: with what was said of it. ``is_theirs``: who is here may change it.
    """

    session: Session
    exercises: tuple[ExerciseOfDay, ...]
    answers: list[tuple[str, str]]
    is_old_plan: bool
    look: LookedAt | None
    is_whole: bool
    is_theirs: bool

    @property
    def done_in_words(self) -> str:
        done = sum(one.is_done for one in self.exercises)
        return words.ticked_on_paper(done) if self.session.is_from_paper else words.done_of(done, len(self.exercises))


@dataclass(frozen=True, slots=True)
class MorningAfter:
    """What was said of the morning after a day, "" for nothing, and whether that can still be changed."""

    session: Session
    said: str
    is_open: bool


@dataclass
class SavedSessions:
    """All that was saved for one day, newest first, in a fixed number of queries; ``followed`` is the plan now.

    With ``is_whole`` off only who entered a session reads what was said of it.
    """

    user: User
    date: dt.date
    followed: Version | None = None
    is_whole: bool = True

    @cached_property
    def all(self) -> list[SavedSession]:
        own = Session.objects.visible_to(self.user).filter(local_date=self.date).order_by("-received_at")
        performed = PerformedExercise.objects.select_related("prescription__version__programme__patient")
        return [
            self._told(one)
            for one in own.select_related("next_day", "helper").prefetch_related(Prefetch("performed", performed))
        ]

    @cached_property
    def _look(self) -> LookedAt | None:
        return last_look(self.user)

    def _told(self, session: Session) -> SavedSession:
        performed = list(session.performed.all())
        helper = self.user.helper
        is_own = session.helper_id == helper.pk if helper else session.helper_id is None
        return SavedSession(
            session,
            tuple(map(_exercise, performed)),
            answers_for_patient(session, name_in_place((one.prescription for one in performed), session.hurt)),
            self.followed is not None and session.version_id != self.followed.pk,
            self._look if self._look and self._look.covers(session) else None,
            self.is_whole or bool(helper and is_own),
            is_own or helper is None,
        )

    @property
    def morning_after(self) -> "MorningAfter | None":
        """What was said of the morning after, or can still be."""
        said = next((one.session for one in self.all if hasattr(one.session, "next_day")), None)
        session = said or next((one.session for one in self.all), None)
        if session is None:
            return None
        words = session.next_day.get_answer_display() if said else ""
        return MorningAfter(session, words, timezone.now() <= can_be_answered_until(session))

    @property
    def are_several(self) -> bool:
        return len(self.all) > 1

    @property
    def ids(self) -> str:
        """The ids, for the phone that kept them until now."""
        return " ".join(str(one.session.pk) for one in self.all)

    @property
    def twice(self) -> list[str]:
        """What was saved more often than the plan asks of the day, in a sentence each."""
        times: dict[Any, int] = {}
        names: dict[Any, Prescription] = {}
        for one in (one for saved in self.all for one in saved.exercises if one.is_done):
            times[one.row.counted_by] = times.get(one.row.counted_by, 0) + 1
            names[one.row.counted_by] = one.row
        asked = {key: row.frequency.times_a_day if row.frequency else 1 for key, row in names.items()}
        return [words.more_than_asked(names[key].name, n, asked[key]) for key, n in times.items() if n > asked[key]]


def _exercise(performed: PerformedExercise) -> ExerciseOfDay:
    is_done = performed.outcome != performed.Outcome.SKIPPED
    said = words.how_it_was_left(performed.outcome, performed.reason_in_words)
    return ExerciseOfDay(performed.prescription, is_done, said)


@dataclass(frozen=True, slots=True)
class AskedOfDay:
    """One exercise to fill in, with what was already said of it."""

    row: Prescription
    did: str
    reason: str


@dataclass
class PastDay:
    """One day before ``today``."""

    user: User
    date: dt.date
    today: dt.date

    @cached_property
    def saved(self) -> SavedSessions:
        return SavedSessions(self.user, self.date)

    @cached_property
    def version(self) -> Version | None:
        """The version that the patient was to follow on that day."""
        given = Version.objects.visible_to(self.user).select_related("programme", "given_by").current_first()
        return next((one for one in given if self._was_followed(one)), None)

    def _was_followed(self, version: Version) -> bool:
        ended_at = version.programme.ended_at
        has_begun = version.given_at is not None and timezone.localdate(version.given_at) <= self.date
        return has_begun and (ended_at is None or self.date <= timezone.localdate(ended_at))

    @cached_property
    def last_days(self) -> LastDays:
        return LastDays(self.user, self.today)

    @property
    def is_too_long_ago(self) -> bool:
        return self.date < self.today - BACK_DATING

    @property
    def can_be_filled_in(self) -> bool:
        return not self.saved.all and self.version is not None and not self.is_too_long_ago

    @cached_property
    def asked(self) -> list[Prescription]:
        """What the day asked for, in order; where it asked for nothing, all of the plan."""
        if self.version is None:
            return []
        day = PatientDay(self.user, self.date, self.version)
        return day.open or day_rules.in_order(day.rows)

    @cached_property
    def others(self) -> list[Prescription]:
        if self.version is None:
            return []
        asked = {row.pk for row in self.asked}
        return day_rules.in_order(row for row in self.version.prescriptions.all() if row.pk not in asked)

    @property
    def before(self) -> dt.date:
        return self.date - ONE_DAY

    @property
    def after(self) -> dt.date:
        return self.date + ONE_DAY

    @property
    def is_yesterday(self) -> bool:
        return self.after == self.today
