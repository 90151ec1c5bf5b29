"""Save what a patient did, once, and let the patient put it right for 48 hours."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from programmes.models import PerformedExercise, Prescription, Session, SessionRevision, Version
from programmes.models.session import BACK_DATING
from programmes.today import is_open, monday_of

Outcome = PerformedExercise.Outcome

NOTHING_SAID = "Tick what you did, or say how it went."
NOT_YET = "That day has not come yet. Open Today again, then save."
TOO_LONG_AGO = "That day is more than 7 days ago. Tell your physio about it instead."
TOO_LATE = "You can no longer change this. Tell your physio instead."


@dataclass(frozen=True, slots=True)
class Report:
    """What a patient says about a session: ticked prescriptions, worst pain (0–10), effort, a note."""

    ticked: frozenset[uuid.UUID] = frozenset()
    pain: int | None = None
    effort: str = ""
    note: str = ""

    @property
    def says_nothing(self) -> bool:
        """Nothing ticked and nothing said."""
        return not self.ticked and self.pain is None and not self.effort and not self.note


def save_session(
    *,
    session_id: uuid.UUID,
    version: Version,
    report: Report,
    day: dt.date,
    today: dt.date,
    source: str = Session.Source.WEB,
) -> Session:
    """Save a session of the patient's day ``day`` and return it; the same id sent again returns what was saved.

    ``today`` is the patient's day now. What was open that day and not ticked is kept as not done, without a
    reason. Raises ``ValidationError`` with words for the patient, ``Session.DoesNotExist`` when the id is another
    patient's and ``Prescription.DoesNotExist`` when a tick is not of this version.
    """
    try:
        with transaction.atomic():
            session = _saved(session_id)
            if session is None:
                check_day(day, today)
                check_report(report)
                return _write(Session(pk=session_id, version=version, local_date=day, source=source), report)
    except IntegrityError:  # the same id came twice at the same moment, and the other one was first
        session = _saved(session_id)
    if session is None or session.version.programme.patient_id != version.programme.patient_id:
        raise Session.DoesNotExist
    return session


def _saved(session_id: uuid.UUID) -> Session | None:
    return Session.objects.select_related("version__programme").filter(pk=session_id).first()


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
    rows = {row.pk: row for row in session.version.prescriptions.all()}
    if not report.ticked <= rows.keys():
        raise Prescription.DoesNotExist
    day = session.local_date
    monday = monday_of(day)
    patient = session.version.programme.patient
    done = PerformedExercise.objects.done_by(patient, monday, monday + dt.timedelta(days=6))
    session.pain, session.effort, session.note = report.pain, report.effort, report.note
    session.save(force_insert=True)
    PerformedExercise.objects.bulk_create(
        PerformedExercise(session=session, prescription=row, outcome=_outcome(pk in report.ticked))
        for pk, row in rows.items()
        if pk in report.ticked or is_open(row, day, done)
    )
    return session


def _outcome(ticked: bool) -> str:  # noqa: FBT001 - a tick is a yes or a no
    return Outcome.DONE if ticked else Outcome.SKIPPED


@transaction.atomic
def correct_session(*, session: Session, report: Report) -> Session:
    """Put a session right, keeping what it said before; within 48 hours of its arrival.

    A correction that changes nothing leaves no trace. What another source knew better (done in part, a reason
    for not doing it) stays unless the tick contradicts it.
    """
    locked = Session.objects.select_for_update(of=("self",)).select_related("version").get(pk=session.pk)
    if not locked.can_be_corrected:
        raise ValidationError(TOO_LATE)
    check_report(report)
    rows = {row.pk for row in locked.version.prescriptions.all()}
    if not report.ticked <= rows:
        raise Prescription.DoesNotExist
    before = {row.prescription_id: row for row in locked.performed.all()}
    was = _said(locked, before)
    locked.pain, locked.effort, locked.note = report.pain, report.effort, report.note
    after = {**before, **_ticked_anew(locked, before, report)}
    if _said(locked, after) == was:
        return locked
    SessionRevision.objects.create(session=locked, was=was)
    locked.corrected_at = timezone.now()
    locked.save()
    for row in after.values():
        row.save()
    return locked


def _ticked_anew(
    session: Session, before: dict[uuid.UUID, PerformedExercise], report: Report
) -> dict[uuid.UUID, PerformedExercise]:
    """Return the rows whose tick is not as it was."""
    found = {}
    for pk in before.keys() | report.ticked:
        was = before.get(pk)
        if (was is not None and was.outcome == Outcome.DONE) != (pk in report.ticked):
            found[pk] = PerformedExercise(
                pk=was.pk if was else None, session=session, prescription_id=pk, outcome=_outcome(pk in report.ticked)
            )
    return found


def _said(session: Session, performed: dict[uuid.UUID, PerformedExercise]) -> dict[str, object]:
    """Return what a session says, as a revision keeps it."""
    return {
        "pain": session.pain,
        "effort": session.effort,
        "note": session.note,
        "performed": {str(pk): [row.outcome, row.reason] for pk, row in sorted(performed.items())},
    }
