"""From rows to rules: what patients were to do, and did, in the last fourteen days.

Reads rows that are already loaded and asks the database for nothing, so that a list may use it for each of its rows.
Moments become days in the active time zone, the clinic's.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise

from django.utils import timezone

from programmes.models import Session, Version
from programmes.rules.adherence import Adherence, Item, Log, Window, adherence, planned_days
from programmes.rules.recent import GivenPlan, unpack

DAYS = 14


def window_to(today: dt.date) -> Window:
    return Window.ending(today, days=DAYS)


def starts_today(since: dt.datetime | None, today: dt.date, *, has_any: bool) -> bool:
    """Say whether the plan given first ``since`` then begins today, and nothing was logged ever."""
    return since is not None and not has_any and timezone.localdate(since) >= today


def given_plans(versions: Iterable[Version], *, are_named: bool = True) -> list[GivenPlan]:
    """Return when each given version of a patient was in force; needs their programmes, pauses and prescriptions.

    The names of the exercises are in their words, a large column: ``are_named=False`` does without.
    """
    given = [version for version in versions if version.is_given]
    given.sort(key=lambda version: (version.programme.started_at, version.programme_id, version.number))
    names = names_in(given) if are_named else {}
    plans: list[GivenPlan] = []
    for _programme, of_programme in groupby(given, key=lambda version: version.programme_id):
        for version, following in pairwise([*of_programme, None]):
            if version is not None and version.given_at is not None:
                items = tuple(
                    Item(row.pk, row.counted_by, names.get(row.pk, ""), row.frequency)
                    for row in version.prescriptions.all()
                )
                replaced_at = following.given_at if following else None
                plans.append(
                    GivenPlan(
                        version.given_at, items, replaced_at, version.programme.ended_at, version.programme.paused_days
                    )
                )
    return plans


def names_in(versions: Iterable[Version]) -> dict[object, str]:
    """Return what to call each prescription: where one of that name is counted by itself, with the leg it is for."""
    rows = [row for version in versions for row in version.prescriptions.all()]
    counted_by: dict[str, set[object]] = {}
    for row in rows:
        counted_by.setdefault(row.name, set()).add(row.counted_by)
    return {row.pk: row.name if len(counted_by[row.name]) == 1 else row.name_with_leg for row in rows}


def logs_of(sessions: Iterable[Session], exercises: dict[object, object]) -> list[Log]:
    logs: list[Log] = []
    for session in sessions:
        is_paper = session.is_from_paper
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


def exercises_of(versions: Iterable[Version]) -> dict[object, object]:
    return {row.pk: row.counted_by for version in versions for row in version.prescriptions.all()}


def counted(
    versions: Sequence[Version], sessions: Iterable[Session], today: dt.date, window: Window | None = None
) -> Adherence:
    """Return what was planned and logged in ``window``, else in the fourteen days to ``today``.

    Needs what each session performed.
    """
    return _counted(given_plans(versions), logs_of(sessions, exercises_of(versions)), today, window)


def counted_again(packed: str, today: dt.date) -> Adherence:
    """Return the same from what ``rules.recent`` kept of the rows."""
    return _counted(*unpack(packed), today)


def plans_in(packed: str) -> list[GivenPlan]:
    return unpack(packed)[0]


def last_days(packed: str, window: Window, today: dt.date) -> tuple[Adherence, int]:
    """Return what was planned and logged in ``window``, and on how many of its days anything was planned."""
    given, logs = unpack(packed)
    zone = timezone.get_current_timezone()
    plans = [plan.in_zone(zone) for plan in given]
    return adherence(plans, logs, window, today=today), planned_days(plans, window)


def _counted(
    given: Iterable[GivenPlan], logs: Iterable[Log], today: dt.date, window: Window | None = None
) -> Adherence:
    zone = timezone.get_current_timezone()
    return adherence([plan.in_zone(zone) for plan in given], logs, window or window_to(today), today=today)


def worst_pains(sessions: Iterable[Session]) -> dict[dt.date, int]:
    worst: dict[dt.date, int] = {}
    for session in sessions:
        if session.pain is not None:
            worst[session.local_date] = max(session.pain, worst.get(session.local_date, 0))
    return worst
