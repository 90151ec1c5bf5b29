"""From rows to rules: what patients were to do, and did, in the last fourteen days.

Reads rows that are already loaded and asks the database for nothing, so that a list may use it for each of its rows.
Moments become days in the active time zone, the clinic's.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import groupby

from django.utils import timezone

from programmes.models import Prescription, Session, Version
from programmes.rules.adherence import Adherence, Item, Log, Plan, Window, adherence, in_turn

DAYS = 14


def window_to(today: dt.date) -> Window:
    """Return the fourteen days up to and with ``today``."""
    return Window.ending(today, days=DAYS)


def given_on(version: Version) -> dt.date | None:
    """Return the day a version was given, None for a draft."""
    return timezone.localdate(version.given_at) if version.given_at else None


def key_of(row: Prescription) -> tuple[object, str]:
    """Return what a prescription is counted by: its exercise and its leg."""
    return (row.exercise_id, row.side)


def item_of(row: Prescription) -> Item:
    """Return a prescription as the rules count it."""
    return Item(row.pk, key_of(row), row.name, row.frequency)


def plans_of(versions: Iterable[Version]) -> list[Plan]:
    """Return when each given version of a patient was the current one; needs their programmes and prescriptions."""
    given = [version for version in versions if version.is_given]
    given.sort(key=lambda version: (version.programme.started_at, version.programme_id, version.number))
    plans: list[Plan] = []
    for _programme, of_programme in groupby(given, key=lambda version: version.programme_id):
        in_order = list(of_programme)
        starts = [(day, [item_of(row) for row in v.prescriptions.all()]) for v in in_order if (day := given_on(v))]
        ended_at = in_order[0].programme.ended_at
        plans += in_turn(starts, timezone.localdate(ended_at) if ended_at else None)
    return plans


def logs_of(sessions: Iterable[Session], exercises: dict[object, object]) -> list[Log]:
    """Return the sessions as logs; ``exercises`` finds a prescription's exercise by its id."""
    logs: list[Log] = []
    for session in sessions:
        is_paper = session.source == Session.Source.PAPER
        logs.append(Log(session.local_date, paper=is_paper))
        logs += [
            Log(
                session.local_date,
                performed.prescription_id,
                exercises.get(performed.prescription_id),
                done=performed.outcome == performed.Outcome.DONE,
                paper=is_paper,
            )
            for performed in session.performed.all()
        ]
    return logs


def counted(versions: Sequence[Version], sessions: Iterable[Session], today: dt.date) -> Adherence:
    """Return what was planned and logged in the fourteen days to ``today``; needs what each session performed."""
    exercises: dict[object, object] = {
        row.pk: key_of(row) for version in versions for row in version.prescriptions.all()
    }
    return adherence(plans_of(versions), logs_of(sessions, exercises), window_to(today), today=today)


def worst_pains(sessions: Iterable[Session]) -> dict[dt.date, int]:
    """Return the worst pain said on each day."""
    worst: dict[dt.date, int] = {}
    for session in sessions:
        if session.pain is not None:
            worst[session.local_date] = max(session.pain, worst.get(session.local_date, 0))
    return worst


def last_pain(sessions: Iterable[Session]) -> int | None:
    """Return the pain of the newest session that says one; ``sessions`` come newest first."""
    return next((session.pain for session in sessions if session.pain is not None), None)
