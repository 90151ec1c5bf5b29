"""What was planned and what was logged, counted. Pure: no database, no request, no clock, local dates only.

A *round* is everything that is due together: with "twice a day" a day has two. A day's rounds come from the
exercises due on its weekday; where a version says "n days a week", those exercises are counted by ISO week, in
proportion to the days of the week that the version was in force (3 a week over 5 of the 7 days is 2). Pauses and
"as needed" are never planned. What was done never counts for more than was planned; the rest is ``extra``. A day that
is paused afterwards keeps its mark, "2 of 4 done": only what the plan counts becomes less.

Today is still under way: each of its rounds counts as planned once it is done. Nothing logged is "no log", never
"did not do".
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from programmes.rules.counting import (
    ByDay,
    Key,
    done_of_asked,
    is_free,
    rounds_of_week,
    times_asked,
    times_left,
    times_of_week,
    times_on,
    week_of,
)
from programmes.rules.schedule import Frequency


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

    def overlaps(self, other: "Window") -> bool:
        return self.first <= other.last and other.first <= self.last

    @property
    def days(self) -> list[dt.date]:
        """Each day, in order."""
        return [self.first + dt.timedelta(days=n) for n in range((self.last - self.first).days + 1)]


@dataclass(frozen=True, slots=True)
class Item:
    """One prescription of a version. ``exercise`` is what it has in common with other versions: exercise and leg."""

    prescription: Key
    exercise: Key
    name: str
    frequency: Frequency | None

    @property
    def key(self) -> Key:
        """What it is counted by."""
        return self.exercise

    @property
    def is_planned(self) -> bool:
        """Whether it is ever due: a frequency is chosen and is not "as needed"."""
        return self.frequency is not None and not self.frequency.as_needed


@dataclass(frozen=True, slots=True)
class Plan:
    """A version on the days it was in force: from ``first`` to ``last``, both included, or until now.

    On days in ``pauses`` it asked for nothing.
    """

    first: dt.date
    items: tuple[Item, ...]
    last: dt.date | None = None
    pauses: tuple[Window, ...] = ()

    def is_in_force(self, day: dt.date) -> bool:
        """Say whether the patient was to follow it on ``day``."""
        return self.first <= day and (self.last is None or day <= self.last)

    def is_paused(self, day: dt.date) -> bool:
        return any(day in pause for pause in self.pauses)


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

    ALL_DONE = auto()
    ALL_DONE_EXTRA = auto()  # on a day that asked for nothing
    DONE_NONE_PLANNED = auto()  # something else, on a day that asked for nothing
    SOME_DONE = auto()
    SOME_DONE_EXTRA = auto()  # on a day that asked for nothing
    NONE_DONE = auto()  # logged: all of it left out, or words alone
    NOTHING_LOGGED = auto()
    NOTHING_YET = auto()  # today
    TODAY_NOT_PLANNED = auto()
    NOT_PLANNED = auto()
    NO_PLAN = auto()  # before the first, or after the last
    PAUSED = auto()


class Status(Enum):
    """What a day's mark says."""

    FULL = "full"
    PART = "part"
    EMPTY = "empty"  # logged, none done
    NONE = "none"
    REST = "rest"
    PAUSED = "paused"
    PAPER = "paper"
    TODAY = "today"


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the window: its mark, what to say of it, and ``done`` of ``due`` exercises; whether any was done.

    ``is_under_way`` is today, where it asks for anything, done already or not.
    """

    date: dt.date
    status: Status
    note: DayNote
    done: int
    due: int
    is_paper: bool = False
    has_any: bool = field(default=False, compare=False)
    is_paused: bool = field(default=False, compare=False)
    is_under_way: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Tally:
    """Times one exercise was done, of the times it was planned; whether today, not over yet, asks for it."""

    exercise: Key
    name: str
    done: int
    planned: int
    is_under_way: bool = False


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

    @property
    def days_in_force(self) -> int:
        """On how many days there was a plan, or something was logged; of the paused ones, those with anything done."""
        return sum(day.has_any or not (day.is_paused or day.note is DayNote.NO_PLAN) for day in self.days)

    @property
    def has_pauses(self) -> bool:
        return any(day.is_paused for day in self.days)

    @property
    def under_way(self) -> Day | None:
        """Today, where it asks for anything."""
        return next((day for day in self.days if day.is_under_way), None)


NO_PLAN = Plan(dt.date.min, ())


def adherence(
    plans: Iterable[Plan],
    logs: Iterable[Log],
    window: Window,
    *,
    today: dt.date | None = None,
) -> Adherence:
    """Count ``logs`` against ``plans`` over ``window``. Without ``today`` every day of the window is over."""
    days = window.days
    known = {day: plan for plan in plans for day in days if plan.is_in_force(day)}
    paused = {day for day, plan in known.items() if plan.is_paused(day)}
    plan_on = {day: NO_PLAN if day in paused else known.get(day, NO_PLAN) for day in days}
    logs_on = logs_by_day(logs, days)
    counts = {day: Counter(log.exercise for log in logs_on[day] if log.done) for day in days}
    found = [rounds_of_week(plan.items, together, counts, today=today) for plan, together in periods(plan_on)]
    return Adherence(
        window=window,
        planned=sum(one.planned for one in found),
        done=sum(one.done for one in found),
        extra=sum(one.extra for one in found),
        days=tuple(
            replace(
                day_of(
                    day, known.get(day, NO_PLAN), counts, logs_on[day], is_today=day == today, is_paused=day in paused
                ),
                has_any=bool(counts[day]),
                is_paused=day in paused,
                is_under_way=day == today and asks(plan_on[day], day, counts),
            )
            for day in days
        ),
        days_with_any=sum(bool(counts[day]) for day in days),
        by_exercise=tallies(plan_on, counts, today),
    )


def planned_days(plans: Iterable[Plan], window: Window) -> int:
    """Return on how many days of ``window`` anything was planned; of days the patient chooses, their number."""
    once = [
        replace(
            plan,
            items=tuple(replace(item, frequency=item.frequency and item.frequency.once_a_day) for item in plan.items),
        )
        for plan in plans
    ]
    return planned(once, window)


def logs_by_day(logs: Iterable[Log], days: Iterable[dt.date]) -> dict[dt.date, list[Log]]:
    found: dict[dt.date, list[Log]] = {day: [] for day in days}
    for log in logs:
        if log.day in found:
            found[log.day].append(log)
    return found


def planned(plans: Iterable[Plan], window: Window, *, today: dt.date | None = None) -> int:
    """Return the rounds planned in ``window``."""
    return adherence(plans, (), window, today=today).planned


def periods(plan_on: dict[dt.date, Plan]) -> list[tuple[Plan, list[dt.date]]]:
    """Return the days that are counted together: one day; or a plan's days of one ISO week, where it has free days."""
    found: dict[tuple[int, ...], tuple[Plan, list[dt.date]]] = {}
    for day, plan in plan_on.items():
        week = day.isocalendar()[:2] if any(map(is_free, plan.items)) else (day.toordinal(),)
        found.setdefault((id(plan), *week), (plan, []))[1].append(day)
    return list(found.values())


def asks(plan: Plan, day: dt.date, by_day: ByDay) -> bool:
    """Say whether ``plan`` asks for anything on ``day``, done already or not."""
    return any(times_asked(item, day, week_of(day, by_day)) for item in plan.items)


def day_of(day: dt.date, plan: Plan, by_day: ByDay, logs: Sequence[Log], *, is_today: bool, is_paused: bool) -> Day:
    """Return the mark of one day; ``plan`` is the one in force, paused or not."""
    week = week_of(day, by_day)
    done, asked = done_of_asked(plan.items, day, week)
    if not logs:
        is_due = any(times_left(item, day, week) if is_today else times_on(item, day) for item in plan.items)
        free_day = DayNote.PAUSED if is_paused else DayNote.NO_PLAN if plan is NO_PLAN else DayNote.NOT_PLANNED
        mark = unlogged(free_day, is_due=is_due, is_today=is_today)
        return Day(day, *mark, 0, asked if is_due and not is_paused else 0)
    is_paper = any(log.paper for log in logs)
    if not by_day[day]:
        return Day(day, Status.EMPTY, DayNote.NONE_DONE, 0, asked, is_paper)
    is_named = not is_paused and any(times_on(item, day) for item in plan.items)
    if not done and not is_named:
        return Day(day, Status.FULL, DayNote.DONE_NONE_PLANNED, 0, 0, is_paper)
    is_extra = is_paused or not (is_named or any(map(is_free, plan.items)))
    return Day(day, *logged(is_extra=is_extra, is_whole=done == asked, is_paper=is_paper), done, asked, is_paper)


def logged(*, is_extra: bool, is_whole: bool, is_paper: bool) -> tuple[Status, DayNote]:
    """Return the mark and what to say of a day on which something of the plan was done."""
    if not is_whole:
        return Status.PART, DayNote.SOME_DONE_EXTRA if is_extra else DayNote.SOME_DONE
    return Status.PAPER if is_paper else Status.FULL, DayNote.ALL_DONE_EXTRA if is_extra else DayNote.ALL_DONE


def unlogged(free_day: DayNote, *, is_due: bool, is_today: bool) -> tuple[Status, DayNote]:
    """Return the mark and what to say of a day without a log; ``free_day`` is why it asked for nothing, if it did."""
    if free_day is DayNote.PAUSED:
        return Status.PAUSED, free_day
    if is_due:
        return (Status.TODAY, DayNote.NOTHING_YET) if is_today else (Status.NONE, DayNote.NOTHING_LOGGED)
    is_plain = is_today and free_day is DayNote.NOT_PLANNED
    return Status.REST, DayNote.TODAY_NOT_PLANNED if is_plain else free_day


def tallies(plan_on: dict[dt.date, Plan], by_day: ByDay, today: dt.date | None) -> tuple[Tally, ...]:
    """Return times done of times planned for each exercise and leg, in the order they were first given."""
    found: dict[Key, Tally] = {}
    for plan, days in periods(plan_on):
        for item in filter(lambda item: item.is_planned, plan.items):
            before = found.get(item.key, Tally(item.key, item.name, 0, 0))
            done, times = times_of_week(item, days, by_day, today=today)
            is_asked = today in days and asks(replace(plan, items=(item,)), today, by_day)
            found[item.key] = Tally(
                item.key, item.name, before.done + done, before.planned + times, before.is_under_way or is_asked
            )
    return tuple(found.values())
