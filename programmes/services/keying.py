"""Key in what a paper diary says, day by day. Nothing that anybody keyed in before, or at the same time, is lost.

A day becomes a session for each time of the day that is marked, under ids made of version, day and time: whoever
keys in the same day, twice or at once, writes the same sessions. A box without a mark makes no row, for that it was
not done nobody said. What came from a phone is not touched.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.clinics.models import Patient, User
from hipcare.clinics.models.patient import ARCHIVED
from programmes.models import LookedAt, NextDay, PaperDay, PerformedExercise, Session, Version
from programmes.models.paper_day import paper_day_id, paper_session_id, round_on_paper
from programmes.pages.paper_rows import marks_of
from programmes.rules.diary import ClosedDay, closed_on
from programmes.rules.paper_marks import DayMarks, packed, put_together, takes_back
from programmes.services.summaries import renew_summary

Outcome = PerformedExercise.Outcome
Rounds = dict[int, Session]


class ArchivedPatientError(RuntimeError):
    """The patient was archived, and nothing is written into the record until they are back."""

    def __init__(self) -> None:
        super().__init__(ARCHIVED)


class ClosedDayError(RuntimeError):
    """The day was before the version was given, or has not come."""

    def __init__(self, day: dt.date, why: ClosedDay) -> None:
        super().__init__(f"{day.isoformat()}: {why.value}")


@dataclass(frozen=True, slots=True)
class Keying:
    """What somebody keyed in for a day, and what their page said of it before."""

    was: DayMarks
    mine: DayMarks


@dataclass(frozen=True, slots=True)
class Overruled:
    """An answer that ``by`` keyed in since the page was drawn, and that does not count any more."""

    answer: str
    theirs: Any
    mine: Any
    by: User


@dataclass(frozen=True, slots=True)
class KeyedIn:
    """What a day says now."""

    marks: DayMarks
    overruled: tuple[Overruled, ...]


@transaction.atomic
def key_in(
    *, version: Version, days: Mapping[dt.date, Keying], by: User, today: dt.date, at: dt.datetime | None = None
) -> dict[dt.date, KeyedIn]:
    """Write down what changed on each of ``days``, and return what each says now.

    Raises ``ArchivedPatientError``; ``ClosedDayError``; and ``ValueError`` where marks are in doubt: a person has to
    look at those first.
    """
    patient = Patient.objects.select_for_update(of=("self",), no_key=True).get(pk=version.programme.patient_id)
    if patient.archived_at:
        raise ArchivedPatientError
    _check(version, days, today)
    writer = DiaryWriter(version, patient, by, at or timezone.now())
    kept, sessions = writer.kept(days), writer.sessions(days)
    found = {day: _put_in(writer, day, keying, kept.get(day), sessions[day]) for day, keying in days.items()}
    if writer.has_written:
        renew_summary(patient.pk)
    return found


def _check(version: Version, days: Mapping[dt.date, Keying], today: dt.date) -> None:
    given_on = timezone.localdate(version.given_at)
    for day, keying in days.items():
        if keying.mine.in_doubt:
            raise ValueError(day)
        if why := closed_on(day, given_on=given_on, today=today):
            raise ClosedDayError(day, why)


def _put_in(writer: "DiaryWriter", day: dt.date, keying: Keying, kept: PaperDay | None, sessions: Rounds) -> KeyedIn:
    now = marks_of(sessions.values())
    together = put_together(keying.was, keying.mine, now)
    overruled = tuple(
        Overruled(name, now.answers[name], keying.mine.answers[name], kept.keyed_by)
        for name in together.conflicts
        if kept
    )
    if together.marks != now:
        writer.write(kept or writer.new(day), sessions, before=now, after=together.marks)
    return KeyedIn(together.marks, overruled)


@dataclass
class DiaryWriter:
    """Who writes into which diary, and when."""

    version: Version
    patient: Patient
    by: User
    at: dt.datetime
    has_written: bool = False

    def kept(self, days: Iterable[dt.date]) -> dict[dt.date, PaperDay]:
        of_version = PaperDay.objects.filter(version=self.version, day__in=list(days))
        return {one.day: one for one in of_version.select_related("keyed_by")}

    def sessions(self, days: Iterable[dt.date]) -> dict[dt.date, Rounds]:
        found: dict[dt.date, Rounds] = {day: {} for day in days}
        own = Session.objects.filter(version=self.version, local_date__in=list(found), source=Session.Source.PAPER)
        for session in own.select_related("next_day").prefetch_related("performed"):
            if number := round_on_paper(session):
                found[session.local_date][number] = session
        return found

    def new(self, day: dt.date) -> PaperDay:
        return PaperDay(pk=paper_day_id(self.version.pk, day), version=self.version, day=day)

    def write(self, kept: PaperDay, sessions: Rounds, *, before: DayMarks, after: DayMarks) -> None:
        """Make the sessions of a day say ``after``, and keep what they said where that says less, or another thing."""
        is_taken_back = takes_back(before, after)
        if is_taken_back:
            was = {"until": self.at.isoformat(), "by": str(kept.keyed_by_id), **packed(before)}
            kept.before = [*kept.before, was]
        kept.keyed_by, kept.keyed_at = self.by, self.at
        kept.save()
        for number in sorted(sessions.keys() - set(after.rounds)):
            self._remove(sessions[number])
        for number in after.rounds:
            is_first = number == after.rounds[0]
            session = sessions.get(number) or self._new_session(kept.day, number)
            self._save(session, after if is_first else DayMarks(), is_corrected=is_taken_back)
            self._tick(session, after.ticked_in(number))
        self.has_written = True
        changed = {"ticked"} if before.ticked != after.ticked else set()
        changed |= {name for name, said in after.answers.items() if said != before.answers[name]}
        action = Entry.Action.CHANGE
        add_to_trail(actor=self.by, action=action, subject=kept, patient=self.patient, fields=changed, at=self.at)

    def _new_session(self, day: dt.date, number: int) -> Session:
        pk = paper_session_id(self.version.pk, day, number)
        return Session(pk=pk, version=self.version, local_date=day, source=Session.Source.PAPER)

    def _save(self, session: Session, said: DayMarks, *, is_corrected: bool) -> None:
        if is_corrected and not session._state.adding:
            session.corrected_at = self.at
        session.received_at, session.pain, session.note = self.at, said.pain, said.words
        session.save()
        kept: NextDay | None = getattr(session, "next_day", None)
        if kept and not said.morning:
            kept.delete()
        elif said.morning and (kept is None or kept.answer != said.morning):
            first = (kept.answered_first or kept.answer) if kept else ""
            NextDay(session=session, answer=said.morning, answered_at=self.at, answered_first=first).save()

    def _tick(self, session: Session, ticked: set[Any]) -> None:
        known = {one.prescription_id for one in session.performed.all()}
        session.performed.filter(prescription__in=known - ticked).delete()
        PerformedExercise.objects.bulk_create(
            PerformedExercise(session=session, prescription_id=pk, outcome=Outcome.DONE)
            for pk in sorted(ticked - known)
        )

    def _remove(self, session: Session) -> None:
        """Delete a session without marks. Who looked up to it has looked up to the one before."""
        looks = LookedAt.objects.filter(up_to=session)
        others = Session.objects.filter(version__programme__patient=self.patient).exclude(pk=session.pk)
        looks.update(up_to=others.filter(received_at__lte=session.received_at).order_by("-received_at", "-pk").first())
        session.delete()
