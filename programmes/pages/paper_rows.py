"""From rows to rules: what sessions say that were keyed in from a paper diary. Reads rows that are loaded already."""

from collections.abc import Iterable

from programmes.models import PerformedExercise, Prescription, Session
from programmes.models.paper_day import round_on_paper
from programmes.rules.counting import asked_on
from programmes.rules.day import asked
from programmes.rules.paper_marks import DayMarks, DiaryBox

Outcome = PerformedExercise.Outcome


def marks_of(sessions: Iterable[Session]) -> DayMarks:
    """Return what the sessions of one day of a diary say; needs what each performed, and the morning after."""
    rounds = {round_on_paper(session): session for session in sessions}
    ticked = {
        DiaryBox(one.prescription_id, number)
        for number, session in rounds.items()
        for one in session.performed.all()
        if one.outcome == Outcome.DONE
    }
    mornings = [session.next_day.answer for session in rounds.values() if hasattr(session, "next_day")]
    return DayMarks(
        ticked=frozenset(ticked),
        pain=next((one.pain for one in rounds.values() if one.pain is not None), None),
        morning=next(iter(mornings), ""),
        words=next((one.note for one in rounds.values() if one.note), ""),
    )


def left_blank(session: Session, rows: Iterable[Prescription]) -> list[Prescription]:
    """Return those of ``rows``, the session's version, that its time of the day had a box for and that have no mark.

    Those are not logged; a session that came another way names them itself.
    """
    number = round_on_paper(session)
    if not number:
        return []
    rows = list(rows)
    named = {one.prescription_id for one in session.performed.all()}
    times = asked_on([asked(row) for row in rows], session.local_date, {})
    return [row for row in rows if row.pk not in named and times.get(row.counted_by, 0) >= number]
