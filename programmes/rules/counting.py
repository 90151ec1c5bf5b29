"""The one counter: how often what was asked for was done. Pure: no database, no request, no clock.

The physiotherapist's page and the patient's own both count here. What is counted has a key, an exercise and a leg, so
that the two legs of one exercise are told apart, and a new version goes on where the one before it stopped. Where the
patient chooses the days, a day never counts for more than a day, and a week never for more than was asked for.
"""

import datetime as dt
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol, TypeAlias

from programmes.rules.schedule import Frequency

Key: TypeAlias = Hashable
Counts: TypeAlias = Counter[Key]
"""How often each was done, on one day."""
ByDay: TypeAlias = Mapping[dt.date, Counts]
NOTHING: Counts = Counter()
NAMED_DAYS = ("named_days",)  # stands for all that has named days, beside what has free ones


class Counted(Protocol):
    """What is counted of a prescription."""

    @property
    def key(self) -> Key: ...
    @property
    def frequency(self) -> Frequency | None: ...


@dataclass(frozen=True, slots=True)
class Asked:
    """An exercise with its leg, and how often it is asked for."""

    key: Key
    frequency: Frequency | None


class Rounds(NamedTuple):
    """Rounds planned and done, and what was done beyond them."""

    planned: int
    done: int
    extra: int


def times_on(row: Counted, day: dt.date) -> int:
    """Return how often ``row`` is due on ``day`` by the day's name."""
    return row.frequency.times_on(day) if row.frequency else 0


def is_free(row: Counted) -> bool:
    """Whether the patient chooses its days."""
    return row.frequency is not None and row.frequency.is_free


def times_asked(row: Counted, day: dt.date, week: ByDay) -> int:
    """Return how often ``day`` asks for ``row``, named or free; ``week`` says what was done on the days around it."""
    if row.frequency is None or not is_free(row):
        return times_on(row, day)
    times = row.frequency.times_a_day
    elsewhere = sum(min(counts[row.key], times) for other, counts in week.items() if other != day)
    return max(min(times, row.frequency.times_in(7) - elsewhere), 0)


def times_left(row: Counted, day: dt.date, week: ByDay) -> int:
    """Return how often ``row`` is still to be done on ``day``."""
    return max(times_asked(row, day, week) - week.get(day, NOTHING)[row.key], 0)


def asked_on(rows: Iterable[Counted], day: dt.date, week: ByDay) -> dict[Key, int]:
    """Return what ``day`` counts: what its name asks for; else what is free in its week; else all of the plan."""
    planned = [row for row in rows if row.frequency is not None and not row.frequency.as_needed]
    free = [row for row in planned if is_free(row)]
    choices = (
        {row.key: times_on(row, day) for row in planned},
        {row.key: times_asked(row, day, week) for row in free},
        {row.key: row.frequency.times_a_day for row in free or planned if row.frequency},
    )
    return next(
        ({key: times for key, times in choice.items() if times} for choice in choices if any(choice.values())), {}
    )


def done_of_asked(rows: Sequence[Counted], day: dt.date, week: ByDay) -> tuple[int, int]:
    """Return how much of what ``day`` counts was done, and how much that is."""
    asked = asked_on(rows, day, week)
    counts = week.get(day, NOTHING)
    return sum(min(counts[key], times) for key, times in asked.items()), sum(asked.values())


def week_of(day: dt.date, by_day: ByDay) -> ByDay:
    """Return what was done on the days of the ISO week of ``day``."""
    return {other: counts for other, counts in by_day.items() if other.isocalendar()[:2] == day.isocalendar()[:2]}


def rounds(due: Mapping[Key, int], counts: Counts) -> tuple[int, int]:
    """Return rounds planned and done: the r-th is done when everything due r times or more was done r times."""
    planned = max(due.values(), default=0)
    done = sum(all(counts[key] >= r for key, times in due.items() if times >= r) for r in range(1, planned + 1))
    return planned, done


def rounds_of_day(rows: Iterable[Counted], day: dt.date, counts: Counts) -> Rounds:
    """Return the rounds of one day, leaving out what is free within the week or as needed."""
    due, elsewhere = {}, set()
    for row in rows:
        if times := times_on(row, day):
            due[row.key] = times
        elif row.frequency is None or row.frequency.as_needed or is_free(row):
            elsewhere.add(row.key)
    planned, done = rounds(due, counts)
    extra = max((times - due.get(key, 0) for key, times in counts.items() if key not in elsewhere), default=0)
    return Rounds(planned, done, max(extra, 0))


def rounds_of_week(
    rows: Sequence[Counted], days: Sequence[dt.date], by_day: ByDay, *, today: dt.date | None = None
) -> Rounds:
    """Return the rounds of ``days`` of one week; those of ``today`` are planned once they are done."""
    of_days = [rounds_of_day(rows, day, by_day.get(day, NOTHING)) for day in days]
    planned = sum(one.done if day == today else one.planned for day, one in zip(days, of_days, strict=True))
    named = Rounds(planned, sum(one.done for one in of_days), sum(one.extra for one in of_days))
    free = {row.key: row.frequency.times_in(len(days)) for row in rows if row.frequency and is_free(row)}
    if not free:
        return named
    done_in_week: Counts = Counter({NAMED_DAYS: named.done})
    beyond = 0
    for row in rows:
        if row.key in free:
            done_in_week[row.key] = done_of_free(row, days, by_day)
            times = sum(by_day.get(day, NOTHING)[row.key] for day in days)
            beyond = max(beyond, times - min(done_in_week[row.key], free[row.key]))
    return Rounds(*rounds({**free, NAMED_DAYS: named.planned}, done_in_week), max(named.extra, beyond))


def done_of_free(row: Counted, days: Iterable[dt.date], by_day: ByDay) -> int:
    """Return how often ``row`` counts as done over ``days``, where the patient chooses them."""
    times = row.frequency.times_a_day if row.frequency else 0
    return sum(min(by_day.get(day, NOTHING)[row.key], times) for day in days)


def times_of_week(
    row: Counted, days: Sequence[dt.date], by_day: ByDay, *, today: dt.date | None = None
) -> tuple[int, int]:
    """Return times done and planned of one exercise on ``days`` of one week."""
    if row.frequency is not None and is_free(row):
        planned = row.frequency.times_in(len(days))
        return min(done_of_free(row, days, by_day), planned), planned
    done = {day: min(by_day.get(day, NOTHING)[row.key], times_on(row, day)) for day in days}
    return sum(done.values()), sum(done[day] if day == today else times_on(row, day) for day in days)
