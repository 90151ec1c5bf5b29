"""What a patient's page shows of the sessions: each with how it came in, and what was written."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from programmes.models import PaperDay, PerformedExercise, Session, SessionRevision, Version
from programmes.models.paper_day import round_on_paper
from programmes.models.prescription import name_in_place
from programmes.models.version import LoadedVersions
from programmes.pages.paper_rows import left_blank
from programmes.pages.patient_programme import rows_of
from programmes.wording.answer_words import AnswerWords, answers_for_staff
from programmes.wording.log_words import (
    came_too_late,
    corrected,
    day_was,
    entered_by_helper,
    keyed_in_by,
    morning_after,
    not_done,
    under_version,
    written_later,
)
from programmes.wording.phrases import lowered

MOST_QUOTES = 5


@dataclass(frozen=True, slots=True)
class LoggedSession:
    """One saved session, with what was not done by name, how it came in, and what came too late to change it."""

    session: Session
    done: int
    total: int
    not_done: list[str]
    answers: list[AnswerWords]
    stamps: list[str]
    beside: list[str]


def entries_of(sessions: Iterable[Session], versions: LoadedVersions) -> list[LoggedSession]:
    """Return them for the page: those keyed in from paper with one query more, for who did."""
    sessions = list(sessions)
    names = {row.pk: row.name for version in versions if version.is_given for row in rows_of(version)}
    keyed = PaperDay.objects.of(sessions)
    return [entry_of(one, names, versions, keyed.get(one.pk)) for one in sessions]


def entry_of(
    session: Session, names: dict[Any, str], versions: LoadedVersions, keyed: PaperDay | None = None
) -> LoggedSession:
    performed = list(session.performed.all())
    missing = [one for one in performed if one.outcome != one.Outcome.DONE]
    blank = left_blank(session, rows_of(_version_of(session, versions)))
    return LoggedSession(
        session=session,
        done=len(performed) - len(missing),
        total=len(performed) + len(blank),
        not_done=[*(in_words(one, names[one.prescription_id]) for one in missing), *(row.name for row in blank)],
        answers=answers_for_staff(session, _which_hurt(session, session.hurt, versions)),
        stamps=[*stamps_of(session, versions), *([keyed_in_by(keyed.keyed_by.name)] if keyed else [])],
        beside=[sent_too_late(revision, session, versions) for revision in session.revisions.all() if revision.is_late],
    )


def in_words(performed: PerformedExercise, name: str) -> str:
    return not_done(name, lowered(performed.reason_in_words), is_partly=performed.outcome == performed.Outcome.PARTLY)


def stamps_of(session: Session, versions: LoadedVersions) -> Iterator[str]:
    version = _version_of(session, versions)
    if later := versions.after(version):
        meanwhile = None if session.is_from_paper else session.given_meanwhile(later)
        yield under_version(version.number, meanwhile.number if meanwhile else None)
    late = (timezone.localdate(session.said_at) - session.local_date).days
    if late > 0 and not session.is_from_paper:
        yield written_later(late)
    if hasattr(session, "next_day"):
        yield morning_after(session.next_day.answer)
    if session.corrected_at:
        yield corrected(session.corrected_at)
        if (first_day := day_first_said(session)) != session.local_date:
            yield day_was(first_day)
    if session.helper:
        yield entered_by_helper(session.helper.name)
    if session.source != Session.Source.WEB and not round_on_paper(session):
        yield str(session.get_source_display())


def day_first_said(session: Session) -> dt.date:
    days = [revision.was.get("day") for revision in session.revisions.all() if not revision.is_late]
    return dt.date.fromisoformat(next(filter(None, days), session.local_date.isoformat()))


def sent_too_late(revision: SessionRevision, session: Session, versions: LoadedVersions) -> str:
    done = [outcome for outcome, _reason in revision.was["performed"].values()].count(PerformedExercise.Outcome.DONE)
    said = Session(**revision.answers)
    return came_too_late(revision.replaced_at, done, said, _which_hurt(session, said.hurt, versions))


def _which_hurt(session: Session, place: int | None, versions: LoadedVersions) -> str:
    return name_in_place(rows_of(_version_of(session, versions)), place) if place else ""


def _version_of(session: Session, versions: LoadedVersions) -> Version:
    return next(version for version in versions if version.pk == session.version_id)


def quotes_of(sessions: Iterable[Session]) -> list[Session]:
    with_note = {session.pk: session for session in sessions if session.note.strip()}
    newest = sorted(with_note.values(), key=lambda session: (session.local_date, session.received_at), reverse=True)
    return newest[:MOST_QUOTES]
