"""The entries under a row of the list, as the patient wrote them: in a fixed number of queries."""

import uuid
from dataclasses import dataclass
from typing import NamedTuple

from programmes.models import PaperDay, PatientMessage, PerformedExercise, Prescription, Session
from programmes.pages.list_row import PatientRow
from programmes.pages.paper_rows import left_blank
from programmes.wording.answer_words import AnswerWords, answers_for_staff
from programmes.wording.log_words import corrected, entered_by_helper, keyed_in_by
from programmes.wording.review_words import morning_in_words, written_on


@dataclass(frozen=True, slots=True)
class UnfoldedEntry:
    """One saved session: how it came, what was done and said; ``is_hit`` where a fact counts it."""

    session: Session
    written: str
    done: int
    total: int
    answers: list[AnswerWords]
    morning: str
    is_hit: bool
    keyed: PaperDay | None = None

    @property
    def stamps(self) -> list[str]:
        """Who entered it where that was not the patient, and when it was changed."""
        who = [entered_by_helper(self.session.helper.name)] if self.session.helper else []
        who += [keyed_in_by(self.keyed.keyed_by.name)] if self.keyed else []
        return [*who, *([corrected(self.session.corrected_at)] if self.session.corrected_at else [])]


@dataclass(frozen=True, slots=True)
class Unfolded:
    """What stands under one row: sessions and unread words, newest first, and why the row stands where it does."""

    row: PatientRow
    entries: list[UnfoldedEntry]
    told: list[PatientMessage]


def unfold(row: PatientRow) -> Unfolded:
    wanted = [uuid.UUID(one) for one in row.shown_entries]
    sessions = Session.objects.filter(pk__in=wanted).select_related("next_day", "helper").prefetch_related("performed")
    newest = list(sessions.order_by("-local_date", "-received_at", "-pk"))
    unread = PatientMessage.objects.filter(patient=row.patient.pk, read_at=None)
    paper = _of_paper(newest)
    return Unfolded(row, [_entry(one, paper, is_hit=one.pk.hex in row.hits) for one in newest], list(unread))


class Paper(NamedTuple):
    """What stands behind entries that were keyed in: who did it, and the exercises of each version."""

    days: dict[uuid.UUID, PaperDay]
    rows: dict[uuid.UUID, list[Prescription]]


def _of_paper(sessions: list[Session]) -> Paper:
    """Return it in two queries, in none where nothing came on paper."""
    keyed = PaperDay.objects.of(sessions)
    rows: dict[uuid.UUID, list[Prescription]] = {}
    if keyed:
        for row in Prescription.objects.filter(version__in={one.version_id for one in keyed.values()}).defer("text"):
            rows.setdefault(row.version_id, []).append(row)
    return Paper(keyed, rows)


def _entry(session: Session, paper: Paper, *, is_hit: bool) -> UnfoldedEntry:
    outcomes = [one.outcome for one in session.performed.all()]
    answer = session.next_day.answer if hasattr(session, "next_day") else ""
    return UnfoldedEntry(
        session,
        written_on(is_paper=session.is_from_paper),
        outcomes.count(PerformedExercise.Outcome.DONE),
        len(outcomes) + len(left_blank(session, paper.rows.get(session.version_id, []))),
        answers_for_staff(session),
        morning_in_words(answer),
        is_hit,
        paper.days.get(session.pk),
    )
