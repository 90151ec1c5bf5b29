"""A patient's day: what is still open, in which order, and what the week looks like. Pure: no database, no request.

*Open* is what is due on the day and has not been logged as done as often as it was asked for. Days are the
patient's own; weeks run from Monday to Sunday.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol, TypeAlias, TypeVar

from programmes.rules.counting import Asked, ByDay, Counts, as_days, is_whole, rounds_of_week, times_left, times_on
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


class WeekMark(StrEnum):
    """What the week's row says of a day."""

    DONE = "done"
    PART = "part"
    PLAN = "plan"
    REST = "rest"


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


def next_day(rows: Sequence[DayRow], day: dt.date, done: DoneOn) -> dt.date | None:
    """Return the first of the 14 days after ``day`` on which anything is open, or None."""
    for later in (day + dt.timedelta(days=n) for n in range(1, 15)):
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


@dataclass(frozen=True, slots=True)
class WeekDay:
    date: dt.date
    mark: WeekMark
    is_today: bool


@dataclass(frozen=True, slots=True)
class Week:
    """The week of one day: seven marks; days done of the days planned, and days beyond those."""

    days: tuple[WeekDay, ...]
    done: int
    planned: int
    extra: int


def week_of(day: dt.date, rows: Sequence[DayRow], done: DoneOn, *, since: dt.date) -> Week:
    """Return the week of ``day``, counted from ``since``, the day the plan began; ``done`` covers the week.

    A day counts where it was done whole, as often as it was asked for. Where the patient chooses the days, only their
    number is planned.
    """
    dates = [monday_of(day) + dt.timedelta(days=n) for n in range(7)]
    asked_for, counts = [asked(row) for row in rows], by_day(done)
    once, whole_days = as_days(asked_for, counts)
    found = rounds_of_week(once, [date for date in dates if date >= since], whole_days)
    marks = [_mark(asked_for, date, counts, is_counted=date >= since) for date in dates]
    days = tuple(WeekDay(date, mark, date == day) for date, mark in zip(dates, marks, strict=True))
    return Week(days, found.done, found.planned, found.extra)


def _mark(rows: Sequence[Asked], day: dt.date, counts: ByDay, *, is_counted: bool) -> WeekMark:
    if counts.get(day):
        return WeekMark.DONE if not is_counted or is_whole(rows, day, counts) else WeekMark.PART
    return WeekMark.PLAN if is_counted and any(times_on(row, day) for row in rows) else WeekMark.REST
