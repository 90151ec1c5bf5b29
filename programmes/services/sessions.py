"""Save what a patient did, once; what is sent again with other words is a correction, for 48 hours.

Whatever arrives is kept: as the session, as what it said before, or, when it is too late to change it, beside it.
"""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hipcare.audit.models import Entry
from hipcare.audit.trail import add_to_trail
from hipcare.clinics.models import Helper
from programmes.models import PerformedExercise, Prescription, Session, SessionRevision, Version
from programmes.models.session import answers_in
from programmes.rules.arrival import BACK_DATING, waited_since
from programmes.rules.day import is_open, monday_of
from programmes.services.summaries import renew_summary

Outcome = PerformedExercise.Outcome
Performed = dict[uuid.UUID, PerformedExercise]

NOTHING_SAID = _("Tick what you did, or say how it went.")
NOT_YET = _("That day has not come yet. Choose today, or a day before.")
ALREADY_SAVED = _("You had already saved this. We kept both. This is what we have now.")
ANOTHER_TOO = _("You had also saved today from another page or phone. Both are kept. Change one if it was the same go.")
TOO_LATE = _("It is too late to change this. We kept what you sent too. Your physio can see both.")
TOO_LONG_AGO = _("That day is more than 7 days ago. Tell your physio about it instead.")


class DayNotKnownError(Exception):
    """The patient has to say which day a session is for: a night lies between the page and its arrival."""


class SaveResult(Enum):
    """What became of what arrived."""

    NEW = "a session"
    SAME = "it had been saved already"
    CORRECTED = "a correction; what was said before is kept"
    BESIDE = "too late for a correction; kept beside the session"


@dataclass(frozen=True, slots=True)
class Saved:
    """A session, and what became of what arrived."""

    session: Session
    how: SaveResult


def has_come_since(session: Session, opened: dt.datetime | None) -> bool:
    """Say whether another session of the same day arrived after the page of ``session`` was ``opened``."""
    if opened is None:
        return False
    patient = session.version.programme.patient_id
    others = Session.objects.filter(version__programme__patient=patient, local_date=session.local_date)
    return others.filter(received_at__gt=opened).exclude(pk=session.pk).exists()


class Report:
    """What a patient says about a session: ticked prescriptions, the fields of ``Answers``, where and when it was said.

    ``said_at`` is when it was saved on the phone, where the phone tells. ``left_out`` are those of which the patient
    said that they were not done, with a reason or "". ``helper`` is who enters it, where it is not the patient.
    """

    helper: Helper | None = None

    def __init__(
        self,
        ticked: frozenset[uuid.UUID] = frozenset(),
        *,
        left_out: Mapping[uuid.UUID, str] | None = None,
        source: str = Session.Source.WEB,
        said_at: dt.datetime | None = None,
        **answers: Any,
    ) -> None:
        self.ticked, self.source, self.said_at = ticked, source, said_at
        self.left_out = {pk: reason for pk, reason in (left_out or {}).items() if pk not in ticked}
        self.said = Session(**answers)

    def by(self, helper: Helper | None) -> "Report":
        self.helper = helper
        return self

    @property
    def answers(self) -> dict[str, Any]:
        return self.said.answers

    @property
    def says_nothing(self) -> bool:
        return not self.ticked and not self.left_out and all(value in (None, "") for value in self.answers.values())


def save_session(
    *,
    session_id: uuid.UUID,
    version: Version,
    report: Report,
    day: dt.date | None,
    today: dt.date,
    at: dt.datetime | None = None,
) -> Saved:
    """Save a session of the patient's day ``day``; the same id sent again changes nothing, or is a correction.

    ``today`` is the patient's day now, ``day`` None where only the patient can say; it arrives ``at``, else just now.
    What was open that day and not ticked is kept as not done, without a reason.

    Raises ``DayNotKnownError``, ``ValidationError`` with words for the patient, ``Session.DoesNotExist`` when the id is
    not theirs to write to, and ``Prescription.DoesNotExist`` when a tick is not of this version.
    """
    try:
        with transaction.atomic():
            session = _saved(session_id)
            if session is None:
                check_report(report)
                new = _new_session(session_id, version, report, day=day, today=today, at=at)
                new.helper, new.performed_at = report.helper, waited_since(report.said_at, new.received_at)
                return Saved(_write(new, report), SaveResult.NEW)
    except IntegrityError:  # the same id came twice at the same moment, and the other one was first
        session = _saved(session_id)
    if session is None or session.version.programme.patient_id != version.programme.patient_id:
        raise Session.DoesNotExist
    return _sent_again(session, version, report, day=day, today=today, at=at)


def _new_session(
    session_id: uuid.UUID,
    version: Version,
    report: Report,
    *,
    day: dt.date | None,
    today: dt.date,
    at: dt.datetime | None,
) -> Session:
    if day is None:
        raise DayNotKnownError
    check_day(day, today)
    arrived = at or timezone.now()
    return Session(
        pk=session_id,
        version=version,
        local_date=day,
        source=report.source,
        received_at=arrived,
    )


def _saved(session_id: uuid.UUID) -> Session | None:
    return Session.objects.select_related("version__programme").filter(pk=session_id).first()


def _sent_again(
    session: Session,
    version: Version,
    report: Report,
    *,
    day: dt.date | None,
    today: dt.date,
    at: dt.datetime | None,
) -> Saved:
    """Take what came under the id of a saved session: the same again, other words for it, or another day's.

    What the session once said, before it was corrected, is a message that was delayed: it puts nothing back.
    """
    if _has_said(session, report, day) or report.says_nothing:
        return Saved(session, SaveResult.SAME)
    if report.helper and session.helper_id != report.helper.pk:
        raise Session.DoesNotExist
    if day is None:
        raise DayNotKnownError
    if day != session.local_date and not _tells(_said_now(session), report):
        other = uuid.uuid5(session.pk, day.isoformat())  # the page of one day, filled in anew on another
        return save_session(session_id=other, version=version, report=report, day=day, today=today, at=at)
    return correct_session(session=session, report=report, day=day, today=today, at=at)


def _has_said(session: Session, report: Report, day: dt.date | None) -> bool:
    """Say whether a session says, or once said, what a report says, of ``day`` if that is known."""
    states = [_said_now(session), *session.revisions.values_list("was", flat=True)]
    days = {None, day.isoformat()} if day else set()
    return any(_tells(was, report) and (not days or was.get("day") in days) for was in states)


def _said_now(session: Session) -> dict[str, Any]:
    return _said(session, {row.prescription_id: row for row in session.performed.all()})


def _tells(was: Mapping[str, Any], report: Report) -> bool:
    """Say whether what is kept of a session is what ``report`` says; its day aside."""
    said = {uuid.UUID(pk): (outcome, reason) for pk, (outcome, reason) in was["performed"].items()}
    done = {pk for pk, (outcome, _reason) in said.items() if outcome == Outcome.DONE}
    is_why = all(said.get(pk, ("", ""))[1] == reason for pk, reason in report.left_out.items() if reason)
    return done == report.ticked and is_why and answers_in(was) == report.answers


def check_day(day: dt.date, today: dt.date) -> None:
    """Refuse a day to come, and one more than 7 days back."""
    if day > today:
        raise ValidationError(NOT_YET)
    if day < today - BACK_DATING:
        raise ValidationError(TOO_LONG_AGO)


def check_report(report: Report) -> None:
    """Refuse a report that says nothing."""
    if report.says_nothing:
        raise ValidationError(NOTHING_SAID)


def _write(session: Session, report: Report) -> Session:
    """Insert the session with what was done and what was open and not done."""
    rows = _rows_of(session.version, report)
    done = _done_else(session)
    session.answer(report.answers)
    session.save(force_insert=True)
    PerformedExercise.objects.bulk_create(
        _performed(session, pk, report)
        for pk, row in rows.items()
        if pk in report.ticked or pk in report.left_out or is_open(row, session.local_date, done)
    )
    renew_summary(session.version.programme.patient_id)
    _add_helper_to_trail(session, report.helper, session.received_at)
    return session


def _add_helper_to_trail(session: Session, helper: Helper | None, at: dt.datetime) -> None:
    """Write down that somebody else entered it: the patient's own entries are the record itself."""
    if helper:
        add_to_trail(actor=helper, action=Entry.Action.CHANGE, subject=session, patient=helper.patient, at=at)


def _rows_of(version: Version, report: Report) -> dict[uuid.UUID, Prescription]:
    """Return the rows of a version, once all that a report names is found among them."""
    rows = {row.pk: row for row in version.prescriptions.all()}
    hurt, named = report.said.hurt, report.ticked | report.left_out.keys()
    if not named <= rows.keys() or (hurt is not None and hurt not in {row.order for row in rows.values()}):
        raise Prescription.DoesNotExist
    return rows


def _performed(session: Session, pk: uuid.UUID, report: Report, was: int | None = None) -> PerformedExercise:
    outcome = Outcome.DONE if pk in report.ticked else Outcome.SKIPPED
    reason = report.left_out.get(pk, "")
    return PerformedExercise(pk=was, session=session, prescription_id=pk, outcome=outcome, reason=reason)


def _done_else(session: Session) -> dict[Any, list[dt.date]]:
    """Return what was done in the week of a session, in other sessions."""
    monday = monday_of(session.local_date)
    others = PerformedExercise.objects.exclude(session=session.pk)
    return others.done_by(session.version.programme.patient, monday, monday + dt.timedelta(days=6))


@transaction.atomic
def correct_session(
    *,
    session: Session,
    report: Report,
    day: dt.date | None = None,
    today: dt.date | None = None,
    at: dt.datetime | None = None,
) -> Saved:
    """Put a session right ``at`` a moment, else now, keeping what it said; 48 hours after its arrival, keep both.

    A correction that changes nothing leaves no trace. What another source knew better (done in part, a reason
    for not doing it) stays unless the tick contradicts it. ``day`` is the day it was really for, if that changes.
    """
    own = Session.objects.select_for_update(of=("self",)).select_related("version__programme__patient")
    locked = own.get(pk=session.pk)
    check_report(report)
    rows = _rows_of(locked.version, report)
    before = {row.prescription_id: row for row in locked.performed.all()}
    was, moved = _said(locked, before), day is not None and day != locked.local_date
    if day is not None and moved:
        check_day(day, today or timezone.localdate())
        locked.local_date = day
    locked.answer(report.answers)
    after = {**before, **_ticked_anew(locked, before, report)}
    after = _due_on_its_day(locked, rows, after) if moved else after
    return _replace(locked, was, before, after, at or timezone.now(), report.helper)


def _due_on_its_day(session: Session, rows: Mapping[uuid.UUID, Prescription], after: Performed) -> Performed:
    """Return ``after`` with what was open on the session's new day as not done, and without what was not."""
    done = _done_else(session)
    due = {pk for pk, row in rows.items() if is_open(row, session.local_date, done)}
    told = {pk: row for pk, row in after.items() if pk in due or row.outcome != Outcome.SKIPPED or row.reason}
    missed = {
        pk: PerformedExercise(session=session, prescription_id=pk, outcome=Outcome.SKIPPED) for pk in due - told.keys()
    }
    return told | missed


def _replace(
    session: Session,
    was: dict[str, Any],
    before: Performed,
    after: Performed,
    at: dt.datetime,
    helper: Helper | None,
) -> Saved:
    """Write the new state, unless it is the old one, or too late: then it is kept beside."""
    says = _said(session, after)
    if says == was:
        return Saved(session, SaveResult.SAME)
    if at > session.can_be_corrected_until:
        if says not in session.revisions.values_list("was", flat=True):
            SessionRevision.objects.create(session=session, was=says, replaced_at=at, is_late=True, helper=helper)
            _add_helper_to_trail(session, helper, at)
        session.refresh_from_db()
        return Saved(session, SaveResult.BESIDE)
    SessionRevision.objects.create(session=session, was=was, replaced_at=at, helper_id=session.helper_id)
    session.corrected_at, session.helper = at, helper
    session.save()
    session.performed.filter(prescription__in=before.keys() - after.keys()).delete()
    for row in after.values():
        row.save()
    renew_summary(session.version.programme.patient_id)
    _add_helper_to_trail(session, helper, at)
    return Saved(session, SaveResult.CORRECTED)


def _ticked_anew(session: Session, before: Performed, report: Report) -> Performed:
    """Return the rows whose tick, or whose reason for leaving it out, is not as it was."""
    found = {}
    for pk in before.keys() | report.ticked | report.left_out.keys():
        was = before.get(pk)
        is_turned = (was is not None and was.outcome == Outcome.DONE) != (pk in report.ticked)
        why = report.left_out.get(pk, "")
        if is_turned or (pk in report.left_out and was is None) or (why and was is not None and was.reason != why):
            found[pk] = _performed(session, pk, report, was.pk if was else None)
    return found


def _said(session: Session, performed: Performed) -> dict[str, Any]:
    """Return what a session says, as a revision keeps it."""
    return {
        "day": session.local_date.isoformat(),
        **session.answers,
        "performed": {str(pk): [row.outcome, row.reason] for pk, row in sorted(performed.items())},
    }
