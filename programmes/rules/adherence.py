"""What was planned and what was logged, counted. Pure: no database, no request, no clock, local dates only.

A *round* is everything that is due together: with "twice a day" a day has two. A day's rounds come from the
exercises due on its weekday; where a version says "n days a week", those exercises are counted by ISO week, in
proportion to the days of the week that the version was in force (3 a week over 5 of the 7 days is 2). Pauses and
"as needed" are never planned. What was done never counts for more than was planned; the rest is ``extra``.

Today is still under way: each of its rounds counts as planned once it is done. Nothing logged is "no log", never
"did not do".
"""

import datetime as dt
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from programmes.rules.schedule import EVERY_DAY, Frequency

Key: TypeAlias = Hashable


@dataclass(frozen=True, slots=True)
class Window:
    """Days from ``first`` to ``last``, both included."""

    first: dt.date
    last: dt.date

    @classmethod
    def ending(cls, last: dt.date, *, days: int) -> "Window":
        """Return the ``days`` days up to and with ``last``."""
        return cls(last - dt.timedelta(days=days - 1), last)

    def __contains__(self, day: dt.date) -> bool:
        return self.first <= day <= self.last

    @property
    def days(self) -> list[dt.date]:
        """Each day, in order."""
        return [self.first + dt.timedelta(days=n) for n in range((self.last - self.first).days + 1)]


@dataclass(frozen=True, slots=True)
class Item:
    """One prescription of a version. ``exercise`` is what it has in common with other versions."""

    prescription: Key
    exercise: Key
    name: str
    frequency: Frequency | None

    @property
    def is_planned(self) -> bool:
        """Whether it is ever due: a frequency is chosen and is not "as needed"."""
        return self.frequency is not None and not self.frequency.as_needed

    @property
    def is_weekly(self) -> bool:
        """Whether its frequency is "n days a week", the patient choosing which; 7 a week names every day."""
        how_often = self.frequency
        return how_often is not None and self.is_planned and how_often.days_a_week not in (None, len(EVERY_DAY))

    @property
    def times(self) -> int:
        """How many times on a day that it is done."""
        return self.frequency.times_a_day if self.frequency else 1

    def due_on(self, day: dt.date) -> int:
        """Return how many times it is due on ``day``, where its days are named."""
        how_often = self.frequency
        if how_often is None or self.is_weekly or not how_often.is_due_on(day):
            return 0
        return how_often.times_a_day

    def due_in(self, days: int) -> int:
        """Return how many times it is due in ``days`` days of one week, where its days are free: the nearest whole."""
        how_often = self.frequency
        if how_often is None or how_often.days_a_week is None or not self.is_weekly:
            return 0
        return (2 * how_often.days_a_week * days + 7) // 14 * how_often.times_a_day


@dataclass(frozen=True, slots=True)
class Plan:
    """A version on the days it was in force: from ``first`` to ``last``, both included, or until now."""

    first: dt.date
    items: tuple[Item, ...]
    last: dt.date | None = None

    def is_in_force(self, day: dt.date) -> bool:
        """Say whether the patient was to follow it on ``day``."""
        return self.first <= day and (self.last is None or day <= self.last)


def in_turn(starts: Sequence[tuple[dt.date, Sequence[Item]]], ended: dt.date | None = None) -> list[Plan]:
    """Return the plans of versions given on the days ``starts``, in order: each until the day before the next."""
    lasts = [*(first - dt.timedelta(days=1) for first, _items in starts[1:]), ended]
    return [Plan(first, tuple(items), last) for (first, items), last in zip(starts, lasts, strict=bool(starts))]


@dataclass(frozen=True, slots=True)
class Log:
    """One exercise in one saved session. A session that names no exercise is one log without ``exercise``."""

    day: dt.date
    prescription: Key = None
    exercise: Key = None
    done: bool = False
    paper: bool = False


class DayNote(Enum):
    """What there is to say of a day."""

    ALL_DONE = "all done"
    ALL_DONE_EXTRA = "all done, on a day that asked for nothing"
    DONE_NONE_PLANNED = "something else done, on a day that asked for nothing"
    SOME_DONE = "some done"
    NOTHING_LOGGED = "planned, and not logged"
    NOTHING_YET = "today, planned, and not logged so far"
    TODAY_NOT_PLANNED = "today, not planned"
    NOT_PLANNED = "not planned"
    PAUSED = "in a pause"


class Status(Enum):
    """What a day's mark says."""

    FULL = "full"
    PART = "part"
    NONE = "none"
    REST = "rest"
    PAPER = "paper"
    TODAY = "today"


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the window: its mark, what to say of it, and ``done`` of ``due`` exercises."""

    date: dt.date
    status: Status
    note: DayNote
    done: int
    due: int
    is_paper: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """Times one exercise was done, of the times it was planned."""

    exercise: Key
    name: str
    done: int
    planned: int


@dataclass(frozen=True, slots=True)
class Adherence:
    """Rounds done of rounds planned in a window, as the patient says, with what lies behind them."""

    window: Window
    planned: int
    done: int
    extra: int
    days: tuple[Day, ...]
    days_with_any: int
    by_exercise: tuple[Tally, ...]

    @property
    def is_due(self) -> bool:
        """Whether anything was planned: without it there is no fraction."""
        return self.planned > 0


Counts: TypeAlias = Counter[Key]
Counted: TypeAlias = dict[dt.date, Counts]
NO_PLAN = Plan(dt.date.min, ())
PLAN_OF_NAMED_DAYS = ("named days",)  # stands for all exercises with named days, beside those with free ones


def adherence(
    plans: Iterable[Plan],
    logs: Iterable[Log],
    window: Window,
    *,
    today: dt.date | None = None,
    pauses: Sequence[Window] = (),
) -> Adherence:
    """Count ``logs`` against ``plans`` over ``window``. Without ``today`` every day of the window is over."""
    days = window.days
    paused = {day for day in days if any(day in pause for pause in pauses)}
    known = {day: plan for plan in plans for day in days if plan.is_in_force(day)}
    plan_on = {day: NO_PLAN if day in paused else known.get(day, NO_PLAN) for day in days}
    logs_on: dict[dt.date, list[Log]] = {day: [] for day in days}
    for log in logs:
        if log.day in plan_on:
            logs_on[log.day].append(log)
    counts = {day: Counter(key_of(log, plan_on[day]) for log in logs_on[day] if log.done) for day in days}
    planned, done, extra = (sum(part) for part in zip(*counted_periods(plan_on, counts, today), strict=True))
    return Adherence(
        window=window,
        planned=planned,
        done=done,
        extra=extra,
        days=tuple(
            day_of(day, plan_on[day], counts[day], logs_on[day], is_today=day == today, is_paused=day in paused)
            for day in days
        ),
        days_with_any=sum(bool(counts[day]) for day in days),
        by_exercise=tallies(plan_on, counts, today),
    )


def planned(
    plans: Iterable[Plan], window: Window, *, today: dt.date | None = None, pauses: Sequence[Window] = ()
) -> int:
    """Return the rounds planned in ``window``."""
    return adherence(plans, (), window, today=today, pauses=pauses).planned


def key_of(log: Log, plan: Plan) -> Key:
    """Return the prescription of ``plan`` that ``log`` is about; one of a version before is known by its exercise."""
    if any(item.prescription == log.prescription for item in plan.items):
        return log.prescription
    same = (item.prescription for item in plan.items if item.exercise == log.exercise)
    return next(same, (None, log.exercise))


def rounds(due: dict[Key, int], counts: Counts) -> tuple[int, int]:
    """Return rounds planned and done: the r-th is done when everything due r times or more was done r times."""
    planned = max(due.values(), default=0)
    done = sum(all(counts[key] >= r for key, times in due.items() if times >= r) for r in range(1, planned + 1))
    return planned, done


def periods(plan_on: dict[dt.date, Plan]) -> list[tuple[Plan, list[dt.date]]]:
    """Return the days that are counted together: one day; or a plan's days of one ISO week, where it has free days."""
    found: dict[tuple[int, ...], tuple[Plan, list[dt.date]]] = {}
    for day, plan in plan_on.items():
        week = day.isocalendar()[:2] if any(item.is_weekly for item in plan.items) else (day.toordinal(),)
        found.setdefault((id(plan), *week), (plan, []))[1].append(day)
    return list(found.values())


def counted_periods(
    plan_on: dict[dt.date, Plan], counts: Counted, today: dt.date | None
) -> Iterator[tuple[int, int, int]]:
    """Yield rounds planned, done and extra of each period."""
    for plan, days in periods(plan_on):
        by_day = [counted_day(plan, day, counts[day], is_today=day == today) for day in days]
        planned, done, extra = (sum(part) for part in zip(*by_day, strict=True))
        free = {item.prescription: item.due_in(len(days)) for item in plan.items if item.is_weekly}
        if free:
            week: Counts = sum((counts[day] for day in days), Counter({PLAN_OF_NAMED_DAYS: done}))
            beyond = max(week[key] - times for key, times in free.items())
            planned, done = rounds({**free, PLAN_OF_NAMED_DAYS: planned}, week)
            extra = max(extra, beyond)
        yield planned, done, extra


def counted_day(plan: Plan, day: dt.date, counts: Counts, *, is_today: bool) -> tuple[int, int, int]:
    """Return rounds planned, done and extra of one day, leaving out what is free within the week or as needed."""
    due = {item.prescription: times for item in plan.items if (times := item.due_on(day))}
    planned, done = rounds(due, counts)
    elsewhere = {item.prescription for item in plan.items if item.is_weekly or not item.is_planned}
    extra = max((times - due.get(key, 0) for key, times in counts.items() if key not in elsewhere), default=0)
    return done if is_today else planned, done, max(extra, 0)


def expected(plan: Plan, day: dt.date) -> dict[Key, int]:
    """Return how often each exercise is due on ``day``; on a day with none, what doing the whole plan would be."""
    due = {item.prescription: times for item in plan.items if (times := item.due_on(day))}
    if due:
        return due
    free = {item.prescription: item.times for item in plan.items if item.is_weekly}
    return free or {item.prescription: item.times for item in plan.items if item.is_planned}


def day_of(day: dt.date, plan: Plan, counts: Counts, logs: Sequence[Log], *, is_today: bool, is_paused: bool) -> Day:
    """Return the mark of one day."""
    due = expected(plan, day)
    is_due = any(item.due_on(day) for item in plan.items)
    done = sum(min(counts[key], times) for key, times in due.items())
    total = sum(due.values())
    if not logs:
        return Day(day, *unlogged(is_due=is_due, is_today=is_today, is_paused=is_paused), 0, total if is_due else 0)
    is_paper = any(log.paper for log in logs)
    if counts and not done and not is_due:
        return Day(day, Status.FULL, DayNote.DONE_NONE_PLANNED, 0, 0, is_paper)
    if counts and done == total:
        is_asked = is_due or any(item.is_weekly for item in plan.items)
        note = DayNote.ALL_DONE if is_asked else DayNote.ALL_DONE_EXTRA
        return Day(day, Status.PAPER if is_paper else Status.FULL, note, done, total, is_paper)
    return Day(day, Status.PART, DayNote.SOME_DONE, done, total, is_paper)


def unlogged(*, is_due: bool, is_today: bool, is_paused: bool) -> tuple[Status, DayNote]:
    """Return the mark and what to say of a day without a log."""
    if is_today:
        return Status.TODAY, DayNote.NOTHING_YET if is_due else DayNote.TODAY_NOT_PLANNED
    if is_due:
        return Status.NONE, DayNote.NOTHING_LOGGED
    return Status.REST, DayNote.PAUSED if is_paused else DayNote.NOT_PLANNED


def tallies(plan_on: dict[dt.date, Plan], counts: Counted, today: dt.date | None) -> tuple[Tally, ...]:
    """Return times done of times planned for each exercise, in the order they were first given."""
    found: dict[Key, Tally] = {}
    for plan, days in periods(plan_on):
        for item in plan.items:
            if not item.is_planned:
                continue
            before = found.get(item.exercise, Tally(item.exercise, item.name, 0, 0))
            done, times = tallied(item, days, counts, today)
            found[item.exercise] = Tally(item.exercise, item.name, before.done + done, before.planned + times)
    return tuple(found.values())


def tallied(item: Item, days: Sequence[dt.date], counts: Counted, today: dt.date | None) -> tuple[int, int]:
    """Return times done and planned of one prescription in one period."""
    if item.is_weekly:
        times = item.due_in(len(days))
        return min(sum(counts[day][item.prescription] for day in days), times), times
    done = {day: min(counts[day][item.prescription], item.due_on(day)) for day in days}
    return sum(done.values()), sum(done[day] if day == today else item.due_on(day) for day in days)
