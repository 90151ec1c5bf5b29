"""A patient's day: what is still open, in which order, and which round it is. Pure: no database, no request.

*Open* is what is due on the day and has not been logged as done as often as it was asked for. Days are the
patient's own; weeks run from Monday to Sunday.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from enum import StrEnum
from itertools import islice
from typing import Any, NamedTuple, Protocol, TypeAlias, TypeVar

from programmes.rules.adherence import Day, DayNote, Status, Window
from programmes.rules.counting import Asked, Counts, times_left
from programmes.rules.pauses import unpaused_days
from programmes.rules.schedule import Frequency

DoneOn: TypeAlias = Mapping[Hashable, Sequence[dt.date]]
"""The days on which what is counted as one was logged as done, once for each time."""


class DayRow(Protocol):
    """What this module reads of a prescription."""

    @property
    def counted_by(self) -> Hashable: ...
    @property
    def words(self) -> dict[str, Any]: ...
    @property
    def minutes(self) -> int: ...
    @property
    def frequency(self) -> Frequency | None: ...


R = TypeVar("R", bound=DayRow)


class Place(StrEnum):
    """Where exercises are done, in order, so that people get up and down as little as possible."""

    LYING = "lying"
    KNEELING = "kneeling"
    SITTING = "sitting"
    STANDING = "standing"


class DayMark(StrEnum):
    """What the row of the last days says of one."""

    DONE = "done"
    PART = "part"
    NONE = "none"
    PLANNED = "planned"  # and nothing was filled in
    REST = "rest"
    PAUSED = "paused"
    NO_PLAN = "free"
    TODAY = "today"


MARKS = {
    Status.FULL: DayMark.DONE,
    Status.PAPER: DayMark.DONE,
    Status.PART: DayMark.PART,
    Status.EMPTY: DayMark.NONE,
    Status.NONE: DayMark.PLANNED,
    Status.REST: DayMark.REST,
    Status.PAUSED: DayMark.PAUSED,
    Status.TODAY: DayMark.TODAY,
}


def mark_of(day: Day) -> DayMark:
    """Return the mark of a counted day: a day before the plan is no rest day."""
    return DayMark.NO_PLAN if day.note is DayNote.NO_PLAN else MARKS[day.status]


def monday_of(day: dt.date) -> dt.date:
    """Return the Monday of the week of ``day``."""
    return day - dt.timedelta(days=day.weekday())


def asked(row: DayRow) -> Asked:
    """Return ``row`` as it is counted."""
    return Asked(row.counted_by, row.frequency)


def by_day(done: DoneOn) -> dict[dt.date, Counts]:
    """Return how often each was done, day by day."""
    found: dict[dt.date, Counts] = defaultdict(Counter)
    for key, days in done.items():
        for day in days:
            found[day][key] += 1
    return found


def is_open(row: DayRow, day: dt.date, done: DoneOn) -> bool:
    """Say whether ``row`` is due on ``day`` and still to be done; ``done`` covers that day's week."""
    return times_left(asked(row), day, by_day(done)) > 0


def still_open(rows: Iterable[R], day: dt.date, done: DoneOn) -> list[R]:
    """Return those of ``rows`` that are open on ``day``."""
    return [row for row in rows if is_open(row, day, done)]


def is_done_on(row: DayRow, day: dt.date, done: DoneOn) -> bool:
    """Say whether ``row`` was done on ``day`` at least once."""
    return day in done.get(row.counted_by, ())


def asked_on(rows: Iterable[R], day: dt.date, done: DoneOn) -> list[R]:
    """Return what ``day`` asked for: what is due and was done, or is open. Free days already used up ask nothing."""
    return [row for row in due_on(rows, day) if is_done_on(row, day, done) or is_open(row, day, done)]


def times_done(row: DayRow, day: dt.date, done: DoneOn) -> int:
    return list(done.get(row.counted_by, ())).count(day)


def due_on(rows: Iterable[R], day: dt.date) -> list[R]:
    """Return those of ``rows`` that are due on ``day``, done or not."""
    return [row for row in rows if row.frequency is not None and row.frequency.is_due_on(day)]


def when_needed(rows: Iterable[R]) -> list[R]:
    """Return those that are done only when the patient needs them."""
    return [row for row in rows if row.frequency is not None and row.frequency.as_needed]


def next_day(rows: Sequence[DayRow], day: dt.date, done: DoneOn, pauses: Sequence[Window] = ()) -> dt.date | None:
    """Return the first of 14 days after ``day`` that are in no pause on which anything is open, or None."""
    for later in islice(unpaused_days(day, pauses), 14):
        known = done if monday_of(later) == monday_of(day) else {}
        if any(is_open(row, later, known) for row in rows):
            return later
    return None


def minutes(rows: Iterable[DayRow]) -> int:
    """Return how long ``rows`` take, each done once, about."""
    return sum(row.minutes for row in rows)


def place_of(row: DayRow) -> Place:
    position = row.words["position"]
    return Place.LYING if position == "side_lying" else Place(position)


def in_order(rows: Iterable[R]) -> list[R]:
    """Return ``rows`` by where they are done, least getting up first; the physiotherapist's order within a place."""
    return sorted(rows, key=lambda row: [*Place].index(place_of(row)))


class RoundOfDay(NamedTuple):
    """The ``number``-th go of the day, of ``of``."""

    number: int
    of: int


def round_of(row: DayRow, day: dt.date, done: DoneOn) -> RoundOfDay | None:
    """Return which go of the day the next one of ``row`` is; None where it has one a day, or all are done."""
    times = row.frequency.times_a_day if row.frequency and not row.frequency.as_needed else 1
    number = times_done(row, day, done) + 1
    return RoundOfDay(number, times) if 1 < times >= number else None


def common_round(rows: Sequence[DayRow], day: dt.date, done: DoneOn) -> RoundOfDay | None:
    """Return the go that ``rows`` share; None where they are at different ones, or one of them has none."""
    found = {round_of(row, day, done) for row in rows}
    return found.pop() if len(found) == 1 else None


def is_between_rounds(asked_for: Sequence[DayRow], day: dt.date, done: DoneOn) -> bool:
    """Say whether whole rounds of the day are done and more are to come: nothing of the one begun is left."""
    left = still_open(asked_for, day, done)
    rounds = {times_done(row, day, done) for row in left}
    return bool(left) and 0 not in rounds and len(rounds) == 1
