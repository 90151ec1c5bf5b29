"""The entries under a row of the list, as the patient wrote them: in a fixed number of queries."""

import uuid
from dataclasses import dataclass

from programmes.models import PatientMessage, PerformedExercise, Session
from programmes.pages.list_row import PatientRow
from programmes.wording.answer_words import AnswerWords, answers_for_staff
from programmes.wording.log_words import corrected, entered_by_helper
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

    @property
    def stamps(self) -> list[str]:
        """Who entered it where that was not the patient, and when it was changed."""
        who = [entered_by_helper(self.session.helper.name)] if self.session.helper else []
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
    newest = sessions.order_by("-local_date", "-received_at", "-pk")
    unread = PatientMessage.objects.filter(patient=row.patient.pk, read_at=None)
    return Unfolded(row, [_entry(one, is_hit=one.pk.hex in row.hits) for one in newest], list(unread))


def _entry(session: Session, *, is_hit: bool) -> UnfoldedEntry:
    outcomes = [one.outcome for one in session.performed.all()]
    answer = session.next_day.answer if hasattr(session, "next_day") else ""
    return UnfoldedEntry(
        session,
        written_on(is_paper=session.source == Session.Source.PAPER),
        outcomes.count(PerformedExercise.Outcome.DONE),
        len(outcomes),
        answers_for_staff(session),
        morning_in_words(answer),
        is_hit,
    )
