"""Days on which a programme asks for nothing: which may be paused, and what they do to days of silence. Pure.

A pause without an end lasts until ``NO_END``.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum, auto

from programmes.rules.adherence import Window

NO_END = dt.date.max
A_DAY = dt.timedelta(days=1)
LONGEST = dt.timedelta(days=366)


class PauseProblem(Enum):
    """Why a pause cannot be so."""

    REVERSED = auto()
    BEFORE_THE_PROGRAMME = auto()
    FAR_AHEAD = auto()
    TOO_LONG = auto()


def pause_problem(pause: Window, *, begun: dt.date, today: dt.date) -> PauseProblem | None:
    """Return what is wrong with the days of a pause of a programme that began on ``begun``."""
    if pause.last < pause.first:
        return PauseProblem.REVERSED
    if pause.first < begun:
        return PauseProblem.BEFORE_THE_PROGRAMME
    if pause.first - today > LONGEST:
        return PauseProblem.FAR_AHEAD
    is_too_long = pause.last != NO_END and pause.last - pause.first > LONGEST
    return PauseProblem.TOO_LONG if is_too_long else None


def in_the_way(pause: Window, others: Iterable[Window]) -> Window | None:
    """Return the first of ``others`` that shares a day with ``pause``, or None."""
    return min((other for other in others if pause.overlaps(other)), key=lambda one: one.first, default=None)


def now_or_next(pauses: Iterable[Window], today: dt.date) -> Window | None:
    """Return the pause that ``today`` is in, else the next to come, or None."""
    return min((pause for pause in pauses if pause.last >= today), key=lambda one: one.first, default=None)


def unpaused_days(after: dt.date, pauses: Sequence[Window]) -> Iterator[dt.date]:
    """Yield the days after ``after`` that are in no pause, in order; they end before a pause that does not."""
    day = after
    while day < NO_END:
        day += A_DAY
        while pause := next((pause for pause in pauses if day in pause), None):
            if pause.last == NO_END:
                return
            day = pause.last + A_DAY
        yield day


def silent_days(since: dt.date, today: dt.date, pauses: Iterable[Window]) -> int:
    """Return how many days after ``since`` up to ``today`` are in no pause."""
    paused = (Window(max(one.first, since + A_DAY), min(one.last, today)) for one in pauses)
    return (today - since).days - sum(max((one.last - one.first).days + 1, 0) for one in paused)


def silent_since(last: dt.date, pauses: Iterable[Window], *, cut_off: int, looked_on: dt.date) -> dt.date | None:
    """Return from which day silence counts, ``last`` being that of the last log; None in a pause without an end.

    After a pause it counts anew. Silence that reaches the ``cut_off`` before a pause stands until somebody looked at
    it, so what is returned is right on each later day too, with nothing written meanwhile.
    """
    since = last
    for pause in sorted(pauses, key=lambda one: one.first):
        if pause.last <= since:
            continue
        reached = since + dt.timedelta(days=cut_off)
        if looked_on < reached < pause.first:
            return since
        if pause.last == NO_END:
            return None
        since = pause.last
    return since
